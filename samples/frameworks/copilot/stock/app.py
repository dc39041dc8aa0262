"""Knows which bags of seeds there are."""

from flask import Flask

app = Flask(__name__)
BAGS = {"rye": 12, "vetch": 3}


@app.get("/bags/<species>")  # flow: serve http GET /bags/{}
def bags(species: str) -> dict[str, int]:
    return {"bags": BAGS.get(species, 0)}
