"""What a site may hold, as closed lists: its files, columns of tables and keys of JSON files."""
