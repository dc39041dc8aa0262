"""The package of tickets."""
