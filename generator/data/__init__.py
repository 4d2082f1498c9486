"""Open data: tables, calendars, the feed, JSON, and the page that explains them. Pure, like `pages`."""
