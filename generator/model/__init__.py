"""Checked trees become a frozen, linked model. This stage reads no files; its caches live as long as their corpus."""
