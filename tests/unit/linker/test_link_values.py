"""Values: what an expression is worth as a text, behind the statements before it."""

from __future__ import annotations

import pytest
from linking import channels, value_of

CLASSES = """
    import enum
    from dataclasses import dataclass, field
    from attrs import define, field as attrs_field
    from enum import Enum, StrEnum, auto
    from typing import ClassVar, NamedTuple

    class Topics:
        PLACED = "placed"
        PAID: str = "paid"
        PREFIX = "shop"
        FULL = PREFIX + ".full"
        class Inner:
            DEEP = "deep"

    class Plain(Enum):
        PLACED = "placed"
        NUMBER = 7

    class Text(str, Enum):
        PLACED = "placed"

    class Str(StrEnum):
        PLACED = "placed"
        CANCELLED = auto()

    class Rich(Enum):
        PLACED = ("placed", 3)

        @property
        def topic(self):
            return self.value[0]

        def label(self):
            return f"{self.name}:{self.topic}"

    class Shown(Enum):
        PLACED = "placed"
        def __str__(self):
            return f"shop:{self.value}"

    class Made(Enum):
        PLACED = ("order-placed", "k")
        def __init__(self, topic, key):
            self.topic = topic
            self.key = key

    class Named(StrEnum):
        def _generate_next_value_(name, start, count, last_values):
            return name.lower().replace("_", ".")
        ORDER_PLACED = auto()

    from django.db import models
    from django.db.models import TextChoices

    class Chosen(TextChoices):
        PLACED = "placed"
        PAID = "paid", "It is paid"

    class Deep(models.TextChoices):
        PLACED = "placed", _("Placed")

    class Level(models.IntegerChoices):
        LOW = 1, "low"

    class Own(TextChoices):
        PLACED = "placed"
        @classmethod
        def values(cls):
            return ["own"]

    class Unlisted(Enum):
        PLACED = "placed", "label"

    class Topic:
        def __str__(self):
            return "a-topic"

    class Base:
        def describe(self):
            return type(self).__name__
    class First(Base): ...
    class Second(Base): ...
    NAME = "PLACED"

    @dataclass
    class Row:
        topic: str = ""
        kind: str = "placed"
    def stored() -> Row:
        return Row(**rows())

    @dataclass
    class Config:
        topic: str = "placed"
        other: str = field(default="paid")
        made: str = field(default_factory=lambda: "made")
        required: str = None

    @define
    class Client:
        strict: bool = attrs_field(default=False, kw_only=True)
        _address: str = attrs_field(alias="address")
        _topic: str = attrs_field(default="placed")
        _key: str = "k"
        key: str = "other"
        def __enter__(self):
            return self
    def entered(topic):
        with Client(topic=topic) as client:
            return client._topic

    class Pair(NamedTuple):
        topic: str
        key: str = "k"

    class Child(Topics):
        PLACED = "child-placed"
"""


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("Topics.PLACED", {"placed"}),
        ("Topics.PAID", {"paid"}),
        ("Topics().PLACED", {"placed"}),
        ("Topics.FULL", {"shop.full"}),
        ("Topics.Inner.DEEP", {"deep"}),
        ("Child.PLACED", {"child-placed"}),
        ("Child.PAID", {"paid"}),
        ("getattr(Topics, 'PLACED')", {"placed"}),
        ("Topics.__name__", {"Topics"}),
        ("Topics().__class__.__name__", {"Topics"}),
        ("type(Topics()).__name__", {"Topics"}),
        ("Chosen.PLACED", {"placed"}),
        ("Chosen.PAID.value", {"paid"}),
        ("f'{Chosen.PAID}.x'", {"paid.x"}),
        ("str(Chosen.PAID)", {"paid"}),
        ("Chosen.values[1]", {"paid"}),
        ("Chosen.values[key()]", {"placed", "paid"}),
        ("Chosen.names[0].lower()", {"placed"}),
        ("Deep.PLACED.value", {"placed"}),
        ("f'l{Level.LOW}'", {"l1"}),
        ("Own.values()[0]", {"own"}),
        ("Unlisted.PLACED.value[1]", {"label"}),
        ("Plain.PLACED.value", {"placed"}),
        ("Plain.PLACED.name", {"PLACED"}),
        ("Plain['PLACED'].value", {"placed"}),
        ("Plain('placed').value", {"placed"}),
        ("Text.PLACED", {"placed"}),
        ("Text.PLACED.value", {"placed"}),
        ("str.encode(Topics.PLACED)", {"placed"}),
        ("str.replace(Topics.FULL, '.', '-')", {"shop-full"}),
        ("str.encode(*(Topics.PLACED,))", {"? comes from `str.encode()`"}),
        ("Text.PLACED.name.lower()", {"placed"}),
        ("Str.PLACED", {"placed"}),
        ("Str.CANCELLED", {"cancelled"}),
        ("Str.PLACED.upper()", {"PLACED"}),
        ("f'{Str.PLACED}'", {"placed"}),
        ("Rich.PLACED.topic", {"placed"}),
        ("Rich.PLACED.value[0]", {"placed"}),
        ("Rich.PLACED.label()", {"PLACED:placed"}),
        ("Text['PLACED']", {"placed"}),
        ("Plain[key()].value", {"placed", "7"}),
        ("Plain[NAME].value", {"placed"}),
        ("f'{Text.PLACED}.x'", {"placed.x"}),
        ("f'{Shown.PLACED}.x'", {"shop:placed.x"}),
        ("str(Shown.PLACED)", {"shop:placed"}),
        ("Made.PLACED.topic", {"order-placed"}),
        ("Made.PLACED.key", {"k"}),
        ("Named.ORDER_PLACED", {"order.placed"}),
        ("Named.ORDER_PLACED.value", {"order.placed"}),
        ("type(Text.PLACED).__name__", {"Text"}),
        ("f'{Topic()}'", {"a-topic"}),
        ("str(Topic()).upper()", {"A-TOPIC"}),
        ("First().describe()", {"First"}),
        ("getattr(Topics, 'NOTHING', 'fallback')", {"fallback"}),
        ("getattr(Topics, 'PLACED', 'fallback')", {"placed"}),
        ("Config().topic", {"placed"}),
        ("Config('x').topic", {"x"}),
        ("Config(topic='x').topic", {"x"}),
        ("Config().other", {"paid"}),
        ("Config().made", {"made"}),
        ("Config('a', 'b').other", {"b"}),
        ("Client(address='x')._address", {"x"}),
        ("Client(topic='x')._topic", {"x"}),
        ("Client(address='x')._topic", {"placed"}),
        ("Client(key='x')._key", {"k"}),
        ("Client(topic='x').__enter__()._topic", {"x"}),
        ("entered('x')", {"x"}),
        ("Pair('placed').topic", {"placed"}),
        ("Pair('placed').key", {"k"}),
        ("Pair(topic='placed', key='x').key", {"x"}),
        ("Row(topic='placed').topic", {"placed"}),
        ("stored().kind", {"placed"}),
        ("f'orders.{stored().topic}'", {"orders.{}"}),
        ("f'orders.{Row().topic}'", {"orders."}),
        ("Pair('placed')[0]", {"placed"}),
        ("Pair('placed')[-1]", {"k"}),
        ("Pair('placed', 'x')[1]", {"x"}),
    ],
)
def test_constants_of_classes_are_found(expression: str, expected: set[str]) -> None:
    assert value_of(expression, f"{CLASSES}\n    from lib import key\n") == expected


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("Topics.NOTHING", "comes from `Topics.NOTHING`"),
        ("Topics().NOTHING", "`Topics` has no attribute `NOTHING` that the scan can see"),
        ("Topics", "an object of `Topics`"),
        ("Config().required", "None"),
        ("stored().topic", "`topic` of `Row` objects that are filled elsewhere"),
        ("Row().topic", "an empty text"),
        ("Config", "an object of `Config`"),
        ("getattr(Topics, name())", "an attribute whose name is computed"),
        ("getattr(name(), 'topic', 'fallback')", "comes from `input().topic`"),
        ("Plain['ABSENT'].value", "`Plain` has no member `ABSENT`"),
        ("nowhere", "`nowhere` is defined nowhere in the scan"),
        ("nowhere.topic", "`nowhere` is defined nowhere in the scan"),
        ("len", "comes from `len`"),
        ("None", "None"),
        ("''", "an empty text"),
        ("[]", "a collection"),
        ("{}", "a collection"),
        ("(yield)", "what a generator is sent"),
    ],
)
def test_what_is_no_constant_is_unknown_with_a_reason(expression: str, reason: str) -> None:
    before = f"{CLASSES}\n    def name():\n        return input()\n"
    assert value_of(expression, before) == {f"? {reason}"}


