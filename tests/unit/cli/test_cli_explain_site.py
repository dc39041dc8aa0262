"""`flowmap scan --explain-site FILE:LINE`: what is printed, which lines can be asked for, and how it ends."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tinyshop import Run

FILES = {
    "mail/app.py": """\
import os

from kafka import KafkaProducer
from mail.topics import PREFIX, Topic

producer = KafkaProducer()


def send(topic, event):
    producer.send(topic, event)


def run():
    send(f"{PREFIX}.{Topic.SENT.value}", {})
    send(os.environ["AUDIT_TOPIC"], {})
    send(os.environ["RAW_TOPIC"], {})  # nobody sets it
    print("done")


run()
""",
    "mail/topics.py": """\
from enum import Enum

PREFIX = "mail"


class Topic(Enum):
    SENT = "mail-sent"
""",
    "docker-compose.yml": """\
services:
  mail:
    build: .
    command: python mail/app.py
    environment:
      AUDIT_TOPIC: audit.log
""",
}


@pytest.fixture
def mail(tree: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tree.parent / "system"
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    monkeypatch.chdir(root)
    return root


@pytest.mark.usefixtures("mail")
@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            14,
            '''
            mail/app.py:14  send(f"{PREFIX}.{Topic.SENT.value}", {})

            mail
              publish kafka  mail.mail-sent  derived
              known as    kafka.KafkaProducer().send  by the plugin kafka-python
              decided at  mail/app.py:14  run
              goes by     mail/app.py:10  send
              channel  "mail.mail-sent"
                mail/app.py:10  producer.send(topic, event)
                  mail/app.py:14  send(f"{PREFIX}.{Topic.SENT.value}", {})
                    mail/topics.py:3  PREFIX = "mail"  → "mail"
                    mail/topics.py:7  SENT = "mail-sent"  → "mail-sent"
            ''',
        ),
        (
            15,
            '''
            mail/app.py:15  send(os.environ["AUDIT_TOPIC"], {})

            mail
              publish kafka  audit.log  derived
              known as    kafka.KafkaProducer().send  by the plugin kafka-python
              decided at  mail/app.py:15  run
              goes by     mail/app.py:10  send
              channel  "audit.log"
                mail/app.py:10  producer.send(topic, event)
                  mail/app.py:15  send(os.environ["AUDIT_TOPIC"], {})
                    docker-compose.yml:6  environment variable `AUDIT_TOPIC`
            ''',
        ),
        (
            16,
            '''
            mail/app.py:16  send(os.environ["RAW_TOPIC"], {})

            mail
              publish kafka  not known  environment variable `RAW_TOPIC`, which no deployment file sets
              → add it to the service at docker-compose.yml:2
              known as    kafka.KafkaProducer().send  by the plugin kafka-python
              decided at  mail/app.py:16  run
              goes by     mail/app.py:10  send
              channel
                mail/app.py:10  producer.send(topic, event)
                  mail/app.py:16  send(os.environ["RAW_TOPIC"], {})
                    environment variable `RAW_TOPIC`, which no deployment file sets
            ''',
        ),
        (
            17,
            '''
            mail/app.py:17  print("done")

            No service publishes, subscribes, calls or serves anything here.

            Nearest in this file:
              mail/app.py:16  publish kafka
              mail/app.py:15  publish kafka
              mail/app.py:14  publish kafka
            ''',
        ),
    ],
)  # fmt: skip
def test_a_line_is_explained(run: Run, line: int, expected: str) -> None:
    done = run("scan", "--explain-site", f"mail/app.py:{line}")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == re.sub(r"^ {12}", "", expected.lstrip("\n"), flags=re.MULTILINE).rstrip(" ")


@pytest.mark.parametrize("width", [60, 80, 140])
def test_no_line_but_the_first_is_wider_than_the_paper(run: Run, mail: Path, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    app = (mail / "mail" / "app.py").read_text()
    (mail / "mail" / "app.py").write_text(app.replace('send(os.environ["RAW_TOPIC"], {})', f'send("x" * 1, {"0, " * 60})'))
    monkeypatch.setenv("COLUMNS", str(width))
    lines = run("scan", "--explain-site", "mail/app.py:10").stdout.splitlines()
    assert len(lines) > 20
    assert [line for line in lines[1:] if len(line) > width] == []


def test_colour_changes_no_word(run: Run, mail: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = run("scan", str(mail), "--explain-site", "mail/app.py:14").stdout
    monkeypatch.setenv("FORCE_COLOR", "1")
    coloured = run("scan", str(mail), "--explain-site", "mail/app.py:14").stdout
    assert coloured != plain
    assert [line.rstrip() for line in re.sub("\x1b\\[[0-9;]*m", "", coloured).splitlines()] == plain.splitlines()


def test_a_file_may_be_named_from_the_root_or_from_here(run: Run, mail: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = run("scan", "--explain-site", "mail/app.py:14").stdout
    assert "mail.mail-sent" in expected
    monkeypatch.chdir(mail.parent)
    for spelling in ("mail/app.py", "./mail/app.py", "system/mail/app.py", str(mail / "mail" / "app.py"), "mail\\app.py"):
        assert run("scan", "system", "--explain-site", f"{spelling}:14").stdout == expected


@pytest.mark.usefixtures("mail")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["mail/app.py"], "write FILE:LINE"),
        (["mail/app.py:"], "write FILE:LINE"),
        (["mail/app.py:x"], "write FILE:LINE"),
        (["mail/app.py:-1"], "write FILE:LINE"),
        (["mail/app.py:²"], "write FILE:LINE"),
        ([":14"], "write FILE:LINE"),
        (["mail/ap.py:14"], "mail/ap.py is no file of this scan. Did you mean mail/app.py?"),
        (["docker-compose.yml:2"], "docker-compose.yml is not part of this scan"),
        (["mail/app.py:0"], "mail/app.py has no line 0"),
        (["mail/app.py:21"], "mail/app.py has no line 21: its last one is 20."),
        (["mail/app.py:14", "-f", "json"], "leave --format, --output, --since and --strict out"),
        (["mail/app.py:14", "-o", "json=x.json"], "leave --format, --output, --since and --strict out"),
        (["mail/app.py:14", "--since", "old.json"], "leave --format, --output, --since and --strict out"),
        (["mail/app.py:14", "--strict"], "leave --format, --output, --since and --strict out"),
    ],
)
def test_what_cannot_be_asked_is_exit_code_2(run: Run, arguments: list[str], said: str) -> None:
    done = run("scan", "--explain-site", *arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in " ".join(done.stderr.split())


def test_the_last_line_can_be_asked(run: Run, mail: Path) -> None:
    assert run("scan", str(mail), "--explain-site", "mail/app.py:20").exit_code == 0
