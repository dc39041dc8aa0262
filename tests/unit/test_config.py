"""The configuration: what is accepted, and that everything else is refused with the place and the nearest right name."""

from __future__ import annotations

from pathlib import Path

import pytest
from flowmap.config import Config, load_config
from flowmap.errors import ConfigError


def _load(folder: Path, text: str, name: str = "flowmap.toml") -> Config:
    (folder / name).write_text(text, encoding="utf-8")
    return load_config(folder, None)


FULL = """\
roots = ["libs"]
include = ["tests/**"]
exclude = ["legacy/"]
select = ["C110"]
ignore = ["E203"]

[rules]
max-sync-hops = 3
availability = 0.99
extra-verbs = ["ship"]

[[services]]
name = "orders"
root = "src/orders"
entry = "src/orders/main.py"
aliases = ["order-api"]
hosts = ["orders:80"]
environment = {TOPIC = "orders"}

[[externals]]
name = "crm"
hosts = ["crm.example.org"]
publishes = ["customers"]
subscribes = ["orders"]
"""


def test_everything(tmp_path: Path) -> None:
    config = _load(tmp_path, FULL)
    assert (config.roots, config.include, config.exclude) == (["libs"], ["tests/**"], ["legacy/"])
    assert (config.select, config.ignore, config.rules.extra_verbs) == (["C110"], ["E203"], ["ship"])
    assert (config.rules.max_sync_hops, config.rules.availability) == (3, 0.99)
    (service,) = config.services
    assert (service.name, service.root, service.entry, service.environment) == (
        "orders",
        "src/orders",
        "src/orders/main.py",
        {"TOPIC": "orders"},
    )
    assert config.externals[0].publishes == ["customers"]
    assert config.origin == "flowmap.toml"


def test_nothing_gives_the_defaults(tmp_path: Path) -> None:
    assert load_config(tmp_path, None) == Config()
    assert (Config().rules.max_sync_hops, Config().rules.availability) == (2, 0.999)


def test_a_file_as_root_looks_beside_it(tmp_path: Path) -> None:
    (tmp_path / "app.py").touch()
    _load(tmp_path, 'roots = ["ship"]')
    assert load_config(tmp_path / "app.py", None).roots == ["ship"]


def test_pyproject(tmp_path: Path) -> None:
    config = _load(
        tmp_path, "[project]\nname = 'x'\n[tool.flowmap.rules]\nmax_sync_hops = 4\n[tool.other]\nx = 1\n", "pyproject.toml"
    )
    assert config.rules.max_sync_hops == 4
    assert config.origin == "pyproject.toml"


def test_pyproject_without_a_table_of_ours(tmp_path: Path) -> None:
    assert _load(tmp_path, "[project]\nname = 'x'\n", "pyproject.toml").model_dump() == Config().model_dump()


def test_a_file_of_our_own_wins(tmp_path: Path) -> None:
    _load(tmp_path, "[tool.flowmap]\nroots = ['a']\n", "pyproject.toml")
    assert _load(tmp_path, "roots = ['b']").roots == ["b"]


def test_an_explicit_file_wins_over_both(tmp_path: Path) -> None:
    _load(tmp_path, "roots = ['b']")
    other = tmp_path / "ci.toml"
    other.write_text("[tool.flowmap]\nroots = ['c']\n")
    assert load_config(tmp_path, other).roots == ["c"]


def test_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "flowmap.toml").write_bytes(b"\xef\xbb\xbfroots = ['a']")
    assert load_config(tmp_path).roots == ["a"]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("selct = []", 1, "unknown key 'selct'; did you mean 'select'?"),
        ("\n[rules]\nmax-sync-hop = 3", 3, "unknown key 'rules.max-sync-hop'; did you mean 'max-sync-hops'?"),
        ("[rules]\nmax_sync_hop = 3", 2, "unknown key 'rules.max_sync_hop'; did you mean 'max-sync-hops'?"),
        ("[rules]\nzzz = 3", 2, "unknown key 'rules.zzz'; known here: availability, extra-verbs, max-sync-hops."),
        ("[rules]\nmax-sync-hops = '3'", 2, "'rules.max-sync-hops' should be a valid integer."),
        ("[rules]\nmax-sync-hops = -1", 2, "'rules.max-sync-hops' should be greater than or equal to 0."),
        ("[rules]\navailability = 2.0", 2, "'rules.availability' should be less than or equal to 1."),
        ("rules = 3", 1, "'rules' should be a"),
        ("[[services]]\nroot = 'x'", 1, "'services[0].name' is missing."),
        (
            "[[services]]\nname = 'a'\n\n[[services]]\nname = 'b'\nrooot = 'c'",
            6,
            "unknown key 'services[1].rooot'; did you mean 'root'?",
        ),
        ("[[services]]\nname = 'a'\naliases = 'b'", 3, "'services[0].aliases' should be a valid list."),
        ("[[services]]\nname = ''", 2, "'services[0].name' string should have at least 1 character."),
        ("ignore = [3]", 1, "'ignore[0]' should be a valid string."),
        ("include = 'tests'", 1, "'include' should be a valid list."),
        ("[[externals]]\nname = 'x'\npublish = ['a']", 3, "unknown key 'externals[0].publish'; did you mean 'publishes'?"),
    ],
)
def test_refusals(tmp_path: Path, text: str, line: int, message: str) -> None:
    with pytest.raises(ConfigError) as refusal:
        _load(tmp_path, text)
    where, _, sentence = str(refusal.value).partition(": ")
    assert where == f"{tmp_path / 'flowmap.toml'}:{line}"
    assert sentence.startswith(message)


def test_refusals_in_pyproject_have_the_whole_key(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"pyproject\.toml:4: unknown key 'tool\.flowmap\.rules\.max-hops'"):
        _load(tmp_path, "[tool.other]\nmax-hops = 1\n[tool.flowmap.rules]\nmax-hops = 1\n", "pyproject.toml")


@pytest.mark.parametrize("text", ["x =", "[a", "\x00"])
def test_no_toml(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigError, match="is no valid TOML"):
        _load(tmp_path, text)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load_config(tmp_path, tmp_path / "absent.toml")
    (tmp_path / "flowmap.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match="is no valid TOML"):
        load_config(tmp_path, None)
