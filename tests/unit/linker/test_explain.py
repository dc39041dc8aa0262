"""How what is said of a line came to be known: the steps to a value, what lies outside the code, and why a line says nothing."""

from __future__ import annotations

import pytest
from flowmap.frontend.workers import with_large_stack
from flowmap.linker.derive import MAX_STEPS
from flowmap.linker.explain import explain
from flowmap.linker.recognise import recognise
from flowmap.model.derivation import Explanation, Hop
from flowmap.model.location import Location
from flowmap.model.project import Service
from flowmap.plugin_api import Mounts, Plugin, Serves, arg
from linking import BUS, ENVIRONMENT, MAIN, Files, as_files, linked, service

PLUGINS = (BUS, ENVIRONMENT)
NOT_SET = "environment variable `{}`, which no deployment file sets"


def explained(
    source: str | Files, line: int, *services: Service, path: str = MAIN, plugins: tuple[Plugin, ...] = PLUGINS
) -> Explanation:
    """The explanation of a line of the main file."""

    def asked() -> Explanation:
        program = linked(source, *services)
        return explain(program, plugins, recognise(program, plugins).interactions, Location(path, line, line))

    return with_large_stack(asked)


def steps(found: Explanation) -> list[str]:
    """The steps to every value, a line each, indented below what they are for: the place or what it is, and what it gave."""
    return [
        text
        for one in found.derivations
        for context in one.contexts
        for sought in context
        for text in (f"{sought.name}: {' or '.join(sought.values)}", *(t for hop in sought.hops for t in _hop(hop, 1)))
    ]


def _hop(hop: Hop, depth: int) -> list[str]:
    said = " ".join(p for p in (str(hop.location or ""), hop.what, *(f"= {g}" for g in hop.gave)) if p)
    return ["  " * depth + said, *(t for below in hop.below for t in _hop(below, depth + 1))]


def last_line(source: str | Files) -> int:
    """The line that the cases ask about: the last one of the main file."""
    return as_files(source)[MAIN].strip("\n").count("\n") + 1


SETTINGS = """
    from pydantic_settings import BaseSettings
    class Settings(BaseSettings):
        other: str = "elsewhere"
        topic: str = "orders"
        queue: str = "jobs"
    settings = Settings()
    """


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import bus\nbus.publish('orders')", ['app.py:2 = "orders"']),
        (
            {MAIN: "import bus\nfrom topics import T\nbus.publish(T)", "topics.py": "UNUSED = 'x'\nT = 'orders'"},
            ['app.py:3 = "orders"', '  topics.py:2 = "orders"'],
        ),
        (
            {MAIN: "import bus\nfrom topics import T\nbus.publish(T.A)", "topics.py": "class T:\n    B = 'b'\n    A = 'orders'"},
            ['app.py:3 = "orders"', '  topics.py:3 = "orders"'],
        ),
        (
            {
                MAIN: "import bus\nfrom topics import T\nbus.publish(T.A.value)",
                "topics.py": "from enum import Enum\nclass T(Enum):\n    B = 'b'\n    A = 'orders'",
            },
            ['app.py:3 = "orders"', '  topics.py:4 = "orders"'],
        ),
        (
            "import bus\nP = 'shop'\nN = 'orders'\nOTHER = 'other'\nbus.publish(f'{P}.{N}')",
            ['app.py:5 = "shop.orders"', '  app.py:2 = "shop"', '  app.py:3 = "orders"'],
        ),
        ("import bus\nP = 'shop'\nbus.publish(P + '.orders')", ['app.py:3 = "shop.orders"', '  app.py:2 = "shop"']),
        (
            "import bus\nT = {'a': 'orders',\n     'b': 'stock'}\nbus.publish(T['b'])",
            ['app.py:4 = "stock"', '  app.py:3 = "stock"'],
        ),
        (
            "import bus\ndef outer(name):\n    inner(name + '.v1')\ndef inner(t):\n    bus.publish(t)\nouter('orders')",
            ['app.py:5 = "orders.v1"', '  app.py:3 = "orders.v1"', '    app.py:6 = "orders"'],
        ),
        (
            "import bus\ndef loud(name):\n    return name.upper()\nbus.publish(loud('orders'))",
            ['app.py:4 = "ORDERS"', '  app.py:3 = "ORDERS"', '    app.py:4 = "orders"'],
        ),
        ("import bus\nif bus.busy:\n    T = 'orders'\nelse:\n    T = 'jobs'\nbus.publish('jobs')", ['app.py:6 = "jobs"']),
        ("import bus\nbus.publish(\n    event='x',\n    channel='orders',\n)", ['app.py:4 = "orders"']),
        (
            {MAIN: "import bus, json\nC = json.load(open('c.json'))\nbus.publish(C['t'])", "c.json": '{"t": "orders"}'},
            ['app.py:3 = "orders"', "  app.py:2 = `c.json`", "    c.json:1 a file of data that the code reads"],
        ),
    ],
)
def test_the_steps_are_those_that_gave_something_of_the_value(source: str | Files, expected: list[str]) -> None:
    found = [s[2:] for s in steps(explained(source, last_line(source))) if s.startswith("  ")]
    assert found[: len(expected)] == expected
    assert len(found) == len(expected) + ("event=" in str(source))


