"""Attributes that a class takes over by name, from modules, objects and mappings, and what its `__getattr__` gives."""

from __future__ import annotations

import pytest
from linking import channels, lines

CHOSEN = "TOPIC = 'a'\nOTHER = 'b'\n"
GIVEN = "settings = Settings({'TOPIC': 'a', 'OTHER': 'b'})"


@pytest.mark.parametrize(
    "source",
    [
        """
        import importlib, re
        class Settings:
            def __init__(self, path):
                module = importlib.import_module(path)
                for key in dir(module):
                    if not re.match("[A-Z]+", key):
                        continue
                    setattr(self, key, getattr(module, key))
        settings = Settings("chosen")
        """,
        """
        import chosen
        class Settings:
            def load(self, source):
                [setattr(self, key, getattr(source, key, None)) for key in dir(source)]
            def __init__(self):
                self.load(chosen)
        settings = Settings()
        """,
        """
        class Settings:
            def __init__(self, **given):
                for key, value in given.items():
                    setattr(self, key, value)
        settings = Settings(TOPIC="a", OTHER="b")
        """,
        f"""
        class Settings:
            def __init__(self, given):
                for key in given:
                    setattr(self, key, given[key])
        {GIVEN}
        """,
        f"""
        class Settings:
            def __init__(self, given):
                self.__dict__.update(given)
        {GIVEN}
        """,
        """
        class Inner:
            def __init__(self, topic):
                self.TOPIC = topic
        class Settings:
            def __init__(self, topic):
                inner = Inner(topic)
                for name in inner.__dict__:
                    self.__dict__[name] = inner.__dict__[name]
        settings = Settings("a")
        """,
        f"""
        class Base:
            def __init__(self, given):
                vars(self).update(given)
        class Settings(Base): ...
        {GIVEN}
        """,
        f"""
        class Settings:
            def __init__(self, given):
                self._given = given
            def __getattr__(self, name):
                return self._given[name]
        {GIVEN}
        """,
        """
        import chosen
        class Settings:
            def __init__(self, inner):
                self._inner = inner
            def __getattr__(self, name):
                return getattr(self._inner, name)
        settings = Settings(chosen)
        """,
    ],
)
def test_attributes_that_are_taken_over_are_known(source: str) -> None:
    assert channels({"app.py": lines("import bus", source, "bus.publish(settings.TOPIC)"), "chosen.py": CHOSEN}) == ["a"]


@pytest.mark.parametrize(
    "source",
    [
        """
        class Settings:
            def __init__(self, other, given):
                for key, value in given.items():
                    setattr(other, key, value)
        settings = Settings(object(), {"TOPIC": "a"})
        """,
        f"""
        class Settings:
            def __init__(self, given):
                for key, value in given.items():
                    setattr(self, key + "_", value)
        {GIVEN}
        """,
        f"""
        class Settings:
            def __init__(self, given):
                for key, value in given.items():
                    setattr(self, key, key)
        {GIVEN}
        """,
        f"""
        class Settings:
            def __init__(self, given):
                self.kept.update(given)
        {GIVEN}
        """,
        """
        class Settings:
            def __init__(self, given):
                self.__dict__.update(given)
        settings = Settings({"OTHER": "b"})
        """,
        f"""
        class Settings:
            def __init__(self, given):
                for name in given:
                    self.__dict__[name] = given[name + "_"]
        {GIVEN}
        """,
    ],
)
def test_what_only_looks_like_it_stays_unknown(source: str) -> None:
    found = channels({"app.py": lines("import bus", source, "bus.publish(settings.TOPIC)")})
    assert found == ["? `Settings` has no attribute `TOPIC` that the scan can see"]


def test_what_a_class_names_itself_comes_first() -> None:
    source = """
        class Settings:
            TOPIC = "own"
            def __init__(self, given):
                self.OTHER = "own too"
                self.__dict__.update(given)
            def __getattr__(self, name):
                return "never"
        """
    files = {"app.py": lines("import bus", source, GIVEN, "bus.publish(settings.TOPIC)", "bus.publish(settings.OTHER)")}
    assert channels(files) == ["own", "own too"]


def test_a_wrapper_passes_calls_on_to_the_object_of_a_library_that_it_holds() -> None:
    source = """
        class Wrapped:
            def __init__(self, client):
                self._client = client
            def __getattr__(self, name):
                return getattr(self._client, name)
        Wrapped(bus.Client()).publish("a")
        Wrapped(print).publish("b")
        """
    assert channels({"app.py": lines("import bus", source)}) == ["a"]
