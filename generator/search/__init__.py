"""What the search of activities loads in the browser. Pure: a corpus becomes `{path: text}`.

The store (texts and facet columns, `activity_store`), and for small corpora the index (`lunr_index`), which lunr.js
completes in the browser; `search_files` gives them their addresses beside the worker.
"""
