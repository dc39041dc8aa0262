"""Knows who sings what; the runtime starts `main:app` where nothing else is stated."""

from flask import Flask

app = Flask(__name__)
VOICES = {"Ida": "alto", "Jan": "bass"}


@app.get("/voices/<name>")  # flow: serve http GET /voices/{}
def voice(name: str) -> dict[str, str]:
    return {"voice": VOICES.get(name, "soprano")}
