"""What Chalice packages along with the application."""
