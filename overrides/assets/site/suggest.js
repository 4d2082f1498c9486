// "Đề nghị sửa": a reader says what an entry should be, by text to copy, e-mail or a filled form. Nothing is sent before
// the reader does so, and nothing is loaded from another host.
import { copyText } from "./copy.js"
import { headingText, inOneLine, make } from "./make.js"

function startSuggesting(block) {
  const words = JSON.parse(block.dataset.words)
  const lines = new Map((block.dataset.lines ?? "").split(" ").map(pair => pair.split(":")))
  for (const row of document.querySelectorAll(".sk-row[id], .sk-target[id], .sk-target-row[id]")) {
    if (!lines.has(row.id)) continue
    const anchorElement = row.querySelector(".sk-share") ?? row.querySelector(".sk-title, .sk-target__label")
    const click = () => open(block, words, row.id, lines.get(row.id), printedIn(row))
    const attributes = { type: "button", class: "sk-suggest-sign", title: words.button, "aria-label": words.button }
    anchorElement?.after(make("button", { ...attributes, click }))
  }
  const { entry } = block.dataset
  const actions = document.querySelector(".sk-actions")
  if (!entry || !actions) return
  const heading = document.querySelector("h1")
  const click = () => open(block, words, entry, lines.get(entry), printedOn(heading))
  actions.append(make("button", { type: "button", class: "sk-action sk-action--suggest", click }, words.button))
}

// What a row says, as it reads: its title, then each cell with the name of its column.
function printedIn(row) {
  const title = row.querySelector(".sk-title")?.textContent ?? row.textContent
  const cells = [...row.querySelectorAll("td[data-label]")]
  const filled = cells.filter(cell => cell.textContent.trim())
  const parts = filled.map(cell => `${cell.dataset.label}: ${cell.querySelector("b")?.textContent ?? cell.textContent}`)
  const label = row.querySelector(".sk-no, .sk-label")?.textContent ?? ""
  return [`${label} ${title}`, ...parts].map(inOneLine).join("\n")
}

function printedOn(heading) {
  const texts = [heading ? headingText(heading) : "", document.querySelector(".sk-statement")?.textContent ?? ""]
  for (const fact of document.querySelectorAll(".sk-facts > div")) {
    texts.push([...fact.children].map(part => part.textContent).join(": "))
  }
  return texts.map(inOneLine).filter(Boolean).join("\n")
}

function open(block, words, entry, line, printed) {
  const dialog = make("dialog", { class: "sk-suggest-dialog", "aria-label": words.dialog })
  dialog.append(make("h2", {}, words.dialog))
  const statusLine = make("p", { role: "status" })
  const now = field(dialog, words.printed, "textarea", "printed", printed)
  const right = field(dialog, words.right, "textarea", "right", "")
  const source = field(dialog, words.source, "input", "source", "")
  const text = () => letter(block, words, entry, line, now.value, right.value, source.value)
  const subject = `${words.subject} ${block.dataset.name} ${entry}`
  const { mail, form } = block.dataset
  const choices = make("p", { class: "sk-suggest-dialog__choices" })
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
  dialog.append(choices, statusLine)
  dialog.addEventListener("close", () => dialog.remove())
  document.body.append(dialog)
  dialog.showModal()
  right.focus()
}

function field(dialog, label, tag, name, value) {
  const box = make(tag, { name, rows: tag === "textarea" ? (name === "printed" ? 4 : 3) : null })
  box.value = value
  dialog.append(make("label", {}, label, box))
  return box
}

function choice(text, name, act) {
  return make("button", { type: "button", class: "sk-suggest-dialog__choice", "data-choice": name, click: act }, text)
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
