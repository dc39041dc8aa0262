"""Which berth a sailing leaves from (Litestar)."""

import os

import httpx
from litestar import Controller, Litestar, Router, get, put

BERTHS: dict[str, int] = {}


@get("/health")  # flow: serve http GET /health handler=health
async def health() -> dict[str, bool]:
    return {"ok": True}


class Berths(Controller):
    """The berths of the sailings."""

    path = "/berths"

    @get("/{sailing:str}")  # flow: serve http GET /harbour/berths/{} handler=Berths.one
    async def one(self, sailing: str) -> dict[str, int]:
        return {"berth": BERTHS.get(sailing, 1)}

    @put("/{sailing:str}/{berth:int}")  # flow: serve http PUT /harbour/berths/{}/{} handler=Berths.move
    async def move(self, sailing: str, berth: int) -> None:
        async with httpx.AsyncClient(base_url=os.environ["TIMETABLE_URL"]) as client:
            known = await client.get(f"/v1/sailings/{sailing}")  # flow: call http GET /v1/sailings/{} -> timetable
        known.raise_for_status()
        BERTHS[sailing] = berth


app = Litestar([health, Router(path="/harbour", route_handlers=[Berths])])
