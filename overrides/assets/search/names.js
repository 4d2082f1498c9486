// Names as they are compared: their words, folded, whatever stands between them.
import { folded, tokens } from "./folding.js"

const PART = " · " // between the names in a text

const wordsOf = text =>
  tokens(text)
    .filter(token => !token.form)
    .map(token => folded(token.text))
    .join(" ")

export { PART, wordsOf }
