"""Many files at once: in this process for a few, in processes of their own for many. Output order is input order.

Parsing recurses with the depth of the code, so it runs in threads with a large stack; a file that still brings its process
down becomes a diagnostic. The processes are plain interpreters that read files from a pipe: nothing of the caller's program
is imported in them, and never anything from the scanned folder."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
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
"""Bytes of source above which processes pay for their start."""
ROUNDS = 3
"""Batches per process: enough to even out their work, few enough to keep starts cheap."""

T = TypeVar("T")
Batch = list[tuple[str, bytes]]
Progress = Callable[[int, int], None]


def summarise_all(files: Iterable[SourceFile], cache: Cache, workers: int, progress: Progress | None = None) -> list[ModuleSummary]:
    """The summaries of all files, in their order."""
    wanted = list(files)
    found: dict[str, ModuleSummary] = {}
    missing: Batch = []
    for file in wanted:
        known = cache.get(file.path, digest(file.content))
        if known is None:
            missing.append((file.path, file.content))
        else:
            found[file.path] = known
    report = progress or (lambda _done, _total: None)
    for summary in _summaries(missing, workers):
        cache.put(summary)
        found[summary.path] = summary
        report(len(found), len(wanted))
    return [found[f.path] for f in wanted]


def _summaries(files: Batch, workers: int) -> Iterator[ModuleSummary]:
    if workers < 2 or sum(len(content) for _, content in files) < POOL_THRESHOLD:
        yield from with_large_stack(lambda: [summarise(path, content) for path, content in files])
        return
    with ThreadPoolExecutor(workers) as pool:
        for summaries in pool.map(_elsewhere, _batches(files, workers * ROUNDS)):
            yield from summaries


def _batches(files: Batch, count: int) -> list[Batch]:
    """The files in about `count` runs of about equal size."""
    share = sum(len(content) for _, content in files) // count + 1
    batches: list[Batch] = [[]]
    size = 0
    for file in files:
        if size > share:
            batches.append([])
            size = 0
        batches[-1].append(file)
        size += len(file[1])
    return batches


def _elsewhere(files: Batch) -> list[ModuleSummary]:
    """The summaries, made in a process of its own; if it breaks down, each file gets one."""
    path = [p for p in sys.path if p and Path(p).resolve() != Path.cwd()]
    code = f"import sys; sys.path[:] = {path!r}; from flowmap.frontend.workers import serve; serve()"
    done = subprocess.run([sys.executable, "-I", "-c", code], input=msgspec.msgpack.encode(files), capture_output=True, check=False)  # noqa: S603
    if done.returncode == 0:
        return msgspec.msgpack.Decoder(list[ModuleSummary]).decode(done.stdout)
    if len(files) == 1:
        return [failed(files[0][0], digest(files[0][1]), "the parser broke down on it", 1)]
    return [summary for file in files for summary in _elsewhere([file])]


def serve() -> None:
    """The other end: files from standard input, summaries to standard output."""
    files = msgspec.msgpack.Decoder(list[tuple[str, bytes]]).decode(sys.stdin.buffer.read())
    summaries = with_large_stack(lambda: [summarise(path, content) for path, content in files])
    sys.stdout.buffer.write(msgspec.msgpack.encode(summaries))


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
