"""Stage 4: a corpus becomes `{path: text}`, Markdown pages and data files. Pure: the same corpus, the same bytes."""
