"""The office for what people leave on board."""
