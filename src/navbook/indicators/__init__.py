"""The indicators: declarations and the queries that count them (private side)."""
