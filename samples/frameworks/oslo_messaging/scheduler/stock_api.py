"""The stock service as others see it."""

import oslo_messaging as messaging
from oslo_config import cfg

TOPIC = "stock"


def get_client(target: messaging.Target) -> messaging.RPCClient:
    return messaging.get_rpc_client(messaging.get_rpc_transport(cfg.CONF), target)


class StockAPI:
    """Methods of the stock service.

    2.0 - the first version
    2.1 - added count()
    """

    def __init__(self) -> None:
        self.client = get_client(messaging.Target(topic=TOPIC, version="2.0"))

    def reserve(self, context: dict[str, str], item: str, host: str) -> None:
        cctxt = self.client.prepare(server=host)
        cctxt.cast(context, "reserve", item=item)  # flow: call rpc stock.reserve -> stock

    def count(self, context: dict[str, str], item: str) -> int:
        if not self.client.can_send_version("2.1"):
            return 0
        return int(self.client.prepare(version="2.1").call(context, "count", item=item))  # flow: call rpc stock.count -> stock
