"""Shuts the doors of a network."""

from kytos.core import KytosEvent, KytosNApp, rest
from kytos.core.helpers import alisten_to, listen_to
from kytos.core.rest_api import JSONResponse, Request


class Main(KytosNApp):
    """The application."""

    def setup(self) -> None:
        self.shut: list[str] = []

    def execute(self) -> None: ...

    def shutdown(self) -> None: ...

    @rest("v1/doors", methods=["GET"])  # flow: serve http GET /api/campus/doors/v1/doors handler=doors
    async def doors(self, _request: Request) -> JSONResponse:
        event = KytosEvent(name="campus/doors.seen", content={"shut": self.shut})  # flow: publish kytos campus/doors.seen
        await self.controller.buffers.app.aput(event)
        return JSONResponse(self.shut)

    @listen_to("kytos/topology.switch.disabled")  # flow: subscribe kytos kytos/topology.switch.disabled handler=on_disabled
    def on_disabled(self, event: KytosEvent) -> None:
        self.shut.append(event.content["dpid"])

    @alisten_to("campus/doors.*")  # flow: subscribe kytos campus/doors.* handler=on_seen
    async def on_seen(self, event: KytosEvent) -> None:
        event.content.clear()  # flow: nothing
