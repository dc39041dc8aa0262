"""What all operations have in common."""

from typing import Any
from urllib.parse import quote

from stock_client.configuration import Configuration
from stock_client.rest import RESTClientObject


class ApiClient:
    """Puts requests together."""

    def __init__(self, configuration: Configuration | None = None) -> None:
        if configuration is None:
            configuration = Configuration()
        self.configuration = configuration
        self.rest_client = RESTClientObject()

    def param_serialize(
        self, method: str, resource_path: str, path_params: dict[str, str] | None = None, body: Any = None
    ) -> tuple[str, str, Any]:
        for name, value in (path_params or {}).items():
            resource_path = resource_path.replace(f"{{{name}}}", quote(value))
        return method, self.configuration.host + resource_path, body

    def call_api(self, method: str, url: str, body: Any = None, _request_timeout: float | None = None) -> Any:
        return self.rest_client.request(method, url, body, _request_timeout)
