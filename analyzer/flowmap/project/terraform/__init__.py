"""Terraform: the language (`scanning`, `parsing`), what a configuration is worth (`modules`, `evaluating`, `functions`), and what
its resources say about services (`wiring`, `environments`)."""
