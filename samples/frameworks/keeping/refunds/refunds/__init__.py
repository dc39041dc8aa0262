"""Pays back what is returned."""
