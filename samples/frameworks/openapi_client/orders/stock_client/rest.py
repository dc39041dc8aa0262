"""Requests as they go out."""

import json
from typing import Any

import urllib3


class RESTClientObject:
    """A pool of connections."""

    def __init__(self) -> None:
        self.pool_manager = urllib3.PoolManager()

    def request(self, method: str, url: str, body: Any = None, _request_timeout: float | None = None) -> Any:
        timeout = urllib3.Timeout(total=_request_timeout) if _request_timeout else None
        response = self.pool_manager.request(method, url, body=json.dumps(body), timeout=timeout)  # flow: nothing
        return json.loads(response.data)
