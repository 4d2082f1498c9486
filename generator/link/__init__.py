"""Stage 3: trees without problems become a frozen, linked model."""
