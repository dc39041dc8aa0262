"""The command lines of Python servers and workers, as words: options, the port they name, and the module they are given."""

from __future__ import annotations

import re

MODULE = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*")
_APPLICATION = re.compile(r"(?P<module>[A-Za-z_]\w*(\.[A-Za-z_]\w*)*):[A-Za-z_][\w.]*(\(.*\))?")
PORT = re.compile(r"(?:.*:)?(\d{2,5})")
_PORT_OPTIONS = ("--port", "-p", "--bind", "-b", "--http-port", "--app-port")
_SWITCHES = frozenset({
    "--reload", "--factory", "--preload", "--daemon", "--proxy-headers", "--no-access-log", "--use-colors", "--debug", "-d",
    "--beat", "-B", "--access-log", "--with-threads", "--no-reload", "--no-debugger", "--verbose", "-v", "--no-server-header",
    "--watch", "-E",
})  # fmt: skip


_NO_APPLICATION = ("-b", "--bind", "--host", "-H", "-c", "--config", "-k", "--worker-class")
"""Options whose value may look like an application and is none."""


def telling(words: tuple[str, ...]) -> tuple[str, ...]:
    """Arguments without where to listen and how much to say: those differ between replicas of one service."""
    kept: list[str] = []
    skip = False
    for word in words:
        name = word.partition("=")[0]
        if not skip and name not in (*_PORT_OPTIONS, "--host", "--log-level", "--workers", "-w") and word not in _SWITCHES:
            kept.append(word)
        skip = not skip and "=" not in word and name in (*_PORT_OPTIONS, "--host", "--log-level", "--workers", "-w")
    return tuple(kept)


def option(words: tuple[str, ...], *names: str) -> str:
    """The value of the first of the options that is there, as `--name value`, `--name=value` or `-nvalue`."""
    for index, word in enumerate(words):
        for name in names:
            if word == name and index + 1 < len(words):
                return words[index + 1]
            if word.startswith(name + "="):
                return word[len(name) + 1 :]
            if not name.startswith("--") and word.startswith(name) and len(word) > len(name):
                return word[len(name) :]
    return ""


def port_of(words: tuple[str, ...], default: int | None) -> int | None:
    """The port that an option names; some servers have their host under an option that is the port's elsewhere."""
    matches = (PORT.fullmatch(option(words, name)) for name in _PORT_OPTIONS)
    return next((int(m[1]) for m in matches if m), default)


def positionals(words: tuple[str, ...]) -> tuple[str, ...]:
    """Words that are neither options nor, by the look of it, their values."""
    found: list[str] = []
    value_follows = False
    for word in words:
        if word.startswith("-"):
            value_follows = "=" not in word and word not in _SWITCHES
        elif value_follows:
            value_follows = False
        else:
            found.append(word)
    return tuple(found)


def application(words: tuple[str, ...]) -> str:
    """The module of the `module:object` among the words."""
    for index, word in enumerate(words):
        behind_option = index > 0 and words[index - 1] in _NO_APPLICATION
        match = _APPLICATION.fullmatch(word)
        if match and not behind_option and not word.startswith("unix:"):
            return match["module"]
    return next((w for w in positionals(words) if MODULE.fullmatch(w)), "")
