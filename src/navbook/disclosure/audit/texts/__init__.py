"""Texts as readers can read them: decoded, with numbers in words, and as sentences about a unit."""
