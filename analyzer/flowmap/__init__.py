"""flowmap: who publishes, who listens and who waits for whom in a system of Python services."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flowmap.api import Report, analyse

__all__ = ["Report", "analyse"]


def __getattr__(name: str) -> object:
    """`flowmap.analyse` and `flowmap.Report`, loaded when they are asked for: the command line starts without them."""
    if name in __all__:
        from flowmap import api

        return getattr(api, name)
    raise AttributeError(f"module 'flowmap' has no attribute {name!r}")
