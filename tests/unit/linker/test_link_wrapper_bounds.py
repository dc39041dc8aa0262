"""Wrappers that call themselves, each other, or that many call: the search ends, and says so where it was cut short."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flowmap.analysis import Settings, analyse
from flowmap.config import Config
from linking import Files, channels, lines, places, recognition

SEND = "import bus\ndef send(topic):\n    bus.publish(topic)\n"


@pytest.mark.parametrize(
    "source",
    [
        "def f(t):\n    bus.publish(t)\n    f(t)\nf('a')",
        "def f(t):\n    f(t + '.x')\n    bus.publish(t)\nf('a')",
        "def f(t):\n    g(t)\ndef g(t):\n    f(t)\n    bus.publish(t)\nf('a')",
        "def f(t):\n    g(t)\ndef g(t):\n    h(t)\ndef h(t):\n    f(t)\n    bus.publish(t)\nf('a')",
        "class C:\n    def f(self, t):\n        self.f(t)\n        bus.publish(t)\nC().f('a')",
        """
            class C:
                def __init__(self, t, c=None):
                    self.t, self.c = t, C(t, self)
                def f(self):
                    self.c.f()
                    bus.publish(self.t)
            C('a').f()
            """,
        "def f(t, again):\n    again(t, f)\n    bus.publish(t)\nf('a', f)",
        "x = x\ndef f(t=x):\n    bus.publish(t)\nf('a')",
        "def deco(g):\n    return deco(g)\ndef f(t):\n    bus.publish(t)\nf('a')",
    ],
)
def test_recursion_ends_and_finds_the_start(source: str) -> None:
    assert "a" in channels(lines("import bus", source))


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"lib/send.py": SEND, "app.py": "from lib.send import send\nsend('a')\n"}, ["a app.py:2 < lib/send.py:3"]),
        (
            {"lib/__init__.py": "from .send import send as emit\n", "lib/send.py": SEND, "app.py": "import lib\nlib.emit('a')\n"},
            ["a app.py:2 < lib/send.py:3"],
        ),
        (
            {
                "a.py": SEND,
                "b.py": """
            from a import send
            def twice(t):
                send(t)
            """,
                "app.py": "from b import twice\ntwice('a')\n",
            },
            ["a app.py:2 < b.py:3 < a.py:3"],
        ),
        (
            {"a.py": SEND, "b.py": "from a import send\n", "app.py": "from b import other\nother('a')\n"},
            ["? parameter `topic` of `send`, which nothing in the scan calls a.py:3"],
        ),
        (
            {"a.py": SEND, "app.py": "def send(t): ...\nsend('a')\n"},
            ["? parameter `topic` of `send`, which nothing in the scan calls a.py:3"],
        ),
        (
            {
                "a.py": """
            import bus
            class Base:
                topic = None
                def send(self):
                    bus.publish(self.topic)
            """,
                "b.py": """
            from a import Base
            class One(Base):
                topic = 'one'
            """,
            },
            ["one a.py:5"],
        ),
    ],
)
def test_wrappers_work_across_modules(files: Files, expected: list[str]) -> None:
    assert places(files) == expected


def test_what_is_cut_short_is_a_diagnostic() -> None:
    calls = "".join(f"def f{n}(t):\n    f{n + 1}(t)\n" for n in range(30))
    found = recognition(f"import bus\n{calls}def f30(t):\n    bus.publish(t)\nf0('a')\n")
    assert "a" in [i.channel for i in found.interactions] or found.diagnostics


@pytest.mark.parametrize("count", [1, 40, 400])
def test_every_caller_of_a_wrapper_counts(count: int) -> None:
    found = recognition(SEND + "".join(f"send('t{n}')\n" for n in range(count)))
    assert {i.channel for i in found.interactions} >= {f"t{n}" for n in range(count)}


def test_uncalled_wrappers_are_marked() -> None:
    (site,) = recognition(SEND).interactions
    assert (site.unreached, site.channel) == (True, None)


WALK = """
    import bus, json
    def walk(part, path):
        if "kind" not in part:
            raise KeyError(path)
        made = {}
        if part["kind"] == "branch":
            for key, value in part["below"].items():
                new = walk(value, f"{path}.{key}")
                if new is not None:
                    made[key] = new
        return made
    def named(part, left):
        return part["name"] if "name" in part else named(part["next"], left - 1)
    for name in walk(json.load(open("tree.json")), ""):
        bus.subscribe(name, print)
    bus.publish(named(json.load(open("list.json")), 3))
"""


def _tree(depth: int) -> object:
    return {"kind": "branch", "below": {f"k{n}": _tree(depth - 1) for n in range(4)}} if depth else {"kind": "leaf"}


def test_a_function_that_walks_a_tree_is_not_followed_to_every_leaf() -> None:
    files = {"app.py": WALK, "tree.json": json.dumps(_tree(4)), "list.json": '{"next": {"next": {"name": "deep"}}}'}
    found = recognition(files)
    assert {i.channel for i in found.interactions} == {"k0", "k1", "k2", "k3", "deep"}
    assert found.diagnostics == ()


def test_a_lookup_in_what_is_made_of_itself_ends(tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text(
        "import requests\nfrom registry import find\n\n\ndef grown(tree):\n    return {'next': grown(tree)}\n\n\n"
        "def go(tree):\n    requests.get(find(grown(tree))['url'] + '/x')\n"
    )
    (site,) = analyse(tmp_path, Config(), Settings(workers=1)).flow.interactions
    assert (site.target, site.operation) == (None, "GET /x")
