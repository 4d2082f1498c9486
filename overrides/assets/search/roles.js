// Who does what in an activity, in words: each of the document's columns is kept apart.
const ROLES = { lead: "lead", partners: "partners", levelsUnits: "facet.cap" } // each with its word

// [words, units] of each role that is filled: in the activity, then only in its sub-rows.
function rolesOf(hit, say) {
  const inRows = rowRolesOf(hit, say).map(([role, units]) => [say("in_row", { role }), units])
  return [...filled(hit, say), ...inRows]
}

const rowRolesOf = (hit, say) => filled(hit.rows, say)

const filled = (units, say) =>
  Object.entries(ROLES).flatMap(([role, word]) => (units[role].length ? [[say(word), units[role]]] : []))

export { rolesOf, rowRolesOf }
