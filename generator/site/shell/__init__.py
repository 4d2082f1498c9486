"""A theme of our own, in one template: the site stands without Material when mkdocs.yml names this theme instead.

`overrides/` lies over this theme as it lies over Material's, and over Zensical's: what our pages bring along (policy,
linked data, feed, header search, the page for missing addresses) is written there once. `base.html` has the blocks that
those templates fill, and the classes by which our style sheets know the parts of a page.
"""
