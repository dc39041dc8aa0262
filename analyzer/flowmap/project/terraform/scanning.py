"""The hand that moves over the text of a Terraform file: blanks and comments, names, marks, and the line where it stands."""

from __future__ import annotations

import re
from bisect import bisect_right

_COMMENT = r"#[^\n]*|//[^\n]*|/\*.*?\*/"
_SPACE = re.compile(rf"(?:[ \t\r]|{_COMMENT})*", re.DOTALL)
_SPACE_AND_LINES = re.compile(rf"(?:[ \t\r\n]|{_COMMENT})*", re.DOTALL)
_IDENTIFIER = re.compile(r"[A-Za-z_][\w-]*")
_DEEPEST = 80


class HclError(ValueError):
    """A text that is no HCL; `line` is where that shows."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


class Scanner:
    """The state of one pass over a text: where it stands, and how deep. `path` is the file that the text is of, `first_line` the
    line of that on which it begins."""

    def __init__(self, text: str, path: str, first_line: int = 1, depth: int = 0) -> None:
        self.text = text
        self.path = path
        self.at = 0
        self.depth = depth
        self.first_line = first_line
        self._starts = [m.end() for m in re.finditer("\n", text)]

    @property
    def line(self) -> int:
        return self.first_line + bisect_right(self._starts, self.at)

    def wrong(self, expected: str) -> HclError:
        found = self.text[self.at : self.at + 20].partition("\n")[0] or "the end of the line"
        return HclError(f"expected {expected}, found {found!r}", self.line)

    def space(self, *, lines: bool) -> None:
        match = (_SPACE_AND_LINES if lines else _SPACE).match(self.text, self.at)
        self.at = match.end() if match is not None else self.at

    def sees(self, text: str) -> bool:
        return self.text.startswith(text, self.at)

    def take(self, text: str) -> bool:
        if self.sees(text):
            self.at += len(text)
            return True
        return False

    def need(self, text: str) -> None:
        if not self.take(text):
            raise self.wrong(f"'{text}'")

    def identifier(self) -> str:
        match = _IDENTIFIER.match(self.text, self.at)
        if match is None:
            raise self.wrong("a name")
        self.at = match.end()
        return match[0]

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise HclError(f"nested more than {_DEEPEST} levels deep", self.line)
