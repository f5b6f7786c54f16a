"""Measures navbook. Nothing here asserts a time, and nothing in navbook imports it."""
