"""Settings that loops copy: modules and classes as collections of their names."""

from __future__ import annotations

import pytest
from linking import lines, roles

FILES = {
    "common.py": "HOST = 'h'\nTOPIC = 'common'\n_hidden = 'x'",
    "settings.py": "from common import *\nTOPIC = 'a'\nOTHER = 'b'",
    "local.py": "TOPIC = 'c'",
}
CONVERT = """
    IGNORED = ['__builtins__']
    def convert(module):
        found = {}
        names = dir(module)
        for name in names:
            if name in IGNORED:
                continue
            value = getattr(module, name)
            found[name] = value
        return found
    def load(name):
        if name[-3:] == '.py':
            name = name[:-3]
        return convert(importlib.import_module(name))
    class Kept:
        def __init__(self):
            self.known = {}
            for name in dir(local):
                self.known[name] = getattr(local, name)
"""


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("bus.publish({n: getattr(settings, n) for n in dir(settings) if n.isupper()}['TOPIC'])", ["publish a"]),
        ("bus.publish(vars(settings)['TOPIC'])", ["publish a"]),
        ("bus.publish(vars(settings)['HOST'])", ["publish h"]),
        ("bus.publish(settings.__dict__['OTHER'])", ["publish b"]),
        ("bus.publish({**vars(settings), **vars(local)}['TOPIC'])", ["publish c"]),
        ("bus.publish(dict(inspect.getmembers(settings))['TOPIC'])", ["publish a"]),
        ("for name, value in inspect.getmembers(local):\n    bus.publish(value)", ["publish c"]),
        ("bus.publish(convert(settings)['TOPIC'])", ["publish a"]),
        ("bus.publish(load('local.py')['TOPIC'])", ["publish c"]),
        ("known = load('settings.py')\nfor n in convert(local):\n    known[n] = convert(local)[n]\nbus.publish(known['TOPIC'])",
         ["publish c"]),
        ("class Topics:\n    PAID = 'paid'\nbus.publish(vars(Topics)['PAID'])", ["publish paid"]),
        ("bus.publish(Kept().known['TOPIC'])", ["publish c"]),
    ],
)  # fmt: skip
def test_names_go_where_a_loop_puts_them(code: str, expected: list[str]) -> None:
    app = lines("import bus, settings, local, inspect, importlib", CONVERT) + code
    assert roles({**FILES, "app.py": app}) == expected


@pytest.mark.parametrize(
    "code",
    [
        "bus.publish(vars(settings)['NONE'])",
        "bus.publish(vars(settings)['_hidden'])",
        "bus.publish(vars(outside)['TOPIC'])",
        "bus.publish(vars()['TOPIC'])",
        "bus.publish({n: getattr(outside, n) for n in dir(outside)}['TOPIC'])",
        "bus.publish(dict(inspect.getmembers(settings, callable))['TOPIC'])",
    ],
)
def test_what_is_not_there_is_not_known(code: str) -> None:
    (found,) = roles({**FILES, "app.py": "import bus, settings, inspect, outside\n" + code})
    assert found.startswith("publish ? ")