CONTAINERS = """
    TOPICS = {"placed": "order-placed", "paid": "order-paid", 3: "three", "deep": {"er": "deeper"}}
    NAMES = ["first", "second"]
    PAIR = ("left", "right")
    MORE = {**TOPICS, "sent": "order-sent"}
    OVER = {**TOPICS, "placed": "over"}
    LATER = {}
    LATER["added"] = "order-added"
    LIST = []
    LIST.append("appended")
    ONE, TWO = "one", "two"
    (A, B), *REST = ("a", "b"), "c", "d"
    X = Y = "same"
    FIRST, = ["only"]
    NAMED = dict(placed="named-placed")
    START, *MIDDLE, END = "a", "b", "c", "d"
    (*HEAD, (INNER, *_)), LAST = ("a", "b", ("c", "d")), "e"
    NESTED = {"a": {"b": "old", "kept": "kept"}}
    NESTED["a"]["b"] = "new"
    NESTED["a"]["c"] = "more"
    DEEP = [["old"], "x"]
    DEEP[0][0] = "deep"
    UPDATED = {"k": "old", "l": "old"}
    UPDATED.update({"k": "updated"}, m="keyword")
    UPDATED["k"], UPDATED["n"] = "one", "two"
    SLOTS = [None, "second"]
    SLOTS[0] = "set"
    LONGER = ["x"]
    LONGER.extend(["y", "z"])
    DEFAULTS = {"k": "kept"}
    DEFAULTS.setdefault("k", "not")
    DEFAULTS.setdefault("l", "default")
    def shout(n):
        return n + "!"
"""


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("TOPICS['placed']", {"order-placed"}),
        ("TOPICS[3]", {"three"}),
        ("TOPICS['deep']['er']", {"deeper"}),
        ("TOPICS.get('placed')", {"order-placed"}),
        ("TOPICS.get('placed', 'x')", {"order-placed"}),
        ("TOPICS.get('absent', 'fallback')", {"fallback"}),
        ("MORE['placed']", {"order-placed"}),
        ("MORE['sent']", {"order-sent"}),
        ("OVER['placed']", {"over"}),
        ("(TOPICS | {'placed': 'merged'})['placed']", {"merged"}),
        ("LATER['added']", {"order-added"}),
        ("LIST[0]", {"appended"}),
        ("NAMED['placed']", {"named-placed"}),
        ("NAMES[0]", {"first"}),
        ("NAMES[-1]", {"second"}),
        ("NAMES[0:1][0]", {"first"}),
        ("(NAMES + ['third'])[2]", {"third"}),
        ("PAIR[1]", {"right"}),
        ("ONE", {"one"}),
        ("TWO", {"two"}),
        ("A + B", {"ab"}),
        ("X", {"same"}),
        ("Y", {"same"}),
        ("FIRST", {"only"}),
        ("[n for n in NAMES][1]", {"second"}),
        ("[n.upper() for n in NAMES][1]", {"SECOND"}),
        ("{n: n + '!' for n in NAMES}['second']", {"second!"}),
        ("NAMES[pick()]", {"first", "second"}),
        ("TOPICS['deep'][pick()]", {"deeper"}),
        ("'order-placed'[6:]", {"placed"}),
        ("list(TOPICS)[0]", {"placed"}),
        ("list(set(NAMES))[0]", {"first", "second"}),
        ("sorted(NAMES, reverse=True)[0]", {"second"}),
        ("[*NAMES, 'last'][-1]", {"last"}),
        ("tuple(NAMES)[1]", {"second"}),
        ("next(iter(NAMES))", {"first"}),
        ("list(map(shout, NAMES))[1]", {"second!"}),
        ("list(map(lambda n, m: n + m, NAMES, PAIR))[0]", {"firstleft"}),
        ("list(map(str, NAMES))[0]", {"first"}),
        ("[n for n in map(pick, NAMES)][0]", {"? comes from `outside.pick()`"}),
        ("REST[0]", {"c"}),
        ("REST[1]", {"d"}),
        ("START + END", {"ad"}),
        ("''.join(MIDDLE)", {"bc"}),
        ("''.join(HEAD) + INNER + LAST", {"abce"}),
        ("NESTED['a']['b']", {"new"}),
        ("NESTED['a']['c']", {"more"}),
        ("NESTED['a']['kept']", {"kept"}),
        ("DEEP[0][0]", {"deep"}),
        ("DEEP[1]", {"x"}),
        ("UPDATED['k']", {"one"}),
        ("UPDATED['l']", {"old"}),
        ("UPDATED['m']", {"keyword"}),
        ("UPDATED['n']", {"two"}),
        ("SLOTS[0]", {"set"}),
        ("SLOTS[1]", {"second"}),
        ("''.join(LONGER)", {"xyz"}),
        ("DEFAULTS['k']", {"kept"}),
        ("DEFAULTS['l']", {"default"}),
    ],
)
def test_items_of_collections_are_found(expression: str, expected: set[str]) -> None:
    assert value_of(expression, f"{CONTAINERS}\n    from outside import pick\n") == expected


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("TOPICS['absent']", "no entry 'absent' in the mapping"),
        ("TOPICS.get('absent')", "no entry 'absent' in the mapping"),
        ("NAMES[7]", "an item beyond the known ones"),
        ("MIDDLE[2]", "an item beyond the known ones"),
        ("MIDDLE", "a collection"),
        ("NESTED['a']['absent']", "no entry 'absent' in the mapping"),
        ("NESTED['b']", "no entry 'b' in the mapping"),
        ("UPDATED['absent']", "no entry 'absent' in the mapping"),
        ("SLOTS[2]", "an item beyond the known ones"),
        ("LONGER[3]", "an item beyond the known ones"),
        ("outside['placed']", "comes from `lib.outside['placed']`"),
        ("outside.get('placed')", "comes from `lib.outside.get()`"),
        ("{}['x']", "no entry 'x' in the mapping"),
        ("NAMES", "a collection"),
        ("TOPICS['deep']", "a collection"),
    ],
)
def test_items_that_are_not_there_are_unknown(expression: str, reason: str) -> None:
    assert value_of(expression, f"{CONTAINERS}\n    from lib import outside\n") == {f"? {reason}"}


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("banal.ensure_list(['a', 'b'])[1]", {"b"}),
        ("more_itertools.always_iterable(['a', 'b'])[0]", {"a"}),
        ("[t for t in banal.ensure_list(['a'])][0]", {"a"}),
        ("banal.first(['a', 'b'])", {"? comes from `banal.first()`"}),
    ],
)
def test_what_is_only_made_sure_to_be_a_list_stays_what_it_is(expression: str, expected: set[str]) -> None:
    assert value_of(expression, "import banal, more_itertools") == expected


