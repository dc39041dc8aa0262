"""The call graph itself: which function runs which, with nothing in between."""

from __future__ import annotations

from textwrap import indent

import pytest
from linking import Files, lines, run

F = "def f(): ...\ndef g(): ...\n"
"""Two functions that most cases tell apart."""


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("f()", {"app.py -> f"}),
        ("x = y = f\ny()\nx = g", {"app.py -> f"}),
        ("x, (y, z) = 1, (2, f)\nz()", {"app.py -> f"}),
        ("x, *y, z = 1, f, 2, g\ny[0]()\nz()", {"app.py -> f", "app.py -> g"}),
        ("*x, y = f, g\ny()", {"app.py -> g"}),
        ("for x, *y in [(1, f, 2)]:\n    y[0]()", {"app.py -> f"}),
        ("def h(a):\n    a()\nh(f)", {"app.py -> h", "h -> f"}),
        ("def h(a, b=g):\n    b()\nh(f)\nh(1, b=f)", {"app.py -> h", "h -> f", "h -> g"}),
        ("def h(a):\n    a(g)\ndef i(b):\n    b()\nh(i)", {"app.py -> h", "h -> i", "i -> g"}),
        ("def h():\n    return f\nh()()", {"app.py -> h", "app.py -> f"}),
        ("(lambda: f())()", {"app.py -> <lambda>", "<lambda> -> f"}),
        ("import lib\nlib.later(f)", {"app.py -> f"}),
        ("import lib\nlib.later(on=f)", {"app.py -> f"}),
        ("def h():\n    def i(): ...\n    i()\nh()", {"app.py -> h", "h -> h.i"}),
        ("def h():\n    def i(): ...\n    return i\nh()()", {"app.py -> h", "app.py -> h.i"}),
        ("D = {'a': {'b': f}}\nD['a']['b'] = g\nD['a']['b']()", {"app.py -> g"}),
        ("D = {'a': f}\nD.update({'a': g})\nD['a']()", {"app.py -> g"}),
        ("D = {}\nD.update(a=g)\nD['a']()", {"app.py -> g"}),
        ("D = {'a': f, 'b': g}\ndef h(k='a'):\n    D[k]()\nh()", {"app.py -> h", "h -> f"}),
        ("from lib import on\nD = {}\nif on:\n    D['a'] = f\nelse:\n    D['a'] = g\nD['a']()", {"app.py -> f", "app.py -> g"}),
        ("from lib import on\nD = {'a': f}\nif on:\n    D['a'] = g\nD['a']()", {"app.py -> f", "app.py -> g"}),
        ("from lib import on\nD = {'a': f}\nif on:\n    D['b'] = g\nD['a']()", {"app.py -> f"}),
        ("D = {'a': f}\nwith open('x'):\n    D['a'] = g\nD['a']()", {"app.py -> g"}),
        (
            "def h(k):\n    D = {1: f}\n    if k == 1:\n        D[1] = g\n    D[1]()\nh(1)",
            {"app.py -> h", "h -> f", "h -> g"},
        ),
        ("L = [None, f]\nL[0] = g\nL[0]()", {"app.py -> g"}),
        ("L = []\nL.extend([f, g])\nL[1]()", {"app.py -> g"}),
        ("[x() for x in (f, g)]", {"app.py -> f", "app.py -> g"}),
        ("def h():\n    yield f\nfor x in h():\n    x()", {"app.py -> h", "app.py -> f"}),
    ],
)
def test_functions_are_followed_as_values(source: str, expected: set[str]) -> None:
    assert run(lines(F, source)) == expected


