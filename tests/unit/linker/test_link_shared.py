"""Code that several services import: who does what it does."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flowmap.model.project import Service
from flowmap.plugin_api import Const, FunctionName, Kind, Messages, Plugin, RemoteCalls, Role, Serves, arg
from linking import BUS, interactions, recognition, service

SHARED = """
import bus

bus.publish("on.import")

def audit():
    bus.publish("audited")

def announce():
    bus.publish("announced")
"""
USES = "from lib import events\n{}\n"
EVERYTHING = ["announced", "audited", "on.import"]


def published(**bodies: str) -> dict[str, list[str]]:
    """What each service publishes; a service of that name has a folder with one module, which imports the shared one."""
    files = {"lib/__init__.py": "", "lib/events.py": SHARED} | {f"{n}/main.py": USES.format(b) for n, b in bodies.items()}
    found = interactions(files, *(service(n, n, f"{n}/main.py") for n in bodies))
    return {n: sorted({i.channel or "?" for i in found if i.service == n and i.role == "publish"}) for n in bodies}


@pytest.mark.parametrize(
    ("bodies", "expected"),
    [
        (
            {"orders": "events.audit()", "stock": "events.announce()"},
            {"orders": ["audited", "on.import"], "stock": ["announced", "on.import"]},
        ),
        (
            {"orders": "events.audit()", "stock": "events.audit()\nevents.announce()"},
            {"orders": ["audited", "on.import"], "stock": ["announced", "audited", "on.import"]},
        ),
        # nothing of its own has to call it, if it stands in the service itself
        (
            {"orders": "def go():\n    events.audit()", "stock": "events.announce()"},
            {"orders": ["audited", "on.import"], "stock": ["announced", "on.import"]},
        ),
        # what nobody is seen to come to is everybody's
        (
            {"orders": "events.audit()", "stock": "pass"},
            {"orders": ["announced", "audited", "on.import"], "stock": ["announced", "on.import"]},
        ),
        ({"orders": "pass"}, {"orders": ["announced", "audited", "on.import"]}),
    ],
)
def test_what_shared_code_does_is_done_by_who_comes_to_it(bodies: dict[str, str], expected: dict[str, list[str]]) -> None:
    assert published(**bodies) == expected


@pytest.mark.parametrize(
    ("bodies", "shared", "expected"),
    [
        # something leads there, although nobody is seen to start that
        (
            {"orders": "from lib import orders_views", "stock": "pass"},
            {"lib/orders_views.py": "from lib import events\ndef view():\n    events.audit()\n"},
            {"orders": ["announced", "audited", "on.import"], "stock": ["announced", "on.import"]},
        ),
        # in both
        (
            {"orders": "from lib import views", "stock": "from lib import views"},
            {"lib/views.py": "from lib import events\ndef view():\n    events.audit()\n"},
            {"orders": ["announced", "audited", "on.import"], "stock": ["announced", "audited", "on.import"]},
        ),
        # who comes there from its own code comes first
        (
            {"orders": "from lib import views", "stock": "events.audit()"},
            {"lib/views.py": "from lib import events\ndef view():\n    events.audit()\n"},
            {"orders": ["announced", "on.import"], "stock": ["announced", "audited", "on.import"]},
        ),
        # what only calls itself is not led to
        (
            {"orders": "pass", "stock": "pass"},
            {"lib/events.py": "import bus\ndef audit():\n    bus.publish('audited')\n    audit()\n"},
            {"orders": ["audited"], "stock": ["audited"]},
        ),
    ],
)
def test_what_something_leads_to_in_another_service_is_done_by_that(
    bodies: dict[str, str], shared: dict[str, str], expected: dict[str, list[str]]
) -> None:
    files = {"lib/__init__.py": "", "lib/events.py": SHARED} | {f"{n}/main.py": USES.format(b) for n, b in bodies.items()} | shared
    found = interactions(files, *(service(n, n, f"{n}/main.py") for n in bodies))
    assert {n: sorted({i.channel or "?" for i in found if i.service == n and i.role == "publish"}) for n in bodies} == expected


@pytest.mark.parametrize(
    ("bodies", "expected"),
    [
        ({"orders": "events.tell('a')", "stock": "pass"}, {"orders": ["a"], "stock": []}),
        ({"orders": "events.tell('a')", "stock": "events.tell('b')"}, {"orders": ["a"], "stock": ["b"]}),
        ({"orders": "def go(t):\n    events.tell(t)", "stock": "pass"}, {"orders": ["?"], "stock": []}),
        ({"orders": "pass", "stock": "pass"}, {"orders": ["?"], "stock": ["?"]}),
    ],
)
def test_a_wrapper_that_only_others_call_says_nothing_of_a_service(bodies: dict[str, str], expected: dict[str, list[str]]) -> None:
    wrapper = "import bus\ndef tell(topic):\n    bus.publish(topic)\n"
    files = {"lib/__init__.py": "", "lib/events.py": wrapper} | {f"{n}/main.py": USES.format(b) for n, b in bodies.items()}
    found = interactions(files, *(service(n, n, f"{n}/main.py") for n in bodies))
    assert {n: sorted({i.channel or "?" for i in found if i.service == n}) for n in bodies} == expected


HOOKED = """
import bus
app = bus.Web()

