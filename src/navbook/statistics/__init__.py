"""Intervals, change, case-mix, funnel, survival: plain functions on numbers."""
