"""Words for people: the catalogues, and the conventions of Vietnamese offices."""
