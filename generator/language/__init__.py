"""The language of the site and of the messages: one catalogue per language, and how Vietnamese offices write."""
