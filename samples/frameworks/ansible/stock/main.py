"""What is in the drawers."""

import uvicorn
from fastapi import FastAPI

app = FastAPI()
DRAWERS: dict[str, int] = {}


@app.post("/remedies/{remedy}/taken")  # flow: serve http POST /remedies/{}/taken handler=taken
def taken(remedy: str) -> dict[str, int]:
    DRAWERS[remedy] = DRAWERS.get(remedy, 10) - 1
    return {remedy: DRAWERS[remedy]}


if __name__ == "__main__":
    uvicorn.run(app, host="0.0.0.0", port=8000)  # noqa: S104
