"""How the time and memory of a scan grow with the size of a program: `python tests/bench/growth.py [case...] [--limit SECONDS]`.

Each program is scanned and rendered in a process of its own. The exponent is the slope of a least-squares line through the
logarithms of time over size, for the larger half of the sizes: starting up is most of what small programs cost.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from flowmap.analysis import Settings, analyse
from flowmap.config import load_config
from flowmap.model.interaction import Role
from flowmap.model.report import Report
from flowmap.reporters import dot, json_report, mermaid, text
from programs import CASES, Case, Files


@dataclass(frozen=True, slots=True)
class Measured:
    """One scan: seconds of the processor without the start of the interpreter, peak memory in megabytes, how many of the topics
    were found, and what the diagnostics say."""

    size: int
    seconds: float
    megabytes: float
    found: int
    wanted: int
    diagnostics: tuple[str, ...]


def write(files: Files, root: Path) -> None:
    """The files below a folder."""
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(content, encoding="utf-8")


def scanned(files: Files, root: Path) -> Report:
    """The report of some files, written into an empty folder."""
    write(files, root)
    return analyse(root, load_config(root), Settings(workers=1))


def published(report: Report) -> set[str]:
    """The channels that are published to."""
    return {i.channel for i in report.flow.interactions if i.role is Role.PUBLISH and i.channel is not None}


def slope(points: Sequence[tuple[float, float]]) -> float:
    """The exponent e of y ~ x^e by least squares over the logarithms."""
    logs = [(math.log(x), math.log(y)) for x, y in points]
    mean_x, mean_y = sum(x for x, _ in logs) / len(logs), sum(y for _, y in logs) / len(logs)
    return sum((x - mean_x) * (y - mean_y) for x, y in logs) / sum((x - mean_x) ** 2 for x, _ in logs)


def _one(case: Case, size: int) -> None:
    """In the process of its own: scans, and prints what was measured as JSON."""
    files, wanted = case.build(size), case.topics(size)
    with tempfile.TemporaryDirectory() as folder:
        begun = time.process_time()
        report = scanned(files, Path(folder))
        for reporter in (text, json_report, mermaid, dot):
            reporter.render(report)
        seconds = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    said = [d.message for d in report.diagnostics]
    sys.stdout.write(json.dumps([size, seconds, peak, len(wanted & published(report)), len(wanted), said]))


def measure(case: Case, size: int, limit: float) -> Measured | None:
    """One scan in a process of its own; None if it takes longer than `limit` seconds."""
    command = [sys.executable, __file__, "--one", case.name, str(size)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=limit, env=dict(os.environ))  # noqa: S603
    except subprocess.TimeoutExpired:
        return None
    if done.returncode:
        sys.stderr.write(done.stderr[-2000:])
        return None
    size, seconds, peak, found, wanted, said = json.loads(done.stdout)
    return Measured(size, seconds, peak, found, wanted, tuple(said))


def table(names: Sequence[str], limit: float) -> None:
    """Prints the table."""
    row = "{:<17} {:>7} {:>8} {:>7} {:>12}  {}"
    sys.stdout.write(row.format("case", "size", "seconds", "MB", "found", "exponent, diagnostics") + "\n")
    for name in names:
        points: list[tuple[float, float]] = []
        for size in CASES[name].sizes:
            one = measure(CASES[name], size, limit)
            if one is None:
                sys.stdout.write(row.format(name, size, f"> {limit:.0f}", "", "", "") + "\n")
                break
            points.append((size, one.seconds))
            found = f"{one.found}/{one.wanted}"
            half = points[-max(2, (len(points) + 1) // 2) :]
            exponent = f"{slope(half):.2f}" if len(points) > 1 else ""
            said = "; ".join(one.diagnostics)[:140]
            sys.stdout.write(
                row.format(name, size, f"{one.seconds:.2f}", f"{one.megabytes:.0f}", found, f"{exponent:<5} {said}") + "\n"
            )
            sys.stdout.flush()


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="case")
    parser.add_argument("--limit", type=float, default=120.0)
    parser.add_argument("--one", nargs=2)
    given = parser.parse_args()
    if given.one:
        _one(CASES[given.one[0]], int(given.one[1]))
    else:
        table(given.names or list(CASES), given.limit)


if __name__ == "__main__":
    main()
