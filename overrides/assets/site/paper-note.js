// A sentence that only paper shows: what of the page is left out of this print.

// Shows the sentence with its `{places}` filled, or nothing where `values` are null.
function tellOnPaper(note, sentence, values) {
  note.hidden = !values
  note.textContent = values ? sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]) : ""
}

export { tellOnPaper }
