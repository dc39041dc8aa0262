"""The routes of an API that is put together of resources and methods, or listed, and the functions behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.project.cdk.constructs import APIS, FUNCTIONS, plain, thing_of
from flowmap.project.infrapy.values import Library, Thing, Value, piece

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEEPEST = 12


def routes_of(thing: Thing) -> Iterator[tuple[Value, str, str]]:
    """The functions that a construct, or a call of a method of one, leads requests to, each with the HTTP method and the path."""
    kind = plain(thing.name)
    of, called = thing.of, kind.rpartition(".")[2]
    if kind == "aws_apigateway.LambdaRestApi" and thing.given("proxy") is not False:
        yield thing.given("handler"), "any", "/{proxy+}"
    elif kind == "aws_apigatewayv2.HttpApi":
        yield _behind(thing.given("default_integration")), "any", "/{proxy+}"
    elif called == "add_routes":
        methods = thing.given("methods")
        for verb in methods if isinstance(methods, list) else ["any"]:
            word = verb.name.rpartition(".")[2] if isinstance(verb, Library) else piece(verb)
            yield _behind(thing.given("integration")), word, piece(thing.given("path"))
    elif called == "add_proxy" and of is not None:
        yield _behind(thing.given("default_integration")) or _default(of, 0), "any", f"{_path_of(of, 0)}/{{proxy+}}"
    elif called == "add_method" and of is not None:
        integration = thing.given("target") or thing.given("integration", 1)
        yield _behind(integration) or _default(of, 0), piece(thing.given("http_method", 0)), _path_of(of, 0) or "/"


def _behind(value: Value) -> Value:
    """The function behind an integration."""
    thing = thing_of(value)
    if thing is None or "Integration" not in thing.name:
        return None
    given = [thing.given("handler"), *thing.arguments]
    return next((g for g in given if (t := thing_of(g)) is not None and plain(t.name) in FUNCTIONS), None)


def _path_of(of: Thing, depth: int) -> str:
    """The path of a resource, as it was put together."""
    name = plain(of.name)
    if of.of is None or depth > _DEEPEST or name.endswith(".root"):
        return ""
    if not name.endswith(("add_resource", "resource_for_path")):
        return _path_of(of.of, depth + 1)
    step = of.given("path_part", 0) if name.endswith("add_resource") else of.given("path", 0)
    return f"{_path_of(of.of, depth + 1)}/{piece(step).strip('/')}"


def _default(of: Thing, depth: int) -> Value:
    """The function that answers where a method names none."""
    found = _behind(of.given("default_integration"))
    if found is None and plain(of.name) in APIS:
        return of.given("handler")
    return found if found is not None or of.of is None or depth > _DEEPEST else _default(of.of, depth + 1)
