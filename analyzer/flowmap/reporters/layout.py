"""DOT source drawn as SVG, PNG or PDF: by the `dot` program if there is one, else by the engine inside pygraphviz's wheel.

Either runs in a process of its own: the layout is C code, and what it writes to its standard error is not for the reader.
"""

from __future__ import annotations

import shutil
import subprocess
import sys

from flowmap.errors import LayoutError
from flowmap.graph.flowgraph import FlowGraph
from flowmap.reporter_api import Report, Reporter
from flowmap.reporters.dot import dot_source
from flowmap.views.choreography import choreography
from flowmap.views.summing import summed

FORMATS = ("svg", "png", "pdf")
_DPI = 144
"""Of PNG; the other formats have no pixels."""
TIMEOUT = 300
"""Seconds for one picture."""
_BUNDLED = (
    "import sys, pygraphviz\n"
    "source = sys.stdin.buffer.read().decode('utf-8')\n"
    "picture = pygraphviz.AGraph(string=source).draw(format=sys.argv[1], prog=sys.argv[2], args=sys.argv[3])\n"
    "sys.stdout.buffer.write(picture)\n"
)
_REMEDY = "Install Graphviz (https://graphviz.org/download) so that `dot` is on the PATH, or use --format dot or mermaid."


def drawn(source: str, form: str, engine: str = "dot") -> bytes:
    """The picture as a file's content. Raises LayoutError with what to do about it."""
    command = _program(engine, form)
    try:
        done = subprocess.run(command, input=source.encode("utf-8"), capture_output=True, timeout=TIMEOUT, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        message = f"The picture could not be laid out in {TIMEOUT} seconds; narrow it with --focus, --collapse or --no-externals."
        raise LayoutError(message) from error
    except OSError as error:
        raise LayoutError(f"{command[0]} cannot be started ({error.strerror or error}). {_REMEDY}") from error
    if done.returncode != 0 or not done.stdout:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise LayoutError(f"{form} could not be drawn: {said[-1] if said else f'exit code {done.returncode}'}. {_REMEDY}")
    return done.stdout


def _program(engine: str, form: str) -> list[str]:
    """The command that reads DOT and writes the picture. `-P` keeps the current folder off the module path: it may be the scanned
    repository, and nothing of that is ever imported."""
    found = shutil.which("dot")
    sharp = f"-Gdpi={_DPI}" if form == "png" else "-Gdpi=72"
    return [found, f"-K{engine}", f"-T{form}", sharp] if found else [sys.executable, "-P", "-c", _BUNDLED, form, engine, sharp]


def render(report: Report) -> bytes:
    """The choreography of a scan as SVG."""
    return drawn(dot_source(summed(choreography(FlowGraph(report.flow), report.findings, report.root))), "svg")


REPORTER = Reporter("svg", "the choreography as a picture", render)
