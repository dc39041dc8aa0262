"""Operations on parcels."""

from typing import Any

from parcels_client.api_client import ApiClient
from parcels_client.api_client import Endpoint as _Endpoint


class ParcelsApi:
    """What can be asked of parcels."""

    def __init__(self, api_client: ApiClient) -> None:
        def __put_parcel(self: _Endpoint, order: str, **kwargs: Any) -> Any:
            return self.call_with_http_info(order=order, **kwargs)  # flow: nothing

        self.put_parcel = _Endpoint(
            settings={"endpoint_path": "/parcels/{order}", "operation_id": "put_parcel", "http_method": "PUT"},
            api_client=api_client,
            function=__put_parcel,
        )

        def __stop_parcel(self: _Endpoint, order: str, **kwargs: Any) -> Any:
            return self.call_with_http_info(order=order, **kwargs)  # flow: nothing

        self.stop_parcel = _Endpoint(
            settings={"endpoint_path": "/parcels/{order}", "operation_id": "stop_parcel", "http_method": "DELETE"},
            api_client=api_client,
            function=__stop_parcel,
        )
