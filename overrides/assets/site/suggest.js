// "Đề nghị sửa": a reader says what an entry should be, by text to copy, e-mail or a filled form. Nothing is sent before
// the reader does so, and nothing is loaded from another host.
import { copyText } from "./paper.js"

function startSuggesting(block) {
  const words = JSON.parse(block.dataset.words)
  const lines = new Map((block.dataset.lines ?? "").split(" ").map(pair => pair.split(":")))
  for (const row of document.querySelectorAll(".sk-row[id], .sk-target[id], .sk-target-row[id]")) {
    if (!lines.has(row.id)) continue
    const anchorElement = row.querySelector(".sk-share") ?? row.querySelector(".sk-title, .sk-target__label")
    anchorElement?.after(button(words, () => open(block, words, row.id, lines.get(row.id), printedIn(row))))
  }
  const { entry } = block.dataset
  const actions = document.querySelector(".sk-actions")
  if (!entry || !actions) return
  const heading = document.querySelector("h1")
  const page = button(words, () => open(block, words, entry, lines.get(entry), printedOn(heading)))
  page.className = "sk-action sk-action--suggest"
  page.textContent = words.button
  actions.append(page)
}

function button(words, act) {
  const sign = document.createElement("button")
  sign.type = "button"
  sign.className = "sk-suggest-sign"
  sign.title = words.button
  sign.setAttribute("aria-label", words.button)
  sign.addEventListener("click", act)
  return sign
}

// What a row says, as it reads: its title, then each cell with the name of its column.
function printedIn(row) {
  const title = row.querySelector(".sk-title")?.textContent ?? row.textContent
  const cells = [...row.querySelectorAll("td[data-label]")]
  const filled = cells.filter(cell => cell.textContent.trim())
  const parts = filled.map(cell => `${cell.dataset.label}: ${cell.querySelector("b")?.textContent ?? cell.textContent}`)
  const label = row.querySelector(".sk-no, .sk-label")?.textContent ?? ""
  return [`${label} ${title}`, ...parts].map(text => text.replace(/\s+/g, " ").trim()).join("\n")
}

function printedOn(heading) {
  const texts = [withoutLink(heading), document.querySelector(".sk-statement")].map(part => part?.textContent ?? "")
  for (const fact of document.querySelectorAll(".sk-facts > div")) {
    texts.push([...fact.children].map(part => part.textContent).join(": "))
  }
  return texts
    .map(text => text.replace(/\s+/g, " ").trim())
    .filter(Boolean)
    .join("\n")
}

// A heading without the sign that is a link to it.
function withoutLink(heading) {
  const copy = heading?.cloneNode(true)
  copy?.querySelector(".headerlink")?.remove()
  return copy
}

function open(block, words, entry, line, printed) {
  const dialog = document.createElement("dialog")
  dialog.className = "sk-suggest-dialog"
  dialog.setAttribute("aria-label", words.dialog)
  const heading = document.createElement("h2")
  heading.textContent = words.dialog
  const statusLine = document.createElement("p")
  statusLine.setAttribute("role", "status")
  const now = field(dialog, words.printed, "textarea", "printed", printed)
  const right = field(dialog, words.right, "textarea", "right", "")
  const source = field(dialog, words.source, "input", "source", "")
  const text = () => letter(block, words, entry, line, now.value, right.value, source.value)
  const subject = `${words.subject} ${block.dataset.name} ${entry}`
  const { mail, form } = block.dataset
  const choices = document.createElement("p")
  choices.className = "sk-suggest-dialog__choices"
  choices.append(
    choice(words.copy, "copy", async () => {
      statusLine.textContent = (await copyText(text())) ? words.copied : words.failed
    }),
  )
  if (mail)
    choices.append(
      choice(words.mail, "mail", () => {
        location.href = `mailto:${mail}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(text())}`
      }),
    )
  if (form)
    choices.append(
      choice(words.form, "form", () => {
        const values = {
          subject,
          text: text(),
          entry: `${block.dataset.name} ${entry}`,
          sourcePosition: sourcePositionOf(block, line),
        }
        window.open(formAddress(form, values), "_blank", "noopener")
      }),
    )
  choices.append(choice(words.close, "close", () => dialog.close()))
  dialog.prepend(heading)
  dialog.append(choices, statusLine)
  dialog.addEventListener("close", () => dialog.remove())
  document.body.append(dialog)
  dialog.showModal()
  right.focus()
}

function field(dialog, label, tag, name, value) {
  const box = document.createElement(tag)
  box.name = name
  box.value = value
  if (tag === "textarea") box.rows = name === "printed" ? 4 : 3
  const line = document.createElement("label")
  line.append(label, box)
  dialog.append(line)
  return box
}

function choice(text, name, act) {
  const button = document.createElement("button")
  button.type = "button"
  button.className = "sk-suggest-dialog__choice"
  button.dataset.choice = name
  button.textContent = text
  button.addEventListener("click", act)
  return button
}

function letter(block, words, entry, line, printed, right, source) {
  const address = location.href.split("#")[0] + (block.dataset.entry ? "" : `#${entry}`)
  const parts = [
    [words.printed, printed],
    [words.right, right],
    [words.source, source],
    [words.place, `${sourcePositionOf(block, line)} (${block.dataset.name}, ${entry})`],
  ]
  return [...parts.map(([name, value]) => `${name}:\n${value}`), address].join("\n\n")
}

function sourcePositionOf(block, line) {
  return line ? `${block.dataset.file}:${line}` : block.dataset.file
}

// GitLab has other names for the fields of a new issue than GitHub, whose form has our own (.github/ISSUE_TEMPLATE).
function formAddress(form, { subject, text, entry, sourcePosition }) {
  const address = new URL(form)
  const fields = address.pathname.includes("/-/")
    ? { "issue[title]": subject, "issue[description]": text }
    : { template: "bao-cho-sai.yml", title: subject, page: location.href, entry, place: sourcePosition, wrong: text }
  for (const [name, value] of Object.entries(fields)) address.searchParams.set(name, value)
  return address.href
}

export { startSuggesting }
