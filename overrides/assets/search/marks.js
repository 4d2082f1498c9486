// The matched places of a text.
import { make } from "../site/make.js"

// A text with its matched places in <mark>; invalid places are left out.
function withMarks(text, marks) {
  const parts = []
  let at = 0
  for (const [start, end] of [...(marks ?? [])].sort((a, b) => a[0] - b[0])) {
    if (!(start >= at && end > start && end <= text.length)) continue
    if (start > at) parts.push(text.slice(at, start))
    parts.push(make("mark", {}, text.slice(start, end)))
    at = end
  }
  if (at < text.length) parts.push(text.slice(at))
  return parts
}

export { withMarks }