@app.%s
def hook():
    bus.publish("hooked")

def use():
    pass
"""


@pytest.mark.parametrize(
    ("decorator", "bodies", "expected"),
    [
        ("before_request", {"api": "@lib.app.get('/x')\ndef x(): ...", "works": "lib.use()"}, ["api"]),
        ("middleware('http')", {"api": "@lib.app.get('/x')\ndef x(): ...", "works": "lib.use()"}, ["api"]),
        # nobody answers, or both do
        ("before_request", {"api": "lib.use()", "works": "lib.use()"}, ["api", "works"]),
        ("before_request", dict.fromkeys(("api", "works"), "@lib.app.get('/x')\ndef x(): ..."), ["api", "works"]),
        # who calls it runs it too
        ("before_request", {"api": "@lib.app.get('/x')\ndef x(): ...", "works": "lib.hook()"}, ["api", "works"]),
    ],
)
def test_what_runs_with_requests_is_done_by_who_answers_them(decorator: str, bodies: dict[str, str], expected: list[str]) -> None:
    files = {"lib.py": HOOKED % decorator} | {f"{n}/main.py": f"import lib\n{b}\n" for n, b in bodies.items()}
    found = interactions(files, *(service(n, n, f"{n}/main.py") for n in bodies))
    assert sorted(i.service for i in found if i.channel == "hooked") == expected


@pytest.mark.parametrize(
    ("body", "comes"),
    [
        ("TOOLS = [events.announce]", True),
        ("from lib.events import announce\ndef tools():\n    return {'a': announce}", True),
        ("TOOLS = (events.audit, events.announce)", True),
        ("TOOLS = [events.audit]", False),
        ("TOOLS = ['announce']", False),
        ("def announce():\n    pass\nTOOLS = [announce]", False),
    ],
)
def test_who_puts_a_function_into_a_collection_comes_to_it(body: str, comes: bool) -> None:
    found = published(orders=body, stock="events.announce()")
    assert ("announced" in found["orders"]) is comes


@pytest.mark.parametrize(
    ("bodies", "expected"),
    [
        ({"orders": "events.tell()", "stock": "pass"}, {"orders": ["usual"], "stock": []}),
        ({"orders": "events.tell()", "stock": "events.tell('b')"}, {"orders": ["usual"], "stock": ["b"]}),
        ({"orders": "pass", "stock": "pass"}, {"orders": ["usual"], "stock": ["usual"]}),
        ({"orders": "events.once()", "stock": "pass"}, {"orders": ["usual"], "stock": ["usual"]}),
    ],
)
def test_a_default_is_of_those_that_leave_it_out(bodies: dict[str, str], expected: dict[str, list[str]]) -> None:
    wrapper = "import bus\ndef tell(topic='usual'):\n    bus.publish(topic)\ndef once():\n    pass\n"
    files = {"lib/__init__.py": "", "lib/events.py": wrapper} | {f"{n}/main.py": USES.format(b) for n, b in bodies.items()}
    found = interactions(files, *(service(n, n, f"{n}/main.py") for n in bodies))
    assert {n: sorted({i.channel or "?" for i in found if i.service == n}) for n in bodies} == expected


CORE = """
import bus, web

