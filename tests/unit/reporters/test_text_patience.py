"""How long a call waits and what tries it again, as people read it."""

import pytest
from flowmap.model.location import Location
from flowmap.model.patience import Breaker, Retry, Source, Timeout, Wait
from flowmap.reporters.text_patience import stopped, tried, waits


@pytest.mark.parametrize(
    ("timeout", "said"),
    [
        (Timeout(5.0, Source.DEFAULT), "5 s (the library's default)"),
        (Timeout(None, Source.ARGUMENT), "for as long as it takes (the call itself)"),
        (Timeout(2.5, Source.AROUND), "2.5 s (a limit around the call)"),
        (Timeout(None, Source.CLIENT, "nobody says"), "not known how long: nobody says (its client)"),
    ],
)
def test_how_long_it_waits(timeout: Timeout, said: str) -> None:
    assert waits(timeout) == said


@pytest.mark.parametrize(
    ("retry", "said"),
    [
        (Retry("tenacity", 4, Wait.GROWING, 60.0), "4 times at growing intervals, within 60 s (tenacity)"),
        (Retry("tenacity", None), "without end at once (tenacity)"),
        (Retry("httpx", 3, connections=True), "3 times at once, only where nothing was reached (httpx)"),
        (Retry("backoff", None, Wait.UNKNOWN, unknown="nobody says"), "not known how often: nobody says (backoff)"),
    ],
)
def test_how_often_it_is_tried(retry: Retry, said: str) -> None:
    assert tried(retry) == said


@pytest.mark.parametrize(
    ("failures", "reset", "said"),
    [(3, 30.0, "after 3 failures, for 30 s (pybreaker)"), (None, None, "after failures (pybreaker)")],
)
def test_what_stops_it(failures: int | None, reset: float | None, said: str) -> None:
    assert stopped(Breaker("pybreaker", failures, reset, Location("app.py", 1, 1))) == said
