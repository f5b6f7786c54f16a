"""The published tables: write, read, compare, manifest."""
