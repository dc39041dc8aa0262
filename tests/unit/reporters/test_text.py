"""The report for people."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flowmap.graph.coupling import coupling
from flowmap.model.flow import Severity
from flowmap.model.interaction import Confidence, Interaction
from flowmap.model.location import Evidence, Location
from flowmap.model.project import Diagnostic, LeftOut
from flowmap.model.report import Report
from flowmap.reporters.columns import shares, stacked
from flowmap.reporters.console import Terminal, plain_ascii
from flowmap.reporters.frames import frame
from flowmap.reporters.text import render, show
from flows import at, call, finding, full_report, publish, report, serve, shop, subscribe, system

COLOUR = re.compile("\x1b\\[[0-9;]*m")


def section(whole: Report, title: str, width: int = 100) -> list[str]:
    """The lines of a section, without its heading."""
    text = show(whole, Terminal(width))
    found = re.search(rf"^{title}.*\n((?:.+\n|\n(?= ))*)", text, re.MULTILINE)
    return found[1].splitlines() if found else []


def test_the_whole_report() -> None:
    assert render(full_report()) == (
        "shop  3 Python files, 1,234 lines, read by flowmap 1.2.3\n"
        "\n"
        "SERVICES\n"
        "  gateway  calls 1 · serves 1                         gateway/\n"
        "  orders   publishes 1 · calls 1 · serves 2           orders/\n"
        "  stock    serves 1                                   stock/\n"
        "  billing  publishes 1 · subscribes 1 · calls 1       billing/\n"
        "  mail     publishes 1 · subscribes 1 · 1 blind spot  mail/\n"
        "\n"
        "FLOWS  publisher → channel → subscriber: nobody waits\n"
        "  kafka\n"
        "    billing  →  invoice-sent  →  nobody         T301\n"
        "    orders   →  order-placed  →  billing, mail  E202\n"
        "\n"
        "WAITS  caller ⇒ callee: operations\n"
        "  billing\n"
        "    ⇒  api.stripe.com (outside)  http  POST /charges\n"
        "  gateway\n"
        "    ⇒  orders  http  POST /orders\n"
        "  orders\n"
        "    ⇒  stock  http  GET /stock/{}\n"
        "\n"
        "FINDINGS\n"
        "  error C102 sync-cycle\n"
        "    why      It breaks.\n"
        "    instead  Mend it.\n"
        "\n"
        "    orders is wrong  [derived]\n"
        "      orders/app.py:43  do_43  orders does it\n"
        "\n"
        "  warning T301 orphaned-event\n"
        "    why      It breaks.\n"
        "    instead  Mend it.\n"
        "\n"
        "    invoice-sent is wrong  [derived]\n"
        "      billing/app.py:45  do_45  billing does it\n"
        "      45 │ bus.publish('invoice-sent', {})\n"
        "         │ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "      orders/app.py:43  do_43  orders does it\n"
        "\n"
        "  advice E202 vague-event\n"
        "    why      It breaks.\n"
        "    instead  Mend it.\n"
        "\n"
        "    order-placed is wrong  [derived]\n"
        "      orders/app.py:43  do_43  orders does it\n"
        "\n"
        "BLIND SPOTS  1 place where the code does not say what is at the other end\n"
        "    1  kafka publish  comes from a file\n"
        "                      mail/app.py:46\n"
        "                      → only the running program knows it: make it a constant or a setting, or name\n"
        "                      who is at the other end under [[externals]] in flowmap.toml\n"
        "\n"
        "LEFT OUT\n"
        "  12 tests  tests/test_a.py, …\n"
        "\n"
        "DIAGNOSTICS\n"
        "  mail/broken.py:7  not valid Python\n"
        "\n"
        "5 services · 2 channels · 4/5 message sites resolved · longest chain 2 · "
        "1 error · 1 warning · 1 advice · 1 blind spot · 0.2 s\n"
    )


@pytest.mark.parametrize("width", [40, 80, 140])
def test_colour_changes_no_word(width: int) -> None:
    coloured = COLOUR.sub("", show(full_report(), Terminal(width, colour=True)))
    assert [line.rstrip() for line in coloured.splitlines()] == show(full_report(), Terminal(width)).splitlines()


@pytest.mark.parametrize("width", [40, 60, 80, 140])
def test_no_line_but_heads_and_the_summary_is_wider_than_the_paper(width: int) -> None:
    lines = show(full_report(), Terminal(width)).splitlines()
    assert [line for line in lines if line.startswith(" ") and len(line) > width] == []


@pytest.mark.parametrize("width", [40, 80])
def test_no_service_is_cut_away_on_narrow_paper(width: int) -> None:
    text = show(full_report(), Terminal(width))
    assert all(name in text for name in ("gateway", "orders", "stock", "billing", "mail"))


def test_plain_text_has_no_escapes() -> None:
    assert "\x1b" not in render(full_report())


def test_an_empty_scan_says_what_may_be_wrong() -> None:
    text = render(report(system()))
    assert "Nothing here publishes, subscribes, calls or serves" in text
    assert text.endswith("\n0 services · no findings · 0 blind spots · 0.2 s\n")


def test_many_channels_between_the_same_services_share_a_row() -> None:
    sites = [s for n in range(9) for s in (publish("a", f"c{n}"), subscribe("a", f"c{n}"))]
    found = report(system(*sites), finding("T301", "c4", sites[8]))
    assert section(found, "FLOWS") == [
        "  kafka",
        "    a  →  8 channels: c0, c1, c2, c3, c5, c6, +2 more  →  a",
        "    a  →  c4                                           →  a  T301",
    ]


def test_guessed_channels_say_so() -> None:
    def sure(name: str) -> Interaction:
        return publish("orders", name)

    def guessed(name: str) -> Interaction:
        return replace(sure(name), confidence=Confidence.GUESS)

    one, many = (guessed("placed"), subscribe("mail", "placed")), (*map(sure, "abcd"), *map(guessed, ("paid", *"efgh")))
    whole = report(system(*one, *many))
    assert [" ".join(row.split()) for row in section(whole, "FLOWS")] == [
        "kafka",
        "orders → 4 channels: a, b, c, d → nobody",
        "orders → 5 guessed channels: e, f, g, h, paid → nobody",
        "orders → placed → mail",
    ]


def test_guessed_waits_say_so() -> None:
    guess = replace(call("a", "b", "GET /"), confidence=Confidence.GUESS)
    assert section(report(system(guess, serve("b", "GET /"))), "WAITS") == ["  a", "    ⇒  b  http  GET /  (a guess)"]


TO_DO = [
    "                      → only the running program knows it: make it a constant or a setting, or name",
    "                      who is at the other end under [[externals]] in flowmap.toml",
]


def test_blind_spots_are_grouped_by_reason_and_transport() -> None:
    sites = [publish("a", None, line=n) for n in range(1, 6)]
    sites = [replace(s, id=str(n)) for n, s in enumerate(sites)]
    other = replace(publish("b", None, transport="amqp"), unresolved="parameter `x` of `f`, which nothing in the scan calls")
    assert section(report(system(*sites, other)), "BLIND SPOTS") == [
        "    5  kafka publish  comes from a file",
        "                      a/app.py:1, :2, :3 and 2 more",
        *TO_DO,
        "    1  amqp publish   parameter `x` of `f`, which nothing in the scan calls",
        "                      b/app.py:10",
        "                      → dead code, or called from outside: scan its callers too",
    ]


def test_what_to_do_is_not_said_twice_in_a_row() -> None:
    sites = [replace(publish("a", None, line=n), id=str(n), unresolved=f"comes from `x{n}`") for n in (1, 2)]
    assert section(report(system(*sites)), "BLIND SPOTS") == [
        "    1  kafka publish  comes from `x1`",
        "                      a/app.py:1",
        *TO_DO,
        "    1  kafka publish  comes from `x2`",
        "                      a/app.py:2",
    ]


def test_what_many_findings_share_is_said_once() -> None:
    sites = [replace(publish("a", f"c{n}"), location=at("a.py", n + 1)) for n in range(14)]
    doubt = publish("z", "z")
    found = report(system(*sites, doubt), *(finding("T301", f"c{n}", s, doubt) for n, s in enumerate(sites)))
    lines = section(found, "FINDINGS")
    assert lines[0] == "  warning T301 a-rule  (14)"
    assert sum("why" in line for line in lines) == 1
    assert sum("and the same 1 place as above" in line for line in lines) == 2
    assert lines[-12:-10] == ["    and likewise", "      c3   a.py:4  a, z"]
    assert lines[-1] == "      c13  a.py:14  a, z"


def test_a_reason_of_its_own_stands_at_its_finding() -> None:
    one, two = finding("C101", "a"), replace(finding("C101", "b"), why="99.7 % of the time.")
    lines = section(report(system(serve("a", "GET /")), one, two), "FINDINGS")
    assert "    why  It breaks." in lines
    assert "    why  99.7 % of the time." in lines


def test_what_is_told_briefly_hides_no_reason() -> None:
    many = [replace(finding("A501", f"s{n}"), why="This." if n % 4 else f"Reason {n}.") for n in range(12)]
    lines = section(report(system(serve("a", "GET /")), *many), "FINDINGS")
    assert [line.strip() for line in lines if line.startswith("    why")] == [
        "why  Reason 0.", "why  This.", "why  This.", "why  Reason 4.", "why  Reason 8."
    ]  # fmt: skip
    assert sum("- " in line or line.startswith("      s") for line in lines) == 7


def test_long_lists_are_cut_and_say_so() -> None:
    whole = replace(
        report(shop()),
        diagnostics=tuple(Diagnostic(f"problem {n}") for n in range(12)),
        left_out=(LeftOut("tests", 1, "t.py"), LeftOut("migrations", 3, "m.py")),
    )
    assert section(whole, "DIAGNOSTICS")[-1] == "  and 2 more: --format json lists all"
    assert section(whole, "LEFT OUT") == ["  1 tests       t.py", "  3 migrations  m.py, …"]
    long = finding("T301", "x")
    long = replace(long, evidence=tuple(Evidence(at("a.py", n), "here") for n in range(1, 10)))
    assert section(report(shop(), long), "FINDINGS")[-2:] == ["      and 3 more places", "      a.py:9  here"]


@pytest.mark.parametrize(
    ("source", "location", "expected"),
    [
        ("x = 1\n", Location("a.py", 1, 1), ["1 │ x = 1", "  │ ^^^^^"]),
        ("    send(x)\n", Location("a.py", 1, 1, 5), ["1 │ send(x)", "  │ ^^^^^^^"]),
        ("\tawait send(x)\n", Location("a.py", 1, 1, 8), ["1 │ await send(x)", "  │       ^^^^^^^"]),
        ("日本.send()\n", Location("a.py", 1, 1, 4), ["1 │ 日本.send()", "  │      ^^^^^^"]),
        ("f(\n  a,\n)\n", Location("a.py", 1, 3), ["1 │ f(", "  │ ^^", "2 │   a,", "3 │ )"]),
        ("f(\n a,\n b,\n c)\n", Location("a.py", 1, 4), ["1 │ f(", "  │ ^^", "2 │  a,", "3 │  b,", "  │ …"]),
        ("a\rb\r\nc\n", Location("a.py", 3, 3), ["3 │ c", "  │ ^"]),
        ("\ufeffx\n", Location("a.py", 1, 1), ["1 │ x", "  │ ^"]),
        ("'\x1b[2J'\n", Location("a.py", 1, 1), ["1 │ '\\x1b[2J'", "  │ ^^^^^^^^^"]),
        ("send(x)  # why\n", Location("a.py", 1, 1), ["1 │ send(x)  # why", "  │ ^^^^^^^"]),
        ("\n", Location("a.py", 1, 1, 9), ["1 │", "  │ ^"]),
        ("x\n", Location("a.py", 7, 7), []),
        ("x\n", Location("b.py", 1, 1), []),
    ],
)
def test_frames_show_the_place(source: str, location: Location, expected: list[str]) -> None:
    rows = frame(location, {"a.py": source.encode()}, "red")
    assert [row.plain.rstrip() for row in rows] == expected


def test_a_source_that_is_no_utf8_is_shown_as_far_as_it_can_be() -> None:
    assert next(row.plain for row in frame(Location("a.py", 1, 1), {"a.py": b"x = '\xe9'\n"}, "")) == "1 │ x = '�'"


def test_signs_have_likes_in_ascii() -> None:
    text = render(full_report())
    assert plain_ascii(text).isascii()


def test_calls_that_nobody_waits_for_are_flows() -> None:
    handed = replace(call("a", "b", "resize", transport="lambda"), waits=False)
    outside = replace(call("a", "c", "archive", transport="lambda"), waits=False)
    found = report(system(handed, outside, serve("b", "resize", transport="lambda")))
    assert section(found, "FLOWS") == ["  lambda", "    a  →  archive  →  c (outside)", "    a  →  resize   →  b"]
    assert section(found, "WAITS") == []


def test_what_nobody_can_tell_stands_last_and_says_so() -> None:
    sent, heard = publish("a", "x"), publish("a", "y")
    unsure = replace(finding("C101", "x", sent, severity=Severity.ERROR), confidence=Confidence.GUESS)
    whole = report(system(sent, heard), unsure, finding("T301", "y", heard))
    heads = [line for line in section(whole, "FINDINGS") if line.startswith("  ") and line[2] != " "]
    assert heads == ["  warning T301 a-rule", "  ? C101 a-rule  cannot tell: see the blind spots"]
    assert section(whole, "FLOWS") == ["  kafka", "    a  →  x  →  nobody  C101?", "    a  →  y  →  nobody  T301"]
    assert " · 1 warning · 1 cannot tell · " in render(whole).splitlines()[-1]


def test_many_services_without_a_flow_share_a_line() -> None:
    graph = system(publish("a", "x"))
    idle = tuple(replace(graph.flow.services[0], name=f"idle{n}", root=f"i{n}") for n in range(4))
    whole = replace(report(graph), flow=replace(graph.flow, services=(*graph.flow.services, *idle)))
    assert section(whole, "SERVICES") == ["  a  publishes 1  a/", "  4 more without a flow: idle0, idle1, idle2, idle3"]


def test_several_reasons_of_one_place_share_a_row() -> None:
    site = publish("a", None)
    other = replace(site, id="other", unresolved="a slice")
    assert section(report(system(site, other)), "BLIND SPOTS") == [
        "    1  kafka publish  a slice; or comes from a file",
        "                      a/app.py:10",
        *TO_DO,
    ]
    assert "BLIND SPOTS  2 at 1 place where" in render(report(system(site, other)))


@pytest.mark.parametrize("width", [60, 80])
def test_long_names_are_broken_at_their_joints(width: int) -> None:
    name = "shop.orders.tasks.send_the_confirmation_mail_to_the_customer"
    whole = report(system(publish("a-service-with-a-long-name", name), subscribe("another-service-with-a-long-name", name)))
    lines = section(whole, "FLOWS", width)
    assert max(map(len, lines)) <= width
    pieces = [piece for line in lines for piece in re.split(r"\s{2,}|→", line) if piece.strip()]
    assert all(piece.endswith((".", "_", "-", "customer", "name", "kafka")) for piece in pieces)


@pytest.mark.parametrize(
    ("names", "width", "expected"),
    [
        (["a", "b"], 10, "a, b"),
        (["alpha", "beta"], 7, "alpha,\nbeta"),
        (["a.long.name"], 7, "a.long.\nname"),
        (["x", "a.long.name"], 7, "x,\na.long.\nname"),
        (["one (in two)"], 8, "one (in\ntwo)"),
        (["abcdefgh"], 3, "abc\ndef\ngh"),
        ([], 5, ""),
    ],
)
def test_names_are_stacked(names: list[str], width: int, expected: str) -> None:
    assert stacked(names, width) == expected


@pytest.mark.parametrize(
    ("wanted", "available", "expected"),
    [([5, 5, 5], 20, [5, 5, 5]), ([30, 5, 5], 20, [10, 5, 5]), ([30, 30, 5], 25, [10, 10, 5]), ([30, 30, 30], 6, [8, 8, 8])],
)
def test_the_widest_column_gives_way(wanted: list[int], available: int, expected: list[int]) -> None:
    assert shares(wanted, available) == expected


def test_owners_stand_beside_services_that_do_not_all_have_the_same() -> None:
    whole = full_report()
    first, *others = whole.flow.services
    owned = (replace(first, owners=("@team-a", "@team-b", "@team-c")), *others)
    rows = section(replace(whole, flow=replace(whole.flow, services=owned)), "SERVICES")
    assert [row.endswith("@team-a @team-b") for row in rows] == [True, *(False for _ in others)]
    alike = tuple(replace(s, owners=("@all",)) for s in whole.flow.services)
    assert not any("@all" in row for row in section(replace(whole, flow=replace(whole.flow, services=alike)), "SERVICES"))


def test_coupling_is_told_where_a_service_waits_for_another() -> None:
    graph = shop()
    whole = replace(report(graph), coupling=coupling(graph, 0.999))
    assert section(whole, "COUPLING", 80) == [
        "           waits on  awaited by  publishes  consumes  alone  chain  answers",
        "  orders   1         1           1                    1/2    1      99.90%",
        "  gateway  1                                          0/1    2      99.80%",
        "  billing  1 out                 1          1                       99.90%",
        "  stock              1                                1/1           100.00%",
    ]
    alone = system(publish("a", "x"), subscribe("b", "x"), call("a", "api.stripe.com", "GET /"))
    assert section(replace(report(alone), coupling=coupling(alone, 0.999)), "COUPLING") == []


def test_coupling_of_many_services() -> None:
    names = [f"service-with-a-long-name-{n:02}" for n in range(20)]
    graph = system(*(s for n in names for s in (serve("hub", f"GET /{n}"), call(n, "hub", f"GET /{n}"))))
    shown = section(replace(report(graph), coupling=coupling(graph, 0.999)), "COUPLING", 80)
    assert (shown[1].split()[0], shown[-1], len(shown)) == ("hub", "  and 6 more: --format json lists all", 17)
    assert max(map(len, shown)) <= 100
