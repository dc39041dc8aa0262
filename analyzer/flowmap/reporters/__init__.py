"""Output formats, one per module: pure functions of the report."""
