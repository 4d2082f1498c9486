"""A corpus becomes Markdown pages. Pure: the same corpus, the same bytes."""
