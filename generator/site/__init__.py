"""Stage 7: pages and data files become a site. The only stage that imports MkDocs or writes to disk."""
