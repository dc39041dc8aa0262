"""Orders: what customers buy, and what has to be done about it."""
