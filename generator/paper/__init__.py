"""A plan as its document, for Word and PDF."""
