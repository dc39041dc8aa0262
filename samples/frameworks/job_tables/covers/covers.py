"""Draws covers, and has the books bound in them."""

import json
import logging
import os

import asyncpg
from pgqueuer import AsyncpgDriver, Queries
from saq import CronJob, Job, Queue
from saq.types import Context

log = logging.getLogger(__name__)
queue = Queue.from_url(os.environ.get("REDIS_URL", "redis://redis"))


async def draw(_ctx: Context, *, book: str) -> None:
    await queue.enqueue("colour", book=book)  # flow: publish saq colour
    await queue.enqueue(Job(function="put_away", kwargs={"book": book}))  # flow: publish saq put_away


async def paint(_ctx: Context, *, book: str) -> None:
    connection = await asyncpg.connect(os.environ["POSTGRES_URL"])
    await Queries(AsyncpgDriver(connection)).enqueue("bind", json.dumps({"book": book}).encode())  # flow: publish pgqueuer bind


async def put_away(ctx: Context, *, book: str) -> None:
    job = await queue.job(book)  # flow: nothing
    log.info("%s after %s", ctx["job"].id, job)


async def wake(_ctx: Context) -> None:
    await queue.apply("draw", book="calendar")  # flow: publish saq draw


settings = {
    "queue": queue,
    "functions": [draw, put_away, ("colour", paint)],  # flow: subscribe saq draw ; subscribe saq put_away ; subscribe saq colour
    "cron_jobs": [CronJob(wake, cron="0 6 * * *")],
}
