"""The application, which wires its receivers when it starts."""

from django.apps import AppConfig


class LoansConfig(AppConfig):
    """Loans."""

    name = "loans"

    def ready(self) -> None:
        from loans import receivers

        receivers.wire()