app = bus.Web()

@app.get("/orders")
def orders():
    audit()

@bus.Client().on("noted")
def note(message):
    bus.publish("written")

def audit():
    bus.publish("audited")

def listen_for_orders():
    def place(message):
        run(stored)
    bus.subscribe("placed", place)

def listen_for_returns():
    def give_back(message):
        run(refunded)
    bus.subscribe("returned", give_back)

def run(step):
    step()

def stored():
    bus.publish("stored")

def refunded():
    bus.publish("refunded")

def serve():
    web.run(app)
"""
WEB = Plugin(name="web", roots=(), servers=("webserver", "manage.py serve"), listening=("web.run",))


def done(*services: Service, **bodies: str) -> dict[str, list[str]]:
    """What each of the services in one folder does; a service of that name starts with a module that imports the shared one."""
    files = {"core.py": CORE} | {f"{n}.py": f"import core\nimport web\n{b}\n" for n, b in bodies.items()}
    known = {s.name for s in services}
    all_services = (*services, *(service(n, ".", f"{n}.py") for n in bodies if n not in known))
    found = recognition(files, *all_services, plugins=(BUS, WEB)).interactions
    return {n: sorted({f"{i.role.value} {i.channel or i.operation}" for i in found if i.service == n}) for n in bodies}


def started(name: str, *command: str) -> Service:
    return replace(service(name, ".", f"{name}.py"), command=command)


ORDERS = ["publish stored", "subscribe placed"]
RETURNS = ["publish refunded", "subscribe returned"]
NOTED = ["publish written", "subscribe noted"]
SERVED = ["serve GET /orders"]


@pytest.mark.parametrize(
    ("bodies", "expected"),
    [
        # a subscription is that of the program that registers it, and so is what its handler does, even through `run(step)`
        (
            {"a": "core.listen_for_orders()\ncore.audit()", "b": "core.listen_for_returns()"},
            {"a": ["publish audited", *ORDERS, *NOTED, *SERVED], "b": [*RETURNS, *NOTED, *SERVED, "publish audited"]},
        ),
        # nobody is seen to register it: all of them may
        (
            {"a": "core.listen_for_orders()", "b": ""},
            {"a": [*ORDERS, *RETURNS, *NOTED, *SERVED, "publish audited"], "b": [*RETURNS, *NOTED, *SERVED, "publish audited"]},
        ),
        # a function of its own, called or not
        (
            {"a": "def go():\n    core.listen_for_orders()", "b": "core.listen_for_returns()"},
            {"a": [*ORDERS, *NOTED, *SERVED, "publish audited"], "b": [*RETURNS, *NOTED, *SERVED, "publish audited"]},
        ),
        ({"a": ""}, {"a": [*ORDERS, *RETURNS, *NOTED, *SERVED, "publish audited"]}),
    ],
)
def test_services_of_one_folder_are_told_apart_by_what_they_come_to(bodies: dict[str, str], expected: dict[str, list[str]]) -> None:
    assert done(**bodies) == {name: sorted(deeds) for name, deeds in expected.items()}


BOTH = {"a": "core.listen_for_orders()", "b": "core.listen_for_returns()"}


@pytest.mark.parametrize(
    ("services", "bodies", "serving"),
    [
        ((started("a", "/usr/bin/webserver", "core:app"),), BOTH, ["a"]),
        ((started("a", "python", "manage.py", "serve"),), BOTH, ["a"]),
        ((started("a", "webserver", "core:app"), started("b", "webserver", "core:app")), BOTH, ["a", "b"]),
        ((), {"a": "core.listen_for_orders()\nweb.run(core.app)", "b": "core.listen_for_returns()"}, ["a"]),
        ((), {"a": "core.listen_for_orders()", "b": "def main():\n    web.run(core.app)\ncore.listen_for_returns()"}, ["b"]),
        ((), {"a": "core.listen_for_orders()\ncore.serve()", "b": "core.listen_for_returns()"}, ["a"]),
        ((started("a", "python", "manage.py", "migrate"),), BOTH, ["a", "b"]),
        ((), BOTH, ["a", "b"]),
    ],
)
def test_endpoints_are_those_of_the_program_that_is_started_as_a_server(
    services: tuple[Service, ...], bodies: dict[str, str], serving: list[str]
) -> None:
    own = {"a": ORDERS, "b": RETURNS}
    expected = {n: [*own[n], *NOTED, *([*SERVED, "publish audited"] if n in serving else [])] for n in own}
    assert done(*services, **bodies) == {name: sorted(deeds) for name, deeds in expected.items()}


FLOW = """
import bus, engine