WALK = """
    def walk(steps):
        for step in steps:
            step['run']()
            walk(step['else'])
    def pop(steps):
        if steps:
            step = steps.pop(0)
            step['run']()
            return pop(steps) or pop(step['else'])
    def pairs(steps):
        for run, rest in steps:
            run()
            pairs(rest)
    def down(tree):
        for key, kept in tree.items():
            down(kept) if isinstance(kept, dict) else kept()
    def even(steps):
        for step in steps:
            odd(step['else'])
    def odd(steps):
        for step in steps:
            step['run']()
            even(step['else'])
"""
"""Functions that walk down tables that lie in tables."""


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("walk([{'run': f, 'else': [{'run': g, 'else': []}]}])", {"walk -> f", "walk -> g"}),
        ("pop([{'run': f, 'else': [{'run': g, 'else': []}]}])", {"pop -> f", "pop -> g"}),
        ("pairs([(f, [(g, [])])])", {"pairs -> f", "pairs -> g"}),
        ("down({'a': f, 'b': {'c': {'d': {'e': g}}}})", {"down -> f", "down -> g"}),
        ("T = {'run': f, 'else': [{'run': g, 'else': []}]}\nwalk(T['else'])", {"walk -> g"}),
        ("walk([{'run': f, 'else': [], 'other': [{'run': g, 'else': []}]}])", {"walk -> f"}),
        ("walk([{'run': f, 'else': ()}])\nx = [{'run': g, 'else': ()}]", {"walk -> f"}),
        ("even([{'run': f, 'else': [{'run': g, 'else': [{'run': f, 'else': []}]}]}])", {"odd -> g"}),
    ],
)
def test_tables_in_tables_are_walked_down(source: str, expected: set[str]) -> None:
    assert {edge for edge in run(lines(F, WALK) + source) if edge.endswith(("-> f", "-> g"))} == expected


@pytest.mark.parametrize("table", ["{%s}", "{'on': [%s]}['on']", "{'a': {%s}}[kind]"])
def test_all_functions_of_a_large_table_may_be_meant(table: str) -> None:
    handlers = "".join(f"def on{n}(): ...\n" for n in range(100))
    rows = ", ".join(f"on{n}" if "[%s]" in table else f"'{n}': on{n}" for n in range(100))
    source = f"from lib import kind\n{handlers}TABLE = {table % rows}\ndef run():\n    TABLE[kind]()\nrun()"
    assert {edge for edge in run(source) if edge.startswith("run ->")} == {f"run -> on{n}" for n in range(100)}


@pytest.mark.parametrize(
    "source",
    [
        "f",
        "x = f",
        "[f, g]",
        "x, *y = 1, f",
        "D = {'a': f}\nD['a']",
        "import lib\nlib.f()",
        "f = g = print\nf()",
        "'f()'",
        "import lib\nx = {f: g}\nlib.later(x)",
        "f.__name__",
    ],
)
def test_a_function_that_is_only_named_is_not_run(source: str) -> None:
    assert run(lines(F, source)) == set()


HOLDING = """
    import lib
    KEPT = []
    def keep(x):
        KEPT.append(x)
        return x
    def same(x):
        return x
    def once(x):
        x()
        return x
"""
"""Decorators: one that is outside of the scan, one that keeps what it is given, and two that do not."""


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("def i(): ...\nreturn i", {"h -> h.i"}),
        ("def i(): ...\nlib.x = i", {"h -> h.i"}),
        ("def i(): ...\nlib.x[i] = 1", {"h -> h.i"}),
        ("def i(): ...\nreturn lambda: i", {"h -> <lambda>", "h -> h.i"}),
        ("def i(): ...\ndef j(x=i): ...", {"h -> h.i"}),
        ("def i(): ...\nreturn locals()", {"h -> h.i"}),
        ("global i\ndef i(): ...", {"h -> h.i"}),
        ("@lib.on\ndef i(): ...", {"h -> h.i"}),
        ("@keep\ndef i(): ...", {"h -> keep", "h -> h.i"}),
        ("return lambda: 1", {"h -> <lambda>"}),
        ("def i(): ...", set()),
        ("def i():\n    i()", {"h.i -> h.i"}),
        ("def i():\n    return i", set()),
        ("def i(): ...\nreturn 'i'", set()),
        ("def i(): ...\nreturn lib.i", set()),
        ("@same\ndef i(): ...", {"h -> same"}),
        ("@once\ndef i(): ...", {"h -> once", "once -> h.i"}),
    ],
)
def test_a_function_inside_of_another_may_be_run_by_whoever_gets_hold_of_it(body: str, expected: set[str]) -> None:
    assert run(lines(HOLDING, "def h():") + indent(lines(body), "    ")) == expected


