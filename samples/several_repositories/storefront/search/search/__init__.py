"""Finding what there is to buy."""
