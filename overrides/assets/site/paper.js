// The buttons to print and to copy the address, and the page's form on paper.
import { copyAndTell } from "./copy.js"
import { fillIn, make } from "./make.js"

// Shows the buttons, which do nothing without JavaScript, and makes them work.
function startButtons() {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.addEventListener("click", () => print())
    button.hidden = false
  }
  for (const button of document.querySelectorAll("[data-copy]")) {
    const statusLine = button.parentElement.querySelector("[data-copied]")
    button.addEventListener("click", async () => {
      statusLine.textContent = await copyAndTell(location.href, statusLine.dataset)
    })
    button.hidden = false
  }
}

// Prepares the page before it is printed and restores it afterwards.
function startPrinting() {
  const undo = []
  addEventListener("beforeprint", () => {
    stamp()
    undo.push(joinTables(), openFolds())
  })
  addEventListener("afterprint", () => {
    while (undo.length) undo.pop()()
  })
}

// Opens what is folded on screen; returns a function that folds it again.
function openFolds() {
  const folds = [...document.querySelectorAll("details.sk-fold:not([open])")]
  for (const fold of folds) fold.open = true
  return () => {
    for (const fold of folds) fold.open = false
  }
}

// Shows a sentence that is for paper only, what of the page is left out there; nothing where `values` are null.
function tellOnPaper(note, sentence, values) {
  note.hidden = !values
  note.textContent = values ? fillIn(sentence, values) : ""
}

// Where and when a sheet was printed. The address is shown decoded, with accented letters.
function stamp() {
  const now = new Date()
  const day = [now.getDate(), now.getMonth() + 1, now.getFullYear()]
    .map(part => String(part).padStart(2, "0"))
    .join("/")
  let address = location.href.split("#")[0]
  try {
    address = decodeURI(address)
  } catch {
    // a mistyped address stays as it is
  }
  for (const printedElement of document.querySelectorAll("[data-printed]"))
    printedElement.textContent = fillIn(printedElement.dataset.printed, { address, day })
}

// The headings before a table as a row: the first row of a table that begins, else the last of the one that continues.
function headRow(table, begins, headings, move, addedBodies) {
  const cell = make("th", { colspan: table.tHead.rows[0].cells.length, scope: "rowgroup" })
  for (const each of headings) move(each, cell)
  const body = make("tbody", {}, make("tr", { class: "sk-heading-row" }, cell))
  if (begins) table.tHead.after(body)
  else table.append(body)
  addedBodies.push(body)
}

// On paper a task's tables are one, as in the document: the headings between them become rows, and the column heads repeat
// only at page breaks. Returns a function that restores everything.
function joinTables() {
  const undo = []
  const move = (element, into) => {
    const marker = document.createComment("")
    element.replaceWith(marker)
    into.append(element)
    undo.push(() => marker.replaceWith(element))
  }
  const addedBodies = []
  let first = null // the table that takes in the others
  let between = []
  for (const element of [...document.querySelectorAll(".sk-letterhead--wide ~ *")]) {
    const table = element.matches(".sk-table") ? element : element.querySelector(":scope .sk-table")
    if (element.matches(".sk-h-outer, .sk-screen") || (element.matches("h2") && !element.matches("[class*=sk-h-]"))) {
      first = null
      between = []
    } else if (!table) {
      // Headings between the outer one and the first inner one stay above the table.
      if (between.length || element.matches("[class*=sk-h-]")) between.push(element)
    } else {
      if (between.length) headRow(first ?? table, !first, between, move, addedBodies)
      if (first) {
        for (const each of [...table.tBodies]) move(each, first)
        const before = table.hidden
        table.hidden = true
        undo.push(() => (table.hidden = before))
      } else first = table
      between = []
    }
  }
  return () => {
    while (undo.length) undo.pop()()
    for (const body of addedBodies) body.remove()
  }
}

export { startButtons, startPrinting, tellOnPaper }
