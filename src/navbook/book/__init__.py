"""From an edition to a site: pages executed by papermill, built by Jupyter Book, put in place atomically."""
