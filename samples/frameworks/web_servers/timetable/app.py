"""When the ferries sail (Starlette)."""

from starlette.applications import Starlette
from starlette.endpoints import HTTPEndpoint
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route

SAILINGS = {"0800": {"route": "north", "seats": 120}, "1715": {"route": "south", "seats": 90}}


async def health(_request: Request) -> JSONResponse:
    return JSONResponse({"ok": True})


async def departures(request: Request) -> JSONResponse:
    return JSONResponse([key for key, sailing in SAILINGS.items() if sailing["route"] == request.path_params["route"]])


class Sailing(HTTPEndpoint):
    """One sailing."""

    async def get(self, request: Request) -> JSONResponse:
        return JSONResponse(SAILINGS[request.path_params["sailing"]])

    async def delete(self, request: Request) -> JSONResponse:
        SAILINGS.pop(request.path_params["sailing"])
        return JSONResponse(None, status_code=204)


v1 = [
    Route(  # flow: serve http GET /v1/sailings/{} handler=Sailing.get
        "/sailings/{sailing}",
        Sailing,  # flow: serve http DELETE /v1/sailings/{} handler=Sailing.delete
    ),
    Route("/routes/{route}/departures", departures),  # flow: serve http GET /v1/routes/{}/departures handler=departures
]
app = Starlette(
    routes=[
        Route("/health", health),  # flow: serve http GET /health handler=health
        Mount("/v1", routes=v1),
    ]
)
