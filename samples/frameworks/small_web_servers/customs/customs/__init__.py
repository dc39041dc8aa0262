"""What is declared to customs."""
