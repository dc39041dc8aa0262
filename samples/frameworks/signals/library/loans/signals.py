"""What happens to loans."""

from django.dispatch import Signal

loan_started = Signal()
loan_ended = Signal()
