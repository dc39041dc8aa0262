"""Mermaid source."""

from __future__ import annotations

import pytest
from flowmap.graph.flowgraph import FlowGraph
from flowmap.graph.lookup import starts_named
from flowmap.model.picture import Picture, Sequence
from flowmap.reporters.mermaid import flowchart, render, sequence_diagram, text
from flowmap.views.sequence import sequence
from flows import full_report, report, serve, shop, system


def test_the_choreography_of_a_scan() -> None:
    body = [line for line in render(full_report()).splitlines() if "classDef" not in line]
    assert body == [
        "flowchart LR",
        '  service_gateway["gateway"]:::service',
        '  service_orders["orders<br/>■ C102"]:::service',
        '  service_stock["stock"]:::service',
        '  service_billing["billing"]:::service',
        '  service_mail["mail<br/>1 blind spot"]:::service',
        '  channel_invoice_sent(["invoice-sent<br/>kafka<br/>▲ T301"]):::channel',
        '  channel_order_placed(["order-placed<br/>kafka<br/>● E202"]):::channel',
        '  external_api_stripe_com[/"api.stripe.com"/]:::external',
        '  service_billing ==>|"POST /charges"| external_api_stripe_com',
        '  service_gateway ==>|"POST /orders"| service_orders',
        '  service_orders ==>|"GET /stock/{}"| service_stock',
        "  service_billing -.-> channel_invoice_sent",
        "  service_orders -.-> channel_order_placed",
        "  channel_order_placed -.-> service_billing",
        "  channel_order_placed -.-> service_mail",
        '  subgraph legend["legend"]',
        '    legend_caller["caller"]:::service ==>|"waits for"| legend_callee["callee"]:::service',
        '    legend_publisher["publisher"]:::service -.->|"does not wait"| legend_channel(["channel"]):::channel',
        '    legend_c102["■ C102 sync-cycle"]:::finding',
        '    legend_e202["● E202 vague-event"]:::finding',
        '    legend_t301["▲ T301 orphaned-event"]:::finding',
        "  end",
    ]


def test_a_sequence() -> None:
    graph = shop()
    drawn = sequence_diagram(sequence(graph, starts_named(graph, "POST /checkout"), (), "t"))
    assert drawn.splitlines() == [
        "sequenceDiagram",
        "  actor party_caller as caller",
        "  participant party_gateway as gateway",
        "  participant party_orders as orders",
        "  participant party_stock as stock",
        "  participant party_billing as billing",
        "  actor party_external_api_stripe_com as api.stripe.com",
        "  participant party_mail as mail",
        "  party_caller->>party_gateway: POST /checkout",
        "  activate party_gateway",
        "  party_gateway->>party_orders: POST /orders",
        "  activate party_orders",
        "  party_orders->>party_stock: GET /stock/{}",
        "  deactivate party_orders",
        "  deactivate party_gateway",
        "  party_orders--)party_billing: order-placed",
        "  party_billing->>party_external_api_stripe_com: POST /charges",
        "  Note right of party_billing: publishes invoice-sent#58; nobody listens",
        "  party_orders--)party_mail: order-placed",
        "  Note over party_caller,party_mail: solid arrow: waits · dotted arrow: does not wait",
    ]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("GET /orders/{}", "GET /orders/{}"),
        ("snake_case, v1.2 (x)", "snake_case, v1.2 (x)"),
        ("日本", "日本"),
        ('say "hi"', "say #34;hi#34;"),
        ("x[y]", "x#91;y#93;"),
        ("a:b;c#d", "a#58;b#59;c#35;d"),
        ("<b>&amp;</b>", "#60;b#62;#38;amp#59;#60;/b#62;"),
        ("1. item", "1#46; item"),
        ("- item", "#45; item"),
        ("* item *", "#42; item #42;"),
        ("_u_", "#95;u#95;"),
        ("`code`", "#96;code#96;"),
        ("%%{init}%%", "#37;#37;{init}#37;#37;"),
        ("a|b", "a#124;b"),
        ("a\nb", "a#92;nb"),
        ("\x1b[31m\u202e", "#92;x1b#91;31m#92;u202e"),
        ("\ud800", "#92;ud800"),
        (" end ", "end"),
        ("", ""),
        ("x" * 61, "x" * 39 + "#8230;" + "x" * 20),
    ],
)
def test_texts_mean_nothing_but_themselves(raw: str, expected: str) -> None:
    assert text(raw) == expected


def test_a_name_of_blanks_is_no_empty_label() -> None:
    drawn = render(report(system(serve(" ", "GET /"))))
    assert 'service_x["#32;"]' in drawn


def test_pictures_without_anything() -> None:
    assert "legend" not in flowchart(Picture("t", (), ()))
    assert sequence_diagram(Sequence("t", (), ())) == "sequenceDiagram\n"


def test_a_report_gives_the_same_bytes_each_time() -> None:
    assert render(full_report()) == render(full_report())
    assert FlowGraph(full_report().flow).flow == full_report().flow
