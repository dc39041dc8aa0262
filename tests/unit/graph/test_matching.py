"""Whether a publication reaches a subscription, transport by transport."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flowmap.graph.matching import MATCHERS, arrives, delivers, family, same_text
from flowmap.model.interaction import Interaction, Match
from flows import call, publish, subscribe, system
from hypothesis import given, settings
from hypothesis import strategies as st

NAMES = st.text(st.sampled_from("ab"), min_size=1, max_size=2)
FEW = settings(max_examples=150, derandomize=True, deadline=None)


def dotted(*wildcards: str, separator: str = ".") -> st.SearchStrategy[str]:
    """Names of a few tokens, some of them wildcards."""
    tokens = st.one_of(NAMES, st.sampled_from(wildcards)) if wildcards else NAMES
    return st.lists(tokens, min_size=1, max_size=5).map(separator.join)


@pytest.mark.parametrize(
    ("match", "pattern", "reached", "not_reached"),
    [
        (Match.EXACT, "orders", ["orders"], ["order", "orders2", "Orders", ""]),
        (Match.EXACT, "orders.*", ["orders.*"], ["orders.placed"]),
        (Match.AMQP, "orders", ["orders"], ["orders.placed", "order"]),
        (Match.AMQP, "#." * 40 + "z", ["a." * 40 + "z"], ["a." * 40 + "y"]),
        (Match.AMQP, "#.z" + ".*" * 1_500, ["z" + ".a" * 1_500], ["a" * 1_500, "z" + ".a" * 1_499]),
        (Match.AMQP, "orders.*", ["orders.placed"], ["orders", "orders.placed.eu", "order.placed"]),
        (Match.AMQP, "*.placed", ["orders.placed"], ["placed", "a.orders.placed"]),
        (Match.AMQP, "orders.#", ["orders", "orders.placed", "orders.placed.eu"], ["order", "a.orders"]),
        (Match.AMQP, "#", ["orders", "a.b.c", ""], []),
        (Match.AMQP, "#.eu", ["eu", "orders.placed.eu"], ["orders.placed.us", "neu"]),
        (Match.AMQP, "a.#.z", ["a.z", "a.b.z", "a.b.c.z"], ["a", "z", "a.b"]),
        (Match.AMQP, "*.*", ["a.b"], ["a", "a.b.c"]),
        (Match.AMQP, "ord*", ["ord*"], ["orders"]),
        (Match.NATS, "orders.*", ["orders.placed"], ["orders", "orders.placed.eu"]),
        (Match.NATS, "orders.>", ["orders.placed", "orders.placed.eu"], ["orders", "order.placed"]),
        (Match.NATS, ">", ["orders", "a.b.c"], []),
        (Match.NATS, "*.placed.>", ["a.placed.b", "a.placed.b.c"], ["a.placed", "placed.b"]),
        (Match.NATS, "orders", ["orders"], ["orders.placed"]),
        (Match.MQTT, "home/+/heat", ["home/hall/heat"], ["home/heat", "home/a/b/heat"]),
        (Match.MQTT, "home/#", ["home", "home/hall", "home/hall/heat"], ["homes", "house/hall"]),
        (Match.MQTT, "#", ["home", "home/hall"], ["$SYS/uptime"]),
        (Match.MQTT, "+/uptime", ["home/uptime"], ["$SYS/uptime"]),
        (Match.MQTT, "$SYS/#", ["$SYS/uptime"], ["home"]),
        (Match.MQTT, "$share/group/home/+", ["home/hall"], ["home", "group/home/hall"]),
        (Match.MQTT, "home.+", [], ["home.hall"]),
        (
            Match.PREFIXED,
            "org.shop.*.orders.placed",
            ["orders.placed", "org.shop.eu.orders.placed"],
            ["placed", "org.orders.placed"],
        ),
        (Match.PREFIXED, "org.shop.orders.*", ["orders.placed", "shop.orders.placed"], ["orders", "orders.placed.eu", "placed"]),
        (Match.PREFIXED, "org.*.#", ["org.a", "org.a.b"], ["a", "a.b"]),
        (Match.PREFIXED, "orders", ["orders"], ["placed", "eu.orders"]),
        (Match.STOMP, "/queue/orders", ["/queue/orders"], ["/queue/orders.eu", "/topic/orders"]),
        (Match.STOMP, "/topic/orders.*", ["/topic/orders.placed"], ["/topic/orders", "/topic/orders.placed.eu"]),
        (Match.STOMP, "/topic/orders.>", ["/topic/orders.placed.eu"], ["/topic/order.placed"]),
        (
            Match.STOMP,
            "/queue/Consumer.billing.VirtualTopic.orders.placed",
            ["/topic/VirtualTopic.orders.placed"],
            ["/topic/VirtualTopic.orders", "/topic/VirtualTopic.orders.placed.eu", "/queue/VirtualTopic.orders.placed"],
        ),
        (Match.STOMP, "/queue/Consumer.a.b.VirtualTopic.>", ["/topic/VirtualTopic.orders.placed"], ["/topic/orders.placed"]),
        (Match.STOMP, "/queue/Consumer.billing.orders", ["/queue/Consumer.billing.orders"], ["/topic/orders"]),
        (Match.GLOB, "user:*", ["user:1", "user:", "user:1:name"], ["users:1", "auser:1"]),
        (Match.GLOB, "h?llo", ["hello", "hallo"], ["hllo", "heello"]),
        (Match.GLOB, "h[ae]llo", ["hello", "hallo"], ["hillo"]),
        (Match.GLOB, "h[^e]llo", ["hallo"], ["hello"]),
        (Match.GLOB, "h[a-c]llo", ["hbllo"], ["hdllo"]),
        (Match.GLOB, r"h\*llo", ["h*llo"], ["hello"]),
        (Match.GLOB, "__keyevent@0__:*", ["__keyevent@0__:expired"], ["__keyevent@1__:expired"]),
        (Match.GLOB, "a.b", ["a.b"], ["axb"]),
        (Match.GLOB, "[", ["["], ["a"]),
        (Match.GLOB, "[z-a]", ["[z-a]"], ["m"]),
        (Match.REGEX, "^orders-.*", ["orders-eu", "orders-"], ["orders", "old-orders-eu"]),
        (Match.REGEX, "^orders-", ["orders-eu"], ["old-orders-eu"]),
        (Match.REGEX, "^orders$", ["orders"], ["orders-eu"]),
        (Match.REGEX, "orders|payments", ["orders", "payments"], ["refunds"]),
        (Match.REGEX, "^[", ["^["], ["a"]),
        (Match.REGEX, "a{99999999999999}", ["a{99999999999999}"], ["a"]),
    ],
)
def test_patterns(match: Match, pattern: str, reached: list[str], not_reached: list[str]) -> None:
    assert [n for n in (*reached, *not_reached) if MATCHERS[match](n, pattern)] == reached


@pytest.mark.parametrize(
    ("match", "published", "subscribed", "expected"),
    [
        (Match.EXACT, "user-{}", "user-7", True),
        (Match.EXACT, "a" * 5_000, "{}a" * 40 + "b", False),
        (Match.EXACT, "a" * 5_000, "{}a" * 40, True),
        (Match.EXACT, "{}{}", "a", False),
        (Match.EXACT, "{}{}", "ab", True),
        (Match.EXACT, "{}-{}-x", "a-b-c-x", True),
        (Match.EXACT, "a{}a", "aa", False),
        (Match.EXACT, "user-7", "user-{}", True),
        (Match.EXACT, "user-{}", "user-{}", True),
        (Match.EXACT, "user-{}", "user-", False),
        (Match.EXACT, "user-{}", "account-7", False),
        (Match.EXACT, "{}.orders", "eu.orders", True),
        (Match.EXACT, "{}.orders", "eu.payments", False),
        (Match.EXACT, "a{}c{}", "abcd", True),
        (Match.EXACT, "a+b", "aab", False),
        (Match.AMQP, "orders.{}", "orders.*", True),
        (Match.AMQP, "orders.{}", "orders.placed", True),
        (Match.AMQP, "orders.{}", "payments.*", False),
        (Match.AMQP, "{}.placed", "orders.placed", True),
        (Match.AMQP, "{}.placed", "orders.paid", False),
        (Match.AMQP, "orders.placed", "{}.placed", True),
        (Match.NATS, "orders.{}.placed", "orders.*.placed", True),
        (Match.NATS, "orders.{}.placed", "orders.7.placed", True),
        (Match.NATS, "orders.{}.placed", "orders.7.paid", False),
        (Match.MQTT, "home/{}/heat", "home/+/heat", True),
        (Match.MQTT, "home/{}/heat", "home/+/light", False),
        (Match.GLOB, "user:{}", "user:*", True),
        (Match.GLOB, "user:{}", "account:*", False),
        (Match.GLOB, "user:7:mail", "user:{}:*", True),
        (Match.REGEX, "orders-{}", "^orders-.*", True),
        (Match.REGEX, "orders-{}", "^payments-.*", False),
    ],
)
def test_holes_stand_for_any_text(match: Match, published: str, subscribed: str, expected: bool) -> None:
    assert MATCHERS[match](published, subscribed) is expected


def amqp_reference(words: list[str], pattern: list[str]) -> bool:
    """The states of the pattern that the words can be in, one word after the other."""

    def settle(states: set[int]) -> set[int]:
        for n, wanted in enumerate(pattern):
            if n in states and wanted == "#":
                states |= {n + 1}
        return states

    states = settle({0})
    for word in words:
        moved = {n + 1 for n in states if n < len(pattern) and pattern[n] in (word, "*")}
        states = settle(moved | {n for n in states if n < len(pattern) and pattern[n] == "#"})
    return len(pattern) in states


@FEW
@given(dotted(), dotted("*", "#"))
def test_amqp_agrees_with_a_reference(name: str, pattern: str) -> None:
    assert MATCHERS[Match.AMQP](name, pattern) is amqp_reference(name.split("."), pattern.split("."))


@FEW
@given(dotted(), dotted("*"), st.booleans())
def test_nats_agrees_with_a_reference(name: str, pattern: str, tail: bool) -> None:
    have, want = name.split("."), pattern.split(".")
    fits = len(have) > len(want) if tail else len(have) == len(want)
    expected = fits and all(w in (h, "*") for h, w in zip(have, want, strict=False))
    assert MATCHERS[Match.NATS](name, pattern + ".>" * tail) is expected


@FEW
@given(dotted(separator="/"), dotted("+", separator="/"), st.booleans())
def test_mqtt_agrees_with_a_reference(name: str, pattern: str, tail: bool) -> None:
    have, want = name.split("/"), pattern.split("/")
    fits = len(have) >= len(want) if tail else len(have) == len(want)
    expected = fits and all(w in (h, "+") for h, w in zip(have, want, strict=False))
    assert MATCHERS[Match.MQTT](name, pattern + "/#" * tail) is expected


@pytest.mark.parametrize("match", list(Match))
def test_a_literal_name_reaches_itself_and_no_other(match: Match) -> None:
    @FEW
    @given(dotted(), dotted())
    def check(one: str, other: str) -> None:
        assert MATCHERS[match](one, one)
        if match is not Match.REGEX:
            assert MATCHERS[match](one, other) is (one == other)

    check()


@pytest.mark.filterwarnings("ignore::FutureWarning", "ignore::DeprecationWarning")
@pytest.mark.parametrize("match", list(Match))
def test_no_text_is_an_error(match: Match) -> None:
    texts = st.one_of(st.text(max_size=8), st.text(st.sampled_from("a.*#>+/?[]^-\\{}()$"), max_size=10))

    @FEW
    @given(texts, texts)
    def check(one: str, other: str) -> None:
        assert MATCHERS[match](one, other) in (True, False)
        assert MATCHERS[match](one, one) or match in (Match.NATS, Match.MQTT)

    check()


@FEW
@given(st.text(st.sampled_from("ab{}."), max_size=8), st.text(st.sampled_from("ab{}."), max_size=8))
def test_texts_with_holes_are_compared_both_ways(one: str, other: str) -> None:
    assert same_text(one, other) is same_text(other, one)


SENT, HEARD = publish("a", "orders", transport="amqp"), subscribe("b", "orders", transport="amqp")


@pytest.mark.parametrize(
    ("published", "subscribed", "expected"),
    [
        (SENT, HEARD, True),
        (SENT, replace(HEARD, transport="kafka"), False),
        (replace(SENT, transport="confluent"), replace(HEARD, transport="kafka"), True),
        (replace(SENT, exchange="shop"), replace(HEARD, exchange="shop"), True),
        (replace(SENT, exchange="shop"), replace(HEARD, exchange="other"), False),
        (replace(SENT, exchange="shop"), HEARD, True),
        (SENT, replace(HEARD, exchange="shop"), True),
        (replace(SENT, space="stream"), replace(HEARD, space="stream"), True),
        (replace(SENT, space="stream"), HEARD, False),
        (replace(SENT, event="Placed"), replace(HEARD, event="Placed"), True),
        (replace(SENT, event="Placed"), replace(HEARD, event="Paid"), False),
        (replace(SENT, event="OrderPlaced"), replace(HEARD, event="order.placed"), True),
        (replace(SENT, event="OrderPlacedEvent"), replace(HEARD, event="ORDER_PLACED"), True),
        (replace(SENT, event="OrderPlaced"), replace(HEARD, event="order.placed.late"), False),
        (replace(SENT, event="Event"), replace(HEARD, event="Placed"), False),
        (replace(SENT, event="Placed"), HEARD, True),
        (SENT, replace(HEARD, event="Paid"), True),
        (replace(SENT, channel=None), HEARD, False),
        (SENT, replace(HEARD, channel=None), False),
        (replace(SENT, channel="orders.placed"), replace(HEARD, channel="orders.*"), False),
        (replace(SENT, channel="orders.placed"), replace(HEARD, channel="orders.*", match=Match.AMQP), True),
        (replace(SENT, channel="orders.*", match=Match.AMQP), replace(HEARD, channel="orders.placed"), False),
    ],
)
def test_what_must_agree_for_a_delivery(published: Interaction, subscribed: Interaction, expected: bool) -> None:
    assert delivers(published, subscribed) is expected


def test_what_is_local_arrives_in_its_own_process_only() -> None:
    sent = replace(SENT, local=True)
    assert arrives(sent, replace(HEARD, service="a"))
    assert not arrives(sent, HEARD)
    assert arrives(SENT, HEARD)


@pytest.mark.parametrize(
    ("transport", "broker", "expected"),
    [
        ("kafka", "", "kafka"),
        ("confluent", "", "kafka"),
        ("servicebus", "", "azure"),
        ("eventgrid", "", "azure"),
        ("rpc", "nats", "nats"),
    ],
)
def test_transports_that_share_their_channels_are_one_family(transport: str, broker: str, expected: str) -> None:
    assert family(replace(call("a", "b", "x", transport=transport), broker=broker)) == expected


@pytest.mark.parametrize(
    ("topic", "queue", "edges"),
    [
        ("/topic/VirtualTopic.orders", "/queue/Consumer.billing.VirtualTopic.orders", 1),
        ("/topic/VirtualTopic.orders.placed", "/queue/Consumer.billing.eu.VirtualTopic.orders.>", 1),
        ("/topic/VirtualTopic.bills", "/queue/Consumer.billing.VirtualTopic.orders", 0),
        ("/topic/orders", "/queue/Consumer.billing.orders", 0),
    ],
)
def test_a_queue_of_a_virtual_topic_is_joined_to_it(topic: str, queue: str, edges: int) -> None:
    reader = replace(subscribe("billing", queue, transport="stomp"), match=Match.STOMP)
    graph = system(publish("shop", topic, transport="stomp"), reader)
    assert len(graph.flow.edges) == edges
