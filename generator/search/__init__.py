"""What the search of activities reads in the browser. Pure: a corpus becomes `{path: text}`.

The store (texts and facet columns, `activity_store`), and the index that lunr.js completes in the browser where the
corpus is small enough (`lunr_index`); `search_files` puts them at their addresses beside the worker.
"""
