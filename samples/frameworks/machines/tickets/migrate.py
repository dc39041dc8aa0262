"""Makes the tables."""