class Flow:
    @engine.defn
    def run(self):
        step()

def step():
    bus.publish("stepped")
"""
ENGINE = Plugin(
    name="engine",
    roots=("engine",),
    patterns=(
        Serves(target="engine.Worker", form="call", operation=Const("Flow"), handler=arg(0), transport="rpc"),
        RemoteCalls(target="engine.execute", operation=Const("Flow")),
    ),
)


@pytest.mark.parametrize(
    ("bodies", "expected"),
    [
        ({"asks": "engine.execute(Flow().run)", "works": "engine.Worker(Flow().run)"}, {"asks": [], "works": ["stepped"]}),
        ({"asks": "lib.each(Flow().run)", "works": "lib.each(Flow().run)"}, {"asks": ["stepped"], "works": ["stepped"]}),
        ({"asks": "Flow().run()", "works": "engine.Worker(Flow().run)"}, {"asks": ["stepped"], "works": ["stepped"]}),
    ],
)
def test_who_names_a_handler_of_another_to_a_library_does_not_run_it(
    bodies: dict[str, str], expected: dict[str, list[str]]
) -> None:
    files = {"flow.py": FLOW} | {f"{n}.py": f"import engine, lib\nfrom flow import Flow\n{b}\n" for n, b in bodies.items()}
    found = recognition(files, *(service(n, ".", f"{n}.py") for n in bodies), plugins=(BUS, ENGINE)).interactions
    assert {n: [i.channel for i in found if i.service == n and i.role == "publish"] for n in bodies} == expected


JOBS = """
import jobs

app = jobs.App()

@app.task
def clean():
    pass

def launch():
    app.start()
