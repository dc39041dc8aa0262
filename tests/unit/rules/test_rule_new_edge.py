"""A505: edges that the baseline does not have."""

from __future__ import annotations

import pytest
from flowmap.checking import check
from flowmap.model.flow import EdgeKind
from flowmap.model.gate import Baseline, KnownEdge
from flowmap.rule_api import Options, RuleContext
from flowmap.rules.new_edge import RULE
from flows import shop

STOCK = (EdgeKind.COORDINATION, "orders", "stock", "")
GATEWAY = (EdgeKind.COORDINATION, "gateway", "orders", "")
STRIPE = (EdgeKind.COORDINATION, "billing", "external:api.stripe.com", "")
PLACED = (EdgeKind.COLLABORATION, "orders", "billing", "order-placed")
MAILED = (EdgeKind.COLLABORATION, "orders", "mail", "order-placed")
ALL = (STOCK, GATEWAY, STRIPE, PLACED, MAILED)


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (None, []),
        (ALL, []),
        ((*ALL, (EdgeKind.COORDINATION, "gone", "stock", "")), []),
        (ALL[1:], ["orders → stock"]),
        ((STOCK, GATEWAY, STRIPE, PLACED), ["orders → order-placed → mail"]),
        ((STOCK, GATEWAY, PLACED, MAILED), ["billing → api.stripe.com"]),
        (
            (*ALL[1:], (EdgeKind.COLLABORATION, "orders", "stock", "")),
            ["orders → stock"],
        ),
        (
            (STOCK, GATEWAY, STRIPE, MAILED, (EdgeKind.COLLABORATION, "orders", "billing", "other")),
            ["orders → order-placed → billing"],
        ),
        (
            (),
            [
                "billing → api.stripe.com",
                "gateway → orders",
                "orders → order-placed → billing",
                "orders → order-placed → mail",
                "orders → stock",
            ],
        ),
    ],
)
def test_edges(known: tuple[tuple[EdgeKind, str, str, str], ...] | None, expected: list[str]) -> None:
    listed = None if known is None else tuple(KnownEdge(e, "it was there") for e in known)
    found, failures = check(RuleContext(shop(), Options.by_default(), baseline=Baseline(edges=listed)), [RULE])
    assert failures == ()
    assert sorted(f.subject for f in found) == expected
    assert all(f.code == "A505" and f.evidence for f in found)
