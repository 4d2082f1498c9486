"""A corpus becomes Markdown pages. Pure: the same corpus gives the same bytes."""
