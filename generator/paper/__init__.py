"""A plan as a document, for Word and PDF."""
