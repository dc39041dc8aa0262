"""The inventory service: keeps stock aside for orders."""
