"""The flow comments: which are read, which are refused, and what a comparison says."""

from __future__ import annotations

from pathlib import Path

import pytest
from flow_comments import Comments, Expectation, FlowCommentError, compare, parse, read_comments
from flowmap.model.interaction import Confidence, Endpoint, Handler, Interaction, Role
from flowmap.model.location import Location
from flowmap.model.patience import Retry, Source, Timeout


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("publish kafka order.placed", [("publish", "kafka", "order.placed", None, ())]),
        ("publish kafka order.placed event=OrderPlaced", [("publish", "kafka", "order.placed", None, (("event", "OrderPlaced"),))]),
        (
            "subscribe amqp ticket.# exchange=tickets handler=on_ticket",
            [("subscribe", "amqp", "ticket.#", None, (("exchange", "tickets"), ("handler", "on_ticket")))],
        ),
        ("call http POST /charges -> payment", [("call", "http", "POST /charges", "payment", ())]),
        ("call http GET /v1/{} -> external:api.stripe.com", [("call", "http", "GET /v1/{}", "external:api.stripe.com", ())]),
        ("call rpc validation.check -> validation", [("call", "rpc", "validation.check", "validation", ())]),
        ("call grpc Tax/Quote -> tax", [("call", "grpc", "Tax/Quote", "tax", ())]),
        ("serve http GET /orders/{}", [("serve", "http", "GET /orders/{}", None, ())]),
        ("serve http {} /healthz/ handler=up", [("serve", "http", "{} /healthz/", None, (("handler", "up"),))]),
        ("blind publish kafka", [("publish", "kafka", None, None, ())]),
        ("blind call http", [("call", "http", None, None, ())]),
        ("publish nats a.b ; publish nats a.c", [("publish", "nats", "a.b", None, ()), ("publish", "nats", "a.c", None, ())]),
        ("subscribe amqp # exchange=all", [("subscribe", "amqp", "#", None, (("exchange", "all"),))]),
        ("publish kafka a  # noqa: E501", [("publish", "kafka", "a", None, ())]),
    ],
)
def test_a_comment_is_read(comment: str, expected: list[tuple[object, ...]]) -> None:
    found = parse("app.py", f"x = 1\nsend()  # flow: {comment}\n").expected
    assert [(e.role, e.transport, e.name, e.target, e.attributes) for e in found] == expected
    assert {(e.path, e.line) for e in found} == {("app.py", 2)}


def test_a_comment_stands_behind_another_one() -> None:
    found = parse("app.py", "send()  # noqa: S310  # flow: publish kafka a\n")
    assert [str(e) for e in found.expected] == ["publish kafka a"]


def test_nothing_is_an_expectation_too() -> None:
    found = parse("app.py", "smtp.send()  # flow: nothing\n")
    assert (found.expected, found.nothing) == ([], {("app.py", 1)})


@pytest.mark.parametrize(
    "source",
    [
        'text = "# flow: publish kafka a"\n',
        "text = '''\nsend()  # flow: publish kafka a\n'''\n",
        'f"{x}  # flow: nonsense"\n',
        "send()  # a workflow: publish first\n",
        "send()  # flow of money\n",
        "",
    ],
)
def test_what_is_no_comment_does_not_count(source: str) -> None:
    assert parse("app.py", source) == Comments()


