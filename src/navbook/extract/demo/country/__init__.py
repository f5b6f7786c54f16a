"""The layout of the invented country: counties, offices, their sizes, mergers and special units."""
