"""Stage 1: files and YAML text become trees, data that remembers where it stood."""
