"""Confirms orders by mail."""

from house.bus import Publisher, subscriber

SENT = Publisher("mail.sent")  # flow: nothing


@subscriber("order.placed", group="mail")  # flow: subscribe kafka order.placed
def confirm(order: dict[str, str]) -> None:
    print(f"Dear {order['customer']}, thank you.")  # noqa: T201


if __name__ == "__main__":
    confirm.consume()  # type: ignore[attr-defined]
