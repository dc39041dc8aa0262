"""Where ships lie (BlackSheep)."""

import os

import httpx
from blacksheep import Application, get, post
from blacksheep.server.controllers import APIController, Controller

TUGS = os.environ["TUGS_URL"]

app = Application()


@app.router.get("/health")  # flow: serve http GET /health handler=health
def health() -> dict[str, bool]:
    return {"well": True}


class Berths(APIController):
    """The berths, by what their class is called."""

    @get(":side")  # flow: serve http GET /api/berths/{} handler=Berths.free
    async def free(self, side: str) -> dict[str, str]:
        async with httpx.AsyncClient(base_url=TUGS) as client:
            tug = await client.get(f"/tugs/{side}")  # flow: call http GET /tugs/{} -> tugs
        return {"berth": side, "tug": tug.text}


class Moorings(Controller):
    """Ropes."""

    @classmethod
    def route(cls) -> str:
        return "/moorings"

    @post("/{berth}")  # flow: serve http POST /moorings/{} handler=Moorings.moor
    async def moor(self, berth: str) -> dict[str, str]:
        async with httpx.AsyncClient(base_url=TUGS) as client:
            await client.post("/orders", json={"berth": berth})  # flow: call http POST /orders -> tugs
        return {"moored": berth}
