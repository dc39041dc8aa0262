"""Text from scanned code made fit to be shown: nothing in it may steer a terminal, a parser or a reader's eye.

Control characters, escapes, marks that turn the reading direction, invisible characters and lone surrogates are written as
Python escapes. What a single output format gives a meaning to (quotes, brackets, markup) is the business of its reporter.
"""

from __future__ import annotations

ELLIPSIS = "…"


def visible(text: str) -> str:
    """The text with everything unprintable spelt out (`\\x1b`, `\\n`, `\\u202e`); the space is the only white space left."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def named(name: str) -> str:
    """A name, in quotation marks if there would be nothing to see: brokers do have channels without a name."""
    return name if name.strip() else f'"{name}"'


def shortened(text: str, length: int) -> str:
    """At most `length` characters, the middle left out: the start and the end of a name tell most."""
    if len(text) <= length:
        return text
    head = (length - 1) * 2 // 3
    return text[:head] + ELLIPSIS + text[len(text) - (length - 1 - head) :]


def ending(path: str, length: int) -> str:
    """At most `length` characters of a path, whole folders left out from its start: the file and the line tell most."""
    folders = path.split("/")
    shorter = (path, *("/".join((ELLIPSIS, *folders[n:])) for n in range(1, len(folders))))
    return next((short for short in shorter if len(short) <= length), shorter[-1])


def listed(names: list[str] | tuple[str, ...], limit: int) -> str:
    """The names with commas, and how many more there are."""
    shown = ", ".join(names[:limit])
    return f"{shown} +{len(names) - limit}" if len(names) > limit else shown


def fitted(names: list[str] | tuple[str, ...], width: int) -> str:
    """As many of the names as go into a width, at least one, and how many more there are."""
    number = 1
    while number < len(names) and len(", ".join(names[: number + 1])) <= width:
        number += 1
    return listed(names, number)


def counted(number: int, noun: str, plural: str = "") -> str:
    """`1 service`, `2 services`, `1,024 services`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
