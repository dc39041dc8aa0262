"""Seats of the concert hall."""
