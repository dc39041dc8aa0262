"""DOT source, and the pictures made of it."""

from __future__ import annotations

import re
import xml.dom.minidom
from pathlib import Path

import pygraphviz
import pytest
from flowmap.errors import LayoutError
from flowmap.graph.flowgraph import FlowGraph
from flowmap.graph.lookup import starts_named
from flowmap.reporters import layout
from flowmap.reporters.dot import dot_source, render
from flowmap.reporters.layout import drawn
from flowmap.reporters.lifelines import ENGINE, sequence_source
from flowmap.reporters.palette import BADGES, LINKS, LOOKS
from flowmap.views.choreography import choreography
from flowmap.views.sequence import sequence
from flows import call, full_report, publish, report, serve, shop, subscribe, system


def words(svg: bytes) -> list[str]:
    """The texts of a picture, in order."""
    found = xml.dom.minidom.parseString(svg).getElementsByTagName("text")  # noqa: S318  a picture of our own
    return ["".join(c.data for c in t.childNodes).replace("\xa0", " ").strip() for t in found]


def test_source_is_valid_and_complete() -> None:
    graph = pygraphviz.AGraph(string=render(full_report()))
    assert sorted(graph.nodes()) == [
        "channel_invoice_sent",
        "channel_order_placed",
        "external_api_stripe_com",
        "service_billing",
        "service_gateway",
        "service_mail",
        "service_orders",
        "service_stock",
    ]
    assert len(graph.edges()) == 7


def test_kinds_of_links_differ_without_colour() -> None:
    graph = pygraphviz.AGraph(string=render(full_report()))
    wait = graph.get_edge("service_gateway", "service_orders").attr
    react = graph.get_edge("service_orders", "channel_order_placed").attr
    assert all(wait[name] != react[name] for name in ("style", "arrowhead", "penwidth"))


def test_the_picture_names_everything_and_explains_its_signs() -> None:
    found = words(drawn(render(full_report()), "svg"))
    for word in (
        "shop",
        "gateway",
        "order-placed",
        "api.stripe.com",
        "1 blind spot",
        "POST /orders",
        "▲ T301",
        "waits for the answer",
    ):
        assert any(word in text for text in found), word
    assert any("orphaned-event" in text for text in found)


def test_a_picture_explains_only_what_it_has() -> None:
    found = " ".join(words(drawn(render(report(system(publish("a", "x"), subscribe("b", "x")))), "svg")))
    assert "does not wait" in found
    assert "waits for the answer" not in found
    assert "cylinder" not in found


@pytest.mark.parametrize(("form", "start"), [("svg", b"<?xml"), ("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_every_format_is_drawn_without_a_dot_program(form: str, start: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout.shutil, "which", lambda _name: None)
    assert drawn(render(full_report()), form).startswith(start)


def test_nothing_is_imported_from_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pygraphviz.py").write_text("raise SystemExit('imported from the scanned folder')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(layout.shutil, "which", lambda _name: None)
    assert drawn("digraph {}", "svg").startswith(b"<?xml")


def test_a_dot_program_is_preferred(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "dot"
    program.write_text('#!/bin/sh\ncat >/dev/null; echo "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    assert drawn("digraph {}", "png", "neato") == b"-Kneato -Tpng -Gdpi=144\n"


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("#!/bin/sh\necho broken >&2; exit 3\n", "broken"),
        ("#!/bin/sh\nexit 3\n", "exit code 3"),
        ("#!/nowhere\n", "cannot be started"),
    ],
)
def test_a_failing_program_is_a_sentence(script: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "dot"
    program.write_text(script)
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    with pytest.raises(LayoutError, match=said):
        drawn("digraph {}", "svg")


def test_a_picture_that_takes_too_long_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "dot"
    program.write_text("#!/bin/sh\nexec sleep 20\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    monkeypatch.setattr(layout, "TIMEOUT", 0.2)
    with pytest.raises(LayoutError, match="--focus"):
        drawn("digraph {}", "svg")


def test_a_sequence_is_drawn_in_order() -> None:
    graph = shop()
    found = words(drawn(sequence_source(sequence(graph, starts_named(graph, "POST /checkout"), (), "t")), "svg", ENGINE))
    assert [w for w in found if w in ("caller", "gateway", "orders", "stock", "billing", "mail")] == [
        "caller", "gateway", "orders", "stock", "billing", "mail",
    ]  # fmt: skip
    assert "publishes invoice-sent: nobody listens" in found


def test_a_service_may_talk_to_itself() -> None:
    graph = system(
        serve("a", "GET /"), publish("a", "x", "a serve GET /"), subscribe("a", "x"), call("a", None, "GET /", "a subscribe x")
    )
    source = sequence_source(sequence(graph, starts_named(graph, "GET /"), (), "t"))
    assert "x" in words(drawn(source, "svg", ENGINE))


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "a\\Nb\\lc", '"; } evil', "a\nb", "&lt;", "<b>x</b>", "-->", "\ud800", " "]
)
def test_names_are_text_and_nothing_else(name: str) -> None:
    graph = system(serve(name, "GET /"), publish(name, name), roots={name: "x/y"})
    svg = drawn(dot_source(choreography(graph, (), name)), "svg")
    shown = name.encode("unicode_escape").decode() if not name.isprintable() else name.strip()
    assert shown in " ".join(words(svg))
    assert not re.search(rb"<script", svg)


def contrast(one: str, other: str) -> float:
    """The WCAG contrast ratio of two colours."""

    def light(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


def test_texts_and_lines_have_contrast() -> None:
    assert min(contrast(look.fill, look.text) for look in (*LOOKS.values(), *BADGES.values())) >= 7
    assert min(contrast("#ffffff", colour) for colour in (*LINKS.values(), *(look.line for look in LOOKS.values()))) >= 4.5


def test_the_same_report_gives_the_same_source() -> None:
    assert render(full_report()) == render(full_report())
    assert FlowGraph(full_report().flow).flow == full_report().flow
