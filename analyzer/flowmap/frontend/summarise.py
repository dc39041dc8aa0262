"""One file to one summary: pure and total. What cannot be parsed becomes a summary that says so."""

from __future__ import annotations

import ast
import gc
import hashlib
import re
import warnings
from collections.abc import Mapping
from typing import cast

import libcst as cst
from libcst.metadata import CodeRange, PositionProvider

from flowmap.frontend.statements import ModuleWalk
from flowmap.model.summary import ModuleSummary, Scope

MAX_NESTING = 200
"""Open brackets at one point; CPython's own limit. Deeper text could exhaust the parser's stack."""

_TOKENS = re.compile(
    rb"""('{3}|"{3})(?:\\.|(?!\1).)*(?:\1|\Z) | '(?:\\.|[^'\\\n])*' | "(?:\\.|[^"\\\n])*" | \#[^\n]* | [\[({] | [\])}]""",
    re.VERBOSE | re.DOTALL,
)


def digest(content: bytes) -> str:
    """The content's name in the cache."""
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def summarise(path: str, content: bytes) -> ModuleSummary:
    """The summary of the file `path` (relative to the scan root) with this content."""
    key = digest(content)
    if (line := _too_deep(content)) is not None:
        return failed(path, key, f"more than {MAX_NESTING} nested brackets", line)
    collecting = gc.isenabled()
    gc.disable()  # halves the cost of parsing: the tree is all live objects
    try:
        module = cst.parse_module(content)
        scopes = ModuleWalk(_positions(module)).run(module)
        return ModuleSummary(path, key, scopes)
    except cst.ParserSyntaxError as error:
        return failed(path, key, *_explained(content, error))
    except (SyntaxError, ValueError, LookupError) as error:  # an encoding that is wrong, unknown or not the file's
        return failed(path, key, f"not readable as text: {error}", 1)
    except RecursionError:
        return failed(path, key, "nested too deeply to be read", 1)
    finally:
        if collecting:
            gc.enable()


def _positions(module: cst.Module) -> Mapping[cst.CSTNode, CodeRange]:
    """The position of every node. The provider's own pass only: the public entry walks the tree a second time for nothing."""
    provider = PositionProvider()
    provider._gen_impl(module)
    return cast("Mapping[cst.CSTNode, CodeRange]", provider._computed)


def failed(path: str, key: str, problem: str, line: int) -> ModuleSummary:
    """The summary of a file that cannot be read, with the reason and the line."""
    return ModuleSummary(path, key, (Scope("module", "", "", -1, 1, 1, ()),), problem, max(line, 1))


def _explained(content: bytes, error: cst.ParserSyntaxError) -> tuple[str, int]:
    """What is wrong with a file and in which line, as Python itself says it; as the parser does if Python has no objection.
    Nothing is compiled, let alone run."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(content)
    except SyntaxError as known:
        return f"not valid Python: {known.msg}", known.lineno or 1
    except (ValueError, RecursionError, MemoryError):
        pass  # Python cannot say it either
    named = re.search(r"error at (\d+):", error.message)
    return "not valid Python: " + " ".join(error.message.split())[:200], int(named.group(1)) if named else error.raw_line


def _too_deep(content: bytes) -> int | None:
    """The line where the nesting of brackets passes the limit, texts and comments left out."""
    depth = 0
    for token in _TOKENS.finditer(content):
        first = token.group()[:1]
        if first in b"([{":
            depth += 1
            if depth > MAX_NESTING:
                return content.count(b"\n", 0, token.start()) + 1
        elif first in b")]}":
            depth = max(0, depth - 1)
    return None
