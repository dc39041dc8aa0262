"""What there is to eat."""

from fastapi import FastAPI

app = FastAPI()


@app.get("/snacks")  # flow: serve http GET /snacks handler=snacks
def snacks() -> list[str]:
    return ["popcorn", "nuts"]
