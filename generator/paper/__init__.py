"""Stage 6: a plan as its document on paper, for Word and for print; pure, knows neither disk nor MkDocs."""
