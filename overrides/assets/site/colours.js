// Lets the space bar switch colours. Material's switch is made of radio buttons, one for each scheme, and handles only Enter.

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
