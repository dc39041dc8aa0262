"""The client of the stock service, version 1."""

from stock_client.api.items_api import ItemsApi
from stock_client.api_client import ApiClient
from stock_client.configuration import Configuration

__all__ = ["ApiClient", "Configuration", "ItemsApi"]
