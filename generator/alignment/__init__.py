"""Alignment: proposes to the editors which entry of a plan answers which entry of an upper plan."""
