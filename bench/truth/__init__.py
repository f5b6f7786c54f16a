"""How often the book is wrong: editions simulated from known true values, through the estimate stage."""
