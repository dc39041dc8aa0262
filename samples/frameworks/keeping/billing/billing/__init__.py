"""Bills what is ordered."""
