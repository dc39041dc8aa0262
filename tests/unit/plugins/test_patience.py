"""How long calls wait and how often they are tried: what is said at the call, of its client, around it, and by its library."""

from __future__ import annotations

import pytest
from flowmap.model.interaction import Interaction, Role
from flowmap.model.patience import Breaker, Retry, Timeout
from sightings import interactions

SETUP = """
import asyncio
import os
from datetime import timedelta
from functools import partial

import aiohttp
import grpc
import httpx
import requests
import urllib3
import urllib.request
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

from stock_pb2_grpc import StockStub
"""

TIMEOUTS = [
    ("requests.get('http://s/x')", "never by default"),
    ("requests.get('http://s/x', timeout=5)", "5 s by argument"),
    ("requests.get('http://s/x', timeout=None)", "never by argument"),
    ("requests.get('http://s/x', timeout=(3, 27))", "27 s by argument"),
    ("requests.get('http://s/x', timeout=60 * 2)", "120 s by argument"),
    ("requests.get('http://s/x', timeout=int(os.getenv('WAIT', '7')))", "7 s by argument"),
    (
        "requests.get('http://s/x', timeout=float(os.environ['WAIT']))",
        "? by argument: environment variable `WAIT`, which no deployment file sets",
    ),
    ("requests.get('http://s/x', timeout=os.getenv('WAIT', 'long'))", "? by argument: `long` is no number"),
    ("requests.get('http://s/x', timeout=os.getenv('WAIT', 'nan'))", "? by argument: `nan` is no number"),
    ("requests.get('http://s/x', timeout=float('inf'))", "never by argument"),
    ("requests.get('http://s/x', **{'timeout': 9})", "9 s by argument"),
    (
        """
        def fetch(path, **options):
            return requests.get('http://s/' + path, **options)
        fetch('x', timeout=float(os.environ['WAIT']))
        """,
        "? by argument: environment variable `WAIT`, which no deployment file sets",
    ),
    (
        """
        def fetch(path, **options):
            return requests.get('http://s/' + path, **options)
        fetch('x', headers={'Wait': os.environ['WAIT']})
        """,
        "never by default",
    ),
    (
        """
        def run(do, *args, **options):
            return do(*args, **options)
        def fetch(path, runner=None, wait=60):
            return (runner or run)(requests.get, 'http://s/' + path, timeout=wait)
        fetch('x', runner=run, wait=float(os.environ['WAIT']))
        """,
        "? by argument: environment variable `WAIT`, which no deployment file sets",
    ),
    (
        """
        class Client:
            def __init__(self, limit=None):
                self.limit = limit
            def each(self):
                self.fetch()
            def fetch(self):
                requests.get('http://s/x', timeout=self.limit)
        def run(client: Client):
            client.each()
        Client(limits['stock'])
        """,
        "? by argument: `limits` is defined nowhere in the scan",
    ),
    (
        """
        class Client:
            def __init__(self, limit=None):
                self.limit = limit
            def each(self):
                self.fetch()
            def fetch(self):
                requests.get('http://s/x', timeout=self.limit)
        def run(client: Client):
            client.each()
        Client()
        """,
        "never by argument",
    ),
    ("from requests_futures.sessions import FuturesSession\nFuturesSession().get('http://s/x')", "not said"),
    ("requests.Session().get('http://s/x')", "never by default"),
    (
        """
        class Patient(HTTPAdapter):
            def __init__(self, *args, **kwargs):
                self.timeout = kwargs.pop('timeout', 5)
                super().__init__(*args, **kwargs)
        session = requests.Session()
        session.mount('https://', Patient(timeout=2.5))
        session.get('http://s/x')
        """,
        "2.5 s by client",
    ),
    (
        """
        def fetch(path, timeout=11):
            return requests.get('http://s/' + path, timeout=timeout)
        fetch('x')
        """,
        "11 s by argument",
    ),
    (
        """
        def fetch(path, **options):
            options.setdefault('timeout', 13)
            return requests.get('http://s/' + path, **options)
        fetch('x')
        """,
        "13 s by argument",
    ),
    ("httpx.get('http://s/x')", "5 s by default"),
    ("httpx.Client(base_url='http://s').get('/x')", "5 s by default"),
    ("httpx.Client(base_url='http://s', timeout=8).get('/x')", "8 s by client"),
    ("httpx.Client(base_url='http://s', timeout=8).get('/x', timeout=2)", "2 s by argument"),
    ("httpx.Client(base_url='http://s', timeout=8).get('/x', timeout=httpx.USE_CLIENT_DEFAULT)", "8 s by client"),
    ("httpx.Client(base_url='http://s', timeout=httpx.Timeout(10.0, read=20.0)).get('/x')", "20 s by client"),
    ("httpx.Client(base_url='http://s', timeout=httpx.Timeout(None, connect=3.0)).get('/x')", "never by client"),
    (
        """
        class Limits:
            def __init__(self):
                self.read = 4.0
            def apply(self):
                self.read = float(self.read)
        limits = Limits()
        httpx.get('http://s/x', timeout=httpx.Timeout(limits.read, connect=1.0))
        """,
        "4 s by argument",
    ),
    (
        """
        class Limits:
            def apply(self, told):
                self.read = float(told or self.read)
        limits = Limits()
        limits.apply(os.environ['WAIT'])
        httpx.get('http://s/x', timeout=limits.read)
        """,
        "? by argument: environment variable `WAIT`, which no deployment file sets",
    ),
    (
        """
        def fetch(client: httpx.Client):
            client.get('http://s/x')
        """,
        "? by client: where its client is made is not seen",
    ),
    (
        """
        class Stock(httpx.Client):
            def __init__(self):
                super().__init__(base_url='http://s', timeout=6)
        Stock().get('/x')
        """,
        "6 s by client",
    ),
    ("aiohttp.ClientSession().get('http://s/x')", "300 s by default"),
    ("aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=9)).get('http://s/x')", "9 s by client"),
    ("aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(connect=9)).get('http://s/x')", "never by client"),
    ("aiohttp.ClientSession().get('http://s/x', timeout=4)", "4 s by argument"),
    ("urllib.request.urlopen('http://s/x')", "never by default"),
    ("urllib.request.urlopen('http://s/x', None, 3)", "3 s by argument"),
    ("urllib3.request('GET', 'http://s/x')", "3 s by default"),
    ("urllib3.PoolManager(timeout=urllib3.Timeout(connect=2.0, read=7.0)).request('GET', 'http://s/x')", "7 s by client"),
    ("StockStub(grpc.insecure_channel('s:1')).Get(None)", "never by default"),
    ("StockStub(grpc.insecure_channel('s:1')).Get(None, timeout=1.5)", "1.5 s by argument"),
    ("StockStub(grpc.insecure_channel('s:1')).Get.future(None, 2)", "2 s by argument"),
    (
        """
        async def fetch():
            async with asyncio.timeout(4):
                await httpx.AsyncClient().get('http://s/x')
        """,
        "4 s by around",
    ),
    (
        """
        async def fetch():
            await asyncio.wait_for(httpx.AsyncClient(timeout=None).get('http://s/x'), timeout=timedelta(minutes=1).seconds)
        """,
        "? by around: comes from `datetime.timedelta().seconds`",
    ),
    (
        """
        async def fetch():
            await asyncio.wait_for(httpx.AsyncClient().get('http://s/x'), timeout=20)
        """,
        "5 s by default",
    ),
    (
        """
        async def fetch():
            async with asyncio.timeout(4):
                pass
            await httpx.AsyncClient().get('http://s/x')
        """,
        "5 s by default",
    ),
]

