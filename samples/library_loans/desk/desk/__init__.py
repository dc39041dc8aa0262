"""The desk: where books are lent and brought back."""
