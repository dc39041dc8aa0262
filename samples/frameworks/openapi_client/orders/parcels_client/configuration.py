"""Where the service is."""


class Configuration:
    """The host."""

    def __init__(self, host: str | None = None) -> None:
        self.host = "https://example.com" if host is None else host
