// The page's end of the worker: starts it at the first use, sends questions, returns answers to the newest.
// A page from disk cannot start a worker from a file, and a worker there cannot read one. So script tags load the worker's
// script, which then only defines `sokehoachWorker`, and the files that it needs.
import { loadScript } from "../site/make.js"

const STORE_FILE = /^[\w.-]+$/

// `answered(answer, question)`, `broke()`: the store or the worker could not be loaded.
function newFinder(addresses, onAnswer, onFailure) {
  const absolute = address => new URL(address, document.baseURI).href
  const direct = location.protocol !== "file:"
  let worker = null
  let starting = false
  let question = null
  let count = 0

  function start() {
    if (worker || starting) return
    starting = true
    if (direct) return begin(absolute(addresses.worker))
    if (self.sokehoachWorker) return begin(addressOf(self.sokehoachWorker))
    loadScript(absolute(addresses.worker)).then(() => begin(addressOf(self.sokehoachWorker)), fail)
  }

  function begin(address) {
    starting = false
    try {
      worker = new Worker(address)
    } catch {
      return fail()
    }
    const startedWorker = worker
    worker.addEventListener("message", event => startedWorker === worker && receive(event.data))
    worker.addEventListener("error", event => {
      event.preventDefault()
      if (startedWorker === worker) fail()
    })
    worker.postMessage({ type: "open", store: absolute(addresses.store), direct })
    if (question) worker.postMessage(question)
  }

  function receive(message) {
    if (message.type === "need") loadFile(String(message.name))
    else if (message.type === "answer" && message.id === question?.id) onAnswer(message, question)
    else if (message.type === "failed" && question && (message.id == null || message.id === question.id)) onFailure()
  }

  function loadFile(name) {
    const askingWorker = worker
    const handOver = (file, data) => askingWorker.postMessage({ type: "file", name: file, data })
    self.sokehoachStore = (file, data) => worker?.postMessage({ type: "file", name: file, data })
    if (STORE_FILE.test(name)) loadScript(absolute(addresses.store) + name).catch(() => handOver(name, null))
    else handOver(name, null)
  }

  function fail() {
    stop()
    onFailure()
  }

  function stop() {
    starting = false
    worker?.terminate()
    worker = null
  }

  return {
    // Loads the store before there is a question.
    prepare: start,
    // Asks; an earlier question gets no more answers.
    ask(asked) {
      question = { ...asked, type: "query", id: ++count }
      if (worker) worker.postMessage(question)
      else start()
    },
    // Drops the last question.
    forget() {
      question = null
    },
    // Asks the last question again; the worker then loads again what could not be loaded.
    retry() {
      if (worker && question) this.ask(question)
      else start()
    },
  }
}

// The address of a script that runs a function's text.
const addressOf = script => URL.createObjectURL(new Blob([`(${script})()`], { type: "text/javascript" }))

export { newFinder }
