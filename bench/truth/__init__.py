"""How often the book is wrong: editions drawn from known truths, through the whole estimate stage."""
