"""Messages to people, which are no messages between services."""


class Mailbox:
    """Keeps what is sent."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    def send(self, text: str) -> None:
        self.sent.append(text)
