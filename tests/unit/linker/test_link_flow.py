"""Values over statements: which assignments, branches, loops and calls decide what a name holds where it is used."""

from __future__ import annotations

import pytest
from linking import channels, lines, value_of

EITHER = lines("try:\n    xs = lib.xs()\nexcept E:\n    xs = [{'k': 'a', 'v': '1'}, {'k': 'b', 'v': '2'}]") + "\n"
"""Elements of which one way to them tells nothing."""
SORTED = "import bus\nfrom collections import defaultdict\nkept = defaultdict(list)"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("x = 'a'\nx = 'b'\npublish(x)", ["b"]),
        ("x = 'a'\npublish(x)\nx = 'b'", ["a"]),
        ("x = 'a'\nx += '.b'\npublish(x)", ["a.b"]),
        ("x: str = 'a'\npublish(x)", ["a"]),
        ("publish(x := 'a')\npublish(x)", ["a", "a"]),
        ("if (x := 'a'):\n    publish(x)", ["a"]),
        ("if lib.flag:\n    x = 'a'\nelse:\n    x = 'b'\npublish(x)", ["a", "b"]),
        ("x = 'a'\nif lib.flag:\n    x = 'b'\npublish(x)", ["a", "b"]),
        ("x = 'a'\nif lib.flag:\n    x = 'b'\n    publish(x)", ["b"]),
        ("x = 'a'\nif lib.flag:\n    x = 'b'\nelse:\n    publish(x)", ["a"]),
        ("if lib.a:\n    x = 'a'\nelif lib.b:\n    x = 'b'\nelse:\n    x = 'c'\npublish(x)", ["a", "b", "c"]),
        ("x = 'a'\nwith lib.lock:\n    x = 'b'\npublish(x)", ["b"]),
        ("try:\n    x = 'a'\nexcept Exception:\n    x = 'b'\npublish(x)", ["a", "b"]),
        ("try:\n    x = 'a'\nfinally:\n    x = 'b'\npublish(x)", ["b"]),
        ("match lib.kind:\n    case 1:\n        x = 'a'\n    case _:\n        x = 'b'\npublish(x)", ["a", "b"]),
        ("match lib.kind:\n    case 1:\n        x = 'a'\n        publish(x)\n    case _:\n        x = 'b'", ["a"]),
        ("for x in ['a', 'b']:\n    publish(x)", ["a", "b"]),
        ("for i, x in enumerate(['a', 'b']):\n    publish(f'{x}{i}')", ["a0", "b1"]),
        ("for k, v in {'a': 1, 'b': 2}.items():\n    publish(f'{k}{v}')", ["a1", "b2"]),
        ("for k in {'a': 1}:\n    publish(k)", ["a"]),
        ("for v in {'x': 'a', 'y': 'b'}.values():\n    publish(v)", ["a", "b"]),
        ("for x, y in zip(['a', 'b'], ['1', '2']):\n    publish(x + y)", ["a1", "b2"]),
        ("for x in ('a', 'b'):\n    y = x.upper()\n    publish(y)", ["A", "B"]),
        ("for x in ['a']:\n    for y in ['1', '2']:\n        publish(x + y)", ["a1", "a2"]),
        ("for (x, [y, z]) in [('a', ['b', 'c'])]:\n    publish(x + y + z)", ["abc"]),
        ("[publish(x) for x in ['a', 'b']]", ["a", "b"]),
        ("[publish(x) for x in ['a', 'b'] if x != 'a']", ["b"]),
        ("[publish(x) for x in ['a', 'b'] if lib.wanted(x)]", ["a", "b"]),
        ("[publish(x + y) for x in ['a', 'b'] if x != 'a' for y in ['1']]", ["b1"]),
        ("send = lambda x: publish(x)\nsend('c')\n[send(x + y) for x in ['a'] if x != 'a' for y in ['1']]", ["c"]),
        ("for x in {'b', 'a'}:\n    publish(x)", ["a", "b"]),
        (f"{EITHER}for x in xs:\n    publish(x['k'] + x['v'])", ["a1", "b2"]),
        (f"{EITHER}for x in xs:\n    k, v = x['k'], x['v']\n    publish(k + v)", ["a1", "b2"]),
        (f"{EITHER}[publish(x['k'] + x['v']) for x in xs]", ["a1", "b2"]),
        (
            "try:\n    xs = lib.xs()\nexcept E:\n    xs = lib.ys()\nfor x in xs:\n    publish(x['k'])",
            ["? comes from `lib.ys()[]['k']`"],
        ),
        (f"{EITHER}[known] = [[x['k'] for x in xs]]\npublish(known[-1])", ["a", "b"]),
        ("for x in sorted(['b', 'a'], key=lib.key):\n    publish(x)", ["a", "b"]),
        ("for k, v in sorted({'b': '1', 'a': '2'}.items()):\n    publish(k + v)", ["a2", "b1"]),
        ("for x in reversed(['a', 'b']):\n    publish(x)", ["a", "b"]),
        ("[publish(x + y) for x in 'a b'.split() for y in ['1']]", ["a1", "b1"]),
        ("x = None\nx = 'a'\npublish(x)", ["a"]),
        ("x = 'first'\nwhile lib.run():\n    publish(x)\n    x = 'next'", ["first", "next"]),
        ("del lib\nx = 'a'\npublish(x)", ["a"]),
        ("if False:\n    x = 'a'\nelse:\n    x = 'b'\npublish(x)", ["b"]),
    ],
)
def test_the_assignments_that_reach_a_place_decide(source: str, expected: list[str]) -> None:
    assert sorted(channels(lines("from bus import publish\nimport lib", source))) == sorted(expected)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("'a' if flag else 'b'", {"a", "b"}),
        ("'a' if True else 'b'", {"a"}),
        ("'a' if MODE == 'x' else 'b'", {"b"}),
        ("'a' if MODE != 'x' else 'b'", {"a"}),
        ("'a' if not MODE else 'b'", {"b"}),
        ("NONE or 'b'", {"b"}),
        ("'' or 'b'", {"b"}),
        ("'a' or 'b'", {"a"}),
        ("flag or 'b'", {"b"}),
        ("MODE and 'b'", {"b"}),
        ("flag and 'b'", {"b"}),
        ("NONE or None or 'c'", {"c"}),
        ("{'y': 'a', 'x': 'b'}[MODE]", {"a"}),
        ("{'y': 'a', 'x': 'b'}[flag]", {"a", "b"}),
        ("('a', 'b')[flag]", {"a", "b"}),
        ("('a', 'b')[MODE == 'y']", {"b"}),
        ("'a' if NONE is None else 'b'", {"a"}),
        ("'a' if 'x' in 'xyz' else 'b'", {"a"}),
        ("'a' if MODE in ('x', 'y') else 'b'", {"a"}),
        ("'a' if MODE not in ['x'] else 'b'", {"a"}),
        ("'a' if MODE in (flag, 'z') else 'b'", {"a", "b"}),
        ("'a' if 'k' in {'k': 1} else 'b'", {"a"}),
        ("'a' if MODE is not None else 'b'", {"a"}),
        ("'a' if LATER is None else 'b'", {"a", "b"}),
        ("'a' if flag is None else 'b'", {"a", "b"}),
        ("'a' if 2 < 3 else 'b'", {"a"}),
        ("'a' if flag < 3 else 'b'", {"a", "b"}),
        ("'a' if [] else 'b'", {"b"}),
        ("'a' if {'k': 1} else 'b'", {"a"}),
        ("'a' if f'{flag}.x' else 'b'", {"a"}),
        ("'a' if str(flag) else 'b'", {"a", "b"}),
        ("not MODE and 'b' or 'c'", {"c"}),
        ("MODE and NONE or 'c'", {"c"}),
        ("[x for x in ('a', 'b') if x != 'a'][0]", {"b"}),
        ("[x for x in ('a', 'b') if x in flag][0]", {"a", "b"}),
        ("'' and 'b'", {"? an empty text"}),
    ],
)
def test_choices_give_every_alternative_that_is_left(expression: str, expected: set[str]) -> None:
    before = "from lib import flag\nMODE = 'y'\nNONE = None\nLATER = None\ndef later():\n    global LATER\n    LATER = 'x'\n"
    assert value_of(expression, before) >= expected
    assert value_of(expression, before) <= expected | {"? comes from `lib.flag`"}


