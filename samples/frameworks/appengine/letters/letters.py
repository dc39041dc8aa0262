"""Writes to singers."""

import logging

from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class Letter(BaseModel):
    """One letter."""

    to: str
    voice: str


@app.post("/letters/welcome")  # flow: serve http POST /letters/welcome
def welcome(letter: Letter) -> dict[str, str]:
    logging.info("welcome, %s", letter.to)
    return {"state": "posted"}
