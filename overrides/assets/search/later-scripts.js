// The scripts of the theme and of all pages, which wait on the page of the search: who comes with a question waits for hits,
// and a slow phone reads the theme's script for a second.

function loadLaterScripts() {
  for (const waiting of document.querySelectorAll("script[data-later]")) {
    const script = document.createElement("script")
    script.async = false // in their order
    script.src = waiting.dataset.later
    waiting.replaceWith(script)
  }
}

// Once what was changed is drawn.
const loadLaterScriptsSoon = () => requestAnimationFrame(() => setTimeout(loadLaterScripts))

export { loadLaterScriptsSoon }
