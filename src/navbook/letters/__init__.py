"""The yearly letters as data."""
