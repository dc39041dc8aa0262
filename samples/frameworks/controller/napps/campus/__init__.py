"""Applications of the campus."""
