"""Many files at once: in this process for a few, in a pool of processes for many. Output order is input order.

Parsing recurses with the depth of the code, so it runs in threads with a large stack; a file that still brings its process
down becomes a diagnostic."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import TypeVar

import msgspec

from flowmap.frontend.cache import Cache
from flowmap.frontend.summarise import digest, failed, summarise
from flowmap.model.project import SourceFile
from flowmap.model.summary import ModuleSummary

STACK = 512 * 1024 * 1024
"""Bytes of address space for the stack of a deep-recursing thread; only what is used is ever touched."""
RECURSION = 100_000
POOL_THRESHOLD = 1_500_000
"""Bytes of source above which a pool pays for its start."""
BATCH = 24

T = TypeVar("T")
Progress = Callable[[int, int], None]


def summarise_all(files: Iterable[SourceFile], cache: Cache, workers: int, progress: Progress | None = None) -> list[ModuleSummary]:
    """The summaries of all files, in their order."""
    wanted = list(files)
    found: dict[str, ModuleSummary] = {}
    missing: list[SourceFile] = []
    for file in wanted:
        known = cache.get(file.path, digest(file.content))
        if known is None:
            missing.append(file)
        else:
            found[file.path] = known
    report = progress or (lambda _done, _total: None)
    for summary in _summaries(missing, workers):
        cache.put(summary)
        found[summary.path] = summary
        report(len(found), len(wanted))
    return [found[f.path] for f in wanted]


def _summaries(files: list[SourceFile], workers: int) -> Iterator[ModuleSummary]:
    if workers < 2 or sum(len(f.content) for f in files) < POOL_THRESHOLD:
        yield from with_large_stack(lambda: [summarise(f.path, f.content) for f in files])
        return
    decoder = msgspec.msgpack.Decoder(list[ModuleSummary])
    batches = [[(f.path, f.content) for f in files[n : n + BATCH]] for n in range(0, len(files), BATCH)]
    done = 0
    try:
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            for encoded in pool.map(_batch, batches):
                done += 1
                yield from decoder.decode(encoded)
    except BrokenProcessPool:
        for path, content in (pair for batch in batches[done:] for pair in batch):
            yield _alone(path, content)


def _batch(files: list[tuple[str, bytes]]) -> bytes:
    return with_large_stack(lambda: msgspec.msgpack.encode([summarise(path, content) for path, content in files]))


def _alone(path: str, content: bytes) -> ModuleSummary:
    """One file in a process of its own, so that only it can be lost."""
    try:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            encoded = pool.submit(_batch, [(path, content)]).result()
    except BrokenProcessPool:
        return failed(path, digest(content), "the parser broke down on it", 1)
    return msgspec.msgpack.Decoder(list[ModuleSummary]).decode(encoded)[0]


def with_large_stack(work: Callable[[], T]) -> T:
    """The result of `work`, run in a thread that may recurse deeply."""
    outcome: list[T] = []
    problem: list[BaseException] = []

    def run() -> None:
        try:
            outcome.append(work())
        except BaseException as error:  # noqa: BLE001  it is raised again in the caller's thread
            problem.append(error)

    before, limit = threading.stack_size(STACK), sys.getrecursionlimit()
    sys.setrecursionlimit(max(limit, RECURSION))
    try:
        thread = threading.Thread(target=run)
        thread.start()
    finally:
        threading.stack_size(before)
    thread.join()
    sys.setrecursionlimit(limit)
    if problem:
        raise problem[0]
    return outcome[0]
