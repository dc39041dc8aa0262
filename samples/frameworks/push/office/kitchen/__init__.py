"""Shifts in the kitchen."""
