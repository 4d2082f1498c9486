// The page at a former address: redirects with the anchor and query of the address.

const now = document.querySelector("link[rel=canonical]")
location.replace(now.href + location.search + location.hash)
