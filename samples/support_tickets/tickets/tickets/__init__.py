"""The ticket service: directs a support case until it is resolved."""
