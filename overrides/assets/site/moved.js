// The page of an earlier address: leads on with the part and the query that the address names.

const now = document.querySelector("link[rel=canonical]")
location.replace(now.href + location.search + location.hash)
