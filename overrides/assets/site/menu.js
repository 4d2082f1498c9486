// Opens a phone's menu by keyboard: Material opens it by a label, which keys cannot reach. A button replaces it.
import { make } from "./make.js"

function startMenu() {
  const toggle = document.getElementById("__drawer")
  const label = document.querySelector(".md-header__button[for=__drawer]")
  if (!toggle || !label) return
  const name = document.querySelector(".md-nav--primary")?.getAttribute("aria-label") ?? "Menu"
  const attributes = { type: "button", class: `${label.className} sk-menu`, "aria-label": name }
  const button = make("button", attributes, ...label.childNodes)
  label.replaceWith(button)
  const show = () => button.setAttribute("aria-expanded", String(toggle.checked))
  const open = opened => {
    toggle.checked = opened
    toggle.dispatchEvent(new Event("change", { bubbles: true }))
    if (opened) document.querySelector(".md-nav--primary a")?.focus()
    else button.focus()
  }
  button.addEventListener("click", () => open(!toggle.checked))
  addEventListener("keydown", event => {
    if (event.key === "Escape" && toggle.checked) open(false)
  })
  toggle.addEventListener("change", show)
  show()
}

export { startMenu }
