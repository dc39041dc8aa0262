"""The package of box_office."""
