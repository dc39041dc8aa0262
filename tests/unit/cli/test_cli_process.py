"""The program as a process of its own: signals, pipes, closed and full streams, encodings, and what it imports."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from flowmap.cli import main, program

PROGRAM = [sys.executable, "-m", "flowmap"]


def test_an_interrupted_process_does_not_wait_for_its_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[int] = []

    def interrupted() -> None:
        raise SystemExit(main.INTERRUPTED)

    monkeypatch.setattr(program, "cli", interrupted)
    monkeypatch.setattr(main.os, "_exit", ended.append)
    with pytest.raises((AssertionError, SystemExit)):
        main.main()
    assert ended == [130]


START = """
from flowmap.cli.main import main
sys.argv = ["flowmap", "scan"]
main()
"""
SLOW = """
import signal, sys, threading, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # who starts the tests may have turned it off
from flowmap.frontend.workers import with_large_stack
def slow(*arguments):
    def wait():
        print("ready", flush=True)
        time.sleep(60)
    return with_large_stack(wait)
import flowmap.analysis
"""


@pytest.mark.parametrize("name", ["discover", "summarise_all"])
def test_an_interrupt_during_the_work_is_one_line(name: str, tree: Path) -> None:
    code = f"{SLOW}flowmap.analysis.{name} = slow\n{START}"
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", code], cwd=tree, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        process.send_signal(signal.SIGINT)
        said = process.communicate(timeout=20)
    assert (process.returncode, said) == (130, (b"", b"flowmap: interrupted\n"))


def test_an_interrupt_while_the_program_loads_is_one_line(tree: Path) -> None:
    code = (
        "import sys\n"
        "class Interrupted:\n"
        "    def find_spec(self, name, *rest):\n"
        "        if name == 'rich': raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupted())\n"
        "from flowmap.cli.main import main\n"
        "main()"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tree, capture_output=True, check=False)  # noqa: S603
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"flowmap: interrupted\n")


def test_a_closed_pipe_is_no_traceback(tree: Path) -> None:
    program = [*PROGRAM, "scan", "-f", "json", str(tree)]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:  # noqa: S603
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
    assert (process.returncode, said) == (1, b"")


def test_a_reader_who_has_seen_enough_is_no_traceback(tree: Path) -> None:
    sent = "".join(f"producer.send('a-long-topic-name-{number}', b'')\n" for number in range(300))
    (tree / "orders" / "app.py").write_text((tree / "orders" / "app.py").read_text() + sent)
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    program = [*PROGRAM, "scan", "-f", "json", "-q"]
    pipe = subprocess.PIPE
    with subprocess.Popen(program, cwd=tree, env=environment, stdout=pipe, stderr=pipe) as process:  # noqa: S603
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == b"{\n"
        process.stdout.close()
        said = process.stderr.read()
    assert (process.returncode, said) == (1, b"")


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_a_closed_stream_is_no_failure(closed: str, tree: Path) -> None:
    command = f'"{sys.executable}" -m flowmap scan {closed}'
    done = subprocess.run(command, shell=True, cwd=tree, capture_output=True, check=False)  # noqa: S602
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the platform has no full device")
@pytest.mark.parametrize("form", ["text", "json"])
def test_a_full_disk_behind_standard_output_is_a_sentence(form: str, tree: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(  # noqa: S603
            [*PROGRAM, "scan", "-f", form], cwd=tree, stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.stderr == b"flowmap: Standard output cannot be written (No space left on device).\n"
    assert done.returncode == 2


@pytest.mark.parametrize("arguments", [["scan", "-q"], ["diagram", "-f", "svg"]])
def test_nothing_of_the_scanned_folder_is_imported(arguments: list[str], tree: Path) -> None:
    for name in ("click", "graphviz", "pygraphviz", "flowmap_plugins", "json", "yaml", "rich"):
        (tree / f"{name}.py").write_text(f"raise SystemExit('{name} imported from the scanned folder')\n")
    done = subprocess.run([*PROGRAM, *arguments], cwd=tree, capture_output=True, check=False)  # noqa: S603
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(("encoding", "arrow"), [("ascii", b"->"), ("latin-1", b"->"), ("utf-8", "→".encode())])
def test_the_encoding_of_standard_output_is_respected(encoding: str, arrow: bytes, tree: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    done = subprocess.run(  # noqa: S603
        [*PROGRAM, "scan"], cwd=tree, env=environment, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"orders   " + arrow + b"  order-placed" in done.stdout
    assert json.loads(
        subprocess.run(  # noqa: S603
            [*PROGRAM, "scan", "-f", "json"], cwd=tree, env=environment, capture_output=True, check=True
        ).stdout
    )
