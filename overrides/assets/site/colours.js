// The switch of colours by the space bar. Material makes it of radio buttons, one for each scheme, and listens to Enter alone.

function startColourSwitch() {
  const schemes = [...document.querySelectorAll(".md-option")]
  document.querySelector("[data-md-component=palette]")?.addEventListener("keydown", event => {
    const at = schemes.indexOf(event.target)
    if (event.key !== " " || at < 0) return
    event.preventDefault()
    const next = schemes[(at + 1) % schemes.length]
    next.click()
    next.focus()
  })
}

export { startColourSwitch }
