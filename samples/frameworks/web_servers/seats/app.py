"""How many seats are left on a sailing (Falcon)."""

import os

import falcon
import falcon.asgi
import httpx

TIMETABLE = os.environ["TIMETABLE_URL"]


class Seats:
    """The seats of all sailings, and the holds on them."""

    def __init__(self) -> None:
        self._taken: dict[str, int] = {}

    async def on_get(self, _req: falcon.asgi.Request, resp: falcon.asgi.Response, sailing: str) -> None:
        resp.media = {"left": await self.left(sailing)}

    async def on_post_hold(self, _req: falcon.asgi.Request, resp: falcon.asgi.Response, sailing: str) -> None:
        if await self.left(sailing) == 0:
            raise falcon.HTTPConflict(title="sold out")
        self._taken[sailing] = self._taken.get(sailing, 0) + 1
        resp.status = falcon.HTTP_201

    async def left(self, sailing: str) -> int:
        async with httpx.AsyncClient(base_url=TIMETABLE) as client:
            found = await client.get(f"/v1/sailings/{sailing}")  # flow: call http GET /v1/sailings/{} -> timetable
        return int(found.json()["seats"]) - self._taken.get(sailing, 0)


def create_app() -> falcon.asgi.App:
    seats = Seats()
    application = falcon.asgi.App()
    application.add_route("/sailings/{sailing}/seats", seats)  # flow: serve http GET /sailings/{}/seats handler=Seats.on_get
    application.add_route(  # flow: serve http POST /sailings/{}/holds handler=Seats.on_post_hold
        "/sailings/{sailing}/holds", seats, suffix="hold"
    )
    return application


app = create_app()
