"""The notification service: writes mails to customers."""
