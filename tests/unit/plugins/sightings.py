"""What flowmap sees in a piece of code, one line per interaction, before any of them are joined.

`publish kafka shop:orders.placed [OrderPlaced] (command)`, `subscribe kafka orders in billing by on_order`,
`serve http GET /orders/{} by get_order`, `call http GET /stock/{} at stock:8000`. A channel or handler that is not known is `?`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from textwrap import dedent
from typing import TypeAlias

import pytest
from _pytest.mark import ParameterSet
from flowmap.extensions import load_plugins
from flowmap.frontend.summarise import summarise
from flowmap.linker.program import link
from flowmap.linker.recognise import recognise
from flowmap.model.interaction import Confidence, Interaction, Kind, Match, Role
from flowmap.model.project import Project, Service, SourceFile

PLUGINS = load_plugins()


def interactions(*pieces: str, **others: str) -> tuple[Interaction, ...]:
    """The interactions of a service whose `app.py` is made of these pieces; other modules go by their names."""
    texts = {"app": "\n".join(dedent(p) for p in pieces), **{name: dedent(text) for name, text in others.items()}}
    files = tuple(SourceFile(f"{name}.py", text.encode()) for name, text in texts.items())
    summaries = [summarise(f.path, f.content) for f in files]
    assert [s.problem for s in summaries if s.problem] == []
    return recognise(link(summaries, Project(files, (Service("shop", "."),))), PLUGINS).interactions


def sightings(*pieces: str, **others: str) -> list[str]:
    """The same as sorted lines."""
    return sorted(line(i) for i in interactions(*pieces, **others))


Form: TypeAlias = tuple[str, ...] | ParameterSet
"""Code, and what is seen in it."""


def checks(
    setup: str, forms: Sequence[Form], look_alikes: Sequence[str | ParameterSet], *control: str
) -> tuple[Callable[..., None], Callable[..., None]]:
    """The two tests of a plugin: in each form, behind `setup`, is seen what is stated and what `control` says of the setup; in each
    look-alike the latter alone."""

    @pytest.mark.parametrize("form", forms)
    def test_a_form_is_found(form: tuple[str, ...]) -> None:
        code, *expected = form
        assert sightings(setup, code) == sorted([*control, *expected])

    @pytest.mark.parametrize("code", look_alikes)
    def test_a_look_alike_is_not(code: str) -> None:
        assert sightings(setup, code) == sorted(control)

    return test_a_form_is_found, test_a_look_alike_is_not


def checks_of_each(
    forms: Sequence[tuple[str, ...]], look_alikes: Sequence[tuple[str, str]]
) -> tuple[Callable[..., None], Callable[..., None]]:
    """The same for several libraries: each form and look-alike begins with a setup of its own, in which nothing is seen."""

    @pytest.mark.parametrize("form", forms)
    def test_a_form_is_found(form: tuple[str, ...]) -> None:
        setup, code, *expected = form
        assert sightings(setup, code) == sorted(expected)

    @pytest.mark.parametrize("code", look_alikes)
    def test_a_look_alike_is_not(code: tuple[str, str]) -> None:
        assert sightings(*code) == []

    return test_a_form_is_found, test_a_look_alike_is_not


def missed(reason: str, code: str, *expected: str) -> ParameterSet:
    """A form that should be found and is not yet."""
    return pytest.param((code, *expected), marks=pytest.mark.xfail(strict=True, reason=reason))


def mistaken(reason: str, code: str) -> ParameterSet:
    """A look-alike that is still taken for the real thing."""
    return pytest.param(code, marks=pytest.mark.xfail(strict=True, reason=reason))


def line(site: Interaction) -> str:
    """An interaction in one line."""
    said = _call(site) if site.role is Role.CALL else _served(site) if site.role is Role.SERVE else _message(site)
    return said + " guess" * (site.confidence is Confidence.GUESS) + " inside" * site.local


def _message(site: Interaction) -> str:
    transport = f"{site.transport}/{site.space}" if site.space else site.transport
    name = f"{site.exchange}:{site.channel or '?'}" if site.exchange else site.channel or "?"
    said = f"{site.role.value} {transport} {name}"
    said += f" [{site.event}]" if site.event else ""
    said += f" ({site.kind.value})" if site.kind is not Kind.EVENT else ""
    said += f" {site.match.value}" if site.match in (Match.GLOB, Match.REGEX) else ""
    said += f" in {site.group}" if site.group else ""
    return said + _by(site) if site.role is Role.SUBSCRIBE else said


def _served(site: Interaction) -> str:
    return f"serve {site.transport} {site.operation}{_by(site)}"


def _by(site: Interaction) -> str:
    return f" by {site.handler.name}" if site.handler else " by ?"


def _call(site: Interaction) -> str:
    said = f"call {site.transport} {site.operation}"
    host, port = (site.endpoint.host, site.endpoint.port) if site.endpoint else (None, None)
    said += f" at {host}:{port}" if host and port else f" at {host}" if host else ""
    said += f" to {site.target}" if site.target else ""
    said += f" over {site.broker} {site.channel}" if site.channel else ""
    return said + " without waiting" * (not site.waits)
