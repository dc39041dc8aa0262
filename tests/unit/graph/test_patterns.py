"""Which regular expressions are tried, and that those that are not would have been slow."""

from __future__ import annotations

import pytest
from flowmap.graph.matching import regex
from flowmap.graph.patterns import LONGEST_NAME, LONGEST_PATTERN, is_quick


@pytest.mark.parametrize(
    "pattern",
    [
        "orders",
        r"^orders\..*",
        r"^(orders|payments)\.v\d+$",
        r"^shop\.(?:eu|us)\..*\.v[0-9]+$",
        r"[*+{(|)]+x",
        r"\(a\+\)\+",
        ".*a.*b.*c.*",
        "(a|b)(c|d)",
        r"(\.dlq)?",
    ],
)
def test_what_people_write_is_tried(pattern: str) -> None:
    assert is_quick(pattern, "orders.placed")


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+$",
        "(a|a)*$",
        "((a+))+$",
        "(?:a*b?)*$",
        "(a|(b+))+",
        ".*" * 5,
        "([a-z]+)*$",
        "(a{1,9}){1,9}",
        "x" * (LONGEST_PATTERN + 1),
    ],
)
def test_what_may_take_long_is_not(pattern: str) -> None:
    assert not is_quick(pattern, "orders.placed")


def test_a_long_name_is_not_tried_either() -> None:
    assert is_quick(".*", "a" * LONGEST_NAME)
    assert not is_quick(".*", "a" * (LONGEST_NAME + 1))


def test_a_pattern_of_ill_will_matches_itself_only() -> None:
    assert not regex("a" * 60 + "!", "(a+)+$")
    assert regex("(a+)+$", "(a+)+$")
    assert regex("orders.placed", r"^orders\..*")
