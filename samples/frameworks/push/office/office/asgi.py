"""The ASGI entry point: HTTP, websockets, and a worker's channel."""

import os

from channels.routing import ChannelNameRouter, ProtocolTypeRouter, URLRouter
from django.core.asgi import get_asgi_application
from django.urls import path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "office.settings")
http = get_asgi_application()

from kitchen.consumers import Payroll, Shifts  # noqa: E402

application = ProtocolTypeRouter(
    {
        "http": http,
        "websocket": URLRouter([path("shifts/<int:shift>/", Shifts.as_asgi())]),
        "channel": ChannelNameRouter({"payroll": Payroll.as_asgi()}),  # flow: subscribe channels payroll
    }
)
