// What the benchmark gives every builder: our words, and the shell of our pages by their depth.
import { readFileSync } from "node:fs"
import { join } from "node:path"

const read = name => JSON.parse(readFileSync(join(process.env.DATA, `${name}.json`), "utf8"))
export const words = read("words")
export const shell = read("shell")
