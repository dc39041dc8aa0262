"""What all tests share: the thousands of cases stay to the end, so garbage is looked for seldom, and never among them."""

from __future__ import annotations

import gc

SELDOM = 100_000
"""Objects that are made before somebody looks whether they can go."""


def pytest_configure() -> None:
    gc.set_threshold(SELDOM, *gc.get_threshold()[1:])


def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()
