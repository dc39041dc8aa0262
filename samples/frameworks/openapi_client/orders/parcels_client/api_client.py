"""What all operations have in common."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import urllib3

from parcels_client.configuration import Configuration


class ApiClient:
    """Puts requests together."""

    def __init__(self, configuration: Configuration | None = None) -> None:
        if configuration is None:
            configuration = Configuration()
        self.configuration = configuration
        self.pool = urllib3.PoolManager()

    def call_api(self, resource_path: str, method: str, path_params: dict[str, str], _request_timeout: float | None) -> Any:
        for name, value in path_params.items():
            resource_path = resource_path.replace(f"{{{name}}}", quote(value))
        url = self.configuration.host + resource_path
        return self.pool.request(method, url, timeout=_request_timeout)  # flow: nothing


class Endpoint:
    """One operation: an object that is called."""

    def __init__(self, settings: dict[str, str], api_client: ApiClient, function: Callable[..., Any]) -> None:
        self.settings = settings
        self.api_client = api_client
        self.function = function

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.function(self, *args, **kwargs)

    def call_with_http_info(self, _request_timeout: float | None = None, **kwargs: Any) -> Any:
        path, method = self.settings["endpoint_path"], self.settings["http_method"]
        return self.api_client.call_api(path, method, kwargs, _request_timeout)  # flow: nothing
