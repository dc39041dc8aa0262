"""The checkout: a basket becomes a paid order."""
