// Copies of texts.

// The clipboard needs a secure address; an intranet's is often a plain one.
async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const field = document.createElement("textarea")
    field.value = text
    field.style.position = "fixed"
    const home = document.querySelector("dialog[open]") ?? document.body // outside an open dialog nothing takes the focus
    home.append(field)
    field.select()
    const done = document.execCommand("copy")
    field.remove()
    return done
  }
}

// Copies a text, and returns what to say of it: that it is copied, else the text itself, for a hand to copy.
const copyAndTell = async (text, words) => ((await copyText(text)) ? words.copied : `${words.failed} ${text}`)

export { copyAndTell, copyText }
