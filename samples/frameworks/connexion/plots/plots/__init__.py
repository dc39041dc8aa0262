"""The plots of a community garden."""