TEXTS = """
    from lib import unknown
    import os.path, posixpath
    from pathlib import Path
    from urllib.parse import urljoin, urlunparse, urlunsplit
    P = "shop"
    N = 3
    D = {"a": "x", "b": "y"}
    SEP = "."
    PAIR = ("left", "right")
    def wide(x):
        return f"{x:0>3}"
    def shown(x):
        return f"{str(x)!r}"
    def mapped(*parts):
        return "/".join(map(str, parts))
    def written(*parts):
        return "/".join(str(p) for p in parts)
    def given(parts):
        return "/".join([p.strip("/") for p in parts if p])
    def filtered(*parts):
        return "/".join(map(str, filter(None, parts)))
"""


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("f'{P}.placed'", {"shop.placed"}),
        ("f'{P}.{N}'", {"shop.3"}),
        ("f'{P!s}.placed'", {"shop.placed"}),
        ("f'{{{P}}}'", {"{shop}"}),
        ("f'{unknown}.placed'", {"{}.placed"}),
        ("f'{P}' '.placed'", {"shop.placed"}),
        ("rf'{P}\\d'", {"shop\\d"}),
        ("P + '.placed'", {"shop.placed"}),
        ("P + '.' + unknown()", {"shop.{}"}),
        ("'%s.placed' % P", {"shop.placed"}),
        ("'%s.%s' % (P, 'paid')", {"shop.paid"}),
        ("'%s.%d' % (P, N)", {"shop.3"}),
        ("'%(a)s-%(b)s' % D", {"x-y"}),
        ("'100%%-%s' % P", {"100%-shop"}),
        ("'%s.%s' % (P, unknown)", {"shop.{}"}),
        ("'{}.{}'.format(P, 'paid')", {"shop.paid"}),
        ("'{1}.{0}'.format(P, 'paid')", {"paid.shop"}),
        ("'{a}.{b}'.format(a=P, b='paid')", {"shop.paid"}),
        ("'{a}.{b}'.format(**D)", {"x.y"}),
        ("'{{{}}}'.format(P)", {"{shop}"}),
        ("'{}.{}'.format(P, unknown)", {"shop.{}"}),
        ("'.'.join([P, 'placed'])", {"shop.placed"}),
        ("SEP.join((P, 'placed', 'v1'))", {"shop.placed.v1"}),
        ("'.'.join([P, unknown])", {"shop.{}"}),
        ("'.'.join(p for p in [P, 'x'])", {"shop.x"}),
        ("'.'.join(p for p in ['', P, None, 'x'] if p)", {"shop.x"}),
        ("'.'.join(p for p in [P, unknown(), None] if p)", {"shop.{}"}),
        ("'.'.join(p for p in [P, unknown()] if p is not None)", {"shop.{}"}),
        ("'.'.join(filter(None, ['', P, None, unknown()]))", {"shop.{}"}),
        ("'.'.join(filter(bool, (P, '', 'x')))", {"shop.x"}),
        ("mapped(P, N, unknown())", {"shop/3/{}"}),
        ("written(P, N, unknown())", {"shop/3/{}"}),
        ("given(['/a/', P, None])", {"a/shop"}),
        ("filtered(P, None, N)", {"shop/3"}),
        ("f'{N:03d}.{P:>5}'", {"003. shop"}),
        ("'{:03}-{!r}'.format(N, P)", {"003-'shop'"}),
        ("'%05d' % N", {"00003"}),
        ("'%s.%s' % PAIR", {"left.right"}),
        ("f'{P:{N}}'", {"shop"}),
        ("format(N, '03')", {"003"}),
        ("wide('a')", {"00a"}),
        ("shown(N)", {"'3'"}),
        ("P.upper()", {"SHOP"}),
        ("' shop '.strip()", {"shop"}),
        ("'order_placed'.replace('_', '-')", {"order-placed"}),
        ("'a.b.c'.split('.')[1]", {"b"}),
        ("'a.b.c'.rsplit('.', 1)[-1]", {"c"}),
        ("'a.b'.partition('.')[2]", {"b"}),
        ("'order-placed'.removeprefix('order-')", {"placed"}),
        ("'orders'.title()", {"Orders"}),
        ("'7'.zfill(3)", {"007"}),
        ("b'raw'.decode()", {"raw"}),
        ("str(N)", {"3"}),
        ("str(P)", {"shop"}),
        ("os.path.join('a', P)", {"a/shop"}),
        ("posixpath.join('a', P)", {"a/shop"}),
        ("str(Path('a') / P)", {"a/shop"}),
        ("urljoin('http://x/a/', 'b')", {"http://x/a/b"}),
        ("'http://x/a'.geturl() + '/b'", {"http://x/a/b"}),
        ("f'http://{unknown}/a'.geturl()", {"http://{}/a"}),
        ("urlunsplit(('http', 'x:80', '/a', 'q=1', ''))", {"http://x:80/a"}),
        ("urlunparse(('http', 'x', 'a', '', '', ''))", {"http://x/a"}),
        ("urlunsplit(['https', 'x', f'/{unknown()}/b', '', ''])", {"https://x/{}/b"}),
        ("urlunsplit(unknown())", {"? comes from `urllib.parse.urlunsplit()`"}),
        ("urlunsplit(('http', 'x'))", {"? comes from `urllib.parse.urlunsplit()`"}),
        ("P * 2", {"shopshop"}),
        ("str(60 * 2)", {"120"}),
        ("format(P)", {"shop"}),
    ],
)
def test_texts_are_put_together(expression: str, expected: set[str]) -> None:
    assert value_of(expression, TEXTS) == expected


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("unknown", "comes from `lib.unknown`"),
        ("unknown()", "comes from `lib.unknown()`"),
        ("unknown.topic", "comes from `lib.unknown.topic`"),
        ("f'{unknown}'", "comes from `lib.unknown`"),
        ("f'{unknown}.{unknown}'", "comes from `lib.unknown`"),
        ("unknown + '.'", "comes from `lib.unknown`"),
        ("'%s' % unknown", "comes from `lib.unknown`"),
        ("unknown % P", "a computed format"),
        ("'.'.join(unknown)", "a join of something unknown"),
        ("'.'.join(map(str, unknown))", "a join of something unknown"),
        ("'.'.join(filter(None, unknown))", "a join of something unknown"),
        ("'.'.join(p for p in [P, 'x'] if unknown(p))", "a join of something unknown"),
        ("'.'.join(p for p in [P, 'x'] if unknown)", "a join of something unknown"),
        ("'.'.join(filter(unknown, [P, 'x']))", "a join of something unknown"),
        ("mapped(*unknown)", "a join of something unknown"),
        ("P.translate(unknown)", "`translate` of a text with a computed argument"),
        ("P.replace('s', unknown)", "`replace` of a text with a computed argument"),
        ("unknown.format(P)", "comes from `lib.unknown.format()`"),
        ("N - 1", "arithmetic"),
        ("-unknown", "arithmetic"),
        ("P == unknown and unknown", "comes from `lib.unknown`"),
        ("unknown < 3", "a comparison"),
        ("lambda: P", "the function `<lambda>`"),
        ("await unknown()", "comes from `lib.unknown()`"),
    ],
)
def test_texts_that_say_nothing_are_unknown(expression: str, reason: str) -> None:
    assert value_of(expression, TEXTS) == {f"? {reason}"}


