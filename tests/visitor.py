"""A visitor in the browser tests: opens pages, watches what they do, reads what is visible."""

from __future__ import annotations

from typing import Literal

from playwright.sync_api import Browser, Page

Scheme = Literal["light", "dark"]

PHONE, DESK = 390, 1280


class Watch:
    """What a page did that no page should do."""

    def __init__(self, page: Page, own: str) -> None:
        self.own = own
        self.faults: list[str] = []
        page.on("console", lambda said: said.type == "error" and self.faults.append(said.text))
        page.on("pageerror", lambda error: self.faults.append(f"uncaught: {error}"))
        page.on("requestfailed", lambda request: self._failed(request.url, request.failure))
        page.on("request", lambda request: self._asked(request.url))
        page.on("response", lambda response: self._answered(response.url, response.status))

    def _asked(self, url: str) -> None:
        if not url.startswith((self.own, "about:", "data:", "blob:")):
            self.faults.append(f"outside of the site: {url}")

    def _failed(self, url: str, why: str | None) -> None:
        # Leaving a page cuts off what is on its way to it: its icon, often. A server that fails is called otherwise.
        if why != "net::ERR_ABORTED":
            self.faults.append(f"failed: {url} {why}")

    def _answered(self, url: str, status: int) -> None:
        if status >= 400:
            self.faults.append(f"{status}: {url}")


class Visitor:
    """Opens pages of a site and watches them, in one window a width and scheme: a new one would cost half a second."""

    def __init__(self, browser: Browser, own: str) -> None:
        self.browser = browser
        self.own = own
        self.windows: dict[tuple[int, Scheme], tuple[Page, Watch]] = {}

    def opens(self, address: str, width: int = DESK, scheme: Scheme = "light") -> tuple[Page, Watch]:
        """A page that has loaded, its scripts run and its first picture drawn."""
        if (width, scheme) not in self.windows:
            window = self.browser.new_page(
                viewport={"width": width, "height": 844 if width == PHONE else 800},
                color_scheme=scheme,
                locale="vi-VN",
            )
            window.set_default_timeout(10_000)
            self.windows[width, scheme] = window, Watch(window, self.own)
        page, watch = self.windows[width, scheme]
        # Ends what the page before still asks for, before its faults are forgotten.
        page.goto("about:blank")
        page.emulate_media(media="null")  # one test asks for paper
        watch.faults.clear()
        page.goto(self.own + address)
        # The page of the search loads its other scripts once it has answered; they show the button to print.
        page.wait_for_function("() => !document.querySelector('script[data-later], [data-print][hidden]')")
        drawn(page)
        return page, watch


def drawn(page: Page) -> None:
    """Wait until what has been asked for so far is on the screen."""
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


# The background is that of the nearest ancestor that has one; half-transparent ones are laid over each other.
CONTRAST = """() => {
  const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true})
  const rgba = colour => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1)
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data
    return [r, g, b, a / 255]
  }
  const over = (top, below) => [0, 1, 2].map(i => top[i] * top[3] + below[i] * (1 - top[3])).concat(1)
  const behind = one => {
    const layers = []
    for (let each = one; each; each = each.parentElement) {
      const colour = rgba(getComputedStyle(each).backgroundColor)
      if (colour[3] > 0) layers.push(colour)
      if (colour[3] === 1) break
    }
    return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255, 1])
  }
  const light = ([r, g, b]) => [r, g, b]
    .map(part => part / 255).map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0)
  const found = new Map()
  const walker = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const one = walker.currentNode.parentElement
    if (!walker.currentNode.data.trim() || !one.checkVisibility({opacityProperty: true})) continue
    if (one.closest(".headerlink, .sk-hidden, [disabled]")) continue
    const style = getComputedStyle(one), ground = behind(one)
    const [a, b] = [light(over(rgba(style.color), ground)), light(ground)].sort((x, y) => y - x)
    const ratio = (a + 0.05) / (b + 0.05)
    const size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700)
    if (ratio < (large ? 3 : 4.5))
      found.set(`${one.tagName}.${one.className}: ${ratio.toFixed(2)}`, walker.currentNode.data.trim().slice(0, 30))
  }
  return [...found].slice(0, 12)
}"""
