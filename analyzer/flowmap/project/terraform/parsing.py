"""Terraform files (HCL 2) to syntax trees, by recursive descent: one pass, bounded in depth, and an error names its line."""

from __future__ import annotations

import re
from textwrap import dedent
from typing import TYPE_CHECKING

from flowmap.project.terraform.expressions import (
    Assigned,
    Attribute,
    Block,
    Body,
    Call,
    Choice,
    Constant,
    For,
    Index,
    Item,
    Mapping,
    Name,
    Operation,
    Sequence,
    Template,
)
from flowmap.project.terraform.scanning import HclError, Scanner

if TYPE_CHECKING:
    from flowmap.project.terraform.expressions import Expression

_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_PLACE = re.compile(r"[0-9]{1,9}")
_OPERATOR = re.compile(r"==|!=|<=|>=|&&|\|\||[-+*/%<>]")
_HEREDOC = re.compile(r"<<(-?)([A-Za-z_][\w-]*)\r?\n")
_FOR = re.compile(r"for\s+[\w-]+\s*(?:,\s*[\w-]+\s*)?in\b")
_PLAIN = {True: re.compile(r'[^"\\$%]+'), False: re.compile(r"[^$%]+")}
_DIRECTIVE = re.compile(r"%\{[^{}]*\}")
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)", re.DOTALL)
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t"}
_CONSTANTS: dict[str, bool | None] = {"true": True, "false": False, "null": None}


def parsed(text: str, path: str) -> Body:
    """The body of a file. Raises HclError."""
    return _Parser(text, path).file()


def parsed_template(text: str, path: str) -> Expression:
    """The text of a template file, or of a string in the JSON form. Raises HclError."""
    return _Parser(text, path).template(quoted=False)


