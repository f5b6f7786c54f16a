"""The extract: schemas, readers, checks, office register and the synthetic generator (private side)."""
