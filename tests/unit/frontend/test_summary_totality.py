"""Any content is summarised: what is not Python is a diagnostic with a line, and nothing of the parser leaves the frontend."""

from __future__ import annotations

import gc
from datetime import timedelta

import msgspec
import pytest
from flowmap.frontend.summarise import digest, summarise
from flowmap.frontend.workers import with_large_stack
from flowmap.model.expression import Constant, Expression, Item, Mapping, Negation, Opaque, Sequence
from flowmap.model.summary import Assign, ModuleSummary
from hypothesis import given, settings
from hypothesis import strategies as st
from summarising import summary

QUICK = settings(max_examples=150, derandomize=True, deadline=timedelta(seconds=2), database=None)
WORDS = st.sampled_from(
    "def class if else elif try except with for in while match case lambda async await yield return import from as not or and is "
    "None True x y f ( ) [ ] { } : ; , . "
    "= := == + - * ** / % @ -> ' \" f' f\" ''' { } \\ # \n \n \n    \t 0 1.5 1j 0x é \0 \ufeff".split(" ")
)


@pytest.mark.parametrize(
    ("content", "problem", "line"),
    [
        (b"x = 1\ny = = 2\nz = 3\n", "not valid Python", 2),
        (b"x = 1\n  y = 2\n", "not valid Python", 2),
        (b"print 'old'\n", "not valid Python", 1),
        (b"<<<<<<< HEAD\nx = 1\n", "not valid Python", 1),
        (b"{{ cookiecutter.name }} = 1\n{% if x %}\n", "not valid Python", 1),
        (b"x = 'open\n", "not valid Python", 1),
        (b"x = (1,\n", "not valid Python", 1),
        (b"if x:\n", "not valid Python", 1),
        (b"\x80\x81\xff", "not readable as text", 1),
        (b"x = '\xe9'\n", "not readable as text", 1),
        (b"# -*- coding: nonsense -*-\nx = 1\n", "not readable as text", 1),
        (b"\xff\xfex\x00", "not", 1),
        (b"x = 1\nprint 'old'\ny = 2\n", "not valid Python", 2),
        (b"x = 1\ny = 'open\nz = 2\n", "not valid Python: unterminated string literal", 2),
        (b"x = 1\ny = )\nz = 2\n", "not valid Python: unmatched ')'", 2),
        (b"x = 1\ny = " + b"(" * 2_000 + b")" * 2_000, "more than 200 nested brackets", 2),
        (b"x = " + b"[" * 2_000, "more than 200 nested brackets", 1),
        (b"x = " + b"{1:" * 201 + b"}" * 201, "more than 200 nested brackets", 1),
    ],
)
def test_what_is_not_python_is_a_diagnostic(content: bytes, problem: str, line: int) -> None:
    found = summarise("broken.py", content)
    assert found.problem is not None
    assert found.problem.startswith(problem)
    assert (found.path, found.problem_line, len(found.scopes), found.scopes[0].statements) == ("broken.py", line, 1, ())


@pytest.mark.parametrize(
    ("content", "value"),
    [
        (b"", None),
        (b"\n\n", None),
        (b"\xef\xbb\xbfx = 'a'\n", "a"),
        (b"# -*- coding: latin-1 -*-\nx = '\xe9'\n", "é"),
        ("x = 'é'".encode(), "é"),
        (b"x = 'a'\r\n", "a"),
        (b"x = 'a'\r", "a"),
        (b"x = 'a'", "a"),
        (b"\tx = 'a'"[1:], "a"),
        (b"x = '" + b"(" * 2_000 + b"'", "(" * 2_000),
        (b"# " + b"(" * 2_000 + b"\nx = 'a'", "a"),
        (b"'''" + b"(" * 2_000 + b"'''\nx = 'a'", "a"),
        (b"x = " + b"(" * 150 + b"'a'" + b")" * 150, "a"),
        (b"x = 'a'\n" + b"y = ()\n" * 500, "a"),
    ],
)
def test_what_is_python_is_read(content: bytes, value: str | None) -> None:
    found = with_large_stack(lambda: summarise("app.py", content))
    assert found.problem is None
    assigned = [s for s in found.scopes[0].statements if isinstance(s, Assign)]
    assert [s.value for s in assigned[:1]] == ([] if value is None else [Constant(value)])


