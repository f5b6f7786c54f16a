"""From counts to estimates: roll-up, shares, change and the letter's own rule (private side)."""
