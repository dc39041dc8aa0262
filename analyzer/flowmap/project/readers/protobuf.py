"""Interface files of Protocol Buffers (`.proto`): the package, the services, and which of their methods stream.

Messages, options and imports are not looked at; a service belongs to the package of the file that it stands in."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from flowmap.descriptor_api import Declarations, DescriptorReader, Diagnostic, RpcMethod, RpcService, Streams
from flowmap.project.bounds import cut

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.descriptor_api import DescriptorFile

_TOKEN = re.compile(
    r"""//[^\n]*|/\*(?:.*?\*/|.*\Z)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?"""
    r"""|(?P<word>[.A-Za-z_][\w.]*)|(?P<sign>[{}();])""",
    re.DOTALL,
)
_MOST_METHODS = 5_000
_SIDES = {(True, True): Streams.BOTH, (True, False): Streams.REQUEST, (False, True): Streams.RESPONSE}


def _matches(path: str) -> bool:
    return path.endswith(".proto")


def _read(file: DescriptorFile) -> Declarations:
    words = list(_tokens(file.text))
    package = next((words[n + 1][0] for n, depth in _named(words, "package") if not depth), "")
    found: list[RpcService] = []
    said: list[Diagnostic] = []
    for number, depth in _named(words, "service"):
        if not depth and words[number + 2 : number + 3] and words[number + 2][0] == "{":
            name, line = words[number + 1]
            methods = _methods(words, number + 3)
            kept = tuple(method for method, _ in islice(methods, _MOST_METHODS))
            found.append(RpcService("grpc", name, package, kept, file.at(line)))
            said += [cut(_MOST_METHODS, f"methods of {name}", file.at(at)) for _, at in islice(methods, 1)]
    return Declarations(described=tuple(found), diagnostics=tuple(said))


def _tokens(source: str) -> Iterator[tuple[str, int]]:
    """Words and signs with their lines; comments, strings and numbers are left out."""
    line, end = 1, 0
    for match in _TOKEN.finditer(source):
        line += source.count("\n", end, match.start())
        end = match.start()
        if match.lastgroup is not None:
            yield match[0], line


def _named(words: list[tuple[str, int]], keyword: str) -> Iterator[tuple[int, int]]:
    """Where a keyword stands in front of a name, and in how many braces."""
    depth = 0
    for number, (word, _) in enumerate(words[:-1]):
        depth += (word == "{") - (word == "}")
        if word == keyword and (number == 0 or words[number - 1][0] in ";{}"):
            yield number, depth


def _methods(words: list[tuple[str, int]], start: int) -> Iterator[tuple[RpcMethod, int]]:
    """`rpc Name (stream Question) returns (stream Answer)` with its line, up to the brace that closes the service."""
    depth = 1
    for number in range(start, len(words)):
        word, line = words[number]
        depth += (word == "{") - (word == "}")
        if not depth:
            return
        following = [w for w, _ in words[number + 1 : number + 11]] if word == "rpc" and depth == 1 else []
        if following[1:2] == ["("] and "returns" in following:
            sides = (_is_stream(following[1:]), _is_stream(following[following.index("returns") + 1 :]))
            yield RpcMethod(following[0], _SIDES.get(sides)), line


def _is_stream(words: list[str]) -> bool:
    """`(stream Type)`; a type may be called `stream` too."""
    return words[:2] == ["(", "stream"] and words[2:3] != [")"]


READER = DescriptorReader("protobuf", _matches, _read)
