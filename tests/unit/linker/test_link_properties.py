"""The evaluator against Python itself: over generated expressions it may not know the answer, but never gives a wrong one."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from linking import channels, interactions

NAMES: dict[str, object] = {
    "P": "shop",
    "Q": "a.b-C",
    "EMPTY": "",
    "NONE": None,
    "N": 3,
    "YES": True,
    "NO": False,
    "LIST": ["first", "second", "third"],
    "PAIR": ("left", "right"),
    "MAP": {"shop": "x", "a.b-C": "y", 3: "three"},
}
"""Constants that the generated expressions may use."""
BEFORE = "import bus\n" + "".join(f"{name} = {value!r}\n" for name, value in NAMES.items())
LEAVES = [
    "P",
    "Q",
    "EMPTY",
    "LIST[0]",
    "LIST[-1]",
    "PAIR[1]",
    "MAP['shop']",
    "MAP[3]",
    "MAP.get('no', 'd')",
    "'{}'",
    "'%'",
    r"'\n\\'",
]
CONDITIONS = ["YES", "NO", "NONE", "P", "EMPTY", "P == 'shop'", "P != Q", "not YES", "'h' in P", "N > 2", "NONE is None"]
METHODS = [
    "lower()", "upper()", "strip()", "strip('a.')", "lstrip('s')", "rstrip('p')", "title()", "capitalize()", "replace('a', 'b')",
    "replace('', '-')", "removeprefix('sh')", "removesuffix('op')", "split('.')[0]", "rsplit('.', 1)[-1]", "partition('.')[2]",
    "rpartition('-')[0]", "zfill(8)", "casefold()", "swapcase()", "center(9, '*')", "ljust(9)", "encode().decode()", "join(PAIR)",
]  # fmt: skip
# What is known to be wrong is left out here and stands, case by case, in test_link_wrong_constants.py.
SHAPES = [
    "(<A> + <B>)", "'a%sb' % (<A>,)", "'%s-%%-%s' % (<A>, <B>)", "'%(k)s.%(n)d' % {'k': <A>, 'n': N}",
    "'{}:{}'.format(<A>, <B>)", "'{1}{0}{{}}'.format(<A>, <B>)", "'{key}/{n}'.format(key=<A>, n=N)",
    "f'x{P}{{{Q!s}}}{N}' + <A>", "(<A>).join([<B>, <C>])", "(<A>).join([])",
    "(<A>).<METHOD>", "(<A>)[1:]", "(<A>)[-3:2]", "(<A>)[:-1]", "(<A> if <IF> else <B>)", "(<A> or <B>)", "(<IF> or <A>)",
    "{'k': <A>, 'l': <B>}['l']", "{<A>: 'x', <B>: 'y'}[<B>]", "[<A>, <B>][-2]",
    "dict(k=<A>).get('k', <B>)", "'+'.join(x + 'q' for x in [<A>, 'w'])",
    "(lambda x, y='d': x + y)(<A>)", "str(<A>)", "str(N) + <A>", "str(YES) + <A>", "str(NONE) + <A>", "(<A> + P) * 2",
    "''.join(f'{i}{x}' for i, x in enumerate([<A>, <B>]))",
    "''.join(x + y for x, y in zip([<A>], [<B>, 'z']))", "(<A>, *[<B>, <C>])[2]", "''.join(map(str.upper, [<A>, <B>]))",
]  # fmt: skip
QUICK = settings(max_examples=200, derandomize=True, deadline=timedelta(seconds=2), database=None)


@st.composite
def expressions(draw: st.DrawFn, depth: int = 3) -> str:
    """A text expression; its shape is filled with smaller ones."""
    if depth == 0 or draw(st.integers(0, 3)) == 0:
        return draw(st.sampled_from(LEAVES))
    shape = draw(st.sampled_from(SHAPES))
    for gap in ("<A>", "<B>", "<C>"):
        if gap in shape:
            shape = shape.replace(gap, draw(expressions(depth - 1)))
    return shape.replace("<IF>", draw(st.sampled_from(CONDITIONS))).replace("<METHOD>", draw(st.sampled_from(METHODS)))


def python_says(expression: str) -> object:
    """What Python makes of it, or None where it is no text at all."""
    try:
        return eval(expression, dict(NAMES))  # noqa: S307  the expression is generated here
    except (ValueError, TypeError, IndexError, KeyError, AttributeError, SyntaxError):
        return None


@given(expressions())
@QUICK
def test_constants_are_never_wrong(expression: str) -> None:
    expected = python_says(expression)
    assume(isinstance(expected, str))
    found = channels(f'{BEFORE}x = {expression}\nbus.publish(f"<{{x}}>")\n')
    known = [f for f in found if "{}" not in f]
    assert f"<{expected}>" in found or len(known) < len(found)


@given(expressions())
@QUICK
def test_a_single_answer_is_the_answer(expression: str) -> None:
    expected = python_says(expression)
    assume(isinstance(expected, str))
    found = channels(f'{BEFORE}x = {expression}\nbus.publish("<" + x + ">")\n')
    if len(found) == 1 and "{}" not in found[0]:
        assert found == [f"<{expected}>"]


LINES = st.sampled_from(
    [
        "import bus",
        "from bus import *",
        "from app import x",
        "from . import x",
        "import app",
        "x = x",
        "x = y",
        "y = [x, *y]",
        "x = {x: y, **y}",
        "def f(x=f): return f(x)",
        "def g(*x): return f(*x)",
        "class C(C): x = x",
        "class D(C): y = C.x",
        "class E(D, E): f = f",
        "x = C().x",
        "x = f(g)",
        "x = x()",
        "x.y = x",
        "x[y] = x",
        "x, y = y, x",
        "for x in x: y = x",
        "with x as x: pass",
        "@f\ndef h(): return h()",
        "y = lambda: y()",
        "x += y",
        "bus.publish(x)",
        "bus.publish(y())",
        "bus.publish(C.x)",
        "bus.publish(f'{x}{y}')",
        "bus.subscribe(x, f)",
        "global x",
        "x = [x for x in x]",
        "del x",
        "x = super().x",
        "async def f(x): await f(x)",
        "def f():\n    global x\n    x = f",
    ]
)


@given(st.lists(LINES, max_size=12).map("\n".join))
@QUICK
def test_programs_that_go_round_in_circles_have_an_answer(source: str) -> None:
    assert all(site.channel or site.unresolved for site in interactions("import bus\n" + source))
