"""The package of seats."""
