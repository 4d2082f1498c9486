"""YAML files become trees: data with positions."""
