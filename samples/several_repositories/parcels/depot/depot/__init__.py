"""The depot: what arrives, and where it is."""
