"""Whether what is published is what somebody listens to: one comparison per transport, holes allowed on both sides."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache

from flowmap.graph.patterns import is_quick
from flowmap.model.interaction import Confidence, Interaction, Match
from flowmap.naming import event_name

FAMILIES = {"servicebus": "azure", "eventgrid": "azure", "confluent": "kafka"}
"""Transports that deliver into one another."""


def delivers(published: Interaction, subscribed: Interaction) -> bool:
    """Whether a message of the one can reach the other."""
    if family(published) != family(subscribed) or published.space != subscribed.space:
        return False
    if published.exchange and subscribed.exchange and published.exchange != subscribed.exchange:
        return False
    if published.source and subscribed.source and not same_text(published.source, subscribed.source):
        return False
    if published.channel is None or subscribed.channel is None:
        return False
    if published.event and subscribed.event and event_name(published.event) != event_name(subscribed.event):
        return False
    return MATCHERS[subscribed.match](published.channel, subscribed.channel)


def may_deliver(published: Interaction, subscribed: Interaction) -> bool:
    """Whether nobody can say that a message of the one never reaches the other: which types a handler tells apart, if only read
    from its code, does not settle that."""
    read = subscribed.confidence is not Confidence.CERTAIN
    return delivers(published, replace(subscribed, event=None) if read else subscribed)


def arrives(published: Interaction, subscribed: Interaction) -> bool:
    """Whether a message of the one does reach the other: what stays inside a process reaches only that process."""
    return delivers(published, subscribed) and not (published.local and published.service != subscribed.service)


def family(interaction: Interaction) -> str:
    """The transport, with those that share their channels taken together."""
    transport = interaction.broker or interaction.transport
    return FAMILIES.get(transport, transport)


def same_text(published: str, subscribed: str) -> bool:
    """Equal, with `{}` standing for any piece of text on either side."""
    if published == subscribed:
        return True
    return _fits(published, subscribed) or _fits(subscribed, published)


def _fits(text: str, template: str) -> bool:
    """Whether a text is a template with something in each of its holes; each piece between two is taken where it comes first."""
    head, *pieces = template.split("{}")
    if not pieces or not text.startswith(head):
        return False
    end = len(head)
    for piece in pieces[:-1]:
        found = text.find(piece, end + 1)
        if found < 0:
            return False
        end = found + len(piece)
    return len(text) - len(pieces[-1]) > end and text.endswith(pieces[-1])


def _tokens(published: str, pattern: str, one: str, rest: str, separator: str) -> bool:
    """Token patterns: `one` stands for one token, `rest` for any number; a hole is one token that may be anything."""
    return _walk(published.split(separator), pattern.split(separator), one, rest)


def _walk(have: list[str], want: list[str], one: str, rest: str) -> bool:
    here = there = since = 0
    last: int | None = None
    while here < len(have):
        if there < len(want) and want[there] == rest:
            last, since = there, here
            there += 1
        elif there < len(want) and (want[there] == one or same_text(have[here], want[there])):
            here, there = here + 1, there + 1
        elif last is not None:  # the last `rest` takes one more
            since += 1
            here, there = since, last + 1
        else:
            return False
    return all(w == rest for w in want[there:])


def amqp(published: str, subscribed: str) -> bool:
    """Topic exchanges: `*` is one word, `#` any number of words."""
    return same_text(published, subscribed) or _tokens(published, subscribed, "*", "#", ".")


def prefixed(published: str, subscribed: str) -> bool:
    """Topic exchanges where each deployment puts its own words before the names that programs publish: a pattern may begin with
    such words, as long as what is left of it names more than one word."""
    words = subscribed.split(".")
    ends = (words[n:] for n in range(1, len(words) - 1))
    return amqp(published, subscribed) or any(
        end[0] not in {"*", "#"} and _walk(published.split("."), end, "*", "#") for end in ends
    )


def nats(published: str, subscribed: str) -> bool:
    """Subjects: `*` is one token, `>` at least one more."""
    if subscribed.endswith(".>"):
        return _tokens(published, subscribed[:-1] + "*", "*", ">", ".") or _tokens(
            published, subscribed[:-1] + "*.>", "*", ">", "."
        )
    return _tokens(published, subscribed, "*", ">", ".")


def mqtt(published: str, subscribed: str) -> bool:
    """Topics: `+` is one level, `#` all further ones; neither begins with what the broker says of itself (`$SYS`)."""
    pattern = re.sub(r"^\$share/[^/]+/", "", subscribed)
    return published.startswith("$") <= pattern.startswith("$") and _tokens(published, pattern, "+", "#", "/")


def stomp(published: str, subscribed: str) -> bool:
    """Destinations: `*` is one part, `>` all further ones."""
    return same_text(published, subscribed) or _tokens(published, filled_from(subscribed), "*", ">", ".")


def filled_from(destination: str) -> str:
    """The STOMP destination whose messages arrive at one: a queue called `Consumer.NAME.VirtualTopic...` gets what is sent to the
    topic that its name ends with."""
    return re.sub(r"^/queue/Consumer\..+?\.(?=VirtualTopic\.)", "/topic/", destination)


def glob(published: str, subscribed: str) -> bool:
    """Redis patterns: `*` any text, `?` one character, `[...]` one of several; a backslash takes the next one as it is."""
    return same_text(published, subscribed) or bool(_glob(subscribed).match(published))


@lru_cache(maxsize=4096)
def _glob(pattern: str) -> re.Pattern[str]:
    pieces = re.findall(r"\\.|\[[^\]]+\]|\{\}|.", pattern, re.DOTALL)
    try:
        return re.compile("".join(_GLOB.get(p) or _one_of(p) for p in pieces) + r"\Z", re.DOTALL)
    except re.error:  # a range that runs backwards
        return re.compile(re.escape(pattern) + r"\Z")


_GLOB = {"*": ".*", "?": ".", "{}": ".+"}


def _one_of(piece: str) -> str:
    """A piece of a glob that is no wildcard: a set of characters, or a character, which a backslash may stand before."""
    if len(piece) < 2 or not piece.startswith("["):
        return re.escape(piece.removeprefix("\\") or piece)
    inside = piece[1:-1]
    chosen = re.escape(inside.removeprefix("^")).replace(r"\-", "-")
    return f"[{'^' * inside.startswith('^')}{chosen}]" if chosen else re.escape(piece)


def regex(published: str, subscribed: str) -> bool:
    """A regular expression over the start of the name, as Kafka's Python clients take it; one that is broken, or would take
    too long to try, matches only itself."""
    try:
        return same_text(published, subscribed) or (is_quick(subscribed, published) and bool(re.match(subscribed, published)))
    except (re.error, OverflowError, RecursionError):
        return False


MATCHERS: Mapping[Match, Callable[[str, str], bool]] = {
    Match.EXACT: same_text,
    Match.AMQP: amqp,
    Match.NATS: nats,
    Match.MQTT: mqtt,
    Match.GLOB: glob,
    Match.REGEX: regex,
    Match.STOMP: stomp,
    Match.PREFIXED: prefixed,
}
