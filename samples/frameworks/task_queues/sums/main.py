"""Adds numbers up, here or later."""

import os

from fastapi import FastAPI
from taskiq_redis import ListQueueBroker, RedisAsyncResultBackend

URL = os.environ.get("REDIS_URL", "redis://localhost")
broker = ListQueueBroker(URL).with_result_backend(RedisAsyncResultBackend(URL))
api = FastAPI()


@broker.task  # flow: subscribe taskiq main:add handler=add
async def add(one: int, other: int) -> int:
    return one + other


@api.post("/sums")  # flow: serve http POST /sums handler=ask
async def ask(one: int, other: int) -> str:
    task = await add.kicker().with_labels(priority=1).kiq(one, other)  # flow: publish taskiq main:add
    return task.task_id


@api.get("/sums")  # flow: serve http GET /sums handler=answer
async def answer(one: int, other: int) -> int:
    return await add(one, other)  # flow: nothing