@pytest.mark.parametrize(
    ("before", "expression", "expected"),
    [
        ("", "os.environ['TOPIC']", ["compose.yml:1 environment variable `TOPIC`"]),
        ("", "os.environ.get('TOPIC', 'orders')", ["compose.yml:1 environment variable `TOPIC`"]),
        ("", "os.environ['NONE']", [NOT_SET.format("NONE")]),
        ("", "os.environ.get('NONE', 'orders')", [f"{NOT_SET.format('NONE')}; the default counts"]),
        ("ASIDE = os.environ['OTHER']", "os.environ['TOPIC']", ["compose.yml:1 environment variable `TOPIC`"]),
        ("ASIDE = os.environ['OTHER']", "'orders'", []),
        ("def read(name):\n    return os.environ[name]", "read('TOPIC')", ["compose.yml:1 environment variable `TOPIC`"]),
    ],
)
def test_variables_are_steps_of_their_own(before: str, expression: str, expected: list[str]) -> None:
    source = f"import bus, os\n{before}\nbus.publish({expression})".replace("\n\n", "\n")
    found = steps(explained(source, last_line(source), service("main", TOPIC="deployed", OTHER="aside")))
    assert [s.strip().partition(" = ")[0] for s in found if "variable" in s and "`" in s and "app.py" not in s][-1:] == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "topic",
            ['app.py:3 = "deployed"', "  settings.py:4", '    compose.yml:1 environment variable `TOPIC` = "deployed"'],
        ),
        ("queue", ['app.py:3 = "jobs"', '  settings.py:5 = "jobs"', f"    {NOT_SET.format('QUEUE')}; the default counts"]),
    ],
)
def test_a_field_of_settings_stands_between_the_code_and_the_variable(name: str, expected: list[str]) -> None:
    files = {MAIN: f"import bus\nfrom settings import settings\nbus.publish(settings.{name})", "settings.py": SETTINGS}
    assert [s[2:] for s in steps(explained(files, 3, service("main", TOPIC="deployed", OTHER="x")))][1:] == expected


def test_a_loop_is_a_step_and_every_turn_a_way() -> None:
    source = "import bus\nTOPICS = ['orders', 'jobs']\nfor t in TOPICS:\n    bus.publish(t)"
    assert steps(explained(source, 4)) == [
        'channel: "orders"', '  app.py:4 = "orders"', "    app.py:3", '      app.py:2 = "orders"',
        'channel: "jobs"', '  app.py:4 = "jobs"', "    app.py:3", '      app.py:2 = "jobs"',
    ]  # fmt: skip


WRAPPED = """
    import bus
    def send(topic):
        bus.publish(topic)
    def announce(name):
        send(name)
    announce("orders")
    announce("jobs")
    """


@pytest.mark.parametrize(
    ("line", "expected"),
    [(6, ["app.py:6"]), (7, ["app.py:7"]), (5, ["app.py:6", "app.py:7"]), (3, ["app.py:6", "app.py:7"]), (2, []), (1, [])],
)
def test_a_line_on_the_way_down_shows_all_that_pass_it(line: int, expected: list[str]) -> None:
    found = explained(WRAPPED, line)
    assert [str(d.location) for d in found.derivations] == expected
    assert all([str(hop.location) for hop in d.via] == ["app.py:5", "app.py:3"] for d in found.derivations)
    assert all(d.library == "bus.publish" and d.interactions for d in found.derivations)


