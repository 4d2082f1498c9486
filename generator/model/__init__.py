"""Trees without problems become a frozen, linked model. It reads no file; what it remembers ends with its corpus."""