FUNCTIONS = """
    import functools
    from functools import partial
    from lib import flag, unknown

    def plain():
        return "plain"

    def either():
        if flag:
            return "left"
        return "right"

    def named(name, version="v1"):
        return f"{name}.{version}"

    def keyworded(*, name):
        return name

    def starred(*names, **options):
        return names[0] + options["end"]

    def early():
        name = "early"
        return name

    def nested():
        def inner():
            return "inner"
        return inner()

    def closing(prefix):
        def inner(name):
            return prefix + "." + name
        return inner

    async def later():
        return "later"

    def generated():
        yield "one"
        yield "two"

    def nothing():
        pass

    def loop():
        return loop()

    def ping(n):
        return pong(n)

    def pong(n):
        return ping(n)

    def down(n):
        return "bottom" if n else down(n - 1)

    def passed(function):
        return function("x")

    @functools.cache
    def cached():
        return "cached"

    double = lambda x: x + x
    fixed = partial(named, "fixed")
    keyed = functools.partial(named, version="v2")
"""


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("plain()", {"plain"}),
        ("either()", {"left", "right"}),
        ("named('a')", {"a.v1"}),
        ("named('a', 'v2')", {"a.v2"}),
        ("named(version='v3', name='a')", {"a.v3"}),
        ("named(*['a', 'v4'])", {"a.v4"}),
        ("named(**{'name': 'a', 'version': 'v5'})", {"a.v5"}),
        ("named(named('a'), 'v6')", {"a.v1.v6"}),
        ("keyworded(name='a')", {"a"}),
        ("starred('a', 'b', end='!')", {"a!"}),
        ("early()", {"early"}),
        ("nested()", {"inner"}),
        ("closing('p')('n')", {"p.n"}),
        ("later()", {"later"}),
        ("double('ab')", {"abab"}),
        ("(lambda a, b='y': a + b)('x')", {"xy"}),
        ("fixed()", {"fixed.v1"}),
        ("fixed('v9')", {"fixed.v9"}),
        ("keyed('a')", {"a.v2"}),
        ("partial(keyed, 'z')()", {"z.v2"}),
        ("passed(double)", {"xx"}),
        ("passed(lambda n: n + '!')", {"x!"}),
        ("cached()", {"cached"}),
        ("plain.__name__", {"plain"}),
        ("list(generated())[0]", {"one"}),
        ("down(unknown)", {"bottom"}),
        ("named(unknown)", {"{}.v1"}),
    ],
)
def test_calls_give_what_functions_return(expression: str, expected: set[str]) -> None:
    assert value_of(expression, FUNCTIONS) == expected


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("plain", "the function `plain`"),
        ("unknown(plain)", "comes from `lib.unknown()`"),
        ("keyworded()", "parameter `name` of `keyworded` is not passed"),
        ("keyworded(name=unknown)", "comes from `lib.unknown`"),
        ("keyworded(**unknown)", "`name` comes out of `**` arguments"),
        ("passed(unknown)", "comes from `lib.unknown()`"),
        ("nothing()", "None"),
        ("loop()", "None"),
        ("ping(1)", "None"),
    ],
)
def test_calls_that_tell_nothing_are_unknown(expression: str, reason: str) -> None:
    assert value_of(expression, FUNCTIONS) == {f"? {reason}"}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("x = 'module'\ndef f():\n    publish(x)", "module"),
        ("x = 'module'\ndef f():\n    x = 'local'\n    publish(x)", "local"),
        ("x = 'module'\ndef f():\n    def g():\n        publish(x)\n    x = 'enclosing'\n    g()", "enclosing"),
        ("x = 'module'\nclass C:\n    x = 'class'\n    def f(self):\n        publish(x)", "module"),
        ("x = 'module'\nclass C:\n    x = 'class'\n    publish(x)", "class"),
        ("def f():\n    global x\n    x = 'set'\ndef g():\n    publish(x)", "set"),
        ("def f():\n    x = None\n    def g():\n        nonlocal x\n        x = 'set'\n    g()\n    publish(x)", "set"),
        ("x = 'module'\n[publish(x) for x in ['element']]", "element"),
        ("x = 'module'\n[x for x in ['element']]\npublish(x)", "module"),
        ("def f(x='default'):\n    publish(x)", "default"),
        ("def f(x='default'): publish(x)", "default"),
        ("class C: x = 'class'; publish(x)", "class"),
        ("(lambda x: (lambda: publish(x)))('outer')()", "outer"),
        ("(lambda x: (lambda x: publish(x))('inner'))('outer')", "inner"),
        ("def f(x):\n    return lambda: (lambda: publish(x))\nf('far')()()", "far"),
        ("if f := 1:\n    def g(x='branch'): return x\nelif (lambda: publish('other'))(): ...", "other"),
        ("D = 'constant'\ndef f(x=D):\n    publish(x)", "constant"),
        ("def f():\n    publish(x)\nx = 'later'", "later"),
    ],
)
def test_names_are_looked_up_as_python_does(source: str, expected: str) -> None:
    assert channels(lines("from bus import publish", source)) == [expected]


