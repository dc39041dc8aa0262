"""Statements: imports, assignments, blocks, functions and classes as they stand in the source, in its order."""

from __future__ import annotations

import pytest
from flowmap.model.expression import Attribute, Binary, Constant, Mapping, Name, Sequence, Span, Starred, Subscript, Walrus
from flowmap.model.summary import AnyStatement, Assign, Augment, Enter, Iterate, Leave, Raise, Return, Run
from summarising import call, defined, definitions, imports, readable, scope, statements

A, B, C = Name("a"), Name("b"), Name("c")
ONE = Constant(1)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import a", ["import a"]),
        ("import a.b.c", ["import a.b.c"]),
        ("import a as b, c", ["import a as b", "import c"]),
        ("from a import b", ["from a import b"]),
        ("from a.b import c as d, e", ["from a.b import c as d", "from a.b import e"]),
        ("from a import (\n    b,\n    c,\n)", ["from a import b", "from a import c"]),
        ("from a import *", ["from a import *"]),
        ("from . import a", ["from . import a"]),
        ("from .a import b", ["from .a import b"]),
        ("from ... import a", ["from ... import a"]),
        ("from ...a.b import *", ["from ...a.b import *"]),
        ("from __future__ import annotations", ["from __future__ import annotations"]),
        ("if x:\n    import a\nelse:\n    import b", ["import a", "import b"]),
        ("try:\n    import a\nexcept ImportError:\n    a = None", ["import a"]),
        ("with x:\n    import a", ["import a"]),
        ("import a; import b", ["import a", "import b"]),
        ("def f():\n    import a", []),
        ("class C:\n    import a", []),
        ("'import a'", []),
        ("# import a", []),
        ("importlib.import_module('a')", []),
        ("", []),
    ],
)
def test_imports_of_a_scope_are_listed(source: str, expected: list[str]) -> None:
    assert imports(statements(source)) == expected


@pytest.mark.parametrize(
    ("source", "qualname", "expected"),
    [
        ("def f():\n    import a", "f", ["import a"]),
        ("class C:\n    from a import b", "C", ["from a import b"]),
        ("class C:\n    def f(self):\n        from . import a", "C.f", ["from . import a"]),
        ("def f():\n    def g():\n        import a", "f", []),
    ],
)
def test_imports_inside_of_scopes_belong_there(source: str, qualname: str, expected: list[str]) -> None:
    assert imports(scope(source, qualname).statements) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a = 1", (Assign(-1, 1, 1, A, ONE),)),
        ("a = b = 1", (Assign(-1, 1, 1, A, ONE), Assign(-1, 1, 1, B, ONE))),
        ("a, b = c", (Assign(-1, 1, 1, Sequence("tuple", (A, B)), C),)),
        ("[a, *b] = c", (Assign(-1, 1, 1, Sequence("list", (A, Starred(B))), C),)),
        ("(a, (b, c)) = 1", (Assign(-1, 1, 1, Sequence("tuple", (A, Sequence("tuple", (B, C), Span(1, 1, 6)))), ONE),)),
        ("a.b = 1", (Assign(-1, 1, 1, Attribute(A, "b"), ONE),)),
        ("a['b'] = 1", (Assign(-1, 1, 1, Subscript(A, Constant("b")), ONE),)),
        ("a: b = 1", (Assign(-1, 1, 1, A, ONE, B),)),
        ("a: b", (Assign(-1, 1, 1, A, None, B),)),
        ("a: 'b'", (Assign(-1, 1, 1, A, None, Constant("b")),)),
        ("type a = b", (Assign(-1, 1, 1, A, B),)),
        ("a += 1", (Augment(-1, 1, 1, A, "+", ONE),)),
        ("a //= 1", (Augment(-1, 1, 1, A, "//", ONE),)),
        ("a |= b", (Augment(-1, 1, 1, A, "|", B),)),
        ("(a := 1)", (Run(-1, 1, 1, Walrus("a", ONE)),)),
        ("a()", (Run(-1, 1, 1, call("a", column=1)),)),
        ("a + b", (Run(-1, 1, 1, Binary(A, "+", B)),)),
        ("assert a()", (Run(-1, 1, 1, call("a", column=8)),)),
        ("raise a()", (Raise(-1, 1, 1, call("a", column=7)),)),
        ("raise a from b", (Raise(-1, 1, 1, A),)),
        ("a = {\n}", (Assign(-1, 1, 2, A, Mapping((), Span(1, 2, 5))),)),
        ("a = 1; b = a", (Assign(-1, 1, 1, A, ONE), Assign(-1, 1, 1, B, A))),
        ("'text'", ()),
        ("1", ()),
        ("a", ()),
        ("...", ()),
        ("pass", ()),
        ("del a", ()),
        ("global a", ()),
        ("# comment", ()),
        ("", ()),
    ],
)
def test_statements_keep_what_matters(source: str, expected: tuple[AnyStatement, ...]) -> None:
    assert statements(source) == expected


