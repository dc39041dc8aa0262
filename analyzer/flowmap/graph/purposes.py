"""What a call is for, by its verb and the names in it: to read, to have something done, to have work done that can wait."""

from __future__ import annotations

from collections.abc import Collection

from flowmap.model.interaction import OUTSIDE, Interaction
from flowmap.naming import words

WAITING_WORK = frozenset(
    "notification notifications notifier notify email emailer emails mail mailer mailing sms push analytics statistics "
    "crm loyalty reporting audit auditing newsletter telemetry tracking indexer indexing recommendations".split()
)
"""Names of work that does not belong to an answer."""
READING = frozenset("get list find fetch read lookup query search load retrieve".split())
TESTING = frozenset("check validate verify".split())
ASKING = READING | TESTING
CHANGING = frozenset({"POST", "PUT", "PATCH", "DELETE"})


def reads(call: Interaction) -> bool:
    """Whether a call only asks for data."""
    verb, _, path = (call.operation or "").partition(" ")
    return verb == "GET" if path else bool(READING.intersection(_first(verb)))


def works(call: Interaction) -> bool:
    """Whether a call has something done, rather than asking for something."""
    verb, _, path = (call.operation or "").partition(" ")
    return verb in CHANGING and not TESTING.intersection(_first(path)) if path else not ASKING.intersection(_first(verb))


def can_wait(call: Interaction, known: Collection[str]) -> str:
    """The word, in the name of the callee or in the path, by which a call has work done that can wait; `known` are such words in
    small letters. Empty if there is none."""
    if not works(call):
        return ""
    target = (call.target or "").removeprefix(OUTSIDE)
    return word_of(target, known) or word_of((call.operation or "").partition(" ")[2], known)


def word_of(name: str, known: Collection[str]) -> str:
    """The first of the known words in a name; empty if there is none."""
    return next((w for w in words(name) if w in known), "")


def _first(operation: str) -> list[str]:
    return words(operation.rpartition("/")[2].rpartition(".")[2])[:1]