class _Parser(Scanner):
    """The grammar."""

    def file(self) -> Body:
        self.take("\ufeff")
        body = self._body()
        if self.at < len(self.text):
            raise self.wrong("a block or an attribute")
        return body

    def _body(self) -> Body:
        attributes: dict[str, Assigned] = {}
        blocks: list[Block] = []
        self.space(lines=True)
        while self.at < len(self.text) and not self.sees("}"):
            line = self.line
            name = self._label() if self.sees('"') else self.identifier()
            self.space(lines=False)
            if self.sees("=") and not self.sees("=="):
                self.at += 1
                value = self._expression(lines=False)
                attributes.setdefault(name, Assigned(value, line, self.line))
                self.take(",")  # as the first versions of the language allowed
            else:
                blocks.append(self._block(name, line))
            self.space(lines=True)
        return Body(attributes, tuple(blocks))

    def _block(self, kind: str, line: int) -> Block:
        labels: list[str] = []
        while not self.sees("{"):
            labels.append(self._label() if self.sees('"') else self.identifier())
            self.space(lines=False)
        self.need("{")
        self.deeper()
        body = self._body()
        self.depth -= 1
        self.need("}")
        return Block(kind, tuple(labels), body, self.path, line, self.line)

    def _label(self) -> str:
        self.need('"')
        found = self.template(quoted=True)
        return found.value if isinstance(found, Constant) and isinstance(found.value, str) else ""

    def _expression(self, *, lines: bool) -> Expression:
        self.deeper()
        operators: list[str] = []
        operands = [self._operand(operators, lines=lines)]
        self.space(lines=lines)
        while match := _OPERATOR.match(self.text, self.at):
            operators.append(match[0])
            self.at = match.end()
            operands.append(self._operand(operators, lines=True))
            self.space(lines=lines)
        found: Expression = Operation(tuple(operators), tuple(operands)) if operators else operands[0]
        if self.take("?"):
            then = self._expression(lines=True)
            self.space(lines=True)
            self.need(":")
            found = Choice(found, then, self._expression(lines=lines))
        self.depth -= 1
        return found

    def _operand(self, operators: list[str], *, lines: bool) -> Expression:
        self.space(lines=lines)
        while self.text[self.at : self.at + 1] in ("!", "-"):
            operators.append(self.text[self.at])
            self.at += 1
            self.space(lines=lines)
        return self._steps(self._primary(), lines=lines)

    def _steps(self, found: Expression, *, lines: bool) -> Expression:
        while True:
            before = self.at
            self.space(lines=lines)
            if self.take("[*]") or self.take(".*"):
                found = Index(found, None)
            elif self.take("["):
                found = Index(found, self._expression(lines=True))
                self.space(lines=True)
                self.need("]")
            elif self.sees(".") and not self.sees("..."):
                self.at += 1
                number = _PLACE.match(self.text, self.at)
                if number is not None:
                    self.at = number.end()
                    found = Index(found, Constant(int(number[0])))
                else:
                    found = Attribute(found, self.identifier())
            else:
                self.at = before
                return found

    def _primary(self) -> Expression:
        if self.take('"'):
            return self.template(quoted=True)
        if self.take("("):
            found = self._expression(lines=True)
            self.space(lines=True)
            self.need(")")
            return found
        if self.take("["):
            return self._for("]") if self._is_for() else Sequence(tuple(self._list("]")))
        if self.take("{"):
            return self._for("}") if self._is_for() else self._mapping()
        if match := _HEREDOC.match(self.text, self.at):
            return self._heredoc(match)
        if match := _NUMBER.match(self.text, self.at):
            self.at = match.end()
            return Constant(int(match[0]) if match[0].isdecimal() and len(match[0]) < 20 else float(match[0]))
        return self._named()

    def _named(self) -> Expression:
        name = self.identifier()
        while self.take("::"):
            name = f"{name}::{self.identifier()}"
        if self.take("("):
            return Call(name, tuple(self._list(")")))
        return Constant(_CONSTANTS[name]) if name in _CONSTANTS else Name(name)

    def _list(self, end: str) -> list[Expression]:
        items: list[Expression] = []
        self.space(lines=True)
        while not self.take(end):
            items.append(self._expression(lines=True))
            self.space(lines=True)
            self.take("...")
            self.space(lines=True)
            if not self.take(",") and not self.sees(end):
                raise self.wrong(f"',' or '{end}'")
            self.space(lines=True)
        return items

    def _mapping(self) -> Mapping:
        items: list[Item] = []
        self.space(lines=True)
        while not self.take("}"):
            line = self.line
            key = self._expression(lines=False)
            if not self.take("=") and not self.take(":"):
                raise self.wrong("'=' or ':'")
            items.append(Item(key, self._expression(lines=False), line))
            self.take(",")
            self.space(lines=True)
        return Mapping(tuple(items))

    def _is_for(self) -> bool:
        self.space(lines=True)
        return _FOR.match(self.text, self.at) is not None

    def _for(self, end: str) -> For:
        self.identifier()
        self.space(lines=True)
        names = [self.identifier()]
        self.space(lines=True)
        if self.take(","):
            self.space(lines=True)
            names.append(self.identifier())
            self.space(lines=True)
        self.need("in")
        of = self._expression(lines=True)
        self.space(lines=True)
        self.need(":")
        entry, each = None, self._expression(lines=True)
        self.space(lines=True)
        if self.take("=>"):
            entry, each = each, self._expression(lines=True)
            self.space(lines=True)
        self.take("...")
        self.space(lines=True)
        if self.sees("if") and not self.sees(end):
            self.identifier()
            self._expression(lines=True)
            self.space(lines=True)
        self.need(end)
        return For(tuple(names), of, entry, each)

    def _heredoc(self, match: re.Match[str]) -> Expression:
        line = self.line + 1
        end = re.compile(rf"^[ \t]*{re.escape(match[2])}[ \t\r]*$", re.MULTILINE).search(self.text, match.end())
        if end is None:
            raise HclError(f"the text that begins with <<{match[2]} has no end", self.line)
        content = self.text[match.end() : end.start()]
        self.at = end.end()
        return _Parser(dedent(content) if match[1] else content, self.path, line, self.depth).template(quoted=False)

    def template(self, *, quoted: bool) -> Expression:
        """A text up to its closing quote, or to the end."""
        parts: list[str | Expression] = []
        while not (self.take('"') if quoted else self.at >= len(self.text)):
            if self.at >= len(self.text):
                raise self.wrong("'\"'")
            parts.append(self._piece(quoted=quoted))
        if all(isinstance(p, str) for p in parts):
            return Constant("".join(p for p in parts if isinstance(p, str)))
        return Template(tuple(parts))

    def _piece(self, *, quoted: bool) -> str | Expression:
        if match := _PLAIN[quoted].match(self.text, self.at):
            self.at = match.end()
            return match[0]
        if self.take("$${") or self.take("%%{"):
            return self.text[self.at - 2 : self.at]
        if self.take("${"):
            self.take("~")
            found = self._expression(lines=True)
            self.space(lines=True)
            self.take("~")
            self.need("}")
            return found
        # What a directive decides is not looked at: the text of all its branches counts.
        if match := _DIRECTIVE.match(self.text, self.at):
            self.at = match.end()
            return ""
        if quoted and (match := _ESCAPE.match(self.text, self.at)):
            self.at = match.end()
            return _unescaped(match[1])
        self.at += 1
        return self.text[self.at - 1]


def _unescaped(escape: str) -> str:
    if len(escape) > 1:
        number = int(escape[1:], 16)
        return chr(number) if number < 0x110000 else ""
    return _ESCAPED.get(escape, escape)
