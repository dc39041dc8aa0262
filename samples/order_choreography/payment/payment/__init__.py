"""The payment service: authorises and captures card payments."""
