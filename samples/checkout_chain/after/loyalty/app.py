"""The loyalty service: members and their tiers."""

import asyncio
import os
from collections.abc import AsyncIterator

import nats
from aiohttp import web
from members import Members
from redis.asyncio import Redis
from streams import follow_customers, follow_orders

MEMBERS = web.AppKey("members", Members)

routes = web.RouteTableDef()


@routes.get("/{member_id}/tier")  # flow: serve http GET /members/{}/tier
async def tier(request: web.Request) -> web.Response:
    """The tier of a member, for the customer portal."""
    return web.json_response({"tier": request.app[MEMBERS].tier(request.match_info["member_id"])})


async def background(app: web.Application) -> AsyncIterator[None]:
    """Listen as long as the application runs."""
    connection = await nats.connect(os.environ.get("NATS_URL", "nats://localhost:4222"))
    redis = Redis.from_url(os.environ.get("REDIS_URL", "redis://localhost:6379/0"), decode_responses=True)
    members, stream = app[MEMBERS], connection.jetstream()
    await stream.add_stream(name="loyalty", subjects=["loyalty.tier.*"])  # flow: nothing
    tasks = [
        asyncio.create_task(follow_orders(members, stream)),
        asyncio.create_task(follow_customers(members, redis)),
    ]
    yield
    for task in tasks:
        task.cancel()
    await connection.drain()
    await redis.aclose()


def create_app() -> web.Application:
    members = web.Application()
    members[MEMBERS] = Members()
    members.add_routes(routes)
    members.cleanup_ctx.append(background)
    app = web.Application()
    app.add_subapp("/members", members)
    return app


if __name__ == "__main__":
    web.run_app(create_app(), port=int(os.environ.get("PORT", "8080")))
