"""Expressions: every form of the language to its model, as written, and nothing resolved."""

from __future__ import annotations

import pytest
from flowmap.model.expression import (
    Argument,
    Attribute,
    Await,
    Binary,
    Choice,
    Clause,
    Compare,
    Comprehension,
    Conditional,
    Constant,
    Expression,
    Item,
    Joined,
    Lambda,
    Mapping,
    Name,
    Negation,
    Opaque,
    Sequence,
    Slice,
    Span,
    Starred,
    Subscript,
    Walrus,
    Yield,
    children,
)  # fmt: skip
from summarising import call, expression, readable

A, B, C, X = Name("a"), Name("b"), Name("c"), Name("x")
ONE, TWO = Constant(1), Constant(2)
NONE = Constant(None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1", 1),
        ("-1", -1),
        ("1.5", 1.5),
        ("0x10", 16),
        ("1_000", 1000),
        ("True", True),
        ("False", False),
        ("None", None),
        ("...", None),
        ("'a'", "a"),
        ('"a"', "a"),
        ("'''a\nb'''", "a\nb"),
        ("r'\\d'", "\\d"),
        ("'\\u00e9\\n'", "é\n"),
        ("b'raw'", "raw"),
        ("b'\\xff'", "ÿ"),
        ("u'a'", "a"),
        ("''", ""),
        ("'a' 'b' \"c\"", "abc"),
        ("('a'\n 'b')", "ab"),
        ("'\\ud800'", "?"),
        ("'{}'", "{}"),
        ("(((1)))", 1),
    ],
)
def test_literals_are_constants(text: str, expected: str | float | bool | None) -> None:
    found = expression(text)
    assert found == Constant(expected)
    assert isinstance(found, Constant)
    assert type(found.value) is type(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("f''", Joined(())),
        ("f'a'", Joined((Constant("a"),))),
        ("f'{a}'", Joined((A,))),
        ("f'{a}.{b}'", Joined((A, Constant("."), B))),
        ("f'{{{a}}}'", Joined((Constant("{"), A, Constant("}")))),
        ("f'{a!s}'", Joined((A,))),
        ("f'{a:s}'", Joined((A,))),
        ("f'{a:d}'", Joined((A,))),
        ("f'{a!r}'", Joined((Binary(A, "!r", Joined(())),))),
        ("f'{a:>5}'", Joined((Binary(A, ":", Joined((Constant(">5"),))),))),
        ("f'{a:{b}}'", Joined((Binary(A, ":", Joined((B,))),))),
        ("f'{a!r:>5}'", Joined((Binary(A, "!r", Joined((Constant(">5"),))),))),
        ("f'{a=}'", Joined((Binary(A, "=", Joined(())),))),
        ("f'{a()}'", Joined((call("a", column=8),))),
        ("f'\\n{a}'", Joined((Constant("\n"), A))),
        ("rf'\\n{a}'", Joined((Constant("\\n"), A))),
        ("f'é\\u00e9'", Joined((Constant("éé"),))),
        ("'a' f'{b}' 'c'", Joined((Constant("a"), B, Constant("c")))),
        ("f'{a}' f'{b}'", Joined((A, B))),
        ("f'{f\"{a}\"}'", Joined((Joined((A,)),))),
        ("f'{a if b else c}'", Joined((Conditional(B, A, C),))),
    ],
)
def test_formatted_texts_are_their_pieces(text: str, expected: Expression) -> None:
    assert expression(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a", A),
        ("a.b", Attribute(A, "b")),
        ("a.b.c", Attribute(Attribute(A, "b"), "c")),
        ("a + b", Binary(A, "+", B)),
        ("a + b + c", Binary(Binary(A, "+", B), "+", C)),
        ("a % (b, c)", Binary(A, "%", Sequence("tuple", (B, C)))),
        ("a | b", Binary(A, "|", B)),
        ("a / b", Binary(A, "/", B)),
        ("a // b", Binary(A, "//", B)),
        ("a ** b", Binary(A, "**", B)),
        ("a @ b", Binary(A, "@", B)),
        ("a << b", Binary(A, "<<", B)),
        ("a or b", Choice("or", (A, B))),
        ("a or b or c", Choice("or", (A, B, C))),
        ("a or (b or c)", Choice("or", (A, Choice("or", (B, C))))),
        ("a and b or c", Choice("or", (Choice("and", (A, B)), C))),
        ("not a", Negation(A)),
        ("a == b", Compare(A, "==", B)),
        ("a != b", Compare(A, "!=", B)),
        ("a is not b", Compare(A, "is not", B)),
        ("a not in b", Compare(A, "not in", B)),
        ("a < b <= c", Choice("and", (Compare(A, "<", B), Compare(B, "<=", C)))),
        ("a if b else c", Conditional(B, A, C)),
        ("(x := a)", Walrus("x", A)),
        ("[a, *b]", Sequence("list", (A, Starred(B)))),
        ("(a,)", Sequence("tuple", (A,))),
        ("[(a,)]", Sequence("list", (Sequence("tuple", (A,), Span(1, 1, 7)),))),
        ("a, b", Sequence("tuple", (A, B))),
        ("{a, b}", Sequence("set", (A, B))),
        ("[]", Sequence("list", ())),
        ("()", Sequence("tuple", ())),
        ("{}", Mapping((), Span(1, 1, 5))),
        ("{a: 1, **b}", Mapping((Item(A, ONE, 1), Item(None, B, 1)), Span(1, 1, 5))),
        ("{a: 1,\n b: 2}", Mapping((Item(A, ONE, 1), Item(B, TWO, 2)), Span(1, 2, 5))),
        ("a[1]", Subscript(A, ONE)),
        ("a['b']", Subscript(A, Constant("b"))),
        ("a[1, 2]", Subscript(A, Sequence("tuple", (ONE, TWO)))),
        ("a[1:2]", Subscript(A, Slice(ONE, TWO))),
        ("a[:]", Subscript(A, Slice(None, None))),
        ("a[1::]", Subscript(A, Slice(ONE, None))),
        ("a[::2]", Subscript(A, Slice(Binary(NONE, "::", TWO), None))),
        ("a[b:c:2]", Subscript(A, Slice(Binary(B, "::", TWO), C))),
        ("[x for x in a]", Comprehension("list", X, None, (Clause(X, A),))),
        ("{x for x in a}", Comprehension("set", X, None, (Clause(X, A),))),
        ("(x for x in a)", Comprehension("generator", X, None, (Clause(X, A),))),
        ("{x: b for x in a}", Comprehension("dict", X, B, (Clause(X, A),))),
        ("[x for x in a if b if c]", Comprehension("list", X, None, (Clause(X, A, (B, C)),))),
        ("[x for a in b for x in a]", Comprehension("list", X, None, (Clause(A, B), Clause(X, A)))),
        ("[x async for x in a]", Comprehension("list", X, None, (Clause(X, A),))),
        ("-a", Opaque("arithmetic")),
        ("~1", Opaque("arithmetic")),
        ("1j", Opaque("Imaginary")),
        ("99999999999999999999", Opaque("a large number")),
        ("'" + "a" * 8001 + "'", Opaque("a text of 8001 characters")),
    ],
)  # fmt: skip
def test_expressions_mirror_the_source(text: str, expected: Expression) -> None:
    assert expression(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("f()", call("f")),
        ("f(1, a)", call("f", ONE, A)),
        ("f(a=1)", call("f", Argument(ONE, "a"))),
        ("f(*a, **b)", call("f", Argument(A, None, 1), Argument(B, None, 2))),
        ("f(x for x in a)", call("f", Comprehension("generator", X, None, (Clause(X, A),)))),
        ("a.f(1)", call(Attribute(A, "f"), ONE)),
        ("f()()", call(call("f"))),
        ("f(a)[1](b)", call(Subscript(call("f", A), ONE), B)),
        ("f(g(1))", call("f", call("g", ONE, column=7))),
        ("f(x := 1)", call("f", Walrus("x", ONE))),
    ],
)
def test_calls_keep_their_arguments_and_places(text: str, expected: Expression) -> None:
    assert expression(text) == expected


