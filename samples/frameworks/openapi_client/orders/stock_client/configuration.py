"""Where the service is."""


class Configuration:
    """The host and the path before all paths."""

    def __init__(self, host: str | None = None) -> None:
        self._base_path = "http://localhost/v1" if host is None else host

    @property
    def host(self) -> str:
        return self._base_path

    @host.setter
    def host(self, value: str) -> None:
        self._base_path = value
