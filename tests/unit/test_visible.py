"""Texts made fit for the room that there is."""

from __future__ import annotations

import pytest
from flowmap.visible import ending


@pytest.mark.parametrize(
    ("path", "length", "expected"),
    [
        ("a/b/c.py:3", 10, "a/b/c.py:3"),
        ("a/b/c.py:3", 99, "a/b/c.py:3"),
        ("shop/orders/work.py:3", 20, "…/orders/work.py:3"),
        ("shop/orders/work.py:3", 18, "…/orders/work.py:3"),
        ("shop/orders/work.py:3", 17, "…/work.py:3"),
        ("shop/orders/work.py:3", 3, "…/work.py:3"),
        ("work.py:3", 3, "work.py:3"),
        ("", 0, ""),
    ],
)
def test_a_path_loses_whole_folders(path: str, length: int, expected: str) -> None:
    assert ending(path, length) == expected
