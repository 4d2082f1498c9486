// Loads the scripts of the theme and of all pages later on the page of the search: a reader with a question waits for hits,
// and a slow phone needs a second for the theme's script.

function loadLaterScripts() {
  for (const waiting of document.querySelectorAll("script[data-later]")) {
    const script = document.createElement("script")
    script.async = false // keeps their order
    script.src = waiting.dataset.later
    waiting.replaceWith(script)
  }
}

// Runs after the changes are drawn.
const loadLaterScriptsSoon = () => requestAnimationFrame(() => setTimeout(loadLaterScripts))

export { loadLaterScriptsSoon }
