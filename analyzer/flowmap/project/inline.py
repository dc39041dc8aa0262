"""Python that starts other Python: which modules the text of a `python -c` calls into, and what a script makes of its own process
(`os.execvp("gunicorn", [...])`). It is read, never run."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_APPLICATION = re.compile(r"([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*):[A-Za-z_]\w*(?:\(\))?")
_LONGEST = 100_000
_NOT_KNOWN = "?"
_LISTED = ("execv", "execve", "execvp", "execvpe")
_SPELLED = ("execl", "execle", "execlp", "execlpe")


def called_in(text: str) -> tuple[str, ...]:
    """The modules that may hold what the text calls, the surest first: applications that it names, then what it imports and calls,
    the last call first. Empty if it calls nothing, or is no Python."""
    tree = _parsed(text)
    imported = dict(_imported(tree))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    named = [
        match[1]
        for call in calls
        for argument in call.args[:1]
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
        if (match := _APPLICATION.fullmatch(argument.value))
    ]
    called = [module for call in reversed(calls) for module in _modules(call.func, imported)]
    return tuple(dict.fromkeys((*named, *called)))


def handed_over(text: str) -> tuple[tuple[str, ...], ...]:
    """The commands that a program replaces itself by, each word that is not spelled out as a `?`."""
    calls = (
        [n for n in ast.walk(_parsed(text)) if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute)]
        if "exec" in text
        else []
    )
    return tuple(words for call in calls if (words := tuple(_command(call))))


def _command(call: ast.Call) -> Iterator[str]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    listed = (
        call.args[1].elts if name in _LISTED and len(call.args) > 1 and isinstance(call.args[1], ast.List | ast.Tuple) else None
    )
    given = listed if listed is not None else call.args[1:] if name in _SPELLED else None
    if given is None or not isinstance(call.args[0], ast.Constant):
        return
    yield from (str(node.value) if isinstance(node, ast.Constant) else _NOT_KNOWN for node in (call.args[0], *given[1:]))


def _parsed(text: str) -> ast.Module:
    try:
        return ast.parse(text if len(text) <= _LONGEST else "")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ast.Module([], [])


def _imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Name -> what is imported under it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (
                (a.asname or a.name.partition(".")[0], a.name if a.asname else a.name.partition(".")[0]) for a in node.names
            )
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from ((a.asname or a.name, f"{node.module}.{a.name}") for a in node.names)


def _modules(function: ast.expr, imported: dict[str, str]) -> Iterator[str]:
    """Where the function that is called may stand: each beginning of its dotted name, the longest first."""
    parts: list[str] = []
    while isinstance(function, ast.Attribute):
        parts.insert(0, function.attr)
        function = function.value
    if isinstance(function, ast.Name) and function.id in imported:
        dotted = [*imported[function.id].split("."), *parts]
        yield from (".".join(dotted[:n]) for n in range(len(dotted), 0, -1))
