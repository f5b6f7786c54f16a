"""What may be shown: primary and complementary suppression and the checks on it."""
