"""Making pictures smaller."""

from __future__ import annotations

import pytest
from flowmap.model.picture import Picture
from flowmap.views.choreography import choreography
from flowmap.views.services import services
from flowmap.views.shaping import Shape, shaped
from flows import call, finding, publish, serve, shop, subscribe, system


def labels(picture: Picture) -> set[str]:
    return {node.label for node in picture.nodes}


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        (Shape(), {"gateway", "orders", "stock", "billing", "mail", "order-placed", "invoice-sent", "api.stripe.com"}),
        (Shape(externals=False), {"gateway", "orders", "stock", "billing", "mail", "order-placed", "invoice-sent"}),
        (Shape(("mail",), 0), {"mail"}),
        (Shape(("mail",), 1), {"mail", "order-placed", "orders", "billing"}),
        (Shape(("gateway",), 1), {"gateway", "orders"}),
        (Shape(("gateway",), 2), {"gateway", "orders", "stock", "order-placed", "billing", "mail"}),
        (Shape(("gateway", "mail"), 0), {"gateway", "mail"}),
        (
            Shape(("gateway",), 9, externals=False),
            {"gateway", "orders", "stock", "billing", "mail", "order-placed", "invoice-sent"},
        ),
    ],
)
def test_focus_keeps_a_neighbourhood(shape: Shape, expected: set[str]) -> None:
    assert labels(shaped(choreography(shop(), (), "t"), shape)) == expected


ROOTS = {"a": "shop/a", "b": "shop/b", "c": "crm/c"}
SITES = (publish("a", "x"), subscribe("b", "x"), subscribe("b", "y"), publish("a", "y"), subscribe("c", "y"))


def test_a_collapsed_folder_hides_what_is_its_own() -> None:
    picture = shaped(choreography(system(*SITES, roots=ROOTS), (), "t"), Shape(collapse=("shop",)))
    assert labels(picture) == {"shop", "c", "y"}
    assert [(n.label, n.detail) for n in picture.nodes if n.kind == "services"] == [("shop", "2 services")]
    assert len(picture.links) == 3
    assert not picture.clusters


def test_a_collapsed_folder_keeps_its_findings() -> None:
    graph = system(*SITES, roots=ROOTS)
    picture = shaped(choreography(graph, [finding("T301", "x", SITES[0])], "t"), Shape(collapse=("shop",)))
    assert [b.code for b in picture.badges] == ["T301"]


def test_links_of_a_collapsed_folder_are_merged() -> None:
    graph = system(call("a", "c", "GET /1"), call("b", "c", "GET /2"), serve("c", "GET /1"), roots=ROOTS)
    (only,) = shaped(services(graph, (), "t"), Shape(collapse=("shop",))).links
    assert only.labels == ("GET /1", "GET /2")


def test_folders_can_be_collapsed_one_after_the_other() -> None:
    roots = {"a": "s/shop/a", "b": "s/shop/b", "c": "s/crm/c", "d": "s/crm/d"}
    graph = system(*(serve(n, "GET /") for n in roots), call("a", "c", "GET /"), call("b", "d", "GET /"), roots=roots)
    picture = shaped(services(graph, (), "t"), Shape(collapse=("s/shop", "s/crm")))
    assert labels(picture) == {"s/shop", "s/crm"}
    assert labels(shaped(services(graph, (), "t"), Shape(collapse=("s/shop", "s")))) == {"s"}


@pytest.mark.parametrize("folder", ["sho", "nowhere", "crm/c"])
def test_a_folder_with_less_than_two_services_changes_nothing(folder: str) -> None:
    picture = choreography(system(*SITES, roots=ROOTS), (), "t")
    assert shaped(picture, Shape(collapse=(folder,))) == picture


def test_idle_services_are_drawn_once() -> None:
    graph = system(*(serve(n, "GET /") for n in "abcdef"), call("a", "b", "GET /"))
    assert labels(shaped(services(graph, (), "t"), Shape())) == {"a", "b", "4 services"}


def test_idle_services_with_findings_stay() -> None:
    graph = system(*(serve(n, "GET /") for n in "abcdef"), call("a", "b", "GET /"))
    assert "c" in labels(shaped(services(graph, [finding("C104", "c")], "t"), Shape()))


@pytest.mark.parametrize(("number", "other", "expected"), [(3, "a", 3), (4, "a", 1), (7, "b", 7), (8, "b", 1)])
def test_many_channels_between_the_same_ends_are_drawn_once(number: int, other: str, expected: int) -> None:
    graph = system(*(site for n in range(number) for site in (publish("a", f"c{n}"), subscribe(other, f"c{n}"))))
    picture = shaped(choreography(graph, (), "t"), Shape())
    assert sum(n.kind == "channel" for n in picture.nodes) == expected


def test_a_channel_with_a_finding_is_never_hidden_among_others() -> None:
    sites = [site for n in range(6) for site in (publish("a", f"c{n}"), subscribe("a", f"c{n}"))]
    picture = shaped(choreography(system(*sites), [finding("E201", "c3", sites[6])], "t"), Shape())
    assert labels(picture) == {"a", "c3", "5 channels"}
