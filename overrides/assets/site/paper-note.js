// A sentence only on paper: what of the page this print leaves out.

// Shows the sentence with its `{places}` filled, or nothing if `values` is null.
function tellOnPaper(note, sentence, values) {
  note.hidden = !values
  note.textContent = values ? sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]) : ""
}

export { tellOnPaper }
