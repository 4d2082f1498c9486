"""Words for people: catalogues, and how Vietnamese offices write."""
