"""Keeps the stock of a warehouse."""

from typing import Any

import oslo_messaging as messaging
from oslo_config import cfg


class StockManager:
    """What may be asked of the stock."""

    target = messaging.Target(version="2.1")

    def __init__(self, notifier: messaging.Notifier) -> None:
        self.notifier = notifier
        self.items: dict[str, int] = {}

    def reserve(self, context: dict[str, Any], item: str) -> None:  # flow: serve rpc stock.reserve handler=reserve
        self.items[item] -= 1
        self.notifier.info(
            context, "stock.reserved", {"item": item}
        )  # flow: publish oslo-messaging warehouse.info event=stock.reserved
        if self._is_low(item):
            self.notifier.warn(context, "stock.low", {"item": item})  # flow: publish oslo-messaging warehouse.warn event=stock.low

    def count(self, _context: dict[str, Any], item: str) -> int:  # flow: serve rpc stock.count handler=count
        return self.items.get(item, 0)

    def _is_low(self, item: str) -> bool:
        return self.items[item] < 3


def main() -> None:
    notifications = messaging.get_notification_transport(cfg.CONF)
    notifier = messaging.Notifier(notifications, publisher_id="stock", driver="messaging", topics=["warehouse"])
    target = messaging.Target(topic="stock", server="north")
    server = messaging.get_rpc_server(messaging.get_rpc_transport(cfg.CONF), target, [StockManager(notifier)], executor="threading")
    server.start()
    server.wait()


if __name__ == "__main__":
    main()
