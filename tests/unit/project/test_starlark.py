"""Expressions of build languages: what they say, and what is too much to be said."""

from __future__ import annotations

import ast

import pytest
from flowmap.project.starlark import pairs, text, texts

NAMES = {"image": "shop", "long": "x" * 9_000}


def _parsed(code: str) -> ast.expr:
    return ast.parse(code, mode="eval").body


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("'shop'", "shop"),
        ("image", "shop"),
        ("image + ':' + '1'", "shop:1"),
        ("'%s:1' % image", "shop:1"),
        ("'{}:1'.format(image)", "shop:1"),
        ("f'{image}:1'", "shop:1"),
        ("unknown", None),
        ("image + unknown", None),
        ("f'{unknown}'", None),
        ("read('x')", None),
        ("7", None),
        ("long", "x" * 9_000),
        ("long + long", None),
        ("'%s%s' % long", None),
        ("'{}{}'.format(long)", None),
        ("+".join(["'a'"] * 500), None),
    ],
)
def test_a_text(code: str, expected: str | None) -> None:
    assert text(_parsed(code), NAMES) == expected


def test_lists_and_dictionaries() -> None:
    assert texts(_parsed("['a', unknown, image]"), NAMES) == ("a", "shop")
    assert texts(_parsed("image"), NAMES) == ("shop",)
    assert list(pairs(_parsed("{'A': image, unknown: 'x', 'B': unknown, **other}"), NAMES)) == [("A", "shop")]
    assert list(pairs(_parsed("image"), NAMES)) == []