@pytest.mark.parametrize(
    ("last", "calls"),
    [
        ("A = 1", []),
        ("len('orders')", []),
        ("local('orders')", ["local is a function of the scan, `local` at app.py:2; this call decides no destination"]),
        (
            "acme.Bus().push('orders')",
            ["acme.Bus().push is `acme.Bus().push`: no plugin knows it", "acme.Bus is `acme.Bus`: no plugin"],
        ),
        ("bus.unheard('orders')", ["bus.unheard is `bus.unheard`: no plugin knows it"]),
        ("undefined('orders')", ["undefined is not known: `undefined` is defined nowhere in the scan"]),
    ],
)
def test_a_line_that_says_nothing_says_what_it_calls(last: str, calls: list[str]) -> None:
    source = f"import bus, acme\ndef local(x): pass\nbus.publish('orders')\n{last}"
    found = explained(source, 4)
    assert found.derivations == ()
    said = [f"{note.written} is {note.meaning}" for note in found.calls]
    assert len(said) == len(calls)
    assert all(s.startswith(c) for s, c in zip(said, calls, strict=True))
    assert [what for what, _ in found.near] == ["publish bus"]


def test_a_call_whose_conditions_do_not_hold_is_said_to_be_looked_at() -> None:
    looked, sent = (explained(f"import bus\nbus.Client().send('orders'{more})", 2) for more in (", dry=True", ""))
    assert [(d.interactions, d.plugin, bool(d.remark)) for d in looked.derivations] == [((), "bus", True)]
    assert [(len(d.interactions), bool(d.remark)) for d in sent.derivations] == [(1, False)]


SHARED = {
    "lib/send.py": "import bus, os\nbus.publish(os.environ['TOPIC'])",
    "a/app.py": "import lib.send",
    "b/app.py": "import lib.send",
    "c/app.py": "pass",
}


@pytest.mark.parametrize(
    ("topics", "expected"),
    [(("orders", "orders"), [("a", "b")]), (("orders", "jobs"), [("a",), ("b",)])],
)
def test_services_that_see_a_line_alike_are_named_together(topics: tuple[str, str], expected: list[tuple[str, ...]]) -> None:
    one, two = (service(n, n, TOPIC=t) for n, t in zip("ab", topics, strict=True))
    found = explained(SHARED, 2, one, two, service("c", "c"), path="lib/send.py")
    assert [d.services for d in found.derivations] == expected
    assert found.services == ("a", "b")


def test_a_file_that_no_service_runs_is_seen_by_none() -> None:
    found = explained({**SHARED, "lib/idle.py": "import bus\nbus.publish('x')"}, 2, service("c", "c"), path="lib/idle.py")
    assert (found.services, found.derivations, found.calls) == ((), (), ())


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("'orders'", ()),
        ("os.environ['NONE']", ("state it in `environment` of the service in flowmap.toml",)),
        ("f.topic", ("scan its callers too",)),
    ],
)
def test_what_is_not_known_comes_with_what_to_do(expression: str, expected: tuple[str, ...]) -> None:
    found = explained(f"import bus, os\ndef send(f):\n    bus.publish({expression})", 3)
    assert [len(d.remedies) for d in found.derivations] == [len(expected)]
    assert all(said.endswith(todo) for said, todo in zip(found.derivations[0].remedies, expected, strict=True))


def test_the_number_of_steps_is_bounded() -> None:
    chain = "".join(f"T{n} = T{n - 1} + 'x'\n" for n in range(1, 200))
    found = explained(f"import bus\nT0 = 'orders'\n{chain}bus.publish(T199)", 202)
    assert 0 < len(steps(found)) <= MAX_STEPS + 1


ROUTES = {
    "api.py": "import bus\nroutes = bus.Web('/items')\n@routes.get('/one')\ndef one(): pass",
    MAIN: "import bus, api\nPREFIX = '/v1'\napp = bus.Web()\napp.mount(api.routes, PREFIX)\n@app.get('/two')\ndef two(): pass",
}
ROUTED = Plugin(
    name="routed",
    roots=("bus",),
    router_prefix={"bus.Web": arg(0, "prefix")},
    patterns=(Mounts(target="bus.Web.mount", child=arg(0), prefix=arg(1)), Serves(target="bus.Web.get", path=arg(0, "path"))),
)


@pytest.mark.parametrize(
    ("path", "line", "expected"),
    [
        (
            "api.py",
            3,
            ['path: "/one"', '  api.py:3 = "/one"', 'prefix: "/v1/items"', '  api.py:2 = "/items"', '  app.py:4 = "/v1"'],
        ),
        (MAIN, 5, ['path: "/two"', '  app.py:5 = "/two"']),
    ],
)
def test_the_prefix_of_a_route_has_steps_too(path: str, line: int, expected: list[str]) -> None:
    assert steps(explained(ROUTES, line, path=path, plugins=(ROUTED,))) == expected
