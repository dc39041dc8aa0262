"""On which lines the expressions of a module stand, by their identity. Only calls and entries of mappings know it themselves;
everything else stands where what is around it stands, in a call of several lines where its text is found."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flowmap.linker.tables import expressions
from flowmap.model import expression as ir
from flowmap.model.summary import Assign, Enter, Iterate, ModuleSummary, Scope

Span = tuple[int, int]
"""First and last line."""
MOST_LINES = 200
"""Lines of a call that are searched for its arguments."""


def lines_of(summary: ModuleSummary, source: Sequence[str] = ()) -> dict[int, Span]:
    """Identity of an expression -> its lines; `source` are the lines of the file."""
    found = _Found(source)
    for scope in summary.scopes:
        found.heading(scope)
        for statement in scope.statements:
            around = (statement.line, statement.end_line)
            nodes = [*expressions(statement)]
            if isinstance(statement, Assign | Iterate):
                nodes.append(statement.target)
            if isinstance(statement, Assign):
                nodes += [statement.annotation] if statement.annotation is not None else []
            if isinstance(statement, Enter):
                nodes += [statement.target] if statement.target is not None else []
            for node in nodes:
                found.walk(node, around)
    return found.lines


class _Found:
    """The lines found so far."""

    def __init__(self, source: Sequence[str]) -> None:
        self.lines: dict[int, Span] = {}
        self._source = source

    def heading(self, scope: Scope) -> None:
        """What a definition says before its body."""
        for decorator in scope.decorators:
            self.walk(decorator, (scope.head or scope.line, scope.head or scope.line))
        beside = (e for p in scope.parameters for e in (p.default, p.annotation))
        for node in (*(a.value for a in scope.arguments), *beside, scope.returns):
            if node is not None:
                self.walk(node, (scope.line, scope.line))

    def walk(self, node: ir.Expression, around: Span) -> None:
        """Notes the lines of an expression and of everything in it."""
        match node:
            case ir.Call(span=span):
                around = (span.line, span.end_line)
                self.lines[id(node)] = around
                self.walk(node.callee, around)
                for argument in node.arguments:
                    wanted = rf"\b{re.escape(argument.keyword)}\s*=" if argument.keyword else _beginning(argument.value)
                    self.walk(argument.value, self._within(around, wanted))
            case ir.Mapping(items=items):
                self.lines[id(node)] = around
                for item in items:
                    at = (item.line, item.line) if item.line else around
                    for part in (item.key, item.value):
                        if part is not None:
                            self.walk(part, at)
            case ir.Sequence(elements=elements):
                self.lines[id(node)] = around
                for element in elements:
                    self.walk(element, self._within(around, _beginning(element)))
            case _:
                self.lines[id(node)] = around
                for child in ir.children(node):
                    self.walk(child, around)

    def _within(self, around: Span, wanted: str) -> Span:
        """The line of a range on which a pattern is found; the whole range if it is on none, or on several."""
        first, last = around
        if first == last or last - first > MOST_LINES or not wanted:
            return around
        hits = [n for n in range(first, min(last, len(self._source)) + 1) if re.search(wanted, self._source[n - 1])]
        return (hits[0], hits[0]) if len(hits) == 1 else around


def _beginning(node: ir.Expression) -> str:
    """A pattern for how an expression starts; "" if nothing of it is sure to stand in the source."""
    match node:
        case ir.Constant(value=str() as text) if text.isprintable() and text:
            return rf"[\"']{re.escape(text)}[\"']"
        case ir.Name(id=name):
            return rf"\b{re.escape(name)}\b"
        case ir.Attribute(value=value, attr=name):
            inner = _beginning(value)
            return rf"{inner}\s*\.\s*{re.escape(name)}\b" if inner else ""
        case _:
            return ""
