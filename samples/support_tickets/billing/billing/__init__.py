"""The billing service: an invoice for every resolved ticket."""
