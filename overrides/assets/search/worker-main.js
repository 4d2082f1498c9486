// The worker: takes the page's messages, loads the store's files when needed, answers the newest question.
//
// page → worker: {type: "open", store, direct}, {type: "file", name, data} (data null: it could not be loaded),
// {type: "query", id, q, facets, sort, from, size, all}. worker → page: {type: "need", name} (file:// only),
// {type: "answer", id, complete, …} (answer.js), again while chunks arrive, {type: "failed", id, name}: a file could not
// be loaded; a further query tries again.
import { answerTo } from "./answer.js"
import { readChoice, ruledOut } from "./facets.js"
import { openIndex } from "./lunr-engine.js"
import { addFile, dataOf, newStore } from "./store.js"

const MANIFEST = "index.js" // the only file without a hash in its name
const AT_A_TIME = 6 // files loaded at the same time
const PAUSE = 200 // milliseconds between answers while chunks arrive

const service = {
  folder: "",
  direct: true,
  files: new Map(), // name → "coming" | "here" | "failed"
  store: null,
  engine: null,
  question: null,
  timer: 0,
  answeredAt: -PAUSE,
}

const HANDLERS = {
  open({ store, direct }) {
    Object.assign(service, { folder: String(store), direct: direct !== false })
    fetchFiles()
  },
  file({ name, data }) {
    if (service.files.get(name) === "coming") receive(name, data)
  },
  query(question) {
    service.question = { ...question, q: String(question.q ?? "") }
    for (const [name, state] of service.files) if (state === "failed") service.files.delete(name)
    fetchFiles()
    answerSoon(0)
  },
}

self.addEventListener("message", ({ data }) => {
  if (Object.keys(HANDLERS).includes(data?.type)) HANDLERS[data.type](data)
})

function receive(name, data) {
  try {
    if (data == null) throw new Error(name)
    take(name, data)
    service.files.set(name, "here")
  } catch {
    service.files.set(name, "failed")
    // Without lunr's index a scan of the chunks gives the same answer.
    if (name !== service.store?.manifest.lunr)
      self.postMessage({ type: "failed", id: service.question?.id ?? null, name })
  }
  fetchFiles()
  answerSoon(Math.max(0, service.answeredAt + PAUSE - performance.now()))
}

function take(name, data) {
  const { store } = service
  if (name === MANIFEST) service.store = newStore(data)
  else if (name === store.manifest.lunr) service.engine = openIndex(store, data)
  else addFile(store, name, data)
}

// Loads what is missing: the manifest, and if there is a question, the index and the chunks that can matter.
function fetchFiles() {
  const missing = wantedFiles().filter(name => !service.files.has(name))
  const coming = [...service.files.values()].filter(state => state === "coming").length
  for (const name of missing.slice(0, Math.max(0, AT_A_TIME - coming))) {
    service.files.set(name, "coming")
    if (service.direct) fetchFile(name).then(data => receive(name, data))
    else self.postMessage({ type: "need", name })
  }
}

async function fetchFile(name) {
  try {
    const answer = await fetch(service.folder + name, name === MANIFEST ? { cache: "no-cache" } : {})
    return answer.ok ? dataOf(await answer.text()) : null
  } catch {
    return null
  }
}

// In the order of their use: first chunks that hold results, then those that only count for another value of a facet.
function wantedFiles() {
  const { store, question } = service
  if (!store) return service.folder ? [MANIFEST] : []
  if (!question) return []
  const chosen = readChoice(store, question.facets)
  const chunks = store.chunks
    .map(({ summary }) => ({ file: summary.file, misses: ruledOut(store, chosen, summary) }))
    .filter(({ misses }) => misses < 2)
    .sort((a, b) => a.misses - b.misses)
  return [...(store.manifest.lunr ? [store.manifest.lunr] : []), ...chunks.map(({ file }) => file)]
}

// Later messages are taken first: a question with a newer one after it is not answered.
function answerSoon(wait) {
  clearTimeout(service.timer)
  service.timer = setTimeout(answer, wait)
}

function answer() {
  const { store, engine, question, files } = service
  if (!store || !question || files.get(store.manifest.lunr) === "coming") return
  const wanted = wantedFiles().filter(name => name !== store.manifest.lunr)
  const here = wanted.filter(name => files.get(name) === "here").length
  const complete = here === wanted.length
  if (wanted.length && !here) return
  self.postMessage({ type: "answer", id: question.id, complete, ...answerTo(store, engine, question) })
  service.answeredAt = performance.now()
}
