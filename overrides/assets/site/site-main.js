// What every page runs, besides the header's search.
import { startMessages } from "./message.js"
import { startButtons, startPrinting } from "./paper.js"
import { startEmbedded, startSharing } from "./share.js"
import { startThisYear } from "./this-year.js"
import { startYearFilter } from "./year-filter.js"

const filter = document.querySelector("[data-year-filter]")
if (filter) startYearFilter(filter)
const years = document.querySelector("[data-this-year]")
if (years) startThisYear(years)
startButtons()
startMessages()
startSharing()
startEmbedded()
startPrinting()
