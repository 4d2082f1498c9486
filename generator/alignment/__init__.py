"""Alignment: which entry of a plan answers which entry of an upper plan, as proposed to the editors."""
