"""The client of the fares service."""

import asyncio
import os

import httpx
import pybreaker
import requests
from requests.adapters import HTTPAdapter
from tenacity import AsyncRetrying, retry, retry_if_exception_type, stop_after_attempt, wait_exponential
from urllib3.util import Retry

FARES = os.environ["FARES_URL"]
TIMEOUT = float(os.environ.get("FARES_TIMEOUT", "5"))
breaker = pybreaker.CircuitBreaker(fail_max=3, reset_timeout=30)


def _session() -> requests.Session:
    session = requests.Session()
    session.mount("http://", HTTPAdapter(max_retries=Retry(total=2, backoff_factor=0.2)))
    return session


@breaker
def price(route: str) -> int:
    """In cents; asked three times at most."""
    answer = _session().get(f"{FARES}/fares/{route}", timeout=TIMEOUT)  # flow: call http GET /fares/{} -> fares timeout=2.5 tries=3
    return answer.json()["cents"]


@retry(stop=stop_after_attempt(4), wait=wait_exponential(max=2), retry=retry_if_exception_type(requests.ConnectionError))
def hold(route: str) -> str:
    """Asked without a limit, four times."""
    answer = requests.post(f"{FARES}/holds", json={"route": route})  # noqa: S113  # flow: call http POST /holds -> fares timeout=none tries=4
    return answer.json()["hold"]


async def release(hold_id: str) -> None:
    """The whole of it may take three seconds, a single try no more than one."""
    async with asyncio.timeout(3), httpx.AsyncClient(base_url=FARES, timeout=1) as client:
        async for attempt in AsyncRetrying(stop=stop_after_attempt(2)):
            with attempt:
                await client.delete(f"/holds/{hold_id}")  # flow: call http DELETE /holds/{} -> fares timeout=1 tries=2


def cached(route: str, prices: dict[str, int]) -> int | None:
    return prices.get(f"/fares/{route}")  # flow: nothing
