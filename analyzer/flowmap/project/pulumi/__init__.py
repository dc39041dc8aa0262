"""Pulumi in Python: what a program makes of AWS, as a template of CloudFormation, as far as messages go."""
