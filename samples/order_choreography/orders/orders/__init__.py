"""The order service: takes orders and keeps the record of what became of them."""
