"""Benchmarks of the generator: run as modules from the project's folder, not installed."""
