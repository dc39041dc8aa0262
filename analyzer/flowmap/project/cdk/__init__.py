"""The AWS CDK in Python: what a program of constructs synthesises to, as a template of CloudFormation, as far as messages go."""