def test_a_call_spans_its_lines() -> None:
    found = expression("a.b(\n  1,\n)")
    assert getattr(found, "span", None) == Span(1, 3, 5)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("async def f():\n    x = await a", Await(A)),
        ("def f():\n    x = yield", Yield(NONE)),
        ("def f():\n    x = yield a", Yield(A)),
        ("def f():\n    x = yield from a", Yield(A, delegated=True)),
    ],
)
def test_what_only_functions_may_hold(source: str, expected: Expression) -> None:
    assert getattr(readable(source).scopes[1].statements[0], "value", None) == expected


def test_a_lambda_is_a_scope_of_its_own() -> None:
    found = readable("x = lambda a, b=1: a + b\n")
    scope = found.scopes[1]
    assert getattr(found.scopes[0].statements[0], "value", None) == Lambda(1)
    assert (scope.kind, [p.name for p in scope.parameters], scope.parent) == ("lambda", ["a", "b"], 0)
    assert getattr(scope.statements[0], "value", None) == Binary(A, "+", B)


def test_lambdas_know_the_function_around_them() -> None:
    found = readable("def f():\n    x = lambda: (lambda: a)\ny = lambda: b\n")
    assert [(s.kind, s.parent) for s in found.scopes[1:]] == [("function", 0), ("lambda", 1), ("lambda", 2), ("lambda", 0)]


@pytest.mark.parametrize("count", [1_999, 2_001, 5_000])
def test_long_displays_are_cut(count: int) -> None:
    found = expression("[" + "1," * count + "]")
    assert isinstance(found, Sequence)
    assert len(found.elements) == min(count, 2_000)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("f(a, b=c)", ["f", "a", "c"]),
        ("{a: b, **c}", ["a", "b", "c"]),
        ("[a for b in c if x]", ["c", "b", "x", "a"]),
        ("a[b:c]", ["a", "b", "c"]),
        ("a if b else c", ["b", "a", "c"]),
        ("f'{a}{b!r}'", ["a", "b"]),
        ("lambda: a", []),
        ("1", []),
    ],
)
def test_every_name_is_reached_through_children(text: str, names: list[str]) -> None:
    def walked(node: Expression) -> list[str]:
        return [node.id] if isinstance(node, Name) else [n for child in children(node) for n in walked(child)]

    assert walked(expression(text)) == names
