"""Changes to the markup of pages before Sphinx writes them: captions of tables, frames of cells."""
