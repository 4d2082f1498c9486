// The same pages as ours from the same YAML: the corpus is read and linked once, pages are JavaScript template functions.
// CONTENT is the content tree, DATA the folder of words.json and shell.json; the output is given on the command line.
export default function (config) {
  config.addPassthroughCopy("pages/assets")
  return { dir: { input: "pages" } }
}
