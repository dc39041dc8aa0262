"""Calls in their surroundings: position, blocks, comprehension and `await` of every call, in the order of the source."""

from __future__ import annotations

import pytest
from flowmap.frontend.summarise import summarise
from flowmap.linker.activations import last_name
from flowmap.linker.tables import CallSite, build_table, enclosing
from linking import lines


def calls(source: str) -> list[str]:
    """`name line:column blocks flags` of every call of the module, scope by scope."""
    scopes = summarise("app.py", lines(source).encode()).scopes
    found: list[str] = []
    for index, scope in enumerate(scopes):
        for site in build_table(scopes, index).calls:
            blocks = [scope.blocks[b].kind for b in enclosing(scope.blocks, site.block)]
            found.append(" ".join([described(site), *reversed(blocks), *flags(site)]))
    return found


def described(site: CallSite) -> str:
    """Name and place of a call."""
    return f"{last_name(site.call.callee)} {site.call.span.line}:{site.call.span.column}"


def flags(site: CallSite) -> list[str]:
    """What is special about a call."""
    return [*["await"][: site.awaited], *["comprehension"][: len(site.clauses)]]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("f()", ["f 1:1"]),
        ("a.b.f()", ["f 1:1"]),
        ("x = f(g())", ["f 1:5", "g 1:7"]),
        ("f().g()", ["g 1:1", "f 1:1"]),
        ("f()\n\n  \ng()", ["f 1:1", "g 4:1"]),
        ("if f():\n    g()\nelse:\n    h()", ["f 1:4", "g 2:5 if", "h 4:5 else"]),
        ("if a: f()", ["f 1:7 if"]),
        ("if a:\n    b\nelif f():\n    g()", ["f 3:6", "g 4:5 if"]),
        ("for x in f():\n    g()", ["f 1:10", "g 2:5 for"]),
        ("while f():\n    g()", ["f 1:7 while", "g 2:5 while"]),
        ("try:\n    f()\nexcept g:\n    h()\nfinally:\n    i()", ["f 2:5 try", "h 4:5 except", "i 6:5 finally"]),
        ("with f() as x:\n    g()", ["f 1:6 with", "g 2:5 with"]),
        ("match f():\n    case 1:\n        g()", ["f 1:7", "g 3:9 case"]),
        ("for x in y:\n    if x:\n        with z:\n            f()", ["f 4:13 for if with"]),
        ("[f(x) for x in g()]", ["g 1:16", "f 1:2 comprehension"]),
        ("[x for x in y if f(x)]", ["f 1:18 comprehension"]),
        ("{f(x): g(x) for x in y}", ["f 1:2 comprehension", "g 1:8 comprehension"]),
        ("any(f(x) for x in y)", ["any 1:1", "f 1:5 comprehension"]),
        ("async def a():\n    await f(g())", ["f 2:11 await", "g 2:13"]),
        ("async def a():\n    async with f():\n        await g()", ["f 2:16 with", "g 3:15 with await"]),
        ("def a():\n    return f()", ["f 2:12"]),
        ("def a():\n    yield f()", ["f 2:11"]),
        ("def a():\n    raise f()", ["f 2:11"]),
        ("def a(x=f()): ...", ["f 1:9"]),
        ("@f(1)\ndef a(): ...", ["f 1:2"]),
        ("class A(f()): ...", ["f 1:9"]),
        ("class A:\n    x = f()", ["f 2:9"]),
        ("lambda: f()", ["f 1:9"]),
        ("x = f'{f()}'", ["f 1:8"]),
        ("x = f'{f():>{g()}}'", ["f 1:8", "g 1:14"]),
        ("x = y[f():g():h()]", ["f 1:7", "h 1:15", "g 1:11"]),
        ("f(*g(), **h())", ["f 1:1", "g 1:4", "h 1:11"]),
        ("x = f() if g() else h()", ["g 1:12", "f 1:5", "h 1:21"]),
        ("x = f() or g()", ["f 1:5", "g 1:12"]),
        ("x = {f(): g(), **h()}", ["f 1:6", "g 1:11", "h 1:18"]),
        ("x += f()", ["f 1:6"]),
        ("assert f(), g()", ["f 1:8"]),
        ("x: f() = g()", ["g 1:10"]),
        ("print(f())", ["print 1:1", "f 1:7"]),
        ("f", []),
        ("'f()'", []),
        ("# f()", []),
        ("import f", []),
        ("def f(): ...", []),
        ("class f: ...", []),
        ("x[f]", []),
        ("", []),
    ],
)
def test_every_call_knows_where_it_stands(source: str, expected: list[str]) -> None:
    assert calls(source) == expected