A = """
    class A:
        def __init__(self): ...
        def go(self):
            self.step()
        def step(self): ...
"""
"""A class with a method that calls another."""


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("A()", {"app.py -> A.__init__"}),
        ("x = A().go\nx()", {"app.py -> A.__init__", "app.py -> A.go"}),
        ("class B(A):\n    def step(self): ...\nB().go()", {"app.py -> A.__init__", "app.py -> A.go", "A.go -> B.step"}),
        (
            "class B(A):\n    def go(self):\n        super().go()\nB().go()",
            {"app.py -> A.__init__", "app.py -> B.go", "B.go -> A.go"},
        ),
        (
            """
            class B(A):
                def __init__(self):
                    super().__init__()
            class C(B):
                def __init__(self):
                    super().__init__()
            C()
            """,
            {"app.py -> C.__init__", "C.__init__ -> B.__init__", "B.__init__ -> A.__init__"},
        ),
        (
            """
            class B(A): ...
            class C(A):
                def go(self): ...
            class D(B, C): ...
            D().go()
            """,
            {"app.py -> A.__init__", "app.py -> C.go"},
        ),
        (
            """
            class B:
                def go(self):
                    super().go()
            class C(B, A): ...
            C().go()
            """,
            {"app.py -> A.__init__", "app.py -> B.go", "B.go -> A.go"},
        ),
        (
            """
            class B(A):
                def go(self):
                    super().go()
            class C(A):
                def go(self): ...
            class D(B, C): ...
            """,
            {"B.go -> A.go", "B.go -> C.go"},
        ),
        (
            """
            class B:
                def go(self):
                    super().go()
            class C(A, B): ...
            """,
            set(),
        ),
        ("class B(A):\n    @staticmethod\n    def make(): ...\nB.make()", {"app.py -> B.make"}),
        ("class B(A):\n    def __call__(self): ...\nB()()", {"app.py -> A.__init__", "app.py -> B.__call__"}),
        (
            """
            class B:
                def __init__(self, a):
                    self.a = a
                def go(self):
                    self.a.step()
            B(A()).go()
            """,
            {"app.py -> A.__init__", "app.py -> B.__init__", "app.py -> B.go", "B.go -> A.step"},
        ),
        ("class B(A):\n    def __init__(self): ...\nA()", {"app.py -> A.__init__"}),
        ("class B(A):\n    def __init__(self): ...\nB()", {"app.py -> B.__init__"}),
        ("class B(A):\n    def __init__(self): ...", set()),
        ("A.go", set()),
    ],
)
def test_methods_are_those_of_the_object(source: str, expected: set[str]) -> None:
    assert run(lines(A, source)) - {"A.go -> A.step"} == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def d(x):\n    return x\n@d\ndef h(): ...\nh()", {"app.py -> d", "app.py -> h"}),
        ("def d(x):\n    x()\n    return x\n@d\ndef h(): ...", {"app.py -> d", "d -> h"}),
        ("x = None\ndef d(x):\n    return x\nx = d\n@x\ndef h(): ...", {"app.py -> d"}),
        (
            "def d(n):\n    def e(x):\n        return x\n    return e\n@d(1)\ndef h(): ...\nh()",
            {"app.py -> d", "app.py -> d.e", "app.py -> h"},
        ),
        (
            """
            def d(x):
                def inner(*a):
                    return x(*a)
                return inner
            @d
            def h(n): ...
            def other():
                h(1)
            other()
            """,
            {"app.py -> d", "app.py -> other", "other -> d.inner", "d.inner -> h"},
        ),
        (
            """
            def d(x):
                def inner(*a):
                    return x(*a)
                return inner
            def e(x):
                def inner(*a):
                    return x(1, *a)
                return inner
            @d
            @e
            def h(*n): ...
            h()
            """,
            {"app.py -> d", "app.py -> e", "app.py -> d.inner", "d.inner -> e.inner", "e.inner -> h"},
        ),
        (
            """
            def d(x):
                def inner(*a):
                    return x(*a)
                x(0)
                return inner
            @d
            def h(n): ...
            """,
            {"app.py -> d", "d -> h"},
        ),
        (
            """
            def help(f, a):
                return f(*a)
            def d(x):
                def inner(*a):
                    return help(x, a)
                return inner
            @d
            def h(n): ...
            @d
            def g(n): ...
            def one():
                h(1)
            def two():
                g(1)
            """,
            {"one -> d.inner", "two -> d.inner", "d.inner -> help", "d.inner -> h", "d.inner -> g", "app.py -> d"},
        ),
        (
            """
            def help(f, a):
                return f(*a)
            def d(x):
                def inner(*a):
                    return help(x, a)
                return inner
            @d
            def h(n): ...
            help(h, (1,))
            """,
            {"app.py -> help", "d.inner -> help", "help -> d.inner", "d.inner -> h", "app.py -> d"},
        ),
        (
            """
            def main():
                def d(x):
                    def inner():
                        return x()
                    return inner
                @d
                def h(): ...
                h()
            main()
            """,
            {"app.py -> main", "main -> main.d", "main -> main.d.inner", "main.d.inner -> main.h"},
        ),
        ("import lib\n@lib.d\ndef h(): ...\nh()", {"app.py -> h"}),
        ("import lib\n@lib.d\ndef h(): ...", set()),
    ],
)
def test_what_a_decorator_puts_in_place_stands_between(source: str, expected: set[str]) -> None:
    assert run(lines(source)) == expected


