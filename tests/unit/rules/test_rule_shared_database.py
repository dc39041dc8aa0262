"""T309: two services open the same database."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flowmap.model.effect import Does, Effect
from flowmap.model.interaction import Confidence
from flowmap.rules.shared_database import RULE
from flows import at, effect, serve, system
from verdicts import judged

SERVICES = [serve(name, "GET /") for name in ("billing", "orders", "reports")]
SHARED = at("common/models.py", 7)


def opens(service: str, name: str = "db/shop") -> Effect:
    """A service opens a database."""
    return effect(Does.OPENS, service, name)


def writes(service: str, about: str = "Order", does: Does = Does.WRITES) -> Effect:
    """A service writes by code that others have too."""
    return replace(effect(does, service, about), location=SHARED)


def found(*effects: Effect, roots: dict[str, str] | None = None) -> list[tuple[str, tuple[str, ...], Confidence]]:
    """Subject, services and confidence of the findings."""
    return sorted((f.subject, f.services, f.confidence) for f in judged(RULE, system(*SERVICES, effects=effects, roots=roots)))


BOTH = ("billing", "orders")
SURE, GUESS = Confidence.DERIVED, Confidence.GUESS
GUESSED = replace(opens("billing"), confidence=GUESS)
SHARING: list[tuple[str, tuple[Effect, ...], dict[str, str], tuple[str, tuple[str, ...], Confidence]]] = [
    ("one URL", (opens("orders"), opens("billing")), {}, ("db/shop", BOTH, SURE)),
    ("three services", tuple(map(opens, (*BOTH, "reports"))), {}, ("db/shop", (*BOTH, "reports"), SURE)),
    ("opened twice", (opens("orders"), opens("orders"), opens("billing")), {}, ("db/shop", BOTH, SURE)),
    ("one of them a guess", (opens("orders"), GUESSED), {}, ("db/shop", BOTH, GUESS)),
    ("shared code that writes", (writes("orders"), writes("billing")), {}, ("Order", BOTH, SURE)),
    (
        "and the library that it is of",
        (writes("models"), writes("orders"), writes("billing")),
        {"models": "common"},
        ("Order", BOTH, SURE),
    ),
    ("code of one of them", (writes("orders"), writes("billing")), {"orders": "common"}, ("Order", BOTH, SURE)),
    (
        "two processes of one folder, and another service",
        (opens("orders"), opens("billing"), opens("reports")),
        {"orders": "app", "billing": "app"},
        ("db/shop", (*BOTH, "reports"), SURE),
    ),
]

ALONE: list[tuple[str, tuple[Effect, ...], dict[str, str]]] = [
    ("databases of their own", (opens("orders", "db/orders"), opens("billing", "db/billing")), {}),
    ("hosts of their own", (opens("orders", "one/shop"), opens("billing", "two/shop")), {}),
    ("on the machine itself", (opens("orders", "localhost/a"), opens("billing", "localhost/a")), {}),
    ("nobody knows which", (opens("orders", ""), opens("billing", "")), {}),
    ("processes of one folder", (opens("orders"), opens("billing")), {"orders": "app", "billing": "app"}),
    ("a folder in the other", (opens("orders"), opens("billing")), {"orders": "app", "billing": "app/worker"}),
    ("the whole scan", (opens("orders"), opens("billing")), {"orders": "."}),
    ("a library and who uses it", (writes("models"), writes("orders")), {"models": "common"}),
    ("one service alone", (opens("orders"), opens("orders")), {}),
    ("shared code that reads", (writes("orders", does=Does.READS), writes("billing", does=Does.READS)), {}),
    ("shared code, other databases", (opens("orders", "a/x"), opens("billing", "b/x"), writes("orders"), writes("billing")), {}),
    ("shared code that writes what nobody knows", (writes("orders", ""), writes("billing", "")), {}),
    ("models of one name", (effect(Does.WRITES, "orders", "User"), effect(Does.WRITES, "billing", "User")), {}),
]


@pytest.mark.parametrize(("effects", "roots", "verdict"), [pytest.param(*case, id=name) for name, *case in SHARING])
def test_it_is_found(effects: tuple[Effect, ...], roots: dict[str, str], verdict: tuple[str, tuple[str, ...], Confidence]) -> None:
    assert found(*effects, roots=roots) == [verdict]


@pytest.mark.parametrize(("effects", "roots"), [pytest.param(*case, id=name) for name, *case in ALONE])
def test_each_has_its_own(effects: tuple[Effect, ...], roots: dict[str, str]) -> None:
    assert found(*effects, roots=roots) == []


def test_what_is_shared_is_named() -> None:
    (one,) = judged(RULE, system(*SERVICES, effects=(opens("orders"), opens("billing"))))
    assert one.message == "billing and orders open the same database, db/shop"
    assert [e.location.path for e in one.evidence] == ["billing/app.py", "orders/app.py"]
    (two,) = judged(RULE, system(*SERVICES, effects=(writes("orders"), writes("billing"))))
    assert two.message == "billing and orders write Order by the same code, so into one database"
