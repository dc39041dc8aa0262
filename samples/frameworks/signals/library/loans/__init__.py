"""What the library lends."""
