"""Chains of waiting: endpoint by endpoint, never service by service."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from flowmap.graph.chains import chains
from flowmap.model.interaction import Interaction, Match
from flows import call, publish, serve, subscribe, system
from hypothesis import given, settings
from hypothesis import strategies as st


def found(*sites: Interaction) -> list[str]:
    return [" > ".join(c.services) for c in system(*sites).flow.chains]


def hop(source: str, target: str, path: str = "x", after: str = "x") -> list[Interaction]:
    """An endpoint of `source` whose handler calls an endpoint of `target`."""
    return [serve(source, f"GET /{after}"), call(source, target, f"GET /{path}", f"{source} serve GET /{after}")]


A_TO_B, B_TO_C, C_TO_D = hop("a", "b"), hop("b", "c"), hop("c", "d")
END = [serve("d", "GET /x")]


@pytest.mark.parametrize(
    ("sites", "expected"),
    [
        ([], []),
        ([*A_TO_B, serve("b", "GET /x")], ["a > b"]),
        ([*A_TO_B, *B_TO_C, serve("c", "GET /x")], ["a > b > c"]),
        ([*A_TO_B, *B_TO_C, *C_TO_D, *END], ["a > b > c > d"]),
        ([*A_TO_B, *hop("a", "c"), serve("b", "GET /x"), serve("c", "GET /x")], ["a > b", "a > c"]),
        ([*A_TO_B, *B_TO_C, *hop("b", "d"), serve("c", "GET /x"), *END], ["a > b > c", "a > b > d"]),
        ([*A_TO_B, *hop("b", "c", after="other"), serve("b", "GET /x"), serve("c", "GET /x")], ["a > b", "b > c"]),
        ([*A_TO_B, *hop("b", "a"), serve("a", "GET /x")], ["a > b > a", "b > a > b"]),
        ([*hop("a", "a"), serve("a", "GET /x")], []),
        ([*A_TO_B], ["a > b"]),
        ([serve("a", "GET /x"), call("a", None, "GET /x", "a serve GET /x")], []),
        ([serve("a", "GET /x"), call("a", "api.github.com", "GET /x", "a serve GET /x")], []),
        ([*hop("a", "b", path="missing"), *B_TO_C, serve("c", "GET /x")], ["a > b", "b > c"]),
    ],
)
def test_chains(sites: list[Interaction], expected: list[str]) -> None:
    targets = [serve(s, "GET /never") for s in "abcd"]  # every service is there, whatever it serves
    assert found(*sites, *targets) == expected


def passing(route: str, passed_on: str) -> list[Interaction]:
    """A gateway `g` with a route whose handler calls `b`, which calls `c` from POST /orders/create."""
    through = [serve("g", route), call("g", "b", passed_on, f"g serve {route}")]
    return [
        *through,
        serve("b", "POST /orders/create"),
        call("b", "c", "GET /x", "b serve POST /orders/create"),
        serve("c", "GET /x"),
    ]


@pytest.mark.parametrize(
    ("sites", "expected"),
    [
        (passing("POST /orders/{**}", "{} /orders/{}"), ["g > b > c"]),
        (passing("POST /{**}", "{} /{}"), ["g > b > c"]),
        (passing("{} /{**}", "{} /{}"), ["g > b > c"]),
        (passing("GET /orders/{**}", "{} /orders/{}"), ["b > c", "g > b"]),
        (passing("POST /orders/{**}", "{} /carts/{}"), ["b > c", "g > b"]),
        (passing("POST /orders/{**}", "POST /orders/{}"), ["g > b > c"]),
        (passing("POST /shop/{**}", "POST /{}"), ["g > b > c"]),
        (passing("POST /shop/{**}", "POST /orders/{}"), ["b > c", "g > b"]),
        (passing("POST /{**}", "GET /orders/{}"), ["b > c", "g > b"]),
        (passing("POST /orders/{}", "{} /orders/{}"), ["b > c", "g > b"]),
        (passing("POST /orders/{**}", "{} /orders"), ["b > c", "g > b"]),
        (passing("POST /orders/create", "POST /{}"), ["g > b > c"]),
        (passing("POST /orders/create", "{} /{}"), ["g > b > c"]),
        (passing("POST /orders/create", "GET /{}"), ["b > c", "g > b"]),
        (passing("POST /orders/other", "POST /{}"), ["b > c", "g > b"]),
        (passing("POST /orders/create", "POST /orders/{}"), ["b > c", "g > b"]),
    ],
)
def test_what_a_gateway_of_ones_own_passes_on(sites: list[Interaction], expected: list[str]) -> None:
    assert found(*sites) == expected


def test_a_circle_is_followed_beside_other_chains() -> None:
    circle = [*hop("p", "q"), *hop("q", "p")]
    assert found(*A_TO_B, serve("b", "GET /x"), *circle) == ["p > q > p", "q > p > q", "a > b"]


def test_the_longest_come_first() -> None:
    sites = [*A_TO_B, *B_TO_C, serve("c", "GET /x"), *hop("p", "q"), serve("q", "GET /x")]
    assert found(*sites) == ["a > b > c", "p > q"]


def test_a_path_inside_a_longer_one_is_left_out() -> None:
    own = replace(call("b", "c", "GET /x"), id="b on its own")
    assert found(*A_TO_B, *B_TO_C, serve("c", "GET /x"), own) == ["a > b > c"]


def test_calls_on_the_same_way_are_one_chain() -> None:
    twice = [replace(c, id=str(n)) for n, c in enumerate([A_TO_B[1]] * 2)]
    (chain,) = system(A_TO_B[0], *twice, serve("b", "GET /x")).flow.chains
    assert chain.interactions == ("0",)


def test_who_does_not_wait_makes_no_chain() -> None:
    sites = [*A_TO_B, *B_TO_C, serve("c", "GET /x")]
    calm = [replace(s, waits=False) if s.id == B_TO_C[1].id else s for s in sites]
    assert found(*calm) == ["a > b"]


def test_messages_do_not_make_anybody_wait() -> None:
    sites = [publish("a", "x"), subscribe("b", "x"), call("b", "c", "GET /x", "b subscribe x"), serve("c", "GET /x")]
    assert found(*sites) == ["b > c"]


def test_a_request_over_a_broker_is_a_hop_like_any_other() -> None:
    asking = replace(call("a", "b", "b.get", transport="rpc"), channel="b.get", broker="nats")
    answering = replace(subscribe("b", "b.*", transport="nats"), id="answer", match=Match.NATS)
    assert found(asking, answering, call("b", "c", "GET /x", "answer"), serve("c", "GET /x")) == ["a > b > c"]


def test_hops_are_calls() -> None:
    (chain,) = system(*A_TO_B, *B_TO_C, serve("c", "GET /x")).flow.chains
    assert (chain.hops, chain.interactions) == (2, (A_TO_B[1].id, B_TO_C[1].id))


def test_many_ways_are_bounded() -> None:
    layers = [[f"s{n}{m}" for m in range(6)] for n in range(6)]
    sites = [s for one, next_one in pairwise(layers) for a in one for b in next_one for s in hop(a, b)]
    unique = {s.id: s for s in [*sites, *(serve(s, "GET /x") for s in layers[-1])]}
    assert 0 < len(chains(tuple(unique.values()), {s for layer in layers for s in layer})) <= 500


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.sets(st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd")), max_size=8))
def test_every_call_between_services_is_in_a_chain_and_every_hop_is_a_call(pairs: set[tuple[str, str]]) -> None:
    sites = {s.id: s for source, target in sorted(pairs) for s in hop(source, target)}
    services = {s.id: s for s in (serve(name, "GET /x") for name in "abcd")}
    made = system(*{**services, **sites}.values()).flow.chains
    hops = {pair for chain in made for pair in pairwise(chain.services)}
    assert hops == {(source, target) for source, target in pairs if source != target}
