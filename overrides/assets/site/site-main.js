// What every page runs, besides the header's search.
import { startColourSwitch } from "./colours.js"
import { startJump } from "./jump.js"
import { showDueMarks } from "./due-marks.js"
import { startMenu } from "./menu.js"
import { startMessages } from "./message.js"
import { startButtons, startPrinting } from "./paper.js"
import { startEmbedded, startSharing } from "./share.js"
import { startSuggesting } from "./suggest.js"
import { showColumnOfThisYear, showThisYear } from "./this-year.js"
import { startUnitYears } from "./unit-years.js"
import { startYearFilter } from "./year-filter.js"

const filter = document.querySelector("[data-year-filter]")
if (filter) startYearFilter(filter)
const unitYears = document.querySelector("[data-unit-years]")
if (unitYears) startUnitYears(unitYears)
showThisYear(new Date())
showColumnOfThisYear(new Date())
startJump()
showDueMarks(document, new Date())
// The search's script adds cards later.
document.addEventListener("sokehoach:cards", () => showDueMarks(document, new Date()))
startMenu()
startColourSwitch()
startButtons()
startMessages()
startSharing()
startEmbedded()
startPrinting()
const suggest = document.querySelector(".sk-suggest")
if (suggest && self.HTMLDialogElement) startSuggesting(suggest)
