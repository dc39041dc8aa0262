"""Infrastructure that is written in Python: what such a program makes, found out by following it step by step. It is never run."""
