// What every page runs, besides the header's search.
import { startButtons, startPrinting } from "./paper.js"
import { showThisYear } from "./this-year.js"
import { startYearFilter } from "./year-filter.js"

const filter = document.querySelector("[data-year-filter]")
if (filter) startYearFilter(filter)
showThisYear(new Date())
startButtons()
startPrinting()
