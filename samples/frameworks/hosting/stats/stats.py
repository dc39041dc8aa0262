"""Counts the walks."""

from flask import Flask

app = Flask(__name__)


@app.get("/years/<int:year>")  # flow: serve http GET /years/{}
def walks(year: int) -> dict[str, int]:
    return {"year": year, "walks": 40}
