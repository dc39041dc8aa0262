"""What services do with what they keep goes into the report, and comes out of it again."""

from __future__ import annotations

from dataclasses import replace

from flowmap.config import Config
from flowmap.merging import merged
from flowmap.model.effect import Does, with_ids
from flowmap.model.flow import Artefact
from flowmap.reporters.json_artefact import artefact
from flowmap.reporters.json_report import render
from flows import commit, effect, publish, report, serve, system

START = serve("orders", "POST /orders")
PLACED = publish("orders", "order.placed", START.id)
EFFECTS = (effect(Does.OPENS, "orders", "sqlite:///a", line=5), replace(commit(PLACED.service, PLACED), repeatable=True))


def _written() -> Artefact:
    graph = system(START, PLACED, effects=EFFECTS)
    return artefact(render(report(graph)).encode(), "orders")


def test_effects_are_read_as_they_were_written() -> None:
    assert _written().parts.effects == EFFECTS


def test_a_merge_speaks_of_the_interactions_by_their_new_ids() -> None:
    other = replace(_written(), name="other")
    flow = merged([_written(), other], Config()).flow
    sites = {i.id: i for i in flow.interactions}
    kept = [e for e in flow.parts.effects if e.does is Does.WRITES]
    assert [e.location.path for e in kept] == ["other/orders/app.py", "shop/orders/app.py"]
    for one in kept:
        met = [sites[b.interaction] for b in one.beside]
        assert [(i.service, i.channel) for i in met] == [(one.service, "order.placed")]
        assert [sites[t].operation for t in one.triggers] == ["POST /orders"]


def test_what_stands_for_several_is_named_by_all() -> None:
    (beside,) = EFFECTS[1].beside
    renamed = with_ids(EFFECTS[1], {PLACED.id: ["b", "a"], START.id: ["s"]})
    assert renamed.beside == (replace(beside, interaction="a"), replace(beside, interaction="b"))
    assert renamed.triggers == ("s",)
