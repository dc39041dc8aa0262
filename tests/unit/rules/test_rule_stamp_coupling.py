"""E206: state that travels in messages and grows."""

from dataclasses import replace

import pytest
from flowmap.model.interaction import Interaction
from flowmap.rules.stamp_coupling import RULE
from flows import holding, publish, subscribe
from verdicts import findings


def chain(*messages: str, more: int = -1) -> list[Interaction]:
    """Services `s0`, `s1`, ... that each react to the message before with one of their own, `e0`, `e1`, ...; messages are fields
    with spaces between. In that of number `more` there may be others."""
    sites: list[Interaction] = []
    for number, fields in enumerate(messages):
        after = [f"s{number} subscribe e{number - 1}"] if number else []
        payload = holding(*fields.split(), more=number == more)
        sites += [subscribe(f"s{number}", f"e{number - 1}")] if number else []
        sites.append(replace(publish(f"s{number}", f"e{number}", *after), payload=payload))
    return sites


FLAGGED = (
    (["order email", "order email paid", "order email paid sent"], "e0 → e1 → e2: each repeats email and order and adds to it"),
    (["a b", "a b c", "a b c d", "a b c d e"], "e0 → e1 → e2 → e3: each repeats a and b and adds to it"),
    (["a b x", "a b c", "a b c d", "a b c d e"], "e1 → e2 → e3: each repeats a, b and c and adds to it"),
    (["a b id", "a b c", "a b c d"], "e0 → e1 → e2: each repeats a and b and adds to it"),
    (["a b c.x", "a b c", "a b c d"], "e0 → e1 → e2: each repeats a and b and adds to it"),
    (["a b", "a b c", "a b c d", "z"], "e0 → e1 → e2: each repeats a and b and adds to it"),
)
SILENT = (
    (["order email", "order email paid"], -1),
    (["order", "order paid", "order paid sent"], -1),
    (["order id", "order id paid", "order id paid sent"], -1),
    (["order email", "order paid", "order paid sent"], -1),
    (["a b", "a b", "a b"], -1),
    (["a b", "a b c", "a b c"], -1),
    (["a b", "a b c", "a b c d"], 1),
    (["a b", "a b c?", "a b c? d?"], -1),
)


@pytest.mark.parametrize(("messages", "said"), FLAGGED)
def test_flagged(messages: list[str], said: str) -> None:
    assert [f.message for f in findings(RULE, *chain(*messages))] == [said]


@pytest.mark.parametrize(("messages", "more"), SILENT)
def test_not_flagged(messages: list[str], more: int) -> None:
    assert findings(RULE, *chain(*messages, more=more)) == []


def test_messages_that_nothing_is_known_of_end_a_chain() -> None:
    sites = [replace(s, payload=None) if s.channel == "e1" else s for s in chain("a b", "a b c", "a b c d")]
    assert findings(RULE, *sites) == []


def test_events_in_a_circle_end() -> None:
    first, *rest = chain("a b", "a b c", "a b c d")
    again = replace(subscribe("s0", "e2"), id="again")
    (finding,) = findings(RULE, replace(first, triggers=("again",)), again, *rest)
    assert finding.subject == "e0"


def test_each_step_says_what_it_adds() -> None:
    (finding,) = findings(RULE, *chain("a b", "a b c", "a b c d"))
    assert [e.what for e in finding.evidence] == [
        "s0 publishes e0: a and b",
        "s1 publishes e1: repeats 2 fields and adds c",
        "s2 publishes e2: repeats 3 fields and adds d",
    ]