@pytest.mark.parametrize("operator", [" + ", " or ", ".x", "\n if x else "])
def test_long_chains_are_read_or_told(operator: str) -> None:
    found = summary("x = " + "(" + operator.join(["x"] * 3_000) + ")\n") if operator != ".x" else summary("y = x" + ".x" * 3_000)
    assert found.problem in (None, "nested too deeply to be read")
    assert with_large_stack(lambda: summary("y = x" + ".x" * 300)).problem is None


@given(st.text(max_size=60))
@QUICK
def test_any_text_has_a_summary(text: str) -> None:
    assert summary(text).scopes[0].kind == "module"


@given(st.binary(max_size=40))
@QUICK
def test_any_bytes_have_a_summary(content: bytes) -> None:
    assert summary(content).digest == digest(content)


@given(st.lists(WORDS, max_size=25).map(" ".join))
@QUICK
def test_almost_python_has_a_summary(text: str) -> None:
    assert plain(summary(text)) == []


literals = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**62), 2**62) | st.floats(-1e18, 1e18) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3) | st.tuples(inner, inner),
    max_leaves=8,
)  # fmt: skip


def value_of(node: Expression | None) -> object:
    """The Python value that a model of literals stands for."""
    match node:
        case Constant(value=value):
            return value
        case Sequence(kind=kind, elements=elements):
            return (tuple if kind == "tuple" else list)(value_of(e) for e in elements)
        case Mapping(items=items):
            return {value_of(i.key): value_of(i.value) for i in items if isinstance(i, Item)}
        case _:
            return node


def as_kept(value: object) -> object:
    """A value as a summary keeps it: lone surrogates are replaced."""
    match value:
        case str():
            return value.encode("utf-8", "replace").decode()
        case list() | tuple():
            return type(value)(as_kept(v) for v in value)
        case dict():
            return {as_kept(k): as_kept(v) for k, v in value.items()}
        case _:
            return value


@given(literals)
@QUICK
def test_literals_survive(value: object) -> None:
    (found,) = summary(f"x = {value!r}\n").scopes[0].statements
    assert isinstance(found, Assign)
    assert value_of(found.value) == as_kept(value)


def plain(node: object) -> list[str]:
    """The types in a summary that are neither the model's nor Python's own."""
    if isinstance(node, tuple):
        return [name for part in node for name in plain(part)]
    if isinstance(node, msgspec.Struct):
        strange = [] if type(node).__module__.startswith("flowmap.model.") else [type(node).__name__]
        return strange + [name for part in msgspec.structs.astuple(node) for name in plain(part)]
    return [] if node is None or isinstance(node, str | int | float | bool) else [type(node).__name__]


EVERYTHING = """
@a(1)
class C(B, metaclass=M):
    x: int = f"{y!r:>{z}}" + "%s" % b
    async def f(self, a, /, b=1, *c, d: e = lambda q: q, **g) -> h:
        async with x as y, z:
            async for i, *j in await k():
                yield {**l, m: [n async for n in o if p]}
        match q:
            case {"a": [1, *rest], **more} | D(x=1, y=str()) as z if z > 1:
                nonlocal_ = x[1:2:3, ...]
        try:
            del x; assert y, z
        except* E as e:
            raise F from e
        while not (w := -1 if ~1 else 2 ** 3 @ 4): continue
"""


def test_nothing_of_the_parser_is_left() -> None:
    found = summary(EVERYTHING)
    assert found.problem is None
    assert plain(found) == []
    assert msgspec.msgpack.Decoder(ModuleSummary).decode(msgspec.msgpack.encode(found)) == found


def test_the_same_text_gives_the_same_bytes() -> None:
    encoded = {msgspec.msgpack.encode(summary(EVERYTHING)) for _ in range(3)}
    assert len(encoded) == 1


def test_the_path_is_all_that_depends_on_the_path() -> None:
    one, two = summary(EVERYTHING, "a.py"), summary(EVERYTHING, "b/c.py")
    assert one != two
    assert msgspec.structs.replace(one, path="b/c.py") == two


@pytest.mark.parametrize("enabled", [True, False])
def test_the_collector_is_left_as_it_was(enabled: bool) -> None:
    before = gc.isenabled()
    try:
        (gc.enable if enabled else gc.disable)()
        summary("x = (")
        summary("x = 1")
        assert gc.isenabled() is enabled
    finally:
        (gc.enable if before else gc.disable)()


def test_what_has_no_model_says_what_it_is() -> None:
    (found,) = summary("x = 1j\n").scopes[0].statements
    assert getattr(found, "value", None) == Opaque("Imaginary")
    (negated,) = summary("x = not 1j\n").scopes[0].statements
    assert getattr(negated, "value", None) == Negation(Opaque("Imaginary"))
