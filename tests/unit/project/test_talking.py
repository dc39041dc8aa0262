"""Which programs take part in a system is told by the libraries that plugins know to talk, whoever wrote the plugin."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flowmap.config import Config
from flowmap.plugin_api import Messages, Pattern, Plugin, Requests, Role, Serves, arg
from flowmap.project.discover import discover
from flowmap.project.systems import alone
from flowmap.project.talking import talking

SENDS = Messages(target="acme.send", role=Role.PUBLISH, channel=arg(0))
INSIDE = Messages(target="acme.send", role=Role.PUBLISH, channel=arg(0), local=True)


@pytest.mark.parametrize(
    "pattern",
    [SENDS, Requests(target="acme.get", url=arg(0), method="GET"), Serves(target="acme.route", path=arg(0))],
)
def test_a_library_talks_by_what_a_plugin_knows_of_it(pattern: Pattern) -> None:
    assert "acme" in talking([Plugin(name="acme", roots=("acme.bus",), patterns=(pattern,))])


@pytest.mark.parametrize(
    "plugin",
    [
        Plugin(name="acme", roots=("acme",)),
        Plugin(name="acme", roots=("acme",), patterns=(INSIDE,)),
        Plugin(name="acme", roots=("acme", "other"), passive=("acme",), patterns=(SENDS,)),
    ],
)
def test_others_do_not(plugin: Plugin) -> None:
    assert "acme" not in talking([plugin])


def test_what_no_plugin_speaks_of_may_talk_too() -> None:
    assert "socket" in talking([])


SENDING = "import acme\nif __name__ == '__main__':\n    acme.send('orders')\n"


@pytest.mark.parametrize(
    ("plugins", "found"), [((Plugin(name="acme", roots=("acme",), patterns=(SENDS,)),), ["orders", "stock"]), ((), ["."])]
)
def test_programs_that_nobody_deploys_are_services_if_they_talk(
    tree: Callable[[dict[str, str]], Path], plugins: tuple[Plugin, ...], found: list[str]
) -> None:
    root = tree({"orders/main.py": SENDING, "stock/main.py": SENDING})
    assert [s.root for s in discover(alone(root, Config()), (), plugins).services] == found
