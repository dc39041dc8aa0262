"""The reports service: what was sold."""
