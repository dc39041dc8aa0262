"""Calls that something else makes, times or repeats: retries, circuit breakers, threads, and what only keeps a function."""

from __future__ import annotations

from sightings import checks

SETUP = """
import asyncio
from functools import partial

import httpx
import requests

requests.get("http://control/x")
"""
CONTROL = "call http GET /x at control"

FORMS = [
    (
        """
        from tenacity import retry, stop_after_attempt
        @retry(stop=stop_after_attempt(3))
        def fetch(number):
            return requests.get(f'http://stock/items/{number}')
        fetch(1)
        """,
        "call http GET /items/{} at stock",
    ),
    (
        """
        from tenacity import Retrying, stop_after_attempt
        Retrying(stop=stop_after_attempt(3))(requests.get, 'http://stock/items')
        """,
        "call http GET /items at stock",
    ),
    (
        """
        from tenacity import Retrying
        retryer = Retrying()
        retryer(requests.get, 'http://stock/items', timeout=3)
        """,
        "call http GET /items at stock",
    ),
    (
        """
        from tenacity import AsyncRetrying
        async def fetch():
            async with httpx.AsyncClient(base_url='http://stock') as client:
                await AsyncRetrying()(client.get, '/items')
        """,
        "call http GET /items at stock",
    ),
    (
        """
        from tenacity import Retrying
        def fetch(path):
            return requests.get('http://stock' + path)
        Retrying()(fetch, '/items')
        """,
        "call http GET /items at stock",
    ),
    (
        """
        from tenacity import Retrying
        for attempt in Retrying():
            with attempt:
                requests.get('http://stock/items')
        """,
        "call http GET /items at stock",
    ),
    (
        """
        import backoff
        @backoff.on_exception(backoff.expo, requests.RequestException, max_tries=3)
        def fetch():
            requests.get('http://stock/items')
        """,
        "call http GET /items at stock",
    ),
    (
        """
        import stamina
        @stamina.retry(on=httpx.HTTPError, attempts=3)
        def fetch():
            httpx.get('http://stock/items')
        """,
        "call http GET /items at stock",
    ),
    (
        """
        import stamina
        stamina.RetryingCaller().on(httpx.HTTPError)(httpx.get, 'http://stock/items')
        """,
        "call http GET /items at stock",
    ),
    (
        """
        import stamina
        stamina.RetryingCaller()(httpx.HTTPError, httpx.get, 'http://stock/items')
        """,
        "call http GET /items at stock",
    ),
    (
        """
        import pybreaker
        breaker = pybreaker.CircuitBreaker(fail_max=3)
        breaker.call(requests.get, 'http://stock/items')
        """,
        "call http GET /items at stock",
    ),
    (
        """
        import pybreaker
        breaker = pybreaker.CircuitBreaker()
        @breaker
        def fetch():
            requests.get('http://stock/items')
        """,
        "call http GET /items at stock",
    ),
    (
        """
        import pybreaker
        breaker = pybreaker.CircuitBreaker()
        with breaker.calling():
            requests.get('http://stock/items')
        """,
        "call http GET /items at stock",
    ),
    (
        """
        from circuitbreaker import CircuitBreaker
        class Breaker(CircuitBreaker):
            FAILURE_THRESHOLD = 3
        @Breaker()
        def fetch():
            requests.get('http://stock/items')
        """,
        "call http GET /items at stock",
    ),
    (
        """
        async def retried(function, *args):
            for _ in range(3):
                try:
                    return await function(*args)
                except httpx.HTTPError:
                    await asyncio.sleep(1)
        client = httpx.AsyncClient(base_url='http://stock')
        async def fetch():
            await retried(client.get, '/items')
        """,
        "call http GET /items at stock",
    ),
    (
        """
        def retried(function):
            return function()
        retried(lambda: requests.get('http://stock/items'))
        """,
        "call http GET /items at stock",
    ),
    (
        """
        async def fetch():
            await asyncio.to_thread(requests.get, 'http://stock/items')
        """,
        "call http GET /items at stock",
    ),
    (
        """
        async def fetch():
            await asyncio.get_running_loop().run_in_executor(None, partial(requests.get, 'http://stock/items'))
        """,
        "call http GET /items at stock",
    ),
    (
        """
        async def fetch():
            await asyncio.wait_for(httpx.AsyncClient().get('http://stock/items'), 3)
        """,
        "call http GET /items at stock",
    ),
]

LOOK_ALIKES = [
    """
    from tenacity import Retrying
    Retrying()
    """,
    """
    from tenacity import retry_if_result
    retry_if_result(bool)
    """,
    """
    import pybreaker
    pybreaker.CircuitBreaker(name='http://stock/items')
    """,
    """
    from functools import wraps
    wraps(requests.get)
    """,
    """
    class Box:
        def call(self, function, url): ...
    Box().call(requests.get, 'http://stock/items')
    """,
    """
    import inspect
    inspect.signature(requests.get)
    """,
    """
    def keep(function, url):
        return {'function': function, 'url': url}
    keep(requests.get, 'http://stock/items')
    """,
    """
    import backoff
    @backoff.on_exception(backoff.expo, KeyError)
    def fetch():
        return '/items'
    """,
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES, CONTROL)
