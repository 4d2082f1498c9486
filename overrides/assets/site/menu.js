// The menu of a phone by keyboard: Material opens it by a label, which a finger reaches but no key.

function startMenu() {
  const toggle = document.getElementById("__drawer")
  const label = document.querySelector(".md-header__button[for=__drawer]")
  if (!toggle || !label) return
  const show = () => label.setAttribute("aria-expanded", String(toggle.checked))
  const open = opened => {
    toggle.checked = opened
    toggle.dispatchEvent(new Event("change", { bubbles: true }))
    if (opened) document.querySelector(".md-nav--primary a")?.focus()
    else label.focus()
  }
  label.tabIndex = 0
  label.setAttribute("role", "button")
  label.setAttribute("aria-label", document.querySelector(".md-nav--primary")?.getAttribute("aria-label") ?? "Menu")
  label.addEventListener("keydown", event => {
    if (event.key !== "Enter" && event.key !== " ") return
    event.preventDefault()
    open(!toggle.checked)
  })
  addEventListener("keydown", event => {
    if (event.key === "Escape" && toggle.checked) open(false)
  })
  toggle.addEventListener("change", show)
  show()
}

export { startMenu }
