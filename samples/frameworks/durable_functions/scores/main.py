"""How well customers have paid so far."""

from flask import Flask

app = Flask(__name__)
SCORES = {"ada": 710}


@app.get("/scores/<customer>")  # flow: serve http GET /scores/{} handler=score
def score(customer: str) -> dict[str, int]:
    return {"score": SCORES.get(customer, 0)}


if __name__ == "__main__":
    app.run(host="0.0.0.0", port=8000)  # noqa: S104
