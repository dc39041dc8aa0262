"""The programs in configurations of supervisord, and the processes of Procfiles."""

from __future__ import annotations

import configparser
import posixpath
import re
import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_EXPRESSION = re.compile(r"%%|%\((\w+)\)[sd]")
_PAIR = re.compile(r"""([A-Za-z_]\w*)=(?:"((?:\\.|[^"\\])*)"|'([^']*)'|([^,\s]*))""")
_PROCESS = re.compile(r"([A-Za-z0-9_-]+):\s*(\S.*)")
_LARGEST = 500_000


@dataclass(frozen=True, slots=True)
class Supervised:
    """A program that is kept running: its command, the folder and the variables that it is given."""

    name: str
    words: tuple[str, ...]
    folder: str
    settings: tuple[tuple[str, str], ...]
    line: int


def supervised(text: str, variables: Mapping[str, str]) -> tuple[Supervised, ...]:
    """The programs that start by themselves, in order; none if the text is no configuration. `variables` are what the daemon itself
    is given, which a configuration may speak of as `%(ENV_NAME)s`."""
    parser = configparser.ConfigParser(interpolation=None, strict=False, inline_comment_prefixes=(";",))
    try:
        parser.read_string(text if len(text) <= _LARGEST else "")
    except configparser.Error:
        return ()
    common = _pairs(_expanded(parser.get("supervisord", "environment", fallback=""), variables))
    found: list[Supervised] = []
    for section in parser.sections():
        kind, _, name = section.partition(":")
        if kind != "program" or not parser.has_option(section, "command"):
            continue
        own = {**variables, "program_name": name, "process_num": "0", "here": "."}
        if _expanded(parser.get(section, "autostart", fallback=""), own).lower() in ("false", "no", "off", "0"):
            continue
        try:
            words = tuple(shlex.split(_expanded(parser.get(section, "command"), own)))
        except ValueError:
            continue
        if not words or _once(parser[section], words):
            continue
        folder = _expanded(parser.get(section, "directory", fallback=""), own)
        settings = (*common, *_pairs(_expanded(parser.get(section, "environment", fallback=""), own)))
        head = re.search(rf"^[ \t]*\[{re.escape(section)}\]", text, re.MULTILINE)
        found.append(Supervised(name, words, folder, settings, text.count("\n", 0, head.start()) + 1 if head else 1))
    return tuple(found)


def included(text: str, folder: str) -> tuple[str, ...]:
    """The patterns of the files that a configuration in `folder` takes in besides."""
    parser = configparser.ConfigParser(interpolation=None, strict=False, inline_comment_prefixes=(";",))
    try:
        parser.read_string(text if len(text) <= _LARGEST else "")
    except configparser.Error:
        return ()
    patterns = parser.get("include", "files", fallback="").split()
    return tuple(posixpath.join(folder, p.replace("%(here)s", folder or ".")) for p in patterns)


def _once(options: configparser.SectionProxy, words: tuple[str, ...]) -> bool:
    """Whether a program is a script whose work ends: it need not last to count as started, and is not simply started again."""
    script = posixpath.basename(words[0]).startswith("python")
    return script and options.get("startsecs", "").strip() == "0" and options.get("autorestart", "").strip() != "true"


def _expanded(text: str, variables: Mapping[str, str]) -> str:
    """The text with its expressions replaced; what is not known of the environment is left out."""
    return _EXPRESSION.sub(lambda m: "%" if m[0] == "%%" else variables.get((m[1] or "").removeprefix("ENV_"), ""), text)


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((m[1], m[2] or m[3] or m[4] or "") for m in _PAIR.finditer(text))


def procfile(text: str) -> tuple[tuple[int, str, str], ...]:
    """The lines, names and commands of a Procfile's processes; its release step is none."""
    lines = [(number, _PROCESS.fullmatch(line.strip())) for number, line in enumerate(text.splitlines(), 1)]
    return tuple((number, match[1], match[2]) for number, match in lines if match is not None and match[1] != "release")
