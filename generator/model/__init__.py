"""Trees without problems become a frozen, linked model. It reads no file and caches nothing."""
