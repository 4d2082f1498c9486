"""Sổ kế hoạch: work plans in YAML, published as a linked, searchable website.

Data flows one way, and each stage imports only stages before it::

    source   files and YAML text            -> trees: data with the position of every key and value
    check    trees                          -> problems, as values; schema, identifiers, references
    link     trees without problems         -> a frozen, linked model (`Corpus`)
    pages    a corpus                       -> `{path: text}`: Markdown pages and data files
    search   a corpus                       -> `{path: text}`: the store, the index and the scripts of the search
    site     `{path: text}`                 -> a finished site (the only stage that imports MkDocs)

`problem` and `language` are the vocabulary that every stage may use. Only `cli` prints.
"""
