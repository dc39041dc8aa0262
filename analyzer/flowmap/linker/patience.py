"""How long a call waits and how often it is tried: what the call itself, its client and their library say of it."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from flowmap import plugin_api as api
from flowmap.linker.readings import Reading, longest, readings, said
from flowmap.linker.slots import ask
from flowmap.linker.subjects import Subject
from flowmap.linker.terms import Literal, Made, Member, Template, Term
from flowmap.model.location import Location
from flowmap.model.patience import Breaker, Retry, Source, Timeout, Wait

if TYPE_CHECKING:
    from flowmap.linker.view import View

UNSEEN = "where its client is made is not seen"
TWICE = 2
"""Tries from which on something is tried again."""


def timeout_of(view: View, limit: api.Limit | None, subject: Subject) -> Timeout | None:
    """How long a call waits; None where its plugin says nothing of it."""
    if limit is None:
        return None
    subject = replace(subject, final=True)
    for source, number in ((Source.ARGUMENT, limit.argument), (Source.CLIENT, limit.client)):
        if source is Source.CLIENT and number is not None and _is_given(view, subject):
            return Timeout(None, source, UNSEEN)
        found = said(readings(view, number, subject, limit.unset)) if number is not None else []
        if limit.none_is_unset:
            found = [r for r in found if r.number is not None or r.unknown]
        if found:
            chosen = longest(found)
            return Timeout(_finite(chosen.number), source, chosen.unknown)
    return Timeout(limit.default, Source.DEFAULT)


def _is_given(view: View, subject: Subject) -> bool:
    """Whether the client is an object of the library of which nobody sees how it was made."""
    if not isinstance(subject.callee, Member):
        return False
    return any(isinstance(t, Made) and t.creation is None for t in view.close((subject.callee.owner,)))


def retry_of(view: View, by: str, tries: api.Tries | None, subject: Subject, at: Location | None = None) -> Retry | None:
    """How often something is tried; None where that is once. With `at`, that it is tried again is declared there."""
    if tries is None:
        return None
    subject = replace(subject, final=True)
    told = tries.count is not None and (at is not None or not _is_given(view, subject))
    found = readings(view, tries.count, subject) if told and tries.count is not None else []
    counts = [r for r in said(found) if not r.left]
    otherwise = tries.default if found or at is not None else tries.absent
    chosen = longest(counts) if counts else Reading(otherwise)
    attempts = _whole(chosen.number)
    if attempts is not None and counts and tries.extra:
        attempts += 1
    if not chosen.unknown and attempts is not None and 0 <= attempts < TWICE:
        return None
    within = said(readings(view, tries.within, subject)) if tries.within is not None else []
    lasting = _finite(longest(within).number) if within else tries.lasting
    endless = attempts is not None and attempts < 0  # a count of -1 stands for none
    unreached = tries.connections and not (tries.unless is not None and ask(view, tries.unless, subject))
    return Retry(by, None if endless else attempts, _wait(view, tries, subject), lasting, unreached, chosen.unknown, at)


def _wait(view: View, tries: api.Tries, subject: Subject) -> Wait:
    """What lies between two tries: of several alternatives the one that says most."""
    grown = said(readings(view, tries.backoff, subject)) if tries.backoff is not None else []
    kinds = [Wait.GROWING for r in grown if r.unknown or r.number]
    named = dict(tries.waits)
    for term in (p for t in ask(view, tries.wait, subject) for p in _parts(t)):
        names = {n.removesuffix("()").rpartition(".")[2] for n in view.names_of(term)}
        known = next((named[n] for n in sorted(names) if n in named), None)
        if known is not None:
            kinds.append(known)
        elif isinstance(term, Literal):
            kinds.append(tries.waiting if term.value is None else Wait.FIXED if term.value else Wait.NONE)
        else:
            kinds.append(Wait.UNKNOWN)
    return max(kinds, key=list(Wait).index) if kinds else tries.waiting


def _parts(term: Term) -> tuple[Term, ...]:
    """What is added up (`wait_exponential() + wait_random()`), or the one thing there is."""
    return tuple(p for p in term.parts if not isinstance(p, str)) if isinstance(term, Template) else (term,)


def breaker_of(view: View, by: str, guard: api.Guards, subject: Subject, at: Location) -> Breaker | None:
    """The circuit breaker that a guard is; None where it is none."""
    if guard.failures is None:
        return None
    final = replace(subject, final=True)
    failures, reset = (said(readings(view, n, final)) if n is not None else [] for n in (guard.failures, guard.reset))
    opens = longest(failures) if failures else Reading(guard.opens)
    closes = longest(reset) if reset else Reading(guard.closes)
    return Breaker(by, _whole(opens.number), _finite(closes.number), at)


def _finite(number: float | None) -> float | None:
    """The number; None if it has no end."""
    return None if number is None or math.isinf(number) else number


def _whole(number: float | None) -> int | None:
    finite = _finite(number)
    return None if finite is None else int(finite)
