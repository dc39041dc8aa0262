"""What a journey costs."""

from fastapi import FastAPI

app = FastAPI()


@app.get("/fares/{route}")  # flow: serve http GET /fares/{} handler=fare
async def fare(route: str) -> dict[str, int]:
    return {"cents": 1200 + 10 * len(route)}


@app.post("/holds")  # flow: serve http POST /holds handler=hold
async def hold(route: str) -> dict[str, str]:
    return {"hold": f"{route}-1"}


@app.delete("/holds/{hold_id}")  # flow: serve http DELETE /holds/{} handler=release
async def release(hold_id: str) -> None:
    """Nothing is kept here."""
