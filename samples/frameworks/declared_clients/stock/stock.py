"""Items and their reservations."""

from fastapi import FastAPI

app = FastAPI()


@app.get("/items/{number}")  # flow: serve http GET /items/{} handler=item
def item(number: str) -> dict[str, str]:
    return {"number": number}


@app.post("/reservations", status_code=204)  # flow: serve http POST /reservations handler=reserve
def reserve() -> None: ...
