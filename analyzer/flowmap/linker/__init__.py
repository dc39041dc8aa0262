"""Summaries to a program that answers questions: what a name is, what a value can be, who calls whom, what plays a role.

Pure: no file system, no libcst, no networkx. Nothing of the scanned code runs; every walk is bounded."""
