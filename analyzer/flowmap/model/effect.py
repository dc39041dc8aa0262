"""Effects: what the code of a service does with what the service keeps, in a database or another store, when that lasts, and what
it does with messages that it has not finished with.

A pattern (`Effects`) says what a call, a decorator or the context of a `with` of a library does; an `Effect` is one such place of
one service. Effects are facts beside the interactions: they are none, count as none, and change none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

from flowmap.model.interaction import Confidence
from flowmap.model.location import Evidence, Location
from flowmap.model.pattern import Guard
from flowmap.model.reference import Ref


class Does(StrEnum):
    """What is done: a store is opened, a transaction begun, something written, everything so far made to last, work put off until
    it lasts, what is published tied to what is kept, something read; messages are taken as done before they are worked on, a
    failed one is put back, or refused for good; what goes wrong is caught; a queue or subscription is made; what ties messages
    together may be passed on beside their payload."""

    OPENS = "open"
    BEGINS = "begin"
    WRITES = "write"
    COMMITS = "commit"
    DEFERS = "defer"
    TIES = "tie"
    READS = "read"
    TAKES = "take"
    RETURNS = "return"
    REFUSES = "refuse"
    CATCHES = "catch"
    MAKES = "make"
    CARRIES = "carry"


@dataclass(frozen=True, slots=True, kw_only=True)
class Effects:
    """`target` does something with what a service keeps. `**` in it stands for any way through attributes, calls and items:
    `django.db.models.Model**.save` is a method of an object, and of what a query gives; `**().x` stands right behind a call. The
    `context` of a `with` goes by the call that makes it (`sqlite3.connect()`), else by its type. `lasts` is what need not be
    committed: a write that is a transaction of its own unless it stands in one, a transaction that commits when it is left.

    The `setting` of a framework goes by its name where it is assigned, or by that of its module of settings and its own.

    `about` is the model, table or URL; without it, that is the scanned class that the object is of; of what opens a database, the
    value of a setting, or the client and the first name behind it. With `statements` it is a
    statement: SQL that writes, or what one of these calls makes; others are no effects. What is put off is what stands in the
    call. `repeatable` is what changes nothing where it is done again, what `adds` makes one more. The method of an object of which
    nothing is known counts, as a guess, if the object goes by a name in `called`; `**` there says that the method's name tells
    enough. What happens only after a failure (`failing`) stands where anything at all is caught, and in a function without a
    condition that has a name like `unless` (a regular expression). What makes a queue of a `transport` says at one of `ends` what
    becomes of messages that nobody can handle: they go to a queue of their own, or are tried only so many times."""

    target: str
    does: Does
    form: Literal["call", "decorator", "context", "setting"] = "call"
    about: Ref | None = None
    statements: tuple[str, ...] | None = None
    lasts: bool = False
    repeatable: bool = False
    called: tuple[str, ...] = ()
    when: tuple[Guard, ...] = ()
    failing: bool = False
    unless: str = ""
    ends: tuple[Ref, ...] = ()
    transport: str = ""
    adds: bool = False


@dataclass(frozen=True, slots=True)
class Beside:
    """A publication that is made in the same run as something is made to last, and not by it: `after` it, or before. `step` is
    where the function that does both leads to the one or the other, first the publication, then what lasts."""

    interaction: str
    after: bool
    steps: tuple[Evidence, Evidence]


@dataclass(frozen=True, slots=True)
class Effect:
    """One place of a service that does something with what it keeps, or with its messages. `about` is the model, table or URL, or
    the queue, "" if not known; `lasts` and `repeatable` as for `Effects`; what `adds` makes one more each time that it is
    done, for nothing tells that it has been done already; a queue that is made is one of a `transport`, and `ends`
    says that it has an end for messages that nobody can handle. `triggers` are the ids of the endpoints and subscriptions of the
    service whose handlers lead there; `beside` the publications that the same run makes, with nothing that ties them to it."""

    does: Does
    service: str
    plugin: str
    location: Location
    function: str
    confidence: Confidence
    about: str = ""
    lasts: bool = False
    repeatable: bool = False
    triggers: tuple[str, ...] = ()
    beside: tuple[Beside, ...] = ()
    ends: bool = False
    transport: str = ""
    adds: bool = False


def in_order(effects: Iterable[Effect]) -> tuple[Effect, ...]:
    """The effects of all services, sorted by place."""
    return tuple(sorted(effects, key=lambda e: (e.service, e.location, e.does, e.about, e.plugin)))


def with_ids(effect: Effect, ids: Mapping[str, Iterable[str]]) -> Effect:
    """The effect with other ids for the interactions that it speaks of: each stands for none, one or several others."""
    beside = {replace(b, interaction=new) for b in effect.beside for new in ids.get(b.interaction, ())}
    return replace(
        effect,
        triggers=tuple(sorted({new for old in effect.triggers for new in ids.get(old, ())})),
        beside=tuple(sorted(beside, key=lambda b: (b.steps, b.interaction, b.after))),
    )
