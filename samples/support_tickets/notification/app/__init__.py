"""The notification service: mails to experts and customers."""
