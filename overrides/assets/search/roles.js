// Who does what in an activity, in words: the document's own columns, never one for another.
const ROLES = { lead: "lead", partners: "partners", levelsUnits: "facet.cap" } // each with its word

// [words, units] of each role that somebody has: in the activity, then in its sub-rows only.
function rolesOf(hit, say) {
  const inRows = rowRolesOf(hit, say).map(([role, units]) => [say("in_row", { role }), units])
  return [...filled(hit, say), ...inRows]
}

const rowRolesOf = (hit, say) => filled(hit.rows, say)

const filled = (units, say) =>
  Object.entries(ROLES).flatMap(([role, word]) => (units[role].length ? [[say(word), units[role]]] : []))

export { rolesOf, rowRolesOf }