"""
JOBBING = Plugin(
    name="jobs",
    roots=("jobs",),
    transport="jobs",
    workers=("jobs work",),
    clocks=("jobs tick",),
    launchers={"jobs.App.start": "jobs", "jobs.App.toil": "jobs work"},
    patterns=(
        Messages(target="jobs.App.task", form="decorator", role=Role.SUBSCRIBE, channel=FunctionName(), kind=Kind.TASK),
        Messages(target="jobs.App.task", form="decorator", role=Role.PUBLISH, channel=FunctionName(), kind=Kind.TASK, timed=True),
    ),
)


@pytest.mark.parametrize(
    ("commands", "bodies", "working", "ticking"),
    [
        ({"a": "jobs work", "b": "jobs tick", "c": "python c.py"}, {}, "a", "b"),
        ({"a": "jobs work", "b": "python b.py"}, {}, "a", "a"),
        ({"a": "python a.py", "b": "jobs tick"}, {}, "ab", "b"),
        ({"a": "jobs work tick", "b": "python b.py"}, {}, "a", "a"),
        ({"a": "python a.py", "b": "python b.py"}, {}, "ab", "ab"),
        ({"a": "a-start work", "b": "b-start tick", "c": "c"}, {"a": "core.launch()", "b": "core.app.start()"}, "a", "b"),
        ({"a": "a-start work", "b": "b-start tick"}, {"b": "core.app.start()"}, "ab", "b"),
        ({"a": "python a.py", "b": "python b.py"}, {"a": "def main():\n    core.app.toil()\nmain()"}, "a", "a"),
        ({"a": "python a.py", "b": "python b.py"}, {"a": "core.other.toil()"}, "ab", "ab"),
    ],
)
def test_tasks_and_schedules_are_those_of_the_programs_that_are_started_for_them(
    commands: dict[str, str], bodies: dict[str, str], working: str, ticking: str
) -> None:
    files = {"core.py": JOBS} | {f"{n}.py": f"import core\n{bodies.get(n, '')}\n" for n in commands}
    found = recognition(files, *(started(n, *c.split()) for n, c in commands.items()), plugins=(JOBBING,)).interactions
    assert "".join(sorted(i.service for i in found if i.role is Role.SUBSCRIBE)) == working
    assert "".join(sorted(i.service for i in found if i.role is Role.PUBLISH)) == ticking


@pytest.mark.parametrize(
    ("main", "inner", "entry", "expected"),
    [
        ("", "from lib import events", "main.py", {"inner": EVERYTHING}),
        ("from lib import events", "from lib import events", "main.py", {"inner": ["on.import"], "outer": EVERYTHING}),
        ("", "from lib import events", None, {"inner": ["on.import"], "outer": EVERYTHING}),
        ("", "", "main.py", {"outer": EVERYTHING}),
    ],
)
def test_what_only_services_in_its_folder_import_is_not_of_a_service_whose_entry_is_known(
    main: str, inner: str, entry: str | None, expected: dict[str, list[str]]
) -> None:
    files = {"main.py": main, "lib/__init__.py": "", "lib/events.py": SHARED, "inner/app.py": inner}
    found = interactions(files, service("outer", ".", entry), service("inner", "inner", "inner/app.py"))
    published = {n: sorted({i.channel or "?" for i in found if i.service == n}) for n in ("inner", "outer")}
    assert {n: channels for n, channels in published.items() if channels} == expected


SENDER = "import bus, outside\nclass Sender:\n    def send(self):\n        bus.publish({})\n"
BY_NAME = "import outside\noutside.run(getattr(events, outside.name()))"


@pytest.mark.parametrize(
    ("topic", "stock", "expected"),
    [
        ("outside.topic()", BY_NAME, ["?"]),
        ("outside.topic()", f"import bus\nbus.publish('own')\n{BY_NAME}", ["own"]),
        ("outside.topic()", "events.Sender().send()", ["?"]),
        ("'known'", BY_NAME, []),
        ("'known'", "events.Sender().send()", ["known"]),
    ],
)
def test_a_service_without_anything_else_keeps_what_nobody_can_tell(topic: str, stock: str, expected: list[str]) -> None:
    """It may come to shared code in a way that nobody sees, where others are seen to come to it."""
    bodies = {"orders": "events.Sender().send()", "stock": stock}
    files = {"lib/__init__.py": "", "lib/events.py": SENDER.format(topic)} | {
        f"{n}/main.py": USES.format(b) for n, b in bodies.items()
    }
    found = interactions(files, *(service(n, n, f"{n}/main.py") for n in bodies))
    assert sorted({i.channel or "?" for i in found if i.service == "stock"}) == expected


CLIENT = """
import bus
class Client:
    def _tell(self, topic):
        bus.publish(topic)
    def placed(self):
        self._tell("placed")
    def paid(self):
        self._tell("paid")
"""


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Client().placed()", ["placed"]),
        ("Client().placed()\nClient().paid()", ["paid", "placed"]),
        ("Client().placed()\ngetattr(Client(), 'paid')()", ["paid", "placed"]),
        ("Client().placed()\nbus.run(Client().paid)", ["paid", "placed"]),
        ("Client", ["paid", "placed"]),
    ],
)
def test_what_nothing_so_much_as_names_nobody_does(body: str, expected: list[str]) -> None:
    """Of a client of the house only those methods count that something names, if the service uses others of them."""
    files = {"lib/__init__.py": "", "lib/client.py": CLIENT, "shop/main.py": f"import bus\nfrom lib.client import Client\n{body}\n"}
    found = interactions(files, service("shop", "shop", "shop/main.py"))
    assert sorted(i.channel or "?" for i in found if i.role == "publish") == expected
