"""Knows the tracks."""

from fastapi import FastAPI

app = FastAPI()


@app.get("/tracks/{where}")  # flow: serve http GET /tracks/{}
def track(where: str) -> dict[str, str]:
    return {"where": where, "length": "12 km"}