def test_returns_and_raises_of_functions() -> None:
    found = scope("def f():\n    if a:\n        return\n    return a\n    raise\n", "f")
    assert found.statements == (Run(-1, 2, 2, A), Return(0, 3, 3, None), Return(-1, 4, 4, A), Raise(-1, 5, 5, None))


@pytest.mark.parametrize(("word", "whole"), [("break", True), ("continue", False)])
def test_turns_of_loops_end(word: str, whole: bool) -> None:
    assert statements(f"while a:\n    if a:\n        {word}\n")[-1] == Leave(1, 3, 3, whole)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("if a:\n    s()", ["if"]),
        ("if a:\n    pass\nelif b:\n    s()", ["if"]),
        ("if a:\n    pass\nelse:\n    s()", ["else"]),
        ("for a in b:\n    s()", ["for"]),
        ("for a in b:\n    pass\nelse:\n    s()", []),
        ("while a:\n    s()", ["while"]),
        ("while s():\n    pass", ["while"]),
        ("while a:\n    pass\nelse:\n    s()", []),
        ("try:\n    s()\nfinally:\n    pass", ["try"]),
        ("try:\n    pass\nexcept a:\n    s()", ["except"]),
        ("try:\n    pass\nexcept:\n    s()", ["except"]),
        ("try:\n    pass\nexcept* a:\n    s()", ["except"]),
        ("try:\n    pass\nexcept a:\n    pass\nelse:\n    s()", ["try"]),
        ("try:\n    pass\nfinally:\n    s()", ["finally"]),
        ("with a:\n    s()", ["with"]),
        ("with s():\n    pass", ["with"]),
        ("with a, b as c:\n    s()", ["with"]),
        ("match a:\n    case 1:\n        s()", ["case"]),
        ("match s():\n    case 1:\n        pass", []),
        ("if s():\n    pass", []),
        ("for a in s():\n    pass", []),
        ("for a in b:\n    if a:\n        try:\n            s()\n        except a:\n            pass", ["for", "if", "try"]),
        ("s()", []),
        ("if a: s()", ["if"]),
        ("if a: b; s()", ["if"]),
        ("if a: b\nelse: s()", ["else"]),
        ("for a in b: s()", ["for"]),
        ("with a: s()", ["with"]),
        ("try: s()\nexcept: b", ["try"]),
    ],
)
def test_statements_know_the_blocks_around_them(source: str, expected: list[str]) -> None:
    module = readable(source).scopes[0]
    positions = [s.block for s in module.statements if "callee=Name(id='s')" in repr(s)]
    kinds: list[str] = []
    block = positions[0]
    while block >= 0:
        kinds.insert(0, module.blocks[block].kind)
        block = module.blocks[block].parent
    assert kinds == expected


@pytest.mark.parametrize(
    ("source", "groups"),
    [
        ("if a:\n    b\nelif b:\n    c\nelse:\n    a", [1, 1, 1]),
        ("if a:\n    b\nif b:\n    c", [1, 2]),
        ("try:\n    a\nexcept b:\n    c\nelse:\n    a", [1, 1, 1]),
        ("try:\n    a\nfinally:\n    b", [1, 2]),
        ("match a:\n    case 1:\n        b\n    case _:\n        c", [1, 1]),
        ("if a:\n    if b:\n        c\n    else:\n        a\nelse:\n    b", [1, 2, 2, 1]),
    ],
)
def test_branches_of_one_statement_are_a_group(source: str, groups: list[int]) -> None:
    assert [b.group for b in readable(source).scopes[0].blocks] == groups


