"""Workflows of GitHub Actions as far as they are shell: the variables that jobs and steps have, and the lines that steps run.

A value that only the run of the workflow has (`${{ secrets.KEY }}`) is a hole; `${{ env.NAME }}` is the variable.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowmap.project.yaml_nodes import Table, table, tables, text

if TYPE_CHECKING:
    from flowmap.project.yaml_nodes import Node

HOLE = "{}"
_FOLDER = re.compile(r"(?:.*/)?\.github/workflows/[^/]+\.ya?ml")
_VARIABLE = re.compile(r"\$\{\{\s*env\.(\w+)\s*\}\}")
_EXPRESSION = re.compile(r"\$\{\{.*?\}\}", re.DOTALL)
_RUN = "google-github-actions/deploy-cloudrun@"


@dataclass(frozen=True, slots=True)
class Script:
    """Lines of shell, the first of which stands on `line` of the file."""

    text: str
    line: int


def is_workflow(path: str) -> bool:
    return _FOLDER.fullmatch(path) is not None


def scripts_of(root: Table) -> Iterator[Script]:
    """The variables of a workflow as assignments, and the scripts of its steps, in their order."""
    yield from _variables(root)
    for job in table(root.get("jobs")).entries.values():
        yield from _variables(table(job))
        for step in tables(table(job).get("steps")):
            yield from _variables(step)
            script = text(step.get("run"))
            if script:
                yield Script(_plain(script), step.at("run") + ("\n" in script))
            elif text(step.get("uses")).startswith(_RUN):
                yield from _deployed(table(step.get("with")), step.line)


def _variables(around: Table) -> Iterator[Script]:
    stated = table(around.get("env"))
    return (Script(f"{name}={shlex.quote(_said(value))}", stated.at(name)) for name, value in stated.entries.items())


def _deployed(given: Table, line: int) -> Iterator[Script]:
    """The command that the action of the platform stands for."""
    name = _said(given.get("service")) or _said(given.get("job"))
    if name:
        pairs = ",".join(p.strip() for p in re.split(r"[\n,]", _said(given.get("env_vars"))) if "=" in p)
        options = {"--image": _said(given.get("image")), "--source": _said(given.get("source")), "--set-env-vars": pairs}
        words = [word for option, value in options.items() if value for word in (option, value)]
        yield Script(" ".join(["gcloud run deploy", *(shlex.quote(w) for w in (name, *words))]), line)


def _said(value: Node) -> str:
    return _plain(text(value))


def _plain(script: str) -> str:
    return _EXPRESSION.sub(HOLE, _VARIABLE.sub(r"${\1}", script))
