"""The loyalty service: members and their tiers."""

import os
from collections.abc import AsyncIterator

from aiohttp import ClientSession, ClientTimeout, web

CUSTOMERS = web.AppKey("customers", ClientSession)
SINCE_YEAR_BY_TIER = {"gold": 2018, "silver": 2022}

routes = web.RouteTableDef()


@routes.get("/{member_id}/tier")  # flow: serve http GET /members/{}/tier
async def tier(request: web.Request) -> web.Response:
    """The tier of a member, by the year in which they became a customer."""
    session = request.app[CUSTOMERS]
    path = f"/customers/{request.match_info['member_id']}"
    async with session.get(path) as response:  # flow: call http GET /customers/{} -> customers timeout=2
        response.raise_for_status()
        customer = await response.json()
    reached = (name for name, year in SINCE_YEAR_BY_TIER.items() if customer["since_year"] <= year)
    return web.json_response({"tier": next(reached, "none")})


async def customers_session(app: web.Application) -> AsyncIterator[None]:
    """One session for the life of the application."""
    async with ClientSession(os.environ["CUSTOMERS_URL"], timeout=ClientTimeout(total=2)) as session:
        app[CUSTOMERS] = session
        yield


def create_app() -> web.Application:
    members = web.Application()
    members.add_routes(routes)
    members.cleanup_ctx.append(customers_session)
    app = web.Application()
    app.add_subapp("/members", members)
    return app


if __name__ == "__main__":
    web.run_app(create_app(), port=int(os.environ.get("PORT", "8080")))
