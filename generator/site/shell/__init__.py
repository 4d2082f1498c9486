"""A theme of our own, in one template: the site does without Material if mkdocs.yml names this theme.

`overrides/` extends this theme as it extends Material's and Zensical's: what our pages add (policy, linked data, feed,
header search, page for missing addresses) is written there once. `base.html` has the blocks that those templates fill,
and the classes that our style sheets use.
"""
