"""How long calls wait and how often they are tried comes out of the JSON as it went in."""

from dataclasses import replace

import pytest
from flowmap.graph.connect import connect
from flowmap.model.interaction import Endpoint, Interaction, Streams
from flowmap.model.location import Location
from flowmap.model.patience import Breaker, Retry, Source, Timeout, Wait
from flowmap.model.project import Project
from flowmap.reporters.json_models import InteractionModel
from flowmap.reporters.json_sites import site, sites
from flows import call

PLACE = Location("shop/app.py", 3, 4, 5)
CALL = call("shop", "external:bank", "GET /rates")


@pytest.mark.parametrize(
    "there",
    [
        CALL,
        *(replace(CALL, timeout=Timeout(2.5, source)) for source in Source),
        replace(CALL, timeout=Timeout(None, Source.DEFAULT)),
        replace(CALL, timeout=Timeout(None, Source.CLIENT, "nobody says")),
        *(
            replace(CALL, retries=(Retry("tenacity", 4, wait, 60.0, location=PLACE), Retry("httpx", 3, connections=True)))
            for wait in Wait
        ),
        replace(CALL, retries=(Retry("backoff", None, unknown="nobody says"),)),
        replace(CALL, breakers=(Breaker("pybreaker", 3, 30.0, PLACE), Breaker("pybreaker", None, None, PLACE))),
        *(replace(CALL, endpoint=Endpoint("Rates/Get", "bank", 50051, package="bank.v1", streams=s)) for s in (None, *Streams)),
    ],
)
def test_what_is_written_is_read(there: Interaction) -> None:
    (written,) = sites(connect((there,), Project((), ())).flow)
    read = site(InteractionModel.model_validate_json(written.model_dump_json()))
    assert (read.timeout, read.retries, read.breakers, read.endpoint) == (
        there.timeout,
        there.retries,
        there.breakers,
        there.endpoint,
    )
