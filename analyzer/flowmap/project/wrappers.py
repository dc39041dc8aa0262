"""Programs that start another program: what stands before the real start command is taken away, word by word."""

from __future__ import annotations

import posixpath
import re

_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*=.*", re.DOTALL)

# Wrapper -> options of it that take a value. What is left of the options are switches, or have their value behind a `=`.
_PLAIN: dict[str, tuple[str, ...]] = {
    "exec": ("-a",), "env": ("-u", "-C"), "nohup": (), "time": (), "nice": ("-n",), "sudo": ("-u", "-g"), "gosu": (), "su-exec": (),
    "tini": ("-e", "-p"), "dumb-init": ("-r", "--rewrite"), "opentelemetry-instrument": (
        "--traces_exporter", "--metrics_exporter", "--logs_exporter", "--service_name", "--exporter_otlp_endpoint"),
    "ddtrace-run": (), "dockerize": ("-wait", "-timeout", "-template"), "xvfb-run": (), "stdbuf": ("-o", "-e", "-i"),
    "pyroscope": (), "catchsegv": (), "setsid": (), "chpst": ("-u",), "command": (),
    "timeout": ("-s", "--signal", "-k", "--kill-after"),
}  # fmt: skip
_RUNNERS: dict[str, tuple[str, ...]] = {
    "poetry": ("run",), "uv": ("run",), "pipenv": ("run",), "pdm": ("run",), "hatch": ("run",), "rye": ("run",), "conda": ("run",),
    "newrelic-admin": ("run-program",), "doppler": ("run",), "infisical": ("run",), "dapr": ("run",), "aws-vault": ("exec",),
    "chamber": ("exec",), "dotenv": ("run",), "dagger": ("run",),
}  # fmt: skip
_RUNNER_VALUES = frozenset({
    "-n", "-p", "--name", "--project", "--directory", "--with", "--extra", "--group", "--python", "--env-file", "--app-id",
    "--app-port", "--dapr-http-port", "--dapr-grpc-port", "--resources-path", "--components-path", "--app-protocol", "--config",
    "--log-level", "--placement-host-address", "-a", "-d", "--env", "--app-max-concurrency", "--metrics-port", "-f",
    "--package", "--scheduler-host-address",
})  # fmt: skip
_BEFORE = frozenset({"gosu", "su-exec", "timeout"})
"""Wrappers that are given a user or a time before the command."""
_WAITERS = re.compile(r"wait[-_]?for[-_]?it(\.sh)?|wait[-_]for(\.sh)?|wait[-_]until.*")
_WATCHERS = frozenset({"watchmedo", "watchfiles", "nodemon", "watchgod", "jurigged", "entr", "py-spy", "debugpy"})
_LONGEST_CHAIN = 12


def unwrap(words: tuple[str, ...]) -> tuple[str, ...]:
    """The command without the wrappers and assignments before it; empty if nothing is left."""
    for _ in range(_LONGEST_CHAIN):
        while words and (not words[0] or _ASSIGNMENT.fullmatch(words[0])):  # a variable without a value leaves no word
            words = words[1:]
        inner = _inner(words)
        if inner is None:
            return words
        words = inner
    return words


def _inner(words: tuple[str, ...]) -> tuple[str, ...] | None:
    """What the first program of `words` starts, None if that is no wrapper."""
    if not words:
        return None
    program = posixpath.basename(words[0])
    rest = words[1:]
    if program in _PLAIN:
        rest = _behind_options(rest, _PLAIN[program])
        return rest[1:] if program in _BEFORE else rest
    if program in _RUNNERS and rest[:1] and rest[0] in _RUNNERS[program]:
        return rest[rest.index("--") + 1 :] if "--" in rest else _behind_options(rest[1:], tuple(_RUNNER_VALUES))
    if _WAITERS.fullmatch(program):
        return rest[rest.index("--") + 1 :] if "--" in rest else ()
    if program in _WATCHERS:
        return _watched(program, rest)
    if program.startswith("python"):
        module = _behind_flags(rest)
        return _debugged(words[0], module[2:]) if module[:2] == ("-m", "debugpy") else None
    return None


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
        at += 2 if words[at] in with_value else 1
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
        quoted = next((w for w in words if not w.startswith("-")), "")
        return tuple(quoted.split())
    start = next((i for i, w in enumerate(words) if posixpath.basename(w).startswith(("python", "celery", "uvicorn"))), len(words))
    return words[start:]


def _debugged(python: str, words: tuple[str, ...]) -> tuple[str, ...]:
    """`python -m debugpy --listen host:port [--wait-for-client] -m module` or a script."""
    at = 0
    while at < len(words) and words[at].startswith("-") and words[at] != "-m":
        at += 2 if words[at] in ("--listen", "--connect", "--log-to") else 1
    return (python, *words[at:])
