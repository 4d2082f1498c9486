// Only whether scripts run in browsers of 2021 (Chrome 90, Firefox 91, Safari 14): all else is Biome's.
import es from "eslint-plugin-es-x"

// Names that others have since long: arrays those of iterators, and lunr.js has sets of its own.
const SHARED = process.env.SOURCE_TYPE === "module" ? /no-iterator-prototype/ : /no-(iterator|set)-prototype/
const newer = Object.entries(es.configs["flat/restrict-to-es2021"].rules)

export default [
  {
    files: ["**/*.js"],
    languageOptions: { ecmaVersion: 2021, sourceType: process.env.SOURCE_TYPE },
    linterOptions: { reportUnusedDisableDirectives: "off" },
    plugins: { "es-x": es },
    // Of a call such as `words.at(-1)` nobody knows the type: each of that name is refused.
    settings: { "es-x": { aggressive: true } },
    rules: Object.fromEntries(newer.filter(([name]) => !SHARED.test(name))),
  },
]