ITEMS = """
    class Items:
        def __iter__(self):
            return Steps()
    class Steps:
        def __next__(self):
            return f
    def f(): ...
"""
"""A class whose objects give a function, one after the other."""


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("for x in Items(): ...", {"app.py -> Items.__iter__", "app.py -> Steps.__next__"}),
        ("for x in Items():\n    x()", {"app.py -> Items.__iter__", "app.py -> Steps.__next__", "app.py -> f"}),
        ("def go(c):\n    [x for x in c]\ngo(Items())", {"app.py -> go", "go -> Items.__iter__", "go -> Steps.__next__"}),
        ("[y for i in [Items()] for y in i]", {"app.py -> Items.__iter__", "app.py -> Steps.__next__"}),
        ("x, y = Items()", {"app.py -> Items.__iter__", "app.py -> Steps.__next__"}),
        ("[*Items()]", {"app.py -> Items.__iter__", "app.py -> Steps.__next__"}),
        ("print(*Items())", {"app.py -> Items.__iter__", "app.py -> Steps.__next__"}),
        ("list(Items())", {"app.py -> Items.__iter__", "app.py -> Steps.__next__"}),
        ("class More(Items): ...\nfor x in More(): ...", {"app.py -> Items.__iter__", "app.py -> Steps.__next__"}),
        ("class More(Items):\n    def __iter__(self): ...\nfor x in More(): ...", {"app.py -> More.__iter__"}),
        (
            "class Own:\n    def __iter__(self):\n        yield f\nfor x in Own():\n    x()",
            {"app.py -> Own.__iter__", "app.py -> f"},
        ),
        ("Items()", set()),
        ("x = Items()\n[x]", set()),
        ("print(Items())", set()),
        ("for x in [Items()]: ...", set()),
        ("import lib\nfor x in lib.Items(): ...", set()),
    ],
)
def test_objects_that_are_iterated_over_run_their_methods(source: str, expected: set[str]) -> None:
    assert run(lines(ITEMS, source)) - {"Items.__iter__ -> Steps"} == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("raise E", {"app.py -> E.__init__"}),
        ("x = E\nraise x", {"app.py -> E.__init__"}),
        ("class F(E): ...\nraise F", {"app.py -> E.__init__"}),
        ("class F:\n    Inner = E\nraise F.Inner", {"app.py -> E.__init__"}),
        ("raise E()", {"app.py -> E.__init__"}),
        ("x = E()\nraise x", {"app.py -> E.__init__"}),
        ("class F(E):\n    def __init__(self): ...\nraise F", {"app.py -> F.__init__"}),
        ("raise ValueError", set()),
        ("try: ...\nexcept E:\n    raise", set()),
        ("def go(e=E): ...\ngo()", {"app.py -> go"}),
    ],
)
def test_a_class_that_is_raised_is_made(source: str, expected: set[str]) -> None:
    assert run(lines("class E(Exception):\n    def __init__(self): ...", source)) == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"app.py": "from lib import f\nf()", "lib.py": "def f(): ..."}, {"app.py -> f"}),
        ({"app.py": "from lib import *\nf()", "lib.py": "from more import f", "more.py": "def f(): ..."}, {"app.py -> f"}),
        ({"app.py": "import lib.sub as s\ns.f()", "lib/__init__.py": "", "lib/sub.py": "def f(): ..."}, {"app.py -> f"}),
        ({"app.py": "from lib import h\ndef f(): ...\nh(f)", "lib.py": "def h(a):\n    a()"}, {"app.py -> h", "h -> f"}),
        ({"app.py": "import lib", "lib.py": "def f(): ..."}, set()),
        ({"app.py": "import lib\nlib.g()", "lib.py": "def f(): ..."}, set()),
    ],
)
def test_functions_of_other_modules_are_run_where_they_are_called(files: Files, expected: set[str]) -> None:
    assert run(files) == expected
