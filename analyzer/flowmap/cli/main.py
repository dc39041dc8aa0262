"""The entry point of the process. It imports nothing heavy, so that an interrupt is answered from the first moment on."""

from __future__ import annotations

import contextlib
import gc
import io
import os
import sys
from collections.abc import Callable
from typing import NoReturn

FAILED = 2
INTERRUPTED = 130
INTERRUPTION = "flowmap: interrupted"


def main() -> NoReturn:
    """Runs the program and ends the process."""
    _stand_in_for_closed_streams()
    try:
        _load()()
    except KeyboardInterrupt:
        with contextlib.suppress(OSError):
            sys.stderr.write(f"{INTERRUPTION}\n")
        _leave()
    except SystemExit as stop:
        if stop.code == INTERRUPTED:
            _leave()
        raise
    raise AssertionError("click always ends the process")


def _load() -> Callable[[], object]:
    """The commands. What is loaded stays: to look for garbage in it would take a fifth of the time."""
    gc.disable()
    from flowmap.cli.program import cli

    gc.freeze()
    gc.enable()
    return cli


def _stand_in_for_closed_streams() -> None:
    """A process can be started with its streams closed; then what is written to them is for nobody."""
    if sys.stdout is None:
        sys.stdout = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    if sys.stderr is None:
        sys.stderr = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")


def _leave() -> NoReturn:
    """Ends at once: a scan runs in a thread with a large stack, for which the interpreter would wait."""
    with contextlib.suppress(OSError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(INTERRUPTED)
