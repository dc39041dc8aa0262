"""Messages inside a process: what is left when they are not asked for, and what follows from them all the same."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flowmap.model.interaction import Interaction, Match
from flows import call, publish, serve, subscribe, system


def inside(site: Interaction, *after: str) -> Interaction:
    """A site that stays in its process."""
    return replace(site, local=True, transport="signal", triggers=after)


ORDER = serve("a", "POST /orders")
SENT = inside(publish("a", "placed"), ORDER.id)
HEARD = inside(subscribe("a", "placed"))
AGAIN = inside(publish("a", "stored"), HEARD.id)
HEARD_AGAIN = inside(subscribe("a", "stored"))


@pytest.mark.parametrize(
    ("sites", "expected"),
    [
        ([ORDER, SENT, HEARD, publish("a", "x", HEARD.id)], {"x": {ORDER.id}}),
        ([ORDER, SENT, HEARD, publish("a", "x", HEARD.id, ORDER.id)], {"x": {ORDER.id}}),
        ([ORDER, SENT, HEARD, AGAIN, HEARD_AGAIN, publish("a", "x", HEARD_AGAIN.id)], {"x": {ORDER.id}}),
        ([ORDER, SENT, HEARD, publish("a", "x", ORDER.id)], {"x": {ORDER.id}}),
        ([inside(publish("a", "placed")), HEARD, publish("a", "x", HEARD.id)], {"x": set()}),
        ([HEARD, publish("a", "x", HEARD.id)], {"x": set()}),
        ([ORDER, inside(publish("a", "other"), ORDER.id), HEARD, publish("a", "x", HEARD.id)], {"x": set()}),
        ([ORDER, inside(publish("a", None), ORDER.id), HEARD, publish("a", "x", HEARD.id)], {"x": set()}),
        ([ORDER, publish("a", "placed", transport="signal"), HEARD, publish("a", "x", HEARD.id)], {"placed": set(), "x": set()}),
        ([serve("b", "GET /"), inside(publish("b", "placed"), "b serve GET /"), HEARD, publish("a", "x", HEARD.id)], {"x": set()}),
        (
            [ORDER, SENT, replace(HEARD, channel="pla*", match=Match.GLOB), publish("a", "x", HEARD.id)],
            {"x": {ORDER.id}},
        ),
    ],
)  # fmt: skip
def test_what_a_handler_inside_does_follows_from_what_made_it_run(sites: list[Interaction], expected: dict[str, set[str]]) -> None:
    flow = system(*sites, local=False).flow
    assert {i.channel: set(i.triggers) for i in flow.interactions if i.channel} == expected
    assert flow.hidden == len(sites) - len(flow.interactions) > 0


def test_handlers_that_set_each_other_off_come_to_an_end() -> None:
    back = replace(inside(publish("a", "placed"), HEARD_AGAIN.id), id="back")
    sites = [ORDER, SENT, HEARD, AGAIN, HEARD_AGAIN, back, publish("a", "x", HEARD_AGAIN.id)]
    assert [i.triggers for i in system(*sites, local=False).flow.interactions] == [(), (ORDER.id,)]


@pytest.mark.parametrize("local", [True, False])
def test_a_chain_goes_through_the_process(local: bool) -> None:
    sites = [call("gate", "a", "POST /orders"), ORDER, SENT, HEARD, call("a", "b", "GET /", HEARD.id), serve("b", "GET /")]
    assert [c.services for c in system(*sites, local=local).flow.chains] == [("gate", "a", "b")]


def test_edges_inside_a_process_say_so() -> None:
    flow = system(SENT, HEARD, publish("a", "x"), subscribe("a", "x")).flow
    assert {e.channel: e.local for e in flow.edges} == {"placed": True, "x": False}
    assert flow.hidden == 0
    assert system(SENT, HEARD, local=False).flow.edges == ()


@pytest.mark.parametrize(
    ("sent", "done", "planned"),
    [
        (replace(SENT, planned=True), call("a", "b", "GET /", HEARD.id), True),
        (SENT, call("a", "b", "GET /", HEARD.id), False),
        (replace(SENT, planned=True), call("a", "b", "GET /", ORDER.id), False),
        (replace(SENT, planned=True), publish("a", "x", HEARD.id), False),
    ],
)
def test_a_call_on_behalf_of_a_planned_step_is_planned(sent: Interaction, done: Interaction, planned: bool) -> None:
    found = system(ORDER, sent, HEARD, done, local=False).flow.interactions
    assert [i.planned for i in found if i.role is done.role] == [planned]
