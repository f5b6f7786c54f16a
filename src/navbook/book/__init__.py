"""Notebook execution, the Jupyter Book build and publishing."""
