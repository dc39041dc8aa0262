"""Nodes of the rover."""
