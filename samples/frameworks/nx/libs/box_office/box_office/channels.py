"""Names that both applications use."""

SOLD = "tickets.sold"
