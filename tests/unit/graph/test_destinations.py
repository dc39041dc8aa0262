"""Calls are grouped by whom they go to; what one place may reach is one group."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flowmap.graph.destinations import destinations
from flowmap.model.interaction import Interaction
from flows import call


def _at(target: str | None, line: int, service: str = "a") -> Interaction:
    return replace(call(service, target, "GET /x", line=line), id=f"{service} {target} {line}")


@pytest.mark.parametrize(
    ("calls", "expected"),
    [
        ([], []),
        ([("b", 1)], [("b", 1)]),
        ([("b", 1), ("b", 2)], [("b", 2)]),
        ([("b", 1), ("c", 2)], [("b", 1), ("c", 1)]),
        ([("b", 1), ("c", 1)], [("b c", 1)]),
        ([("c", 1), ("b", 1)], [("b c", 1)]),
        ([("b", 1), ("c", 2), ("d", 1), ("d", 2)], [("b c d", 2)]),
        ([("b", 1), ("c", 2), ("c", 1)], [("b c", 2)]),
        ([("b", 1), ("c", 2), ("d", 3), ("d", 2)], [("b", 1), ("c d", 2)]),
        ([(None, 1), ("b", 1)], [("b ?", 1)]),
    ],
)
def test_groups(calls: list[tuple[str | None, int]], expected: list[tuple[str, int]]) -> None:
    found = destinations(_at(*c) for c in calls)
    assert [(" ".join(t or "?" for t in d.targets), len(d.places)) for d in found] == expected


def test_services_are_told_apart() -> None:
    found = destinations([_at("b", 1), replace(_at("b", 1, "z"), location=_at("b", 1).location)])
    assert [(d.service, len(d.calls)) for d in found] == [("a", 1), ("z", 1)]


def test_a_place_is_shown_by_its_first_call() -> None:
    (found,) = destinations([_at("b", 2), _at("c", 1), _at("c", 2)])
    assert [(c.target, c.location.line) for c in found.places] == [("b", 2), ("c", 1)]
