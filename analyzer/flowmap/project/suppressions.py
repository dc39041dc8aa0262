"""`# flowmap: ignore[C101,T301] -- reason`: the comments in Python files that set findings apart.

Comments are what Python's own tokenizer calls so, and only files that have the marker are read once more. Whether such rules exist
is no question here.
"""

from __future__ import annotations

import difflib
import io
import re
import tokenize
from collections.abc import Iterable, Iterator

from flowmap.model.location import Location
from flowmap.model.project import Diagnostic, SourceFile
from flowmap.model.suppression import How, Suppression
from flowmap.visible import shortened

_MARKER = b"flowmap:"
_COMMENT = re.compile(r"#\s*flowmap:\s*(?P<word>[\w-]*)(?P<rest>.*)")
_RULES = re.compile(r"\s*\[(?P<rules>[^\[\]]*)\](?P<after>.*)")
_REASON = re.compile(r"\s+--(?P<reason>.*)")
_NEXT = re.compile(r"\s+#(\s.*)?$")
"""Where another comment begins in the same one."""
_NAME = re.compile(r"[A-Za-z][\w-]*")
_WORD, _FORM = "ignore", "# flowmap: ignore[T301] -- reason"
_LONGEST = 80


class _WrongError(Exception):
    """Why a comment is not understood, as the end of a sentence."""


def suppressions(files: Iterable[SourceFile]) -> tuple[tuple[Suppression, ...], tuple[Diagnostic, ...]]:
    """The suppressions in some files, and the comments that want to be one and are not."""
    found: list[Suppression] = []
    problems: list[Diagnostic] = []
    for file in files:
        if _MARKER not in file.content:
            continue
        for place, text in _comments(file):
            try:
                found += _read(place, text)
            except _WrongError as wrong:
                problems.append(Diagnostic(f"`{shortened(text, _LONGEST)}` suppresses nothing: {wrong}; write `{_FORM}`", place))
    return tuple(found), tuple(problems)


def _comments(file: SourceFile) -> Iterator[tuple[Location, str]]:
    """The comments of a file with our marker, up to where it is no Python; that is said elsewhere."""
    try:
        for token in tokenize.tokenize(io.BytesIO(file.content).readline):
            if token.type == tokenize.COMMENT and (own := _COMMENT.search(token.string)):
                line, column = token.start
                yield Location(file.path, line, line, column + own.start() + 1), own.group().strip()
    except (SyntaxError, tokenize.TokenError, ValueError):
        return


def _read(place: Location, text: str) -> Iterator[Suppression]:
    """The suppression that a comment is; none if it does not want to be one."""
    comment = _COMMENT.fullmatch(text)
    if comment is None or not _is_meant(comment["word"], comment["rest"]):
        return
    if comment["word"] != _WORD:
        raise _WrongError(f"'{comment['word']}' means nothing")
    rules = _RULES.fullmatch(comment["rest"])
    if rules is None:
        raise _WrongError("it does not say which rules, in square brackets")
    names = tuple(name.strip() for name in rules["rules"].split(","))
    for name in names:
        if not _NAME.fullmatch(name):
            raise _WrongError(f"'{name}' is no code of a rule" if name else "a code is missing")
    yield Suppression(How.INLINE, place, tuple(dict.fromkeys(names)), _reason(rules["after"]))


def _is_meant(word: str, rest: str) -> bool:
    """Whether a comment is no prose that begins with our name."""
    near = difflib.SequenceMatcher(None, word.lower(), _WORD).ratio() >= 0.7
    return near or (word != "" and rest.lstrip().startswith("["))


def _reason(after: str) -> str:
    """What stands behind the brackets, without a further comment."""
    after = _NEXT.sub("", after)
    if not after.strip():
        return ""
    reason = _REASON.fullmatch(after)
    if reason is None:
        raise _WrongError("what stands behind the brackets is no reason, which begins with `--`")
    if not reason["reason"].strip():
        raise _WrongError("there is no reason behind `--`")
    return reason["reason"].strip()
