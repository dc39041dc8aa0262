"""What flowmap sees of what a service does with what it keeps, one line per effect.

`write Order lasts`, `write orders again` (repeatable), `make orders ends` (a queue with
dead letters), `commit lasts`, `begin lasts`, `open postgresql://db/shop`, `defer`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from textwrap import dedent

import pytest
from _pytest.mark import ParameterSet
from flowmap.extensions import load_plugins
from flowmap.frontend.summarise import summarise
from flowmap.linker.program import link
from flowmap.linker.recognise import Recognition, recognise
from flowmap.model.effect import Effect
from flowmap.model.interaction import Confidence
from flowmap.model.project import Project, Service, SourceFile

PLUGINS = load_plugins()


def recognition(*pieces: str) -> Recognition:
    """What is recognised in a service whose only module is made of these pieces."""
    file = SourceFile("app.py", "\n".join(dedent(p) for p in pieces).encode())
    summary = summarise(file.path, file.content)
    assert summary.problem is None
    return recognise(link([summary], Project((file,), (Service("shop", "."),))), PLUGINS)


def effects(*pieces: str) -> list[str]:
    """The effects as sorted lines."""
    return sorted(line(e) for e in recognition(*pieces).effects)


def line(effect: Effect) -> str:
    """An effect in one line."""
    said = f"{effect.does.value} {effect.about}" if effect.about else effect.does.value
    said += " lasts" * effect.lasts + " again" * effect.repeatable + " ends" * effect.ends
    return said + " guess" * (effect.confidence is Confidence.GUESS)


def checks(
    setup: str, forms: Sequence[tuple[str, ...] | ParameterSet], look_alikes: Sequence[str | ParameterSet], *control: str
) -> tuple[Callable[..., None], Callable[..., None]]:
    """The two tests of a plugin: in each form, behind `setup`, is seen what is stated and what `control` says of the setup; in each
    look-alike the latter alone."""

    @pytest.mark.parametrize("form", forms)
    def test_a_form_is_found(form: tuple[str, ...]) -> None:
        code, *expected = form
        assert effects(setup, code) == sorted([*control, *expected])

    @pytest.mark.parametrize("code", look_alikes)
    def test_a_look_alike_is_not(code: str) -> None:
        assert effects(setup, code) == sorted(control)

    return test_a_form_is_found, test_a_look_alike_is_not
