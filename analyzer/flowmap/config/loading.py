"""From a TOML file to the configuration. Everything unknown or of the wrong type is refused, with the place and the nearest right
name: a misspelt key that is ignored would silently change what a gate lets through."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from flowmap.config.base import Section, suggestion
from flowmap.config.contracts import CONTRACTS, AllowedEdge, Contract, DomainConfig
from flowmap.config.sections import CODE, TABLE, ExternalConfig, IgnoreConfig, ServiceConfig, WrapperConfig
from flowmap.config.whole import CheckConfig, Config, OverrideConfig
from flowmap.errors import ConfigError
from flowmap.keys import Place, line_of, spelled

_TAG = 2
"""Where the type of a contract stands in the place of an error."""


def load_config(root: Path, explicit: Path | None = None) -> Config:
    """The configuration of a scan: from the file `explicit`, else flowmap.toml, else pyproject.toml at the scan root.

    Raises ConfigError for a file that cannot be read or used; no file at all gives the defaults.
    """
    folder = root if root.is_dir() else root.parent
    if explicit is not None:
        return _read(explicit)
    for name in ("flowmap.toml", "pyproject.toml"):
        if (folder / name).is_file():
            return _read(folder / name)
    return Config()


def has_configuration(root: Path) -> Path | None:
    """The file at a folder that configures flowmap, if there is one. Raises ConfigError for one that cannot be read."""
    for name in ("flowmap.toml", "pyproject.toml"):
        path = root / name
        if path.is_file() and _own_table(_document(path)[1], path)[0]:
            return path
    return None


def _read(path: Path) -> Config:
    text, document = _document(path)
    table, prefix = _own_table(document, path)
    try:
        config = Config.model_validate(table)
    except ValidationError as error:
        raise ConfigError(_sentence(error, path, text, prefix)) from error
    config._file, config._text, config._prefix = path, text, prefix
    return config


def _document(path: Path) -> tuple[str, dict[str, object]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
        return text, tomllib.loads(text)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror or error}).") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: is no valid TOML ({error}).") from error


def _own_table(document: dict[str, object], path: Path) -> tuple[object, Place]:
    """The part of the file that is ours: `[tool.flowmap]`, or all of a file of our own."""
    tool = document.get("tool")
    if path.name == "pyproject.toml" or (isinstance(tool, dict) and set(document) == {"tool"}):
        return (tool.get("flowmap", {}) if isinstance(tool, dict) else {}), ("tool", "flowmap")
    return document, ()


def _sentence(error: ValidationError, path: Path, text: str, prefix: Place) -> str:
    """The first thing that is wrong, in the words of the file."""
    found = error.errors(include_url=False)
    first = next((e for e in found if e["type"] == "extra_forbidden"), found[0])  # a misspelt key is missing, too
    place, tag = _place(first)
    key = spelled((*prefix, *place))
    where = f"{path}:{line_of(text, (*prefix, *place))}"
    match first["type"]:
        case "extra_forbidden":
            return f"{where}: unknown key '{key}'; {suggestion(str(place[-1]), _known_keys(place[:-1], tag))}"
        case "missing" | "union_tag_not_found":
            return f"{where}: '{key}' is missing."
        case "union_tag_invalid":
            return f"{where}: '{key}' is no type of contract; {suggestion(str(first['ctx']['tag']), sorted(CONTRACTS))}"
    said = first["msg"].removeprefix("Input ").removeprefix("Value error, ")
    wrong = re.sub(r"valid dictionary or instance of \w+", "table", said).rstrip(".")
    return f"{where}: '{key}' {wrong[:1].lower()}{wrong[1:]}{'' if wrong.endswith('?') else '.'}"


def _place(error: ErrorDetails) -> tuple[Place, str]:
    """The place of an error in the file, and the type of the contract in which it is."""
    place = tuple(part for part in error["loc"] if part not in (CODE, TABLE))
    tag = ""
    if place[:1] == ("contracts",) and len(place) > _TAG:
        tag, place = str(place[_TAG]), (*place[:_TAG], *place[_TAG + 1 :])
    match error["type"]:
        case "key":
            number = error["ctx"].get("number")
            place = (*place, error["ctx"]["key"], *(() if number is None else (number, "name")))
        case "union_tag_not_found" | "union_tag_invalid":
            place = (*place, "type")
    return place, tag


_SECTIONS: dict[str, type[Section]] = {
    "services": ServiceConfig,
    "externals": ExternalConfig,
    "wrappers": WrapperConfig,
    "ignore": IgnoreConfig,
    "domains": DomainConfig,
    "overrides": OverrideConfig,
    "check": CheckConfig,
    "edges": AllowedEdge,
}


def _known_keys(place: tuple[str | int, ...], tag: str) -> list[str]:
    """The keys of the table at a place; `tag` is the type of the contract that it is in."""
    table = next((str(part) for part in reversed(place) if isinstance(part, str)), "")
    model = CONTRACTS.get(tag, Contract) if table == "contracts" else _SECTIONS.get(table, Config)
    return sorted(field.alias or name.replace("_", "-") for name, field in model.model_fields.items())
