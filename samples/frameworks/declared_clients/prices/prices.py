"""What items cost, and the document that says how to ask."""

from flask import Flask

app = Flask(__name__)


@app.get("/prices/<item>")  # flow: serve http GET /prices/{} handler=price
def price(item: str) -> dict[str, str | int]:
    return {"item": item, "cents": 120}


@app.get("/swagger.json")  # flow: serve http GET /swagger.json handler=document
def document() -> dict[str, object]:
    operation = {"operationId": "getPrice", "tags": ["prices"], "responses": {"200": {"description": "The price"}}}
    named = {"name": "item", "in": "path", "required": True, "type": "string"}
    paths = {"/prices/{item}": {"get": operation, "parameters": [named]}}
    return {"swagger": "2.0", "info": {"title": "prices", "version": "1"}, "paths": paths}
