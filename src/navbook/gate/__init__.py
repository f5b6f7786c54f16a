"""The wall of the house: takes estimates, decides what may be shown, writes the edition."""
