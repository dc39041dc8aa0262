"""Whatever the scanned code calls things: every output survives it, and nothing in it can steer a reader's terminal or page."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pygraphviz
from flowmap.graph.flowgraph import FlowGraph
from flowmap.model.derivation import CallNote, Derivation, Explanation, Hop, Sought
from flowmap.model.interaction import Role
from flowmap.model.location import Evidence, Location
from flowmap.model.project import Diagnostic, LeftOut
from flowmap.model.report import Report
from flowmap.reporters import dot, json_report, mermaid
from flowmap.reporters.console import Terminal, printed
from flowmap.reporters.lifelines import sequence_source
from flowmap.reporters.text import show
from flowmap.reporters.text_derivation import explanation
from flowmap.views.choreography import choreography
from flowmap.views.sequence import sequence
from flowmap.views.services import services
from flowmap.views.trace import traced
from flowmap.visible import fitted, listed, shortened, visible
from flows import call, finding, publish, report, serve, subscribe, system
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

NAMES = st.text(st.characters(codec=None), max_size=20) | st.sampled_from(
    ["end", '"', "<x>", "%%{init}%%", "\x1b[2J", "\ud800", "[/b]", ":smile:"]
)
COLOUR = re.compile("\x1b\\[[0-9;]*m")


@st.composite
def reports(draw: st.DrawFn) -> Report:
    one, two = draw(st.lists(NAMES, min_size=2, max_size=2, unique=True))
    channel, path, reason = draw(NAMES), draw(NAMES), draw(NAMES)
    asked = serve(one, f"GET /{path}")
    sent = publish(one, channel, asked.id)
    sites = (
        asked,
        sent,
        subscribe(two, channel),
        call(two, one, f"GET /{path}", f"{two} subscribe {channel}"),
        replace(publish(two, None), unresolved=reason),
    )
    found = replace(finding("T301", channel, sent), message=reason, why=path, instead=reason)
    whole = report(system(*sites, roots={one: f"{path}/a"}), found, sources={f"{one}/app.py": reason * 3})
    return replace(whole, root=path, diagnostics=(Diagnostic(reason, sent.location),), left_out=(LeftOut(path, 2, reason),))


def assert_harmless(text: str) -> None:
    assert [c for c in text if not c.isprintable() and c != "\n"] == []
    text.encode("utf-8")


relaxed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@relaxed
@given(reports(), st.integers(40, 160))
def test_text(whole: Report, width: int) -> None:
    plain = show(whole, Terminal(width))
    assert_harmless(plain)
    coloured = COLOUR.sub("", show(whole, Terminal(width, colour=True)))
    assert [line.rstrip() for line in coloured.split("\n")] == plain.split("\n")


@st.composite
def explanations(draw: st.DrawFn) -> Explanation:
    name, path, value, what = (draw(NAMES) for _ in range(4))
    place = Location(path, 1, 2)
    hop = Hop(place, "", (value,), (Hop(None, what, ()), Hop(place, what, (value, name))))
    sites = (publish(name, value), replace(publish(name, None), unresolved=what), call(name, value, f"GET /{path}"))
    via = (Evidence(place, what, name),)
    one = Derivation((name,), sites, place, via, what, value, ((Sought(what, (value,), (hop,)),),), what, (value,))
    found = draw(st.sampled_from([(), (one,), (one, one)]))
    return Explanation(place, draw(st.sampled_from([(), (name,)])), found, (CallNote(value, what),), ((what, place),))


@relaxed
@given(explanations(), NAMES, st.integers(40, 160))
def test_explanations(whole: Explanation, source: str, width: int) -> None:
    sources = {whole.location.path: f"{source}\n{source}  # {source}".encode("utf-8", "replace")}
    plain = printed(explanation(whole, sources, width), Terminal(width))
    assert_harmless(plain)
    coloured = COLOUR.sub("", printed(explanation(whole, sources, width), Terminal(width, colour=True)))
    assert [line.rstrip() for line in coloured.split("\n")] == plain.split("\n")


@relaxed
@given(reports())
def test_json(whole: Report) -> None:
    text = json_report.render(whole)
    assert_harmless(text)
    read = json.loads(text)
    own = [i.channel for i in whole.flow.interactions if not i.outside]
    assert [i["channel"] for i in read["interactions"]] == own
    assert len(read["outside"]) == len(whole.flow.interactions) - len(own)


@relaxed
@given(reports())
def test_mermaid(whole: Report) -> None:
    graph = FlowGraph(whole.flow)
    starts = [i for i in graph.flow.interactions if i.role is Role.SERVE]
    pictures = [view(graph, whole.findings, whole.root) for view in (choreography, services)]
    for text in map(mermaid.flowchart, [*pictures, traced(graph, starts, whole.findings, whole.root)]):
        assert_harmless(text)
        nodes = re.findall(r"^ *(\w+)(?:\[|\()+[/\"]", text, re.MULTILINE)
        assert len(nodes) == len(set(nodes))
        assert all(line.count('"') in (0, 2, 4, 6) for line in text.splitlines())
    text = mermaid.sequence_diagram(sequence(graph, starts, whole.findings, whole.root))
    assert_harmless(text)
    parties = re.findall(r"^ *(?:participant|actor) (\w+) as ", text, re.MULTILINE)
    assert len(parties) == len(set(parties))


@relaxed
@given(reports())
def test_dot(whole: Report) -> None:
    graph = FlowGraph(whole.flow)
    starts = [i for i in graph.flow.interactions if i.role is Role.SERVE]
    picture = choreography(graph, whole.findings, whole.root)
    sources = [dot.dot_source(picture), sequence_source(sequence(graph, starts, whole.findings, whole.root))]
    for source in sources:
        assert_harmless(source.replace("\t", ""))
        pygraphviz.AGraph(string=source).close()
    read = pygraphviz.AGraph(string=sources[0])
    assert sorted(read.nodes()) == sorted(n.id for n in picture.nodes)
    read.close()


@given(st.text(st.characters(codec=None)))
def test_visible_text_is_printable(raw: str) -> None:
    assert visible(raw).isprintable()
    assert visible(visible(raw)) == visible(raw)


@given(st.text(), st.integers(2, 30))
def test_shortened_text_is_short(raw: str, length: int) -> None:
    assert len(shortened(raw, length)) <= length
    assert shortened(raw, length) == raw or len(raw) > length


@given(st.lists(st.text(st.characters(categories=["L"]), min_size=1, max_size=9)), st.integers(1, 9))
def test_lists_say_how_much_they_leave_out(names: list[str], limit: int) -> None:
    assert listed(names, limit).count(",") == max(min(len(names), limit) - 1, 0)
    assert ("+" in listed(names, limit)) is (len(names) > limit)
    assert len(fitted(names, 20).split(" +")[0]) <= max(20, len(names[0]) if names else 0)
