"""How the program ends when something goes wrong."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from flowmap.cli import output, running
from flowmap.cli import scan as scanning
from flowmap.errors import FlowmapError
from tinyshop import Run


def failing(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def fail(*_arguments: object) -> None:
        raise error

    monkeypatch.setattr(scanning, "report_of", fail)


def test_an_error_of_the_user_is_one_sentence(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, FlowmapError("The file is bad\x1b[2J; mend it."))
    done = run("scan")
    assert (done.exit_code, done.stdout, done.stderr) == (2, "", "flowmap: The file is bad\\x1b[2J; mend it.\n")


def test_a_path_that_does_not_exist(run: Run) -> None:
    done = run("scan", "nowhere")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "nowhere" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_bug_is_called_one(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, ZeroDivisionError("division by zero"))
    done = run("scan")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith(
        "flowmap: this is a bug of flowmap, not of your code: ZeroDivisionError: division by zero (scan.py:"
    )
    assert "--debug" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("error", [ZeroDivisionError("x"), FlowmapError("x")])
def test_debug_shows_the_traceback(run: Run, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    failing(monkeypatch, error)
    done = run("scan", "--debug")
    assert done.exit_code == 2
    assert "Traceback (most recent call last)" in done.stderr


def test_an_interrupt_is_130(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, KeyboardInterrupt())
    done = run("scan")
    assert (done.exit_code, done.stderr) == (130, "flowmap: interrupted\n")


class Stream(io.StringIO):
    """A stand-in for a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("seen", "environment", "expected"),
    [
        (False, {}, (100, False)),
        (True, {}, (80, True)),
        (True, {"TERM": "dumb"}, (80, False)),
        (True, {"NO_COLOR": "1"}, (80, False)),
        (True, {"NO_COLOR": ""}, (80, True)),
        (False, {"FORCE_COLOR": "1"}, (100, True)),
        (False, {"FORCE_COLOR": "0"}, (100, False)),
        (False, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, (100, False)),
        (False, {"COLUMNS": "140"}, (140, False)),
        (True, {"COLUMNS": "140"}, (140, True)),
        (True, {"COLUMNS": "7"}, (40, True)),
        (True, {"COLUMNS": "wide"}, (80, True)),
    ],
)
def test_the_terminal_is_respected(
    seen: bool,
    environment: dict[str, str],
    expected: tuple[int, bool],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(output.shutil, "get_terminal_size", lambda _fallback: output.os.terminal_size((80, 24)))
    monkeypatch.setattr(sys, "stdout", Stream() if seen else io.StringIO())
    found = output.terminal()
    assert (found.width, found.colour) == expected


def test_signs_that_cannot_be_printed_have_likes(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii", write_through=True))
    output.show("a → b, 日本\n")
    assert raw.getvalue() == b"a -> b, \\u65e5\\u672c\n"


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("linux", {"FLOWMAP_CACHE_DIR": "/own"}, "/own"),
        ("linux", {"XDG_CACHE_HOME": "/xdg"}, "/xdg/flowmap"),
        ("linux", {}, "/home/me/.cache/flowmap"),
        ("darwin", {}, "/home/me/Library/Caches/flowmap"),
        ("win32", {}, "/home/me/AppData/Local/flowmap/Cache"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/flowmap/Cache"),
    ],
)
def test_the_cache_lies_where_the_platform_wants_it(
    platform: str, environment: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("FLOWMAP_CACHE_DIR", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(running.sys, "platform", platform)
    monkeypatch.setattr(running.Path, "home", lambda: Path("/home/me"))
    assert running.cache_folder() == Path(expected)


def test_without_a_home_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("FLOWMAP_CACHE_DIR", raising=False)
    monkeypatch.setattr(running.Path, "home", homeless)
    assert running.cache_folder() is None


def test_progress_is_shown_to_a_terminal_only(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    for stream, shown in ((Stream(), True), (io.StringIO(), False)):
        monkeypatch.setattr(sys, "stderr", stream)
        running.report_of(running.Scan((tree,), cache=False))
        assert ("looking" in stream.getvalue()) is shown
    dumb = Stream()
    monkeypatch.setattr(sys, "stderr", dumb)
    monkeypatch.setenv("TERM", "dumb")
    running.report_of(running.Scan((tree,)))
    assert dumb.getvalue() == ""
    monkeypatch.setenv("TERM", "xterm")
    quiet = Stream()
    monkeypatch.setattr(sys, "stderr", quiet)
    running.report_of(running.Scan((tree,), quiet=True))
    assert quiet.getvalue() == ""
