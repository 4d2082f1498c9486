"""Pages and files become a site. The only stage that imports MkDocs."""
