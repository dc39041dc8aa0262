"""What a user can do about a destination that is not known: one case per kind of reason, and none that is left without one."""

from __future__ import annotations

import ast
from pathlib import Path

import flowmap.linker
import pytest
from flowmap.model.location import Evidence, Location
from flowmap.model.project import Service
from flowmap.model.remedies import remedy, to_set

UNKNOWN_AT_RUN_TIME = "only the running program knows it"


def started(*paths: str) -> Service:
    return Service("orders", "orders", evidence=tuple(Evidence(Location(p, 7, 7), "starts it") for p in paths))


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (("docker-compose.yml",), "add it to the service at docker-compose.yml:7"),
        (("app.py", "k8s/orders.yaml", "Procfile"), "add it to the service at k8s/orders.yaml:7"),
        (("Procfile",), "add it to the service at Procfile:7"),
        (("app.py", "start.sh", "orders/"), "state it in `environment` of the service in flowmap.toml"),
        (("pyproject.toml",), "state it in `environment` of the service in flowmap.toml"),
        ((), "state it in `environment` of the service in flowmap.toml"),
    ],
)
def test_a_variable_is_set_where_the_service_is_started(paths: tuple[str, ...], expected: str) -> None:
    service = started(*paths)
    assert to_set(service) == expected
    assert remedy("environment variable `X`, which no deployment file sets", service) == expected
    assert remedy("an attribute of the unset `X`", service) == expected


def test_a_service_that_is_not_known_has_no_place() -> None:
    assert to_set(None) == "state it in `environment` of the service in flowmap.toml"


@pytest.mark.parametrize(
    ("reason", "start"),
    [
        ("parameter `t` of `f`, which nothing in the scan calls", "dead code, or called from outside"),
        ("parameter `t` of `f`, which is given from outside the scan", "a framework or library passes it"),
        ("`--topic` of the command line", "give it in the start command at compose.yml:7"),
        ("`T` of `topics.py`, which cannot be parsed from line 3 on", "mend the file"),
        ("an empty text, and goes through a library that is not in the scan", "scan the library with --environment"),
        ("a file that is not in the scan", "add what it names to the scan"),
        ("`T` is imported from a module that is not in the scan", "add what it names to the scan"),
        ("nothing in the scan listens on localhost:8000", "give it to a service as one of its `hosts`"),
        ("a path without a host", "give the client a base URL"),
        ("no address is known", "give the client a base URL"),
        ("a name that the broker chooses", "nothing: such a name exists at run time alone"),
        ("an empty text", "give it a value where it is set"),
        ("no channel is given", "the call names none"),
        ("too many steps for one value", "state values closer to the call"),
        ("more than 48 possible values", "state values closer to the call"),
        ("calls nested too deeply", "state values closer to the call"),
        ("`url` of something that the scan sees as None only", "something outside the scan sets it"),
        ("`topic`, which no subclass in the scan sets", "scan the code with its subclasses too"),
        ("`topic` of stored `Outbox` objects", "scan the code that makes these objects too"),
        ("`T` is defined nowhere in the scan", "nothing in the scan defines it"),
        ("no entry 'x' in the mapping", "fill it where it is made"),
        ("comes from `session.query().first().topic`", UNKNOWN_AT_RUN_TIME),
        ("a comparison", UNKNOWN_AT_RUN_TIME),
        ("", UNKNOWN_AT_RUN_TIME),
    ],
)
def test_every_kind_of_reason_has_a_remedy(reason: str, start: str) -> None:
    said = remedy(reason, started("compose.yml"))
    assert said.startswith(start)
    assert "{" not in said
    assert (UNKNOWN_AT_RUN_TIME in said) is (start == UNKNOWN_AT_RUN_TIME)


COMPUTED = {
    "a comparison", "a computed format", "a computed key", "a computed path", "a field of a formatted value",
    "a file whose name is computed", "a formatted value", "a join of something unknown", "a key", "a long text",
    "a missing format argument", "a module that a caller names", "a number", "a part of a text", "a piece that a branch adds",
    "a setting whose name is computed", "a slice", "a zip of something unknown", "an attribute whose name is computed",
    "an entry of settings under a computed name", "an enumeration of something unknown", "an environment variable",
    "an environment variable whose name is computed", "arithmetic", "no value of this type reaches this place",
    "the rest of an unpacking", "what a generator is sent",
}  # fmt: skip


def _reasons() -> list[str]:
    """The reasons that stand as plain texts in the linker."""
    folder = Path(flowmap.linker.__file__).parent
    calls = (n for p in sorted(folder.glob("*.py")) for n in ast.walk(ast.parse(p.read_text())) if isinstance(n, ast.Call))
    named = (c for c in calls if getattr(c.func, "id", getattr(c.func, "attr", "")) in {"Unknown", "bounded_out"} and c.args)
    return sorted({a.value for c in named for a in c.args[:1] if isinstance(a, ast.Constant) and isinstance(a.value, str)})


@pytest.mark.parametrize("reason", _reasons())
def test_only_what_is_computed_is_left_to_the_running_program(reason: str) -> None:
    assert (UNKNOWN_AT_RUN_TIME in remedy(reason, None)) is (reason in COMPUTED)