@pytest.mark.parametrize(
    ("comment", "complaint"),
    [
        ("# flow:", "nothing is expected"),
        ("# flow: emit kafka a", "unknown role 'emit'"),
        ("# flow: publish kafak a", "unknown transport 'kafak'"),
        ("# flow: publish kafka", "expected 'ROLE TRANSPORT NAME'"),
        ("# flow: publish kafka event=A", "the name is missing"),
        ("# flow: publish kafka a b", "'b' is no KEY=VALUE"),
        ("# flow: publish kafka a event=", "'event=' is no KEY=VALUE"),
        ("# flow: publish kafka a handler=b", "a publish has no 'handler'"),
        ("# flow: publish http GET /a", "nobody can publish"),
        ("# flow: call http /a -> b", "an HTTP operation is 'METHOD /path'"),
        ("# flow: call http GET a -> b", "an HTTP operation is 'METHOD /path'"),
        ("# flow: call http GET /a", "a call ends with"),
        ("# flow: call http GET /a ->", "a call ends with"),
        ("# flow: call rpc -> b", "the name is missing"),
        ("# flow: call rpc a.b -> c event=d", "a call has no 'event'; known: timeout, tries"),
        ("# flow: blind kafka", "a blind spot is"),
        ("# flow: blind publish kafka a", "a blind spot is"),
        ("# flow: nothing ; publish kafka a", "'nothing' stands alone"),
        ("# flow: publish kafka a ; ", "nothing is expected"),
        ("# flow publish kafka a", "begins with '# flow:'"),
        ("# Flow: publish kafka a", "begins with '# flow:'"),
    ],
)
def test_a_malformed_comment_is_refused_with_its_place(comment: str, complaint: str) -> None:
    with pytest.raises(FlowCommentError) as caught:
        parse("app.py", f"x = 1\nsend()  {comment}\n")
    assert str(caught.value).startswith("app.py:2: ")
    assert complaint in str(caught.value)


def test_a_comment_without_code_before_it_is_refused() -> None:
    with pytest.raises(FlowCommentError, match=r"app\.py:1: .*stands behind code"):
        parse("app.py", "# flow: publish kafka a\nsend()\n")


def test_python_and_yaml_files_are_read(tmp_path: Path) -> None:
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "app.py").write_text("send()  # flow: publish sns a\n")
    (tmp_path / "template.yaml").write_text("Events:\n  A:  # flow: subscribe sns a handler=run\n  B: '# flow: nonsense'\n")
    (tmp_path / "notes.txt").write_text("# flow: nonsense\n")
    found = read_comments(tmp_path)
    assert [(e.path, e.line, str(e)) for e in found.expected] == [
        ("shop/app.py", 1, "publish sns a"),
        ("template.yaml", 2, "subscribe sns a handler=run"),
    ]


def site(role: Role, name: str | None, first: int, last: int | None = None, **rest: object) -> Interaction:
    operation = role in (Role.CALL, Role.SERVE) and name is not None
    return Interaction(
        id=f"{role} {name} {first}",
        role=role,
        service="shop",
        transport="http" if operation else "kafka",
        location=Location("app.py", first, last or first),
        confidence=Confidence.DERIVED,
        channel=None if operation else name,
        endpoint=Endpoint(name) if operation and name else None,
        unresolved="a reason" if name is None else None,
        **rest,  # type: ignore[arg-type]
    )


def wanting(*expected: tuple[int, str], nothing: tuple[int, ...] = ()) -> Comments:
    lines = dict(expected) | dict.fromkeys(nothing, "nothing")
    source = "".join(f"x  # flow: {lines[n]}\n" if n in lines else "x\n" for n in range(1, 20))
    return parse("app.py", source)


HANDLER = Handler("Cashier.pay", Location("app.py", 9, 12), "app.py:1")


