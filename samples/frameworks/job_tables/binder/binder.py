"""Binds what was asked for, and mends what comes back."""

import logging
import os
from datetime import UTC, datetime

import asyncpg
from pgqueuer import AsyncpgDriver, Job, PgQueuer
from pgqueuer.models import Schedule

log = logging.getLogger(__name__)


async def main() -> PgQueuer:
    pgq = PgQueuer(AsyncpgDriver(await asyncpg.connect(os.environ["POSTGRES_URL"])))

    @pgq.entrypoint("bind")  # flow: subscribe pgqueuer bind handler=bind
    async def bind(job: Job) -> None:
        log.info("bound %s", job.payload)

    @pgq.entrypoint("mend", concurrency_limit=1)  # flow: subscribe pgqueuer mend handler=mend
    async def mend(job: Job) -> None:
        log.info("mended %s", job.payload)

    @pgq.schedule("count", "0 * * * *")  # flow: nothing
    async def count(schedule: Schedule) -> None:
        log.info("%s at %s", schedule.expression, datetime.now(UTC))

    return pgq
