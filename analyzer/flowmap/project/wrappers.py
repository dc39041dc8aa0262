"""Programs that start another program: what stands before the real start command is taken away, word by word."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*=.*", re.DOTALL)

# Wrapper -> options of it that take a value. What is left of the options are switches, or have their value behind a `=`.
_PLAIN: dict[str, tuple[str, ...]] = {
    "exec": ("-a",), "env": ("-u", "-C"), "nohup": (), "time": (), "nice": ("-n",), "sudo": ("-u", "-g"), "gosu": (), "su-exec": (),
    "tini": ("-e", "-p"), "dumb-init": ("-r", "--rewrite"), "opentelemetry-instrument": (
        "--traces_exporter", "--metrics_exporter", "--logs_exporter", "--service_name", "--exporter_otlp_endpoint"),
    "ddtrace-run": (), "dockerize": ("-wait", "-timeout", "-template"), "xvfb-run": (), "stdbuf": ("-o", "-e", "-i"),
    "pyroscope": (), "catchsegv": (), "setsid": (), "chpst": ("-u", "-e", "-n"), "command": (), "catatonit": (), "chroot": (),
    "timeout": ("-s", "--signal", "-k", "--kill-after"), "runuser": ("-u", "-g", "-s"), "setpriv": (), "with-contenv": (),
    "s6-setuidgid": (), "s6-envdir": (), "init": (), "uvx": ("--from", "--with", "-p", "--python"),
}  # fmt: skip
_RUNNERS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("poetry", "uv", "pipenv", "pdm", "hatch", "rye", "conda", "pixi"), ("run",)),
    **dict.fromkeys(("doppler", "infisical", "dapr", "dotenv", "dagger"), ("run",)),
    "newrelic-admin": ("run-program",), "aws-vault": ("exec",), "chamber": ("exec",),
}  # fmt: skip
_RUNNER_VALUES = frozenset({
    "-n", "-p", "--name", "--project", "--directory", "--with", "--extra", "--group", "--python", "--env-file", "--app-id",
    "--app-port", "--dapr-http-port", "--dapr-grpc-port", "--resources-path", "--components-path", "--app-protocol", "--config",
    "--log-level", "--placement-host-address", "-a", "-d", "--env", "--app-max-concurrency", "--metrics-port", "-f",
    "--package", "--scheduler-host-address", "-e", "--environment", "--manifest-path",
})  # fmt: skip
_BEFORE = frozenset({"gosu", "su-exec", "timeout", "chroot", "s6-setuidgid", "s6-envdir"})
"""Wrappers that are given a user, a folder or a time before the command."""
_WATCH_VALUES = frozenset({
    "--filter", "--args", "--ignore-paths", "--target-type", "--sigint-timeout", "--sigkill-timeout", "--grace-period",
})  # fmt: skip
_DOTTED = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)+")
_WAITERS = re.compile(r"wait[-_]?for[-_]?it(\.sh)?|wait[-_]for(\.sh)?|wait[-_]until.*")
_WATCHERS = frozenset({"watchmedo", "watchfiles", "nodemon", "watchgod", "jurigged", "entr", "py-spy", "debugpy"})
_LONGEST_CHAIN = 12


def unwrap(words: tuple[str, ...]) -> tuple[str, ...]:
    """The command without the wrappers and assignments before it; empty if nothing is left."""
    return tuple(stages(words))[-1]


def stages(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The command, each time with one wrapper less, without the assignments before it; an empty one if nothing is left."""
    for _ in range(_LONGEST_CHAIN):
        while words and (not words[0] or _ASSIGNMENT.fullmatch(words[0])):  # a variable without a value leaves no word
            words = words[1:]
        yield words
        inner = _inner(words)
        if inner is None:
            return
        words = inner
    yield words


def _inner(words: tuple[str, ...]) -> tuple[str, ...] | None:
    """What the first program of `words` starts, None if that is no wrapper."""
    if not words:
        return None
    program = posixpath.basename(words[0])
    rest = words[1:]
    if program in _PLAIN:
        rest = _behind_options(rest, _PLAIN[program])
        return rest[1:] if program in _BEFORE else rest
    if program == "su":
        return ("sh", "-c", rest[rest.index("-c") + 1]) if "-c" in rest[:-1] else None
    if program in _RUNNERS and rest[:1] and rest[0] in _RUNNERS[program]:
        return rest[rest.index("--") + 1 :] if "--" in rest else _run_by(program, rest[1:])
    if _WAITERS.fullmatch(program):
        return rest[rest.index("--") + 1 :] if "--" in rest else ()
    if program in _WATCHERS:
        return _watched(program, rest)
    if program.startswith("python"):
        module = _behind_flags(rest)
        return _debugged(words[0], module[2:]) if module[:2] == ("-m", "debugpy") else None
    return None


def _run_by(runner: str, words: tuple[str, ...]) -> tuple[str, ...]:
    """What `uv run [options] command` and the like run; uv also takes a module."""
    inner = _behind_options(words, tuple(_RUNNER_VALUES))
    last_option = words[: len(words) - len(inner)][-1:]
    return ("python", "-m", *inner) if runner == "uv" and last_option in (("-m",), ("--module",)) else inner


def _behind_flags(words: tuple[str, ...]) -> tuple[str, ...]:
    """What stands behind the interpreter's own options (`-u`, `-Xfrozen_modules=off`)."""
    at = 0
    while at < len(words) and words[at].startswith("-") and words[at] not in {"-m", "-c"}:
        at += 2 if words[at] in {"-X", "-W"} else 1
    return words[at:]


def _behind_options(words: tuple[str, ...], with_value: tuple[str, ...]) -> tuple[str, ...]:
    at = 0
    while at < len(words) and words[at].startswith("-"):
        if words[at] == "--":
            return words[at + 1 :]
        cluster = words[at][1:].isalpha() and f"-{words[at][-1]}" in with_value
        at += 2 if words[at] in with_value or cluster else 1
    return words[at:]


def _watched(program: str, words: tuple[str, ...]) -> tuple[str, ...]:
    """`watchmedo auto-restart ... -- command`, `watchfiles "command" folder`, `nodemon --exec command script`."""
    if "--" in words:
        return words[words.index("--") + 1 :]
    if program == "nodemon":
        return tuple(
            w
            for option, w in zip(("", *words), words, strict=False)
            if not w.startswith("-") and option not in ("-e", "--ext", "-w")
        )
    if program == "watchfiles":
        target = next(iter(_behind_options(words, tuple(_WATCH_VALUES))), "")
        return ("python", "-m", target.rpartition(".")[0]) if _DOTTED.fullmatch(target) else tuple(target.split())
    start = next((i for i, w in enumerate(words) if posixpath.basename(w).startswith(("python", "celery", "uvicorn"))), len(words))
    return words[start:]


def _debugged(python: str, words: tuple[str, ...]) -> tuple[str, ...]:
    """`python -m debugpy --listen host:port [--wait-for-client] -m module` or a script."""
    at = 0
    while at < len(words) and words[at].startswith("-") and words[at] != "-m":
        at += 2 if words[at] in ("--listen", "--connect", "--log-to") else 1
    return (python, *words[at:])
