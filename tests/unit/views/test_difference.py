"""What counts as a change between two reports, what breaks, and what is neither."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flowmap.model.difference import Difference
from flowmap.model.interaction import Confidence, Interaction, Match
from flowmap.model.location import Location
from flowmap.model.project import External, ExternalKind
from flowmap.model.report import Report
from flowmap.views.difference import difference
from flowmap.views.neighbourhood import neighbourhood
from flowmap.views.telling import summary
from flows import call, finding, holding, publish, report, serve, subscribe, system

PUT = publish("orders", "placed")
GOT = subscribe("billing", "placed")
ASKS = call("orders", "stock", "GET /stock/{}")
SERVES = serve("stock", "GET /stock/{}")
BLIND = publish("mail", None)
ROOTS = {"orders": "orders", "billing": "billing", "stock": "stock", "mail": "mail"}


def sends(*fields: str, more: bool = False, service: str = "orders") -> Interaction:
    """A publication with fields."""
    return replace(publish(service, "placed"), payload=holding(*fields, more=more))


def reads(*fields: str, match: Match = Match.EXACT, channel: str = "placed") -> Interaction:
    """A subscription that reads fields."""
    return replace(subscribe("billing", channel), payload=holding(*fields), match=match)


def _report(*sites: Interaction) -> Report:
    return report(system(*sites, roots=ROOTS))


def compare(before: tuple[Interaction, ...], after: tuple[Interaction, ...]) -> Difference:
    """The difference between two systems of the same services."""
    return difference(_report(*before), _report(*after), ("then", "now"))


def moved(site: Interaction, path: str, line: int) -> Interaction:
    """The same site elsewhere."""
    return replace(site, location=Location(path, line, line), function="other", id=f"{site.id} moved")


SAME = {
    "nothing": ((PUT, GOT, ASKS, SERVES), (PUT, GOT, ASKS, SERVES)),
    "another place": ((PUT, GOT), (moved(PUT, "orders/bus.py", 99), moved(GOT, "billing/b.py", 7))),
    "surer than before": ((replace(PUT, confidence=Confidence.GUESS), GOT), (PUT, GOT)),
    "another order": ((PUT, GOT, ASKS, SERVES), (SERVES, ASKS, GOT, PUT)),
    "a second place that does the same": ((PUT, GOT), (PUT, moved(PUT, "orders/more.py", 3), GOT)),
    "a type that is known now": ((sends("id"), reads("id")), (sends("id:int"), reads("id"))),
    "a blind spot elsewhere": ((BLIND,), (moved(BLIND, "mail/m.py", 5),)),
    "fields in another order": ((sends("id", "sum"), GOT), (sends("sum", "id"), GOT)),
}


@pytest.mark.parametrize(("before", "after"), SAME.values(), ids=SAME)
def test_no_change(before: tuple[Interaction, ...], after: tuple[Interaction, ...]) -> None:
    found = compare(before, after)
    assert (bool(found), bool(neighbourhood(found).spots)) == (False, False), summary(found)


CHANGES = {
    "a channel": ((), (PUT, GOT), "channels +1 · flows +1"),
    "a listener": ((PUT,), (PUT, GOT), "channels ~1 · flows +1"),
    "a publisher less": ((PUT, publish("mail", "placed"), GOT), (PUT, GOT), "channels ~1 · flows -1"),
    "a wait": ((SERVES,), (ASKS, SERVES), "waits +1"),
    "another operation on an edge": (
        (ASKS, SERVES, serve("stock", "PUT /stock/{}", line=31)),
        (ASKS, SERVES, serve("stock", "PUT /stock/{}", line=31), call("orders", "stock", "PUT /stock/{}", line=41)),
        "waits ~1",
    ),
    "an endpoint that nobody calls": ((SERVES, serve("stock", "GET /old")), (SERVES,), "endpoints -1"),
    "a field": ((sends("id"), GOT), (sends("id", "sum"), GOT), "fields +1"),
    "a field that nobody reads": ((sends("id", "sum"), reads("id")), (sends("id"), reads("id")), "fields -1"),
    "a field that is read now": ((sends("id", "sum"), reads("id")), (sends("id", "sum"), reads("id", "sum")), "fields +1"),
    "what stands in a field counts once": ((sends("id"), GOT), (sends("id", "to", "to.street", "to.city"), GOT), "fields +1"),
    "a blind spot": ((), (BLIND,), "blind spots +1"),
}


@pytest.mark.parametrize(("before", "after", "said"), CHANGES.values(), ids=CHANGES)
def test_change(before: tuple[Interaction, ...], after: tuple[Interaction, ...], said: str) -> None:
    found = compare(before, after)
    assert (" · ".join(summary(found)), found.breaking) == (said, ())
    back = compare(after, before)
    assert [c.how for c in back.edges] == [{"added": "removed", "removed": "added"}.get(c.how, c.how) for c in found.edges]


LOG = reads("id", match=Match.GLOB, channel="pl*")
BREAKS = {
    "a field that is read": ((sends("id", "sum"), reads("sum")), (sends("id"), reads("sum")), "field-gone sure"),
    "one of several places still sets it": (
        (sends("id", "sum"), reads("sum")),
        (sends("id"), moved(sends("id", "sum"), "orders/b.py", 4), reads("sum")),
        "field-sometimes",
    ),
    "a message that may hold more": ((sends("sum"), reads("sum")), (sends("id", more=True), reads("sum")), "field-gone"),
    "a field that lies elsewhere now": ((sends("sum"), reads("sum")), (sends("paid", "paid.sum"), reads("sum")), ""),
    "with an unresolved publisher": ((sends("sum"), reads("sum")), (sends("id"), BLIND, reads("sum")), "field-gone"),
    "a reader that provides for it": ((sends("id", "sum"), reads("sum-")), (sends("id"), reads("sum-")), ""),
    "a reader that went too": ((sends("id", "sum"), reads("sum")), (sends("id"), reads("id")), ""),
    "a field that was never set": ((sends("id"), reads("sum")), (sends("id", "x"), reads("sum")), ""),
    "another type than is read": (
        (sends("sum:float"), reads("sum:float")),
        (sends("sum:str"), reads("sum:float")),
        "field-type sure",
    ),
    "another type than before": ((sends("sum:float"), reads("sum")), (sends("sum:str"), reads("sum")), "field-type"),
    "the type that is read": ((sends("sum:str"), reads("sum:float")), (sends("sum:float"), reads("sum:float")), ""),
    "a channel": ((PUT, GOT), (GOT,), "channel-silent sure"),
    "a channel by another name at one end": ((PUT, GOT), (publish("orders", "made"), GOT), "channel-silent sure"),
    "a channel by another name at both ends": ((PUT, GOT), (publish("orders", "made"), subscribe("billing", "made")), ""),
    "a channel that somebody else publishes": ((PUT, GOT), (publish("mail", "placed"), GOT), ""),
    "a channel with an unresolved publisher": ((PUT, GOT), (BLIND, GOT), "channel-silent"),
    "a channel that a pattern means": ((PUT, LOG), (LOG,), "channel-silent"),
    "a channel of which its listener went, too": ((PUT, GOT), (), ""),
    "an endpoint": ((ASKS, SERVES), (ASKS, serve("stock", "GET /items/{}")), "endpoint-gone sure"),
    "an endpoint that takes more": ((ASKS, SERVES), (ASKS, serve("stock", "GET /stock/{**}")), ""),
    "an endpoint whose caller follows": (
        (ASKS, SERVES),
        (call("orders", "stock", "GET /items/{}"), serve("stock", "GET /items/{}")),
        "",
    ),
    "an endpoint that never was": ((ASKS,), (ASKS,), ""),
}


@pytest.mark.parametrize(("before", "after", "said"), BREAKS.values(), ids=BREAKS)
def test_what_breaks(before: tuple[Interaction, ...], after: tuple[Interaction, ...], said: str) -> None:
    found = compare(before, after)
    assert ", ".join(f"{b.kind}{' sure' if b.sure else ''}" for b in found.breaking) == said
    assert found.breaks is said.endswith("sure")
    assert all(b.services and b.keepers and b.proof.before and b.proof.after for b in found.breaking)
    assert compare(after, after).breaking == ()


def test_a_service_that_is_gone_may_break_its_callers() -> None:
    gone = replace(ASKS, target="external:stock")
    found = difference(_report(ASKS, SERVES), report(system(gone, roots={"orders": "orders"})), ("then", "now"))
    assert [(b.kind, b.sure) for b in found.breaking] == [("endpoint-gone", False)]


@pytest.mark.parametrize(
    ("root", "sites", "said"),
    [
        ("billing", (subscribe("accounts", "placed"),), ["changed accounts"]),
        ("elsewhere", (), ["removed billing", "added accounts"]),
        (".", (subscribe("accounts", "other"),), ["removed billing", "added accounts"]),
    ],
)
def test_a_service_by_another_name(root: str, sites: tuple[Interaction, ...], said: list[str]) -> None:
    before = report(system(PUT, GOT, roots={"orders": "orders", "billing": "billing"}))
    after = report(system(PUT, *sites, roots={"orders": "orders", "accounts": root}))
    found = difference(before, after, ("then", "now"))
    assert sorted(f"{c.how} {c.name}" for c in found.services) == sorted(said)
    if said == ["changed accounts"]:
        assert (found.channels, found.edges, found.numbers) == ((), (), ())


def test_findings_are_the_same_wherever_they_stand() -> None:
    graph = system(PUT, GOT, roots=ROOTS)
    one, other = finding("T301", "placed", PUT), finding("T301", "placed", moved(PUT, "x.py", 1))
    more = finding("T301", "placed", PUT, GOT)

    def between(before: Report, after: Report) -> list[tuple[str, int, int]]:
        return [(c.how, c.before, c.after) for c in difference(before, after, ("then", "now")).findings]

    assert between(report(graph, one), report(graph, other)) == []
    assert between(report(graph), report(graph, one)) == [("added", 0, 1)]
    assert between(report(graph, one), report(graph, one, other)) == [("changed", 1, 2)]
    assert between(report(graph, one), report(graph, more)) == [("changed", 1, 1)]
    assert between(report(graph, one), report(graph)) == [("removed", 1, 0)]


def test_somebody_outside_who_publishes_keeps_a_channel() -> None:
    outside = External("partner", ExternalKind.DECLARED, publishes=("placed",))
    after = report(system(GOT, roots=ROOTS, externals=(outside,)))
    found = difference(_report(PUT, GOT), after, ("then", "now"))
    assert (found.breaking, [c.publishers.added for c in found.channels]) == ((), [("external:partner",)])


def test_the_picture_stays_small() -> None:
    many = tuple(publish(f"s{n}", f"c{n}") for n in range(60))
    found = difference(report(system()), report(system(*many)), ("then", "now"))
    near = neighbourhood(found)
    assert len(near.spots) <= 40
    assert near.left_out
    assert all({w.source, w.target} <= near.spots.keys() for w in near.ways)