def test_loops_and_contexts_have_heads() -> None:
    found = readable("for a, b in c:\n    pass\nwith a as b, c:\n    pass\n").scopes[0]
    pair = Sequence("tuple", (A, B))
    assert found.statements == (Iterate(-1, 1, 1, pair, C, 0), Enter(1, 3, 3, A, B), Enter(1, 3, 3, C, None))
    assert [(b.kind, b.test) for b in found.blocks] == [("for", C), ("with", None)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def f(): ...", ["function f 1-1"]),
        ("def f():\n    pass\n\n\ndef g():\n    return 1", ["function f 1-2", "function g 5-6"]),
        ("@a\n@b(1)\ndef f():\n    pass", ["function f 3-4"]),
        ("class C:\n    def f(self):\n        pass", ["class C 1-3", "function C.f 2-3"]),
        ("class C:\n    class D:\n        def f(self): ...", ["class C 1-3", "class C.D 2-3", "function C.D.f 3-3"]),
        ("def f():\n    def g(): ...\n    class C: ...", ["function f 1-3", "function f.g 2-2", "class f.C 3-3"]),
        ("if a:\n    def f(): ...\nelse:\n    def f(): ...", ["function f 2-2", "function f 4-4"]),
        ("x = [lambda: 1]", ["lambda <lambda> 1-1"]),
        ("x = 1", []),
        ("'def f(): ...'", []),
    ],
)
def test_scopes_are_listed_before_what_they_hold(source: str, expected: list[str]) -> None:
    assert definitions(readable(source)) == expected


@pytest.mark.parametrize(
    ("signature", "expected"),
    [
        ("", []),
        ("a", [("a", "normal", None, None)]),
        ("a: b = 1", [("a", "normal", ONE, B)]),
        ("a, /, b", [("a", "positional", None, None), ("b", "normal", None, None)]),
        ("*, a", [("a", "keyword", None, None)]),
        ("*a, **b", [("a", "star", None, None), ("b", "double_star", None, None)]),
        ("*a: b, c=1", [("a", "star", None, B), ("c", "keyword", ONE, None)]),
        (
            "a, /, b, *c, d",
            [("a", "positional", None, None), ("b", "normal", None, None), ("c", "star", None, None), ("d", "keyword", None, None)],
        ),
    ],
)
def test_parameters_have_their_kinds(signature: str, expected: list[tuple[object, ...]]) -> None:
    found = scope(f"def f({signature}): ...", "f").parameters
    assert [(p.name, p.kind, p.default, p.annotation) for p in found] == expected


@pytest.mark.parametrize(
    "source", ["def f(): return a", "def f(): b; return a", "async def f(): return a", "class f: a = a", "class f: a()"]
)
def test_bodies_on_one_line_are_read(source: str) -> None:
    assert scope(source, "f").statements


def test_functions_know_their_surroundings() -> None:
    found = scope("@a\n@b(1)\nasync def f() -> c:\n    global x, y\n", "f")
    assert (found.is_async, found.returns, found.line, found.head, found.end_line) == (True, C, 3, 1, 4)
    assert (found.decorators, found.outer, found.arguments) == ((A, call("b", ONE, column=2, line=2)), ("x", "y"), ())


def test_classes_have_bases_and_keywords() -> None:
    found = scope("@a\nclass X(b, c[1], metaclass=a):\n    y = 1\n    z: c\n    def f(self): ...\n", "X")
    assert [(a.value, a.keyword) for a in found.arguments] == [(B, None), (Subscript(C, ONE), None), (A, "metaclass")]
    assert (found.decorators, found.kind, found.is_async) == ((A,), "class", False)
    assert found.statements[:2] == (Assign(-1, 3, 3, Name("y"), ONE), Assign(-1, 4, 4, Name("z"), None, C))


def test_definitions_stand_in_the_order_of_statements() -> None:
    found = readable("a = 1\nclass C: ...\nb = 2\ndef f(): ...\n")
    assert [type(s).__name__ for s in found.scopes[0].statements] == ["Assign", "Define", "Assign", "Define"]
    assert defined(found.scopes[0].statements, found) == ["C", "f"]
