"""What is announced because of what."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flowmap.graph.flowgraph import FlowGraph
from flowmap.graph.reactions import Sequel, sequels
from flowmap.model.interaction import Interaction, Kind
from flows import call, publish, serve, subscribe, system


def react(service: str, heard: str, *told: str) -> list[Interaction]:
    """A subscription and what its handler publishes."""
    return [subscribe(service, heard), *(publish(service, t, f"{service} subscribe {heard}") for t in told)]


def told(graph: FlowGraph) -> list[str]:
    return [" ".join(f"{a.depth}:{a.name}" for a in c.announcements) for c in sequels(graph)]


LINE = [publish("a", "x"), *react("b", "x", "y"), *react("c", "y", "z"), subscribe("d", "z")]


@pytest.mark.parametrize(
    ("sites", "expected"),
    [
        ([], []),
        ([publish("a", "x")], ["0:x"]),
        ([publish("a", "x"), publish("a", "y")], ["0:x", "0:y"]),
        (LINE, ["0:x 1:y 2:z"]),
        ([publish("a", "x"), *react("b", "x", "y", "z")], ["0:x 1:y 1:z"]),
        ([publish("a", "w"), publish("a", "x"), subscribe("b", "w"), *react("b", "x", "y")], ["0:x 1:y", "0:w"]),
        ([*react("a", "y", "x"), *react("b", "x", "y")], ["0:x 1:y"]),
        ([publish("s", "x"), *react("a", "x", "y"), *react("b", "y", "z"), *react("c", "z", "y")], ["0:x 1:y 2:z 3:y"]),
        (
            [
                publish("a", "x"),
                subscribe("b", "x"),
                call("b", "c", "POST /", "b subscribe x"),
                serve("c", "POST /"),
                publish("c", "y", "c serve POST /"),
            ],
            ["0:x 1:y"],
        ),
        (
            [
                publish("a", "x"),
                subscribe("b", "x"),
                replace(publish("b", "work", "b subscribe x", transport="celery"), kind=Kind.TASK),
                replace(subscribe("b", "work", transport="celery"), kind=Kind.TASK),
                publish("b", "y", "b subscribe work"),
            ],
            ["0:x 1:y"],
        ),
        ([replace(s, kind=Kind.TASK) for s in LINE], []),
        ([replace(s, event=s.channel, channel="all") for s in LINE], ["0:x 1:y 2:z"]),
        ([publish("a", None)], []),
    ],
)
def test_sequels(sites: list[Interaction], expected: list[str]) -> None:
    assert told(system(*sites)) == expected


def test_events_that_bring_about_the_same_are_one_sequel() -> None:
    sites = [publish("a", "x"), publish("e", "x2"), *react("b", "x"), subscribe("b", "x2")]
    sites += [replace(publish("b", "y", "b subscribe x", "b subscribe x2"), id="both"), subscribe("c", "y")]
    (sequel,) = sequels(system(*sites))
    assert (sequel.start.name, [a.name for a in sequel.also]) == ("x", ["x2"])


def line() -> Sequel:
    """The sequel of a line of four services."""
    return sequels(system(*LINE))[0]


def test_before_behind_and_the_way_to() -> None:
    x, y, z = line().announcements
    assert [a.name for a in line().before(z)] == ["x", "y"]
    assert [a.name for a in line().behind(x)] == ["y", "z"]
    assert (line().before(x), line().behind(z)) == ((), ())
    assert [a.name for a in line().way_to(z)] == ["x", "y", "z"]
    assert [line().place(a) for a in (x, y, z)] == [0, 1, 2]


def test_what_an_announcement_leads_to_is_not_before_it() -> None:
    sequel = sequels(system(publish("s", "x"), *react("a", "x", "y"), *react("b", "y", "z"), *react("c", "z", "y")))[0]
    y = sequel.announcements[1]
    assert [a.name for a in sequel.before(y)] == ["x"]


def test_services_in_order_of_appearance() -> None:
    assert line().services == ("a", "b", "c", "d")
    assert [s.service for s in line().sites] == ["a", "b", "b", "c", "c", "d"]


@pytest.mark.parametrize("lines", [(1, 2), (2, 1)])
def test_where_a_start_stands_does_not_choose_it(lines: tuple[int, int]) -> None:
    one, other = (publish("a", name, line=line) for name, line in zip("vw", lines, strict=True))
    (sequel,) = sequels(system(one, other, *react("b", "v", "y"), *react("b", "w", "y")))
    assert (sequel.start.name, [a.name for a in sequel.also]) == ("v", ["w"])
