"""Templates carried out: the text that comes of one, and the line of the template behind each line of that text.

What a chart does not say (a library that is not in the scan, what the cluster knows) is an empty text. Steps, depth and size are
bounded, as templates may come from anybody.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from flowmap.project.gotemplate import Action, Branch, TemplateError, Words, parsed
from flowmap.project.gotemplate_functions import FUNCTIONS
from flowmap.project.gotemplate_values import Value, entry, shown, true, within

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from flowmap.project.gotemplate import Body

_MOST_STEPS = 200_000
_DEEPEST = 40
_Piece: TypeAlias = tuple[str, int, int]
"""A text, the line of its first character, and how many lines each of its own lines is further down."""


@dataclass(slots=True)
class Run:
    """Templates by name, what stands for one that is not known, and how many steps are left."""

    named: Mapping[str, Body]
    unknown: Callable[[str, Value], Value]
    root: Value
    steps: int = _MOST_STEPS
    depth: int = 0
    variables: dict[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text, and for each of its lines the line of the template that it comes from."""

    text: str
    lines: tuple[int, ...]


def rendered(body: Body, run: Run) -> Rendered:
    """What comes of a template. Raises TemplateError if it asks for too much."""
    run.variables = {"$": run.root}
    texts: list[str] = []
    lines, blank = [1], True
    try:
        for text, line, step in _pieces(body, run.root, run):
            texts.append(text)
            for number, part in enumerate(text.split("\n")):
                if number:
                    lines.append(line + number * step)
                    blank = True
                if blank and part.strip():
                    lines[-1], blank = line + number * step, False
    except (ValueError, TypeError, RecursionError) as error:
        raise TemplateError(str(error)) from error
    return Rendered("".join(texts), tuple(lines))


def _pieces(body: Body, dot: Value, run: Run) -> Iterator[_Piece]:
    size = 0
    for part in body:
        run.steps -= 1
        if run.steps < 0:
            raise TemplateError("more steps than a template takes")
        match part:
            case Words(text=text, line=line):
                found: Iterator[_Piece] = iter(((text, line, 1),))
            case Action(tokens=tokens, line=line):
                found = iter(((shown(_action(tokens, dot, run)), line, 0),))
            case Branch():
                found = _branch(part, dot, run)
        for piece in found:
            size += len(piece[0])
            within(size)
            yield piece


def _branch(branch: Branch, dot: Value, run: Run) -> Iterator[_Piece]:
    for number, (tokens, body) in enumerate(branch.arms):
        if not tokens:
            yield from _pieces(body, dot, run)
            return
        if branch.keyword == "range" and number == 0:
            names, expression = _assigned(tokens)
            items = [*_items(_value(expression, dot, run))]
            for key, item in items:
                run.variables.update(
                    zip(names[-1:] if len(names) == 1 else names, [item] if len(names) == 1 else [key, item], strict=False)
                )
                yield from _pieces(body, item, run)
            if items:
                return
            continue
        value = _action(tokens, dot, run, keep=True)
        if true(value):
            yield from _pieces(body, value if branch.keyword == "with" else dot, run)
            return


def _items(value: Value) -> Iterator[tuple[Value, Value]]:
    if isinstance(value, dict):
        yield from sorted(value.items())
    elif isinstance(value, list):
        yield from ((str(n), v) for n, v in enumerate(value))
    elif isinstance(value, str) and value.isdecimal():
        yield from ((str(n), str(n)) for n in range(min(int(value[:6]), 1_000)))


def _assigned(tokens: tuple[str, ...]) -> tuple[list[str], tuple[str, ...]]:
    """The variables that an expression is assigned to, and the expression."""
    for sign in (":=", "="):
        if sign in tokens:
            at = tokens.index(sign)
            return [t for t in tokens[:at] if t != ","], tokens[at + 1 :]
    return [], tokens


def _action(tokens: tuple[str, ...], dot: Value, run: Run, *, keep: bool = False) -> Value:
    """The value of an action; that of an assignment is empty unless it is asked for."""
    names, expression = _assigned(tokens)
    value = _value(expression, dot, run)
    for name in names:
        run.variables[name] = value
    return None if names and not keep else value


def _value(tokens: tuple[str, ...], dot: Value, run: Run) -> Value:
    return _Expression(tokens, dot, run).pipeline()


@dataclass(slots=True)
class _Expression:
    """An expression that is read from left to right and worth something at once."""

    tokens: tuple[str, ...]
    dot: Value
    run: Run
    at: int = 0

    def _peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def pipeline(self) -> Value:
        value = self._command(())
        while self._peek() == "|":
            self.at += 1
            value = self._command((value,))
        return value

    def _command(self, given: tuple[Value, ...]) -> Value:
        """A function with its arguments, or an operand; `given` is what the pipe brings, as the last argument."""
        name = self._peek()
        if name[:1].isalpha() and name not in ("true", "false", "nil"):
            self.at += 1
            return self._called(name, [*self._operands(), *given])
        operands = self._operands()
        return operands[0] if len(operands) == 1 and not given else None

    def _operands(self) -> list[Value]:
        found: list[Value] = []
        while (word := self._peek()) not in ("", "|") and not word.startswith(")"):
            found.append(self._operand())
        return found

    def _operand(self) -> Value:
        word = self._peek()
        self.at += 1
        if word == "(":
            self.run.depth += 1
            if self.run.depth > _DEEPEST:
                raise TemplateError("parentheses nested too deeply")
            value = self.pipeline()
            self.run.depth -= 1
            closing = self._peek()
            self.at += 1
            return _along(value, closing[1:])
        if word.startswith(('"', "`", "'")):
            return _unquoted(word)
        if word.startswith("$"):
            name, _, path = word.partition(".")
            return _along(self.run.variables.get(name), path)
        if word.startswith("."):
            return _along(self.dot, word)
        if word in ("true", "false"):
            return word == "true"
        if word[:1].isalpha() and word != "nil":
            return self._called(word, [])
        return word if word[:1].isdecimal() or word.startswith("-") else None

    def _called(self, name: str, arguments: list[Value]) -> Value:
        self.run.steps -= 1
        within(sum(len(a) for a in arguments if isinstance(a, str)))
        if name in ("include", "template", "tpl") and arguments:
            return _included(name, shown(arguments[0]), arguments[1] if len(arguments) > 1 else None, self.run)
        function = FUNCTIONS.get(name)
        try:
            value = function(*arguments) if function is not None else None
        except (TypeError, IndexError):
            return None  # the arguments are not those of the function
        within(len(value) if isinstance(value, str) else 0)
        return value


def _along(value: Value, path: str) -> Value:
    for key in path.split("."):
        value = entry(value, key) if key else value
    return value


def _unquoted(token: str) -> str:
    if not token.startswith('"'):
        return token[1:-1]
    try:
        return str(json.loads(token))
    except ValueError:
        return token[1:-1]


def _body_of(text: str) -> Body | None:
    """A text as a template; None if it is none, as values may hold templates of other tools."""
    try:
        return parsed(text).body if "{{" in text else None
    except TemplateError:
        return None


def _included(how: str, name: str, dot: Value, run: Run) -> Value:
    """The text of a named template, or of a text that is one."""
    body = _body_of(name) if how == "tpl" else run.named.get(name)
    if how == "tpl" and body is None:
        return name
    if body is None:
        return run.unknown(name, dot)
    run.depth += 1
    if run.depth > _DEEPEST:
        raise TemplateError("templates that include each other")
    outer, run.variables = run.variables, {"$": dot}
    text = "".join(piece for piece, _, _ in _pieces(body, dot, run))
    run.variables = outer
    run.depth -= 1
    return text
