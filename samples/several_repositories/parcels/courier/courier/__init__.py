"""The courier: what is driven out."""
