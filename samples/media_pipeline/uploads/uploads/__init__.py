"""The uploads service: takes films in and starts their processing."""