RETRIES = [
    ("requests.Session().get('http://s/x')", ()),
    (
        """
        session = requests.Session()
        session.mount('http://', HTTPAdapter(max_retries=3))
        session.get('http://s/x')
        """,
        ("requests: 4 times, none, connections",),
    ),
    (
        """
        def made():
            session = requests.Session()
            session.mount('http://', HTTPAdapter(max_retries=Retry(total=3, backoff_factor=0.5)))
            return session
        made().get('http://s/x')
        """,
        ("requests: 4 times, growing",),
    ),
    (
        """
        session = requests.Session()
        session.mount('http://', HTTPAdapter(max_retries=Retry(total=3)))
        session.post('http://s/x')
        """,
        ("requests: 4 times, none, connections",),
    ),
    (
        """
        session = requests.Session()
        session.mount('http://', HTTPAdapter(max_retries=Retry(total=3, allowed_methods=None)))
        session.post('http://s/x')
        """,
        ("requests: 4 times, none",),
    ),
    (
        """
        session = requests.Session()
        session.mount('http://', HTTPAdapter(max_retries=Retry(total=3, allowed_methods=['GET', 'POST'])))
        session.post('http://s/x')
        """,
        ("requests: 4 times, none",),
    ),
    (
        """
        session = requests.Session()
        session.mount('http://', HTTPAdapter(max_retries=Retry(total=3)))
        session.put('http://s/x')
        """,
        ("requests: 4 times, none",),
    ),
    (
        """
        session = requests.Session()
        session.mount('http://', HTTPAdapter(max_retries=Retry(connect=2)))
        session.get('http://s/x')
        """,
        ("requests: 11 times, none",),
    ),
    (
        """
        other, session = requests.Session(), requests.Session()
        other.mount('http://', HTTPAdapter(max_retries=3))
        session.get('http://s/x')
        """,
        (),
    ),
    ("urllib3.PoolManager().request('GET', 'http://s/x')", ("urllib3: 4 times, none",)),
    ("urllib3.PoolManager(retries=False).request('GET', 'http://s/x')", ()),
    ("httpx.Client(transport=httpx.HTTPTransport(retries=2)).get('http://s/x')", ("httpx: 3 times, none, connections",)),
    (
        """
        from aiohttp_retry import ExponentialRetry, RetryClient
        RetryClient(retry_options=ExponentialRetry(attempts=5)).get('http://s/x')
        """,
        ("aiohttp_retry: 5 times, growing",),
    ),
    (
        """
        from tenacity import retry, stop_after_attempt, stop_after_delay, wait_exponential, wait_random
        @retry(stop=stop_after_attempt(4) | stop_after_delay(10), wait=wait_exponential(multiplier=1) + wait_random(0, 2))
        def fetch():
            httpx.get('http://s/x')
        """,
        ("tenacity: 4 times, growing, within 10 s",),
    ),
    (
        """
        from tenacity import retry, stop_after_attempt
        @retry(stop=stop_after_attempt(float('nan')))
        def fetch():
            httpx.get('http://s/x')
        """,
        ("tenacity: ? (`nan` is no number), none",),
    ),
    (
        """
        from tenacity import retry
        @retry
        def fetch():
            httpx.get('http://s/x')
        """,
        ("tenacity: without end, none",),
    ),
    (
        """
        import tenacity
        @tenacity.retry(stop=tenacity.stop_after_delay(30), wait=tenacity.wait_fixed(1))
        def fetch():
            httpx.get('http://s/x')
        """,
        ("tenacity: without end, fixed, within 30 s",),
    ),
    (
        """
        from tenacity import retry, stop_after_attempt
        patiently = retry(stop=stop_after_attempt(3))
        def fetch(path):
            return httpx.get('http://s/' + path)
        @patiently
        def twice():
            fetch('x')
        """,
        ("tenacity: 3 times, none",),
    ),
    (
        """
        from tenacity import Retrying, stop_after_attempt
        def fetch():
            for attempt in Retrying(stop=stop_after_attempt(2)):
                with attempt:
                    httpx.get('http://s/x')
        """,
        ("tenacity: 2 times, none",),
    ),
    (
        """
        from tenacity import Retrying, stop_after_attempt
        Retrying(stop=stop_after_attempt(2))(httpx.get, 'http://s/x')
        """,
        ("tenacity: 2 times, none",),
    ),
    (
        """
        from tenacity import retry, stop_after_attempt
        def tries():
            return settings
        @retry(stop=stop_after_attempt(tries()))
        def fetch():
            httpx.get('http://s/x')
        """,
        ("tenacity: ? (`settings` is defined nowhere in the scan), none",),
    ),
    (
        """
        from tenacity import retry, stop_after_attempt
        @retry(stop=stop_after_attempt(3))
        def other():
            pass
        def fetch():
            httpx.get('http://s/x')
        """,
        (),
    ),
    (
        """
        import backoff
        @backoff.on_exception(backoff.expo, httpx.HTTPError, max_tries=8, max_time=60)
        def fetch():
            httpx.get('http://s/x')
        """,
        ("backoff: 8 times, growing, within 60 s",),
    ),
    (
        """
        import backoff
        @backoff.on_exception(backoff.constant, httpx.HTTPError)
        def fetch():
            httpx.get('http://s/x')
        """,
        ("backoff: without end, fixed",),
    ),
    (
        """
        import stamina
        @stamina.retry(on=httpx.HTTPError, timeout=None)
        def fetch():
            httpx.get('http://s/x')
        """,
        ("stamina: 10 times, growing",),
    ),
    (
        """
        import stamina
        def fetch():
            for attempt in stamina.retry_context(on=httpx.HTTPError, attempts=3):
                with attempt:
                    httpx.get('http://s/x')
        """,
        ("stamina: 3 times, growing, within 45 s",),
    ),
    (
        """
        from retrying import retry
        @retry(stop_max_attempt_number=7, wait_fixed=2000, stop_max_delay=10000)
        def fetch():
            httpx.get('http://s/x')
        """,
        ("retrying: 7 times, fixed, within 10 s",),
    ),
    (
        """
        from retry import retry
        @retry(ValueError, tries=3, delay=2)
        def fetch():
            httpx.get('http://s/x')
        """,
        ("retry: 3 times, fixed",),
    ),
    (
        """
        from retry import retry
        @retry(delay=1)
        def fetch():
            httpx.get('http://s/x')
        """,
        ("retry: without end, fixed",),
    ),
    (
        """
        from house import retry
        @retry(tries=3)
        def fetch():
            httpx.get('http://s/x')
        """,
        (),
    ),
]

