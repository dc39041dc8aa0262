"""The worker of the newsletter."""

import os
from typing import Any, ClassVar

from arq import cron, func
from arq.connections import RedisSettings

Context = dict[str, Any]


async def send_welcome(ctx: Context, email: str) -> None:
    ctx["sent"].append(email)


async def forget_reader(ctx: Context, email: str) -> None:
    ctx["sent"].remove(email)


async def make_digest(ctx: Context) -> int:
    return len(ctx["sent"])


async def purge_bounced(ctx: Context) -> None:
    ctx["sent"].clear()


async def startup(ctx: Context) -> None:
    ctx["sent"] = []


class WorkerSettings:
    """What `arq` runs."""

    functions: ClassVar = [
        send_welcome,  # flow: subscribe arq send_welcome handler=send_welcome
        forget_reader,  # flow: subscribe arq forget_reader handler=forget_reader
        func(make_digest, name="weekly-digest"),  # flow: subscribe arq weekly-digest handler=make_digest
    ]
    cron_jobs: ClassVar = [cron(purge_bounced, hour=4)]  # flow: nothing
    on_startup = startup
    redis_settings = RedisSettings.from_dsn(os.environ.get("REDIS_URL", "redis://localhost"))