@pytest.mark.parametrize(
    ("comments", "found"),
    [
        (wanting(), []),
        (wanting((3, "publish kafka a")), [site(Role.PUBLISH, "a", 3)]),
        (wanting((3, "publish kafka a")), [site(Role.PUBLISH, "a", 2, 5)]),
        (wanting((3, "publish kafka a")), [site(Role.PUBLISH, "a", 3, event="Any")]),
        (wanting((3, "subscribe kafka a handler=pay")), [site(Role.SUBSCRIBE, "a", 3, handler=HANDLER)]),
        (wanting((3, "subscribe kafka a"), (4, "subscribe kafka b")), [site(Role.SUBSCRIBE, n, 2, 6) for n in "ba"]),
        (wanting((3, "publish kafka a"), (4, "publish kafka a")), [site(Role.PUBLISH, "a", 2, 6), site(Role.PUBLISH, "a", 3)]),
        (wanting((3, "blind publish kafka")), [site(Role.PUBLISH, None, 3)]),
        (wanting((3, "serve http GET /a/")), [site(Role.SERVE, "GET /a", 3)]),
        (wanting((3, "call http GET /a -> b")), [site(Role.CALL, "GET /a/", 3, target="b")]),
        (
            wanting((3, "call http GET /a -> b timeout=2.5 tries=3")),
            [site(Role.CALL, "GET /a", 3, target="b", timeout=Timeout(2.5, Source.CLIENT), retries=(Retry("tenacity", 3),))],
        ),
        (
            wanting((3, "call http GET /a -> b timeout=none")),
            [site(Role.CALL, "GET /a", 3, target="b", timeout=Timeout(None, Source.DEFAULT))],
        ),
        (wanting(nothing=(3,)), []),
    ],
)
def test_a_report_as_expected(comments: Comments, found: list[Interaction]) -> None:
    assert compare(comments, found) == []


@pytest.mark.parametrize(
    ("comments", "found", "problems"),
    [
        (wanting((3, "publish kafka a")), [], ["app.py:3: expected publish kafka a; got nothing"]),
        (
            wanting((3, "publish kafka a")),
            [site(Role.PUBLISH, None, 3)],
            [
                "app.py:3: expected nothing more; got publish kafka ? (a reason) [shop]",
                "app.py:3: expected publish kafka a; got publish kafka ? (a reason) [shop]",
            ],
        ),
        (
            wanting((3, "publish kafka a")),
            [site(Role.PUBLISH, "a", 7)],
            [
                "app.py:3: expected publish kafka a; got nothing here, but the same at app.py:7",
                "app.py:7: expected nothing more; got publish kafka a [shop]",
            ],
        ),
        (
            wanting((3, "publish kafka a")),
            [site(Role.PUBLISH, "a", 3), site(Role.PUBLISH, "a", 3)],
            ["app.py:3: expected nothing more; got publish kafka a [shop]"],
        ),
        (
            wanting((3, "call http GET /a -> b")),
            [site(Role.CALL, "GET /a", 3, target="c")],
            [
                "app.py:3: expected call http GET /a -> b; got call http GET /a -> c [shop]",
                "app.py:3: expected nothing more; got call http GET /a -> c [shop]",
            ],
        ),
        (
            wanting((3, "call http GET /a -> b timeout=none")),
            [site(Role.CALL, "GET /a", 3, target="b", timeout=Timeout(None, Source.CLIENT, "a reason"))],
            [
                "app.py:3: expected call http GET /a -> b timeout=none; got call http GET /a -> b [shop]",
                "app.py:3: expected nothing more; got call http GET /a -> b [shop]",
            ],
        ),
        (
            wanting((3, "subscribe kafka a handler=refund")),
            [site(Role.SUBSCRIBE, "a", 3, handler=HANDLER)],
            [
                "app.py:3: expected nothing more; got subscribe kafka a handler=Cashier.pay [shop]",
                "app.py:3: expected subscribe kafka a handler=refund; got subscribe kafka a handler=Cashier.pay [shop]",
            ],
        ),
        (wanting(nothing=(3,)), [site(Role.PUBLISH, "a", 3)], ["app.py:3: expected nothing more; got publish kafka a [shop]"]),
        (
            wanting((2, "publish kafka a"), nothing=(3,)),
            [site(Role.PUBLISH, "a", 2, 3)],
            ["app.py:3: expected nothing; got publish kafka a [shop]"],
        ),
    ],
)
def test_what_differs_is_said_with_its_place(comments: Comments, found: list[Interaction], problems: list[str]) -> None:
    assert compare(comments, found) == problems


def test_an_expectation_reads_as_it_was_written() -> None:
    text = "subscribe amqp ticket.# exchange=tickets handler=on_ticket"
    assert str(parse("app.py", f"x  # flow: {text}\n").expected[0]) == text
    assert str(Expectation("app.py", 1, "publish", "kafka")) == "blind publish kafka"
