"""A greenhouse."""
