"""Operations on items."""

from typing import Any

from stock_client.api_client import ApiClient


class ItemsApi:
    """What can be asked of items."""

    def __init__(self, api_client: ApiClient | None = None) -> None:
        if api_client is None:
            api_client = ApiClient()
        self.api_client = api_client

    def get_item(self, sku: str, _request_timeout: float | None = None) -> Any:
        return self.api_client.call_api(*self._get_item_serialize(sku), _request_timeout=_request_timeout)

    def get_item_with_http_info(self, sku: str) -> Any:
        return self.api_client.call_api(*self._get_item_serialize(sku))

    def _get_item_serialize(self, sku: str) -> tuple[str, str, Any]:
        return self.api_client.param_serialize(method="GET", resource_path="/items/{sku}", path_params={"sku": sku})

    def reserve_item(self, sku: str, reservation: dict[str, int]) -> Any:
        return self.api_client.call_api(*self._reserve_item_serialize(sku, reservation))

    def _reserve_item_serialize(self, sku: str, reservation: dict[str, int]) -> tuple[str, str, Any]:
        return self.api_client.param_serialize(
            method="POST", resource_path="/items/{sku}/reservations", path_params={"sku": sku}, body=reservation
        )

    def delete_item(self, sku: str) -> Any:
        return self.api_client.call_api(*self._delete_item_serialize(sku))

    def _delete_item_serialize(self, sku: str) -> tuple[str, str, Any]:
        path = {"sku": sku}
        return self.api_client.param_serialize(method="DELETE", resource_path="/items/{sku}", path_params=path)  # flow: nothing
