"""`flowmap advise`."""

from __future__ import annotations

import json
from pathlib import Path

from tinyshop import Run

CHECKOUT = Path(__file__).resolve().parents[3] / "samples" / "checkout_chain"


def test_a_long_chain(run: Run) -> None:
    done = run("advise", CHECKOUT / "before")
    assert (done.exit_code, done.stderr) == (0, "")
    lines = [" ".join(line.split()) for line in done.stdout.splitlines()]
    assert lines[0] == "1. pricing ⇒ promotions"
    for said in (
        "pricing only reads from promotions: keep a copy that events of promotions keep up to date.",
        "waits for 3 → 0",
        "answers 99.70% → 100.00%",
        "pricing/pricing/promotions.py:33 pricing waits for promotions: GET /api/discounts/",
    ):
        assert said in lines


def test_the_advice_was_good(run: Run) -> None:
    assert run("advise", CHECKOUT / "after").stdout.startswith("No endpoint waits for more than the thresholds allow")


def test_thresholds_count(run: Run, tree: Path) -> None:
    assert run("advise").stdout.startswith("No endpoint")
    (tree / "flowmap.toml").write_text("[rules]\nmax-sync-hops = 0\n")
    assert run("advise").stdout.startswith("1. orders ⇒ stock\n")
    (advice,) = json.loads(run("scan", "-f", "json").stdout)["advice"]
    assert (advice["remedy"], advice["before"]["hops"], advice["after"]["hops"]) == ("copy", 1, 0)