@pytest.mark.parametrize(
    ("put", "use", "expected"),
    [
        ("for x in lib.xs:\n    kept['a'].append(x)", "for k in kept:\n    bus.publish(k)", ["a"]),
        ("kept['a'].append('b')", "bus.publish(kept['a'][0])", ["b"]),
        ("kept['a']['b'] = 'c'", "bus.publish(kept['a']['b'])", ["c"]),
        ("kept['a']['b'] = 'c'\nkept['a']['d'] = 'e'", "for k in kept['a']:\n    bus.publish(k)", ["b", "d"]),
        ("kept['a'] = lib.xs\nkept['a'].append('b')", "bus.publish(kept['a'][0])", ["? `lib` is defined nowhere in the scan"]),
        ("kept[lib.x] = lib.y\nkept['a'].append('b')", "bus.publish(kept['a'])", ["? `lib` is defined nowhere in the scan"]),
        ("kept[lib.x].append('b')", "for k in kept:\n    bus.publish(k)", ["? `lib` is defined nowhere in the scan"]),
        ("kept['a'].append('b')", "bus.publish(kept['c'])", ["? no entry 'c' in the mapping"]),
    ],
)
def test_a_mapping_may_make_its_entries_itself(put: str, use: str, expected: list[str]) -> None:
    assert channels(lines(SORTED, put, use)) == expected
