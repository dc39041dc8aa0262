"""What it costs today."""

from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class Wanted(BaseModel):
    """What somebody may buy."""

    item: str
    amount: int


@app.post("/quotes")  # flow: serve http POST /quotes handler=quote
def quote(wanted: Wanted) -> dict[str, int]:
    return {"total": 3 * wanted.amount}
