"""`**known` gives its entries to whatever is called: constructors that nobody wrote, class methods, library calls."""

from __future__ import annotations

import pytest
from linking import channels, lines, value_of, wrong

CONFIG = """
    from dataclasses import dataclass
    import lib

    @dataclass
    class Config:
        topic: str
        other: str = "paid"

        @classmethod
        def load(cls):
            known = {"topic": "loaded"}
            known["other"] = "late"
            return cls(**known)

        @classmethod
        def read(cls):
            return cls(**lib.read())

    OPTIONS = {"topic": "spread"}
"""


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("Config(**{'topic': 'a'}).topic", {"a"}),
        ("Config(**OPTIONS).topic", {"spread"}),
        ("Config(**OPTIONS).other", {"paid"}),
        ("Config(**OPTIONS, other='b').other", {"b"}),
        ("Config.load().topic", {"loaded"}),
        ("Config.load().other", {"late"}),
        ("Config(*['a'], **{'other': 'b'}).other", {"b"}),
    ],
)
def test_entries_become_fields(expression: str, expected: set[str]) -> None:
    assert value_of(expression, CONFIG) == expected


HANDED = """
    class Reader:
        def __init__(self, settings):
            self.config = Config(**settings.get("config"))
        def topic(self):
            return self.config.topic
        def other(self):
            return self.config.other
    def make(settings):
        return Reader(settings)
"""


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("make({'config': {'topic': 'a'}}).topic()", {"a"}),
        ("make({'config': {'topic': 'a'}}).other()", {"paid"}),
        wrong(
            "make({'config': {'topic': 'a', 'other': 'b'}}).other()",
            {"b"},
            reason="a default counts where only callers know what the mapping holds",
        ),
    ],
)
def test_entries_that_a_caller_gives_become_fields(expression: str, expected: set[str]) -> None:
    assert value_of(expression, lines(CONFIG, HANDED)) == expected


@pytest.mark.parametrize("expression", ["Config.read().topic", "Config(**lib.read()).topic", "Config(**{'x': 'a'}).topic"])
def test_what_is_not_in_it_is_unknown(expression: str) -> None:
    (found,) = value_of(expression, CONFIG)
    assert found.startswith("? ")


DEFAULTS = """
    class Base:
        def __init__(self, topic=None, other=None):
            self.topic, self.other = topic, other

    class Paid(Base):
        def __init__(self, **kwargs):
            if "topic" not in kwargs:
                kwargs["topic"] = "paid"
            super().__init__(**kwargs)

    class Sure(Base):
        def __init__(self, **kwargs):
            kwargs["topic"] = "sure"
            super().__init__(**kwargs)

    class Kept(Base):
        def __init__(self, **kwargs):
            known = {}
            known["topic"] = "aside"
            super().__init__(**kwargs)

    def one(**kwargs):
        if "topic" not in kwargs:
            kwargs["topic"] = "one"
        return two(**kwargs)

    def two(topic, other="o"):
        return topic

    def local():
        known = {}
        if "topic" not in known:
            known["topic"] = "local"
        return known["topic"]
"""


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("Paid().topic", {"paid"}),
        ("Paid(other='x').topic", {"paid"}),
        ("Paid(topic='mine').topic", {"mine"}),
        ("Paid(topic='mine', other='x').other", {"x"}),
        ("Sure(topic='mine').topic", {"sure"}),
        ("Sure().topic", {"sure"}),
        ("Kept(topic='mine').topic", {"mine"}),
        ("one()", {"one"}),
        ("one(topic='mine')", {"mine"}),
        ("local()", {"local"}),
    ],
)
def test_what_a_function_puts_into_its_keywords_counts(expression: str, expected: set[str]) -> None:
    assert value_of(expression, DEFAULTS) == expected


CONTEXTS = """
    import bus
    from dataclasses import dataclass

    @dataclass
    class Context:
        topic: str
        other: str = "fixed"

        @classmethod
        async def create(cls, topic):
            return cls(topic=topic)

    @dataclass
    class Single:
        topic: str

    @dataclass
    class Never:
        topic: str

    class Stranger:
        def build(self, cls):
            return cls(topic="stranger")

    class Sender:
        def __init__(self, context: Context, single: Single, never: Never):
            self.context, self.single, self.never = context, single, never
        def send(self):
            return {expression}
    single = Single("positional")
    async def start():
        context = await Context.create("created")
        lib.run(context, single)
"""


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("self.context.topic", {"created"}),
        ("self.context.other", {"fixed"}),
        ("self.single.topic", {"positional"}),
        ("self.never.topic", set()),
    ],
)
def test_fields_of_an_object_that_somebody_passes_are_what_it_was_made_with(expression: str, expected: set[str]) -> None:
    sender = lines(CONTEXTS.replace("{expression}", f"bus.publish({expression})"))
    assert {c for c in channels(sender) if not c.startswith("? ")} == expected
