"""Who hears of shifts."""

import logging

from channels.consumer import SyncConsumer
from channels.generic.websocket import AsyncJsonWebsocketConsumer


class Shifts(AsyncJsonWebsocketConsumer):
    """A browser that looks at one shift."""

    async def connect(self) -> None:
        self.group = f"shift_{self.scope['url_route']['kwargs']['shift']}"
        await self.channel_layer.group_add(self.group, self.channel_name)  # flow: subscribe channels shift_{}
        await self.accept()

    async def disconnect(self, code: int) -> None:
        logging.debug("closed with %s", code)
        await self.channel_layer.group_discard(self.group, self.channel_name)  # flow: nothing

    async def receive_json(self, content: dict[str, str], **_kwargs: object) -> None:
        message = {"type": "shift.noted", "text": content["text"]}
        await self.channel_layer.group_send(self.group, message)  # flow: publish channels shift_{} event=shift.noted

    async def shift_noted(self, event: dict[str, str]) -> None:
        await self.send_json({"text": event["text"]})  # flow: nothing

    async def shift_swapped(self, event: dict[str, str]) -> None:
        await self.send_json({"with": event["colleague"]})  # flow: nothing


class Payroll(SyncConsumer):
    """A worker."""

    def count(self, event: dict[str, object]) -> None:
        logging.info("count %s", event["shift"])
