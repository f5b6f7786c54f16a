"""What page notebooks call: figures, tables, sentences, number formats."""