def test_a_name_without_a_value_yet_is_looked_up_in_the_whole_module() -> None:
    assert channels({"app.py": "import bus\ndef f():\n    bus.publish(LATER)\nLATER = 'later'\n"}) == ["later"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("parts = ['a']\nparts.append('b')", {"a.b"}),
        ("parts = ['a']\nif unknown():\n    parts.append('b')", {"a{}"}),
        ("parts = ['a']\nif unknown():\n    parts.append('b')\nelif unknown(2):\n    parts.append('c')", {"a{}"}),
        ("parts = ['a']\nif unknown():\n    parts.append('b')\nparts.append('c')", {"a{}.c"}),
        ("parts = ['a']\nif True:\n    parts.append('b')", {"a.b"}),
        ("parts = ['a']\nif False:\n    parts.append('b')", {"a"}),
        ("parts = ['a']\nfor x in 'bc':\n    parts.append(x)", {"a{}"}),
    ],
)
def test_what_a_branch_may_add_to_a_text_is_a_hole(body: str, expected: set[str]) -> None:
    assert value_of("'.'.join(parts)", body) == expected


def test_what_a_branch_may_add_to_a_list_is_one_of_its_elements() -> None:
    assert value_of("topic", "topics = ['a']\nif unknown():\n    topics.append('b')\nfor topic in topics: pass") == {"a", "b"}
