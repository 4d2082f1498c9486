// One build of another engine's files from texts.json: node build_others.mjs ENGINE TEXTS OUT (in the folder of node_modules).
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { join } from "node:path"
import { pathToFileURL } from "node:url"

const [engine, source, out] = process.argv.slice(2)
const require = createRequire(join(process.cwd(), "package.json"))
const texts = JSON.parse(readFileSync(source, "utf8"))
const fold = text => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d")
const write = (name, content) => writeFileSync(join(out, name), content)
mkdirSync(out, { recursive: true })

const builds = {
  minisearch() {
    const MiniSearch = require("minisearch")
    const index = new MiniSearch({ fields: ["title", "text"], processTerm: fold })
    index.addAll(texts.title.map((title, id) => ({ id, title, text: texts.text[id] })))
    write("index.json", JSON.stringify(index))
    write("texts.json", JSON.stringify(texts))
  },
  flexsearch() {
    const { Index } = require("flexsearch")
    const index = new Index({ tokenize: "forward" })
    texts.title.forEach((title, id) => index.add(id, fold(`${title} ${texts.text[id]}`)))
    const parts = {}
    index.export((key, data) => (parts[key] = data))
    write("index.json", JSON.stringify(parts))
    write("texts.json", JSON.stringify(texts))
  },
  async pagefind() {
    const pagefind = await import(pathToFileURL(join(process.cwd(), "node_modules/pagefind/lib/index.js")).href)
    const { index } = await pagefind.createIndex({ forceLanguage: "vi" })
    for (let id = 0; id < texts.title.length; id++) {
      const content = `${texts.title[id]}. ${texts.text[id]}`
      const meta = { title: texts.title[id] }
      const { errors } = await index.addCustomRecord({ url: `/${texts.key[id]}`, content, language: "vi", meta })
      if (errors.length) throw new Error(errors.join(", "))
    }
    await index.writeFiles({ outputPath: out })
    await pagefind.close()
  },
}
await builds[engine]()
