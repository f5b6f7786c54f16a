"""Its place puts `tests/` on the path, so that tests import the makers of small extracts by name."""
