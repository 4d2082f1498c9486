// Every engine behind the same two functions: open() loads what it needs before the first question, ask(q) resolves to
// {total, complete} for the first page of results. `inline`: a worker's script runs in the page itself, because
// Chromium slows down (CPU throttling) only a page's own thread.
const SIZE = 20 // results of a page

// A worker, or the same script in the page behind a message channel.
async function newWorker(address, inline) {
  if (!inline) return new Worker(address)
  const { port1, port2 } = new MessageChannel()
  const listen = (_, listener) => {
    port2.onmessage = listener
  }
  const post = message => port2.postMessage(message)
  const scope = new Proxy(window, {
    get: (target, name) => (name === "addEventListener" ? listen : name === "postMessage" ? post : target[name]),
    set: (target, name, value) => Reflect.set(target, name, value),
  })
  const load = (...addresses) => {
    for (const one of addresses) {
      const request = new XMLHttpRequest()
      request.open("GET", new URL(one, new URL(address, location)), false)
      request.send()
      // biome-ignore lint/security/noGlobalEval: as importScripts does in a worker; the script is a library of the benchmark
      globalThis.eval(request.responseText)
    }
  }
  const text = await (await fetch(address)).text()
  new Function("self", "addEventListener", "postMessage", "importScripts", text)(scope, listen, post, load)
  scope.sokehoachWorker?.() // in a page our worker's script only defines this
  return port1
}

const fold = text => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d")
const json = async address => (await fetch(address)).json()
const script = address =>
  new Promise((done, failed) => {
    document.head.append(
      Object.assign(document.createElement("script"), { src: address, onload: done, onerror: failed }),
    )
  })

const engines = {
  // Ours: the worker of the built site. Answers while chunks are still coming are told as incomplete.
  ours(inline, [address]) {
    let worker
    let id = 0
    let waiting = () => {}
    return {
      async open() {
        worker = await newWorker(address, inline)
        worker.onmessage = ({ data }) => waiting(data)
        worker.postMessage({ type: "open", store: new URL("hoat-dong/kho/", location).href, direct: true })
      },
      ask: (q, whole = true) =>
        new Promise((done, failed) => {
          const own = ++id
          waiting = data => {
            if (data.type === "failed") failed(new Error(`failed: ${data.name}`))
            if (data.type === "answer" && data.id === own && (data.complete || (!whole && data.total))) done(data)
          }
          worker.postMessage({
            type: "query",
            id: own,
            q,
            facets: {},
            sort: "relevance",
            from: 0,
            size: SIZE,
            all: false,
          })
        }),
    }
  },

  // Material's own search as it comes: its worker builds the index from the texts on every page load.
  material(inline) {
    let worker
    let waiting
    const send = message =>
      new Promise(done => {
        waiting = done
        worker.postMessage(message)
      })
    return {
      async open() {
        const address = (await json("material.json")).worker
        const index = await json("search/search_index.json")
        worker = await newWorker(address, inline)
        worker.onmessage = ({ data }) => waiting(data)
        await send({ type: 0, data: { ...index, options: { suggest: false } } })
      },
      async ask(q) {
        const { data } = await send({ type: 2, data: q })
        return { total: data.items.length, complete: true }
      },
    }
  },

  minisearch: () => {
    let index
    let texts
    return {
      async open() {
        await script("library.js")
        const [saved, all] = await Promise.all([fetch("index.json").then(answer => answer.text()), json("texts.json")])
        index = self.MiniSearch.loadJSON(saved, { fields: ["title", "text"], processTerm: fold })
        texts = all
      },
      async ask(q) {
        const last = q.trim().split(/\s+/).length - 1
        const found = index.search(q, { combineWith: "AND", prefix: (_, place) => place === last })
        const hits = found.slice(0, SIZE).map(({ id }) => [texts.title[id], texts.text[id]])
        return { total: found.length, complete: true, hits }
      },
    }
  },

  flexsearch: () => {
    let index
    let texts
    return {
      async open() {
        await script("library.js")
        const [parts, all] = await Promise.all([json("index.json"), json("texts.json")])
        index = new self.FlexSearch.Index({ tokenize: "forward" })
        for (const [key, data] of Object.entries(parts)) index.import(key, data)
        texts = all
      },
      async ask(q) {
        const found = index.search(fold(q), { limit: SIZE })
        return { total: found.length, complete: true, hits: found.map(id => [texts.title[id], texts.text[id]]) }
      },
    }
  },

  // As it comes; its own page of results holds five, whose texts it loads one by one.
  pagefind: inline => {
    let pagefind
    return {
      async open() {
        pagefind = await import(new URL("pagefind.js", location))
        await pagefind.options({ noWorker: inline })
        await pagefind.init()
      },
      async ask(q) {
        const { results } = await pagefind.search(q)
        await Promise.all(results.slice(0, 5).map(one => one.data()))
        return { total: results.length, complete: true }
      },
    }
  },
}

// Opens an engine and asks, then types every query letter by letter, each answer awaited, for at most `seconds`.
// Says what it measured on the console: first, then the keystrokes.
// biome-ignore lint/correctness/noUnusedVariables: chromium.py calls it
async function bench({ engine, inline, queries, seconds, worker }) {
  const say = (name, value) => console.log(`bench:${JSON.stringify({ [name]: value })}`)
  try {
    const subject = engines[engine](inline, worker)
    const started = performance.now()
    await subject.open()
    const { total } = await subject.ask(queries[0].slice(0, 2), false)
    const ended = performance.now()
    say("first", { ms: ended - started, at: (performance.timeOrigin + ended) / 1000, total })
    await subject.ask(queries[0].slice(0, 2))
    const times = []
    const typed = []
    const totals = []
    const end = performance.now() + seconds * 1000
    typing: for (const query of queries) {
      for (let length = 2; length <= query.length; length++) {
        if (performance.now() > end) break typing
        const before = performance.now()
        const answer = await subject.ask(query.slice(0, length))
        times.push(performance.now() - before)
        typed.push(query.slice(0, length))
        if (length === query.length) totals.push(answer.total)
      }
    }
    say("typed", { times, typed, totals, wanted: queries.reduce((sum, query) => sum + query.length - 1, 0) })
  } catch (fault) {
    say("fault", String(fault))
  }
}
