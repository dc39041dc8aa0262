"""Which line of a deployment file decided a destination, and what a bound that is hit says."""

from __future__ import annotations

import pytest
from flowmap.linker import callers, contexts, frames, memo
from flowmap.model.location import Location
from flowmap.plugin_api import Plugin, Requests, arg
from linking import BUS, ENVIRONMENT, MAIN, Files, interactions, recognition, service

WEB = Plugin(name="web", roots=("web",), transport="http", patterns=(Requests(target="web.get", method="GET", url=arg(0)),))
SETTINGS = """
    from pydantic_settings import BaseSettings
    class Settings(BaseSettings):
        topic: str = "orders"
    settings = Settings()
    """


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("os.environ['TOPIC']", ["sets TOPIC"]),
        ("os.environ.get('TOPIC', 'jobs')", ["sets TOPIC"]),
        ("f\"{os.environ['TOPIC']}.v1\"", ["sets TOPIC"]),
        ("settings.topic", ["sets TOPIC"]),
        ("'deployed'", []),
        ("os.environ.get('NONE', 'deployed')", []),
        ("os.environ['NONE']", []),
        ("lib.TOPIC", []),
    ],
)
def test_the_variable_that_decides_a_channel_is_its_evidence(expression: str, expected: list[str]) -> None:
    files: Files = {MAIN: f"import bus, os, lib\nfrom settings import settings\nbus.publish({expression})", "settings.py": SETTINGS}
    (found,) = interactions(files, service("main", TOPIC="deployed", OTHER="deployed"))
    assert [hop.what for hop in found.evidence] == expected
    assert all(hop.location == Location("compose.yml", 1, 1) for hop in found.evidence)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("os.environ['STOCK_URL']", ["sets STOCK_URL"]),
        ("os.environ['STOCK_URL'] + '/items'", ["sets STOCK_URL"]),
        ("'http://stock:8000/items'", []),
        ("os.environ.get('NONE_URL', 'http://stock:8000')", []),
    ],
)
def test_the_variable_that_decides_a_host_is_its_evidence(expression: str, expected: list[str]) -> None:
    source = f"import web, os\nweb.get({expression})"
    (found,) = recognition(source, service("main", STOCK_URL="http://stock:8000"), plugins=(WEB, ENVIRONMENT)).interactions
    assert [hop.what for hop in found.evidence] == expected


NESTED = (
    "import bus\n" + "".join(f"def f{n}(x): return f{n + 1}(x)\n" for n in range(30)) + "def f30(x): return x\nbus.publish(f0('a'))"
)


@pytest.mark.parametrize(
    ("source", "module", "bound", "said", "line"),
    [
        ("import bus\nA = 'a'\nB = A + A\nC = B + B\nbus.publish(C + C)", memo, "MAX_WORK", "too many steps for one value", 5),
        ("import bus\nA = 'a'\nB = A + A\nC = B + B\nbus.publish(C + C)", memo, "MAX_NESTING", "values nested too deeply", 5),
        (NESTED, frames, "MAX_DEPTH", "calls nested too deeply", 33),
        (
            "import bus\ndef f(t):\n    bus.publish(t)\n" + "".join(f"f('{n}')\n" for n in range(9)),
            contexts,
            "MAX_NEAR",
            "too many callers above one site",
            3,
        ),
        (
            "import bus\ndef f(t):\n    bus.publish(t)\nf('a')\nf('b')\nf('c')",
            callers,
            "MAX_CANDIDATES",
            "too many calls of one name",
            3,
        ),
    ],
)
def test_a_bound_that_is_hit_names_a_line_and_what_to_do(
    source: str, module: object, bound: str, said: str, line: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert recognition(source, plugins=(BUS,)).diagnostics == () or module is frames
    monkeypatch.setattr(module, bound, 2)
    found = [d for d in recognition(source, plugins=(BUS,)).diagnostics if said in d.message]
    assert [d.location for d in found] == [Location(MAIN, line, line)]
    assert found[0].message.startswith(f"main: {said} (")
    assert found[0].message.endswith("To have it followed, state values closer to the call, or `exclude` code that takes no part")