BREAKERS = [
    (
        """
        import pybreaker
        breaker = pybreaker.CircuitBreaker(fail_max=3, reset_timeout=30)
        @breaker
        def fetch():
            httpx.get('http://s/x')
        """,
        ("pybreaker: 3 failures, 30 s",),
    ),
    (
        """
        import pybreaker
        breaker = pybreaker.CircuitBreaker(fail_max=float("inf"), reset_timeout=30)
        @breaker
        def fetch():
            httpx.get('http://s/x')
        """,
        ("pybreaker: None failures, 30 s",),
    ),
    (
        """
        import pybreaker
        breaker = pybreaker.CircuitBreaker()
        def fetch():
            with breaker.calling():
                httpx.get('http://s/x')
        """,
        ("pybreaker: 5 failures, 60 s",),
    ),
    (
        """
        import pybreaker
        pybreaker.CircuitBreaker(fail_max=2).call(httpx.get, 'http://s/x')
        """,
        ("pybreaker: 2 failures, 60 s",),
    ),
    (
        """
        from circuitbreaker import circuit
        @circuit(failure_threshold=10, expected_exception=ConnectionError)
        def fetch():
            httpx.get('http://s/x')
        """,
        ("circuitbreaker: 10 failures, 30 s",),
    ),
    (
        """
        from circuitbreaker import circuit
        @circuit
        def fetch():
            httpx.get('http://s/x')
        """,
        ("circuitbreaker: 5 failures, 30 s",),
    ),
    (
        """
        from datetime import timedelta
        from aiobreaker import CircuitBreaker
        breaker = CircuitBreaker(fail_max=4, timeout_duration=timedelta(minutes=2))
        @breaker
        async def fetch():
            await httpx.AsyncClient().get('http://s/x')
        """,
        ("aiobreaker: 4 failures, 120 s",),
    ),
    (
        """
        import pybreaker
        breaker = pybreaker.CircuitBreaker()
        @breaker
        def other():
            pass
        httpx.get('http://s/x')
        """,
        (),
    ),
]


