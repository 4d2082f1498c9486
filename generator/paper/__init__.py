"""Stage `paper`: a plan as its document, for Word and PDF."""
