"""Folders and names that nobody would make by intention: one diagnostic each, the rest of the scan unharmed, nothing let out."""

from __future__ import annotations

import json
import xml.dom.minidom
from collections.abc import Callable
from pathlib import Path

import pytest
from tinyshop import Run

HEAD = "from kafka import KafkaProducer\n"


def _broken(tree: Path) -> None:
    (tree / "orders" / "bad.py").write_text(f"{HEAD}def (:\n")


def _not_utf8(tree: Path) -> None:
    (tree / "orders" / "bad.py").write_bytes(HEAD.encode() + b"x = '\xe9'\n")


def _huge(tree: Path) -> None:
    (tree / "orders" / "bad.py").write_text(HEAD + "x = 1\n" * 3_500_000)


def _dangling(tree: Path) -> None:
    (tree / "orders" / "bad.py").symlink_to("/nowhere/at/all.py")


def _nested(tree: Path) -> None:
    (tree / "orders" / "bad.py").write_text(f"{HEAD}x = {'(' * 2000}1{')' * 2000}\n")


def _leading_out(tree: Path) -> None:
    outside = tree.parent / "outside"
    outside.mkdir()
    (outside / "app.py").write_text(f"{HEAD}KafkaProducer().send('secret', b'')\n")
    (tree / "orders" / "bad").symlink_to(outside)


@pytest.mark.parametrize("spoil", [_broken, _not_utf8, _huge, _dangling, _nested, _leading_out])
def test_one_bad_file_is_one_diagnostic(spoil: Callable[[Path], None], run: Run, tree: Path) -> None:
    before = json.loads(run("scan", "-f", "json").stdout)
    spoil(tree)
    done = run("scan", "-f", "json")
    after = json.loads(done.stdout)
    assert (done.exit_code, done.stderr) == (0, "")
    (diagnostic,) = after["diagnostics"]
    assert diagnostic["location"]["path"].startswith("orders/bad")
    assert after["interactions"] == before["interactions"]
    assert "DIAGNOSTICS" in run("scan").stdout
    assert run("scan", "--strict").exit_code == 2


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("nowhere", "nowhere does not exist"),
        ("docker-compose.yml", "docker-compose.yml is not a Python file"),
        ("empty", "empty has no Python files"),
    ],
)
@pytest.mark.parametrize("command", [["scan"], ["diagram"], ["who", "x"], ["trace", "x"]])
def test_a_path_that_cannot_be_scanned_is_one_sentence(command: list[str], path: str, said: str, run: Run, tree: Path) -> None:
    (tree / "empty").mkdir()
    done = run(*command, path)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith(f"flowmap: {said}")
    assert done.stderr.count("\n") == 1


NASTY = {
    "escape": "\x1b[31mred\x1b]0;title\x07",
    "newline": "a\nb\r\nc",
    "quotes": "a\"b'c`d",
    "script": "<script>alert(1)</script>",
    "bidi": "abc\u202edcba\u2066x",
    "markup": "[bold]x[/bold] %%{init}%% </div> \\N -->",
    "long": "x" * 10_000,
}


@pytest.mark.parametrize("name", NASTY.values(), ids=NASTY)
@pytest.mark.parametrize("form", ["text", "json", "mermaid", "dot", "svg"])
def test_no_name_gets_through_unescaped(name: str, form: str, run: Run, tree: Path) -> None:
    (tree / "orders" / "app.py").write_text(f"{HEAD}KafkaProducer().send({name!r}, b'')\n")
    (tree / "billing" / "worker.py").write_text(
        f"from kafka import KafkaConsumer\nfor m in KafkaConsumer({name!r}):\n    print(m)\n"
    )
    done = run("scan", "-f", form)
    assert (done.exit_code, done.stderr) == (0, "")
    assert [c for c in done.stdout if not c.isprintable() and c not in "\n\t\N{NO-BREAK SPACE}"] == []
    if form == "json":
        known = name if len(name) < 1000 else None  # what is longer than any broker allows is a blind spot
        assert {i["channel"] for i in json.loads(done.stdout)["interactions"]} >= {known}
    if form in ("svg", "dot", "mermaid"):
        assert "<script" not in done.stdout.replace('"<script>', "").replace("\\", "") or form == "dot"
    if form == "svg":
        assert xml.dom.minidom.parseString(done.stdout).getElementsByTagName("script") == []  # noqa: S318  a picture of our own
    if form in ("text", "mermaid"):
        assert max(map(len, done.stdout.splitlines())) < 400


@pytest.mark.parametrize("name", NASTY.values(), ids=NASTY)
def test_answers_are_escaped_too(name: str, run: Run, tree: Path) -> None:
    (tree / "orders" / "app.py").write_text(f"{HEAD}KafkaProducer().send({name!r}, b'')\n")
    for done in (run("who", name), run("trace", name), run("who", f"{name}?"), run("diagram", "--view", "sequence", "--of", name)):
        assert [c for c in done.stdout + done.stderr if not c.isprintable() and c != "\n"] == []
        assert len(done.stdout + done.stderr) < 4000
