"""aiohttp's client: sessions, bases joined as RFC 3986 says, sockets, and what only looks like them."""

from __future__ import annotations

from sightings import checks

SETUP = """
import aiohttp

async def control():
    async with aiohttp.ClientSession() as session:
        await session.get("http://control/x")
"""
CONTROL = "call http GET /x at control"
_IN = "async def run():\n    async with aiohttp.ClientSession() as session:\n        "
_BASE = "async def run():\n    async with aiohttp.ClientSession('http://stock/api/') as session:\n        "

FORMS = [
    (
        """
        class Session(aiohttp.ClientSession):
            async def _request(self, method, path, **options):
                return await super()._request(method, 'http://stock' + path, **options)
        async def run():
            async with Session() as session:
                await session.get('/items')
                await session.request('PUT', '/items')
        """,
        "call http GET /items at stock",
        "call http PUT /items at stock",
    ),
    (_IN + "await session.get('http://stock:8000/items')", "call http GET /items at stock:8000"),
    (
        """
        async def run():
            async with aiohttp.ClientSession() as session:
                async with session.get('http://stock/items') as answer:
                    await answer.json()
        """,
        "call http GET /items at stock",
    ),
    (_IN + "await session.post(url='http://stock/items', json={})", "call http POST /items at stock"),
    (_IN + "await session.put('http://stock/items')", "call http PUT /items at stock"),
    (_IN + "await session.patch('http://stock/items')", "call http PATCH /items at stock"),
    (_IN + "await session.delete('http://stock/items')", "call http DELETE /items at stock"),
    (_IN + "await session.head('http://stock/items')", "call http HEAD /items at stock"),
    (_IN + "await session.options('http://stock/items')", "call http OPTIONS /items at stock"),
    (_IN + "await session.request('POST', 'http://stock/items')", "call http POST /items at stock"),
    (
        """
        async def run():
            async with aiohttp.ClientSession() as session:
                async with session.ws_connect('ws://stock/live') as ws:
                    pass
        """,
        "call http GET /live at stock",
    ),
    (_BASE + "await session.get('items')", "call http GET /api/items at stock"),
    (_BASE + "await session.get('/items')", "call http GET /items at stock"),
    (_BASE + "await session.get('http://other/items')", "call http GET /items at other"),
    (
        """
        async def run():
            session = aiohttp.ClientSession(base_url='http://stock')
            await session.get('/items')
        """,
        "call http GET /items at stock",
    ),
    (
        """
        async def run():
            async with aiohttp.request('GET', 'http://stock/items') as answer:
                pass
        """,
        "call http GET /items at stock",
    ),
    (
        """
        class Stock:
            def __init__(self, session: aiohttp.ClientSession):
                self.session = session
            async def count(self, sku):
                async with self.session.get(f'http://stock/items/{sku}') as answer:
                    return answer
        """,
        "call http GET /items/{} at stock",
    ),
    (
        """
        import aiohttp_retry
        async def run():
            await aiohttp_retry.RetryClient().get('http://stock/items')
        """,
        "call http GET /items at stock",
    ),
    (
        """
        from yarl import URL
        async def run():
            async with aiohttp.ClientSession() as session:
                await session.get(URL('http://stock') / 'items')
        """,
        "call http GET /items at stock",
    ),
    (
        """
        from aiohttp.client import ClientSession
        async def run():
            await ClientSession().get('http://stock/items')
        """,
        "call http GET /items at stock",
    ),
]

LOOK_ALIKES = [
    _IN + "await session.close()",
    _IN + "session.headers.get('http://stock/items')",
    _IN + "session.cookie_jar.filter_cookies('http://stock/items')",
    "aiohttp.ClientTimeout(total=5)",
    "aiohttp.TCPConnector(limit=10)",
    "aiohttp.BasicAuth('a', 'b')",
    "aiohttp.FormData().add_field('a', 'http://stock/items')",
    "async def run(answer):\n    answer.headers.get('http://stock/items')",
    "{}.get('http://stock/items')",
    "from aiohttp import web\nweb.json_response({'a': 'http://stock/items'})",
    "async def run(request):\n    request.query.get('http://stock/items')",
    "from aiohttp.test_utils import TestClient\nasync def run():\n    await TestClient(None).get('/items')",
    """
    class Store:
        async def get(self, key): ...
    async def run():
        await Store().get('http://stock/items')
    """,
    "async def run(store):\n    await store.get('http://stock/items')",
    """
    from sqlalchemy.ext.asyncio import AsyncSession
    async def run(session: AsyncSession):
        await session.get('http://stock/items', 1)
    """,
    """
    from sqlalchemy.ext.asyncio import AsyncSession
    async def run(session: AsyncSession):
        await session.delete('http://stock/items')
    """,
    "import aiofiles\nasync def run():\n    await aiofiles.open('http://stock/items')",
    "raise aiohttp.ClientError('http://stock/items')",
    _IN + "print(session.get)",
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES, CONTROL)
