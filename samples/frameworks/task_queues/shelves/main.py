"""Keeps shelves full."""

import os

from fastapi import FastAPI
from procrastinate import App, PsycopgConnector

tasks = App(connector=PsycopgConnector(conninfo=os.environ.get("DATABASE", "")))
api = FastAPI()


@tasks.task(queue="shelves", name="fill")  # flow: subscribe procrastinate fill handler=fill
async def fill(shelf: str) -> str:
    return shelf


@api.post("/shelves/{shelf}")  # flow: serve http POST /shelves/{} handler=emptied
async def emptied(shelf: str) -> str:
    await fill.configure(lock=shelf).defer_async(shelf=shelf)  # flow: publish procrastinate fill
    await tasks.configure_task("stock.order", queue="stock").defer_async(shelf=shelf)  # flow: publish procrastinate stock.order
    return await fill(shelf=shelf)  # flow: nothing
