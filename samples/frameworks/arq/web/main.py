"""Sign-ups for the newsletter."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import StrEnum
from typing import Annotated

from arq import ArqRedis, create_pool
from arq.connections import RedisSettings
from fastapi import Depends, FastAPI, Request


class Job(StrEnum):
    """What the worker can be asked for."""

    WELCOME = "send_welcome"
    FORGET = "forget_reader"


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    app.state.jobs = await create_pool(RedisSettings.from_dsn(os.environ.get("REDIS_URL", "redis://localhost")))
    yield
    await app.state.jobs.aclose()


def jobs(request: Request) -> ArqRedis:
    pool: ArqRedis = request.app.state.jobs
    return pool


app = FastAPI(lifespan=lifespan)
Jobs = Annotated[ArqRedis, Depends(jobs)]


@app.post("/readers")  # flow: serve http POST /readers handler=sign_up
async def sign_up(email: str, pool: Jobs) -> dict[str, str]:
    await pool.enqueue_job(Job.WELCOME, email)  # flow: publish arq send_welcome
    return {"email": email}


@app.delete("/readers/{email}")  # flow: serve http DELETE /readers/{} handler=sign_off
async def sign_off(email: str, pool: Jobs) -> None:
    await pool.enqueue_job(Job.FORGET.value, email)  # flow: publish arq forget_reader


@app.post("/digests")  # flow: serve http POST /digests handler=digest
async def digest(pool: Jobs) -> None:
    await pool.enqueue_job(os.environ["DIGEST_JOB"], _queue_name="slow")  # flow: publish arq weekly-digest
