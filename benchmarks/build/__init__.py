"""Building a site from plans, ours beside other builders."""
