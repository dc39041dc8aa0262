"""`flowmap who`, `trace`, `explain` and `schema`."""

from __future__ import annotations

from pathlib import Path

import pytest
from flowmap import extensions
from tinyshop import Run


def test_who_lists_both_ends(run: Run) -> None:
    assert run("who", "OrderPlaced").stdout == (
        "order-placed  kafka\n"
        "  published by\n"
        "    orders  orders/app.py:12  create_order  certain\n"
        "  listened to by\n"
        "    billing  billing/worker.py:7  main  certain\n"
        "  what a message holds\n"
        "    field  type  set by  read by\n"
        "    id     int   orders  not seen\n"
        "    billing may read more than is seen\n"
    )


def test_who_says_nobody(run: Run) -> None:
    assert "  listened to by\n    nobody\n" in run("who", "invoice-sent", ".").stdout


TOPICS = "kind: KafkaTopicList\nitems:\n- {metadata: {name: Order.Placed}}\n- {metadata: {name: order-gone}}\n"


def test_who_says_what_is_made(run: Run, tree: Path) -> None:
    (tree / "topics.yaml").write_text(TOPICS)
    assert run("who", "order-placed").stdout.endswith("\nOrder.Placed  kafka, made or listed at topics.yaml:3\n")
    assert run("who", "order-gone").stdout == (
        "order-gone  kafka, made or listed at topics.yaml:4\nnothing that was read publishes or listens to it\n"
    )
    assert "order-gone" in run("who", "order-gon").stderr


BLIND = """
from kafka import KafkaConsumer


def run():
    for message in KafkaConsumer(open("topic").read()):
        stock(message)
"""


def test_who_mentions_what_could_not_be_resolved(run: Run, tree: Path) -> None:
    (tree / "stock" / "app.py").write_text((tree / "stock" / "app.py").read_text() + BLIND)
    said = "1 unresolved subscription of the same transport may belong here too, the first at stock/app.py:14\n"
    assert run("who", "invoice-sent").stdout.endswith(said)


@pytest.mark.parametrize("command", ["who", "trace"])
def test_an_unknown_name_is_exit_code_2_with_near_names(run: Run, command: str) -> None:
    done = run(command, "order-plced")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "'order-plced'" in done.stderr
    assert "Near names: order-placed" in done.stderr
    assert run(command, "zzz").stderr.endswith("`flowmap scan` lists what there is.\n")


def test_trace_shows_waits_and_reactions(run: Run) -> None:
    assert run("trace", "POST /orders").stdout == (
        "orders POST /orders in create_order  orders/app.py:10\n"
        "├── waits for stock GET /stock/{}  orders/app.py:11\n"
        "│   └── ⇒ stock GET /stock/{} in stock  stock/app.py:7\n"
        "└── publishes order-placed  kafka  orders/app.py:12\n"
        "    └── → billing reacts in main  billing/worker.py:6\n"
        "        └── publishes invoice-sent  kafka  billing/worker.py:8  nobody listens\n"
        "\n"
        "3 services · 1 wait · 2 publications\n"
    )


def test_who_says_the_rest_below_where_it_does_not_fit(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "46")
    assert run("who", "order-placed").stdout.splitlines()[1:4] == [
        "  published by",
        "    orders  create_order  certain",
        "      orders/app.py:12",
    ]


def test_who_cuts_long_lists(run: Run, tree: Path) -> None:
    worker = tree / "billing" / "worker.py"
    worker.write_text(worker.read_text() + "producer.send('order-placed', {})\n" * 50)
    text = run("who", "order-placed").stdout
    assert "  published by (51 places)\n" in text
    assert "    and 11 more: flowmap scan --format json lists all\n" in text


def test_trace_says_what_a_handler_does_once(run: Run, tree: Path) -> None:
    worker = tree / "billing" / "worker.py"
    worker.write_text(worker.read_text().replace('KafkaConsumer("order-placed")', 'KafkaConsumer("order-placed", "order-paid")'))
    app = tree / "orders" / "app.py"
    app.write_text(app.read_text().replace("    return {}", "    producer.send('order-paid', {})\n    return {}"))
    text = run("trace", "POST /orders").stdout
    assert text.count("publishes invoice-sent") == 1
    assert "→ billing reacts in main  billing/worker.py:6  shown above" in text


def test_trace_keeps_to_the_paper(run: Run, tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = tree / "orders" / "a_folder_with_a_long_name" / "and_another_one"
    deep.mkdir(parents=True)
    (tree / "orders" / "app.py").rename(deep / "app.py")
    monkeypatch.setenv("COLUMNS", "60")
    text = run("trace", "POST /orders").stdout
    assert "publishes order-placed  kafka  …/app.py:12\n" in text
    assert max(map(len, text.splitlines())) <= 60


def test_trace_names_loops(run: Run, tree: Path) -> None:
    worker = tree / "billing" / "worker.py"
    worker.write_text(worker.read_text().replace("invoice-sent", "order-placed"))
    done = run("trace", "order-placed")
    assert "loop: this handler is at work further up" in done.stdout
    assert " · 1 loop" in done.stdout.splitlines()[-1] or " loops" in done.stdout.splitlines()[-1]


def test_trace_takes_the_name_of_a_service(run: Run) -> None:
    assert run("trace", "orders:POST /orders").exit_code == 0
    assert run("trace", "stock:POST /orders").exit_code == 2


@pytest.mark.parametrize("name", ["T301", "t301", "orphaned-event"])
def test_explain_shows_the_page_of_a_rule(run: Run, name: str) -> None:
    text = run("explain", name).stdout
    assert text.startswith("T301 orphaned-event  warning, on by default\n  Something is published and nobody listens.\n\nWhat\n")
    assert [h for h in ("What", "Why", "How", "Bad", "Good", "Fix", "Configure", "Ignore") if f"\n{h}\n" not in text] == []
    assert '    producer.send("order-archived", order)        # no service subscribes to order-archived\n' in text


def test_explain_shows_thresholds(run: Run) -> None:
    assert "max-sync-hops  the longest chain that is allowed" in run("explain", "C101").stdout


def test_explain_lists_all_rules(run: Run) -> None:
    lines = run("explain").stdout.splitlines()
    assert [line.split()[0] for line in lines[:-2] if line[:1] != " "] == [r.code for r in extensions.load_rules()]


def test_every_rule_has_a_page(run: Run) -> None:
    for rule in extensions.load_rules():
        text = run("explain", rule.code).stdout
        assert [h for h in ("What", "Why", "How", "Bad", "Good", "Fix", "Configure", "Ignore") if f"\n{h}\n" not in text] == []


def test_explain_suggests(run: Run) -> None:
    done = run("explain", "orphan-event")
    assert done.exit_code == 2
    assert "Did you mean orphaned-event?" in done.stderr


def test_version_and_help(run: Run) -> None:
    assert run("--version").stdout.startswith("flowmap, version ")
    for command in ("scan", "diagram", "who", "trace", "explain", "schema"):
        done = run(command, "--help")
        assert done.exit_code == 0
        assert f"  flowmap {command}" in done.stdout