def the_call(code: str) -> Interaction:
    (found,) = (i for i in interactions(SETUP, code) if i.role is Role.CALL)
    return found


def waits(timeout: Timeout | None) -> str:
    if timeout is None:
        return "not said"
    length = "?" if timeout.unknown else "never" if timeout.seconds is None else f"{timeout.seconds:g} s"
    return f"{length} by {timeout.source.value}" + f": {timeout.unknown}" * bool(timeout.unknown)


def tries(retry: Retry) -> str:
    times = f"? ({retry.unknown})" if retry.unknown else "without end" if retry.attempts is None else f"{retry.attempts} times"
    within = f", within {retry.within:g} s" if retry.within is not None else ""
    return f"{retry.by}: {times}, {retry.wait.value}{within}" + ", connections" * retry.connections


def breaks(breaker: Breaker) -> str:
    return f"{breaker.by}: {breaker.failures} failures, {breaker.reset:g} s"


@pytest.mark.parametrize(("code", "expected"), TIMEOUTS)
def test_a_call_waits_as_long_as_its_library_its_client_and_the_call_say(code: str, expected: str) -> None:
    assert waits(the_call(code).timeout) == expected


@pytest.mark.parametrize(("code", "expected"), RETRIES)
def test_a_call_is_tried_again_by_its_client_and_by_what_stands_around_it(code: str, expected: tuple[str, ...]) -> None:
    assert tuple(map(tries, the_call(code).retries)) == expected


@pytest.mark.parametrize(("code", "expected"), BREAKERS)
def test_a_breaker_stands_around_the_calls_that_it_is_given(code: str, expected: tuple[str, ...]) -> None:
    assert tuple(map(breaks, the_call(code).breakers)) == expected
