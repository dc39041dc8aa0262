"""Files of configuration as plain values: every format, and what is left out."""

from __future__ import annotations

import pytest
from flowmap.model.project import Data, DataFile, DataList, DataMap
from flowmap.project.data_files import DEEPEST, LARGEST, LARGEST_UNNAMED, MOST_VALUES, data_files, read_data
from flowmap.project.index import Index


@pytest.mark.parametrize(
    ("path", "text", "content"),
    [
        ("a.json", '{"topic": "x", "n": 1, "none": null}', DataMap((("topic", "x"), ("n", 1), ("none", None)))),
        ("a.json", '["x", true]', DataList(("x", True))),
        ("a.yaml", "kafka:\n  topics: [x, y]\n", DataMap((("kafka", DataMap((("topics", DataList(("x", "y"))),))),))),
        ("a.yml", "topic: !env x\n", DataMap((("topic", "x"),))),
        ("a.toml", '[kafka]\ntopic = "x"\n', DataMap((("kafka", DataMap((("topic", "x"),))),))),
        ("a.ini", "[kafka]\ntopic = %(x)s\n", DataMap((("kafka", DataMap((("topic", "%(x)s"),))),))),
        ("a.cfg", "[DEFAULT]\na = 1\n[b]\n", DataMap((("DEFAULT", DataMap((("a", "1"),))), ("b", DataMap((("a", "1"),)))))),
    ],
)
def test_a_file_is_read(path: str, text: str, content: Data) -> None:
    assert read_data(path, text.encode()) == DataFile(path, content)


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("a.json", b"{"),
        ("a.json", b"[" * 100_000),
        ("a.json", b"[" * (DEEPEST + 2) + b"]" * (DEEPEST + 2)),
        ("a.json", b"[" + b"1," * MOST_VALUES + b"1]"),
        ("a.json", b'"' + b"x" * LARGEST + b'"'),
        ("a.json", b"\xff\xfe\x00"),
        ("a.yaml", b"a: [\n"),
        ("a.yaml", b"a: &a [" + b"x," * 900 + b"]\nb: &b [" + b"*a," * 900 + b"]\n"),
        ("a.toml", b"topic ="),
        ("a.ini", b"topic = x"),
    ],
)
def test_what_is_malformed_or_too_much_is_left_out(path: str, content: bytes) -> None:
    assert read_data(path, content) is None


def index(others: dict[str, str], code: str) -> Index:
    nothing: frozenset[str] = frozenset()
    order = tuple(sorted(others))
    look = {path: text.encode() for path, text in others.items()}.get
    return Index("shop", {"app.py": code.encode()}, ("app.py",), frozenset(others), order, nothing, nothing, look)


@pytest.mark.parametrize(
    "path",
    [
        "config.yaml",
        "app/dev_config.yaml",
        "settings.toml",
        "app.settings.json",
        "config.dev.yml",
        "settings-local.yaml",
        "topics.json",
        "a/setup.cfg",
    ],
)
def test_a_file_that_code_names_or_that_is_called_configuration_is_read(path: str) -> None:
    assert [
        f.path
        for f in data_files(
            index({path: "{}" if path.endswith("json") else "[a]\nb = 1\n" if path.endswith("cfg") else ""}, "open('topics.json')")
        )
    ] == [path]


@pytest.mark.parametrize(
    "path", ["tsconfig.json", "config_schema.json", "reconfig.yaml", "config", "config.py", "other.json", "settings.d/a.yaml"]
)
def test_other_files_are_not(path: str) -> None:
    assert data_files(index({path: "{}"}, "open('topics.json')")) == ()


def test_a_large_file_is_read_only_if_code_names_it() -> None:
    text = "a: b\n#" + "x" * LARGEST_UNNAMED
    read = data_files(index({"config.yaml": text, "topics.yaml": text}, "open('topics.yaml')"))
    assert [f.path for f in read] == ["topics.yaml"]
