"""Summaries from texts: one module in, its statements, scopes, blocks or one expression out."""

from __future__ import annotations

from textwrap import dedent

from flowmap.frontend.summarise import summarise
from flowmap.model.expression import Argument, Call, Expression, Name, Span
from flowmap.model.summary import AnyStatement, Assign, Define, Import, ModuleSummary, Scope


def summary(source: str | bytes, path: str = "app.py") -> ModuleSummary:
    """The summary of a text; its own indentation and the blank line in front do not count."""
    content = source if isinstance(source, bytes) else dedent(source).lstrip("\n").encode("utf-8", "surrogatepass")
    return summarise(path, content)


def readable(source: str | bytes) -> ModuleSummary:
    """The summary of a text that must be readable."""
    found = summary(source)
    assert found.problem is None
    return found


def statements(source: str) -> tuple[AnyStatement, ...]:
    """The statements of the module's own body."""
    return readable(source).scopes[0].statements


def expression(text: str) -> Expression:
    """The model of one expression, which starts in column 5 of line 1."""
    (found,) = statements(f"x = {text}\n")
    assert isinstance(found, Assign)
    assert found.value is not None
    return found.value


def call(callee: str | Expression, *arguments: Expression | Argument, column: int = 5, line: int = 1) -> Call:
    """A call on one line, by default where `expression` puts it."""
    given = tuple(a if isinstance(a, Argument) else Argument(a) for a in arguments)
    return Call(Name(callee) if isinstance(callee, str) else callee, given, Span(line, line, column))


def scope(source: str, qualname: str) -> Scope:
    """The function or class of this qualified name; if there are several, the first."""
    return next(s for s in readable(source).scopes if s.qualname == qualname)


def imports(found: tuple[AnyStatement, ...]) -> list[str]:
    """Imports as they could have been written, one name each."""
    lines: list[str] = []
    for one in found:
        if isinstance(one, Import):
            alias = f" as {one.alias}" if one.alias else ""
            module = "." * one.level + one.module
            lines.append(f"import {module}{alias}" if one.name is None else f"from {module} import {one.name}{alias}")
    return lines


def definitions(found: ModuleSummary) -> list[str]:
    """`kind qualname first-last` of every scope but the module, in order."""
    return [f"{s.kind} {s.qualname} {s.line}-{s.end_line}" for s in found.scopes[1:]]


def defined(found: tuple[AnyStatement, ...], within: ModuleSummary) -> list[str]:
    """The names that definition statements refer to."""
    return [within.scopes[s.scope].name for s in found if isinstance(s, Define)]
