"""What a team writes down about its system: `[tool.flowmap]` in pyproject.toml, or flowmap.toml, at the scan root.

The public spelling of a key has hyphens; underscores are accepted. Everything unknown or of the wrong type is refused, with
the place and the nearest right name: a misspelt key that is ignored would silently change what a gate lets through.
This module does not look at the scanned code, and does not check whether rules, their thresholds or folders exist.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from pathlib import Path
from typing import Annotated, Literal, TypeAlias

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    PrivateAttr,
    Tag,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from flowmap.errors import ConfigError
from flowmap.keys import Place, line_of, spelled
from flowmap.places import QualifiedName, Verb, Where


class _Section(BaseModel):
    model_config = ConfigDict(
        defer_build=True,
        frozen=True,
        extra="forbid",
        strict=True,
        populate_by_name=True,
        alias_generator=lambda name: name.replace("_", "-"),
    )


class ServiceConfig(_Section):
    """A service stated by hand. `root` is its folder, `entry` the file that starts it; `hosts` are `name` or `name:port`."""

    name: str = Field(min_length=1)
    root: str = "."
    entry: str | None = None
    description: str = ""
    aliases: list[str] = []
    hosts: list[str] = []
    environment: dict[str, str] = {}


class ExternalConfig(_Section):
    """A system outside the scan, where it is reached, and the channels it publishes to and listens on."""

    name: str = Field(min_length=1)
    hosts: list[str] = []
    publishes: list[str] = []
    subscribes: list[str] = []


class IgnoreConfig(_Section):
    """Findings that are set apart, and why: those of some `rules` (codes, their beginnings, slugs) in which one of these `services`
    has a part, which are about one of these `subjects` and are reported at one of these `paths`, all as globs."""

    reason: str = Field(min_length=1)
    rules: list[str] = []
    services: list[str] = []
    subjects: list[str] = []
    paths: list[str] = []

    @field_validator("reason")
    @classmethod
    def _says_something(cls, reason: str) -> str:
        if not reason.strip():
            raise ValueError("should say why.")
        return reason.strip()

    @model_validator(mode="after")
    def _means_something(self) -> IgnoreConfig:
        """Whether there is anything that it does not set apart."""
        if not (self.rules or self.services or self.subjects or self.paths):
            said = "is missing: without rules, services, subjects and paths, every finding is meant"
            raise PydanticCustomError("key", said, {"key": "rules"})
        return self


_CODE, _TABLE = "a code", "a table"
Ignored: TypeAlias = Annotated[
    Annotated[str, Tag(_CODE)] | Annotated[IgnoreConfig, Tag(_TABLE)],
    Discriminator(lambda stated: _TABLE if isinstance(stated, dict | IgnoreConfig) else _CODE),
]
"""What may be ignored: a rule, which is then not run, or findings that are described."""

_MESSAGES = ("topic", "exchange", "event", "kind")
WRAPPER_KEYS = {
    "publish": (*_MESSAGES, "payload"),
    "subscribe": (*_MESSAGES, "handler", "group"),
    "call over http": ("path", "base", "method"),
    "call": ("operation", "service", "address", "topic", "broker", "kind", "waits"),
    "serve over http": ("path", "methods", "handler"),
    "serve": ("operation", "handler"),
}
"""What can be said of a wrapper besides its target, role, transport and form; the first key of each is needed."""


class WrapperConfig(_Section):
    """A function, method, decorator or class that plays a role which its code, being elsewhere, does not show. `target` is its
    qualified name as the scanned code imports it; the values of a role's slots are found at the places that are stated."""

    target: QualifiedName
    role: Literal["publish", "subscribe", "call", "serve"]
    transport: str = Field(min_length=1)
    form: Literal["call", "decorator"] | None = None
    topic: Where = None
    exchange: Where = None
    event: Where = None
    payload: Where = None
    handler: Where = None
    group: Where = None
    path: Where = None
    base: Where = None
    method: Verb = None
    methods: list[str] = []
    operation: Where = None
    service: Where = None
    address: Where = None
    broker: str = ""
    kind: Literal["event", "command", "task", "query"] | None = None
    waits: bool = True

    @property
    def meaning(self) -> str:
        """The role, and HTTP where that makes a difference."""
        return f"{self.role} over http" if f"{self.role} over {self.transport}" in WRAPPER_KEYS else self.role

    @model_validator(mode="after")
    def _fits(self) -> WrapperConfig:
        """Whether the keys are those of the role."""
        keys = WRAPPER_KEYS[self.meaning]
        for key in sorted(self.model_fields_set - {"target", "role", "transport", "form", *keys}):
            near = _suggestion(key, sorted(keys))
            raise PydanticCustomError("key", "means nothing for a {of}; {near}", {"key": key, "of": self.meaning, "near": near})
        if keys[0] not in self.model_fields_set:
            raise PydanticCustomError("key", "is missing: a {of} needs it", {"key": keys[0], "of": self.meaning})
        return self


class Config(_Section):
    """The whole configuration; what is not stated has the default of the field. `roots` are folders that the running programs
    have on their import path, `environment` those of installed libraries to follow, `facts` documents and exports (or folders of
    them) that state what others do, `include` and `exclude` patterns of paths,
    `select` the rules to run, as codes, their beginnings or slugs, `ignore` those not to run and the findings to set apart,
    `wrappers` functions whose role is stated, `rules` the thresholds by their keys,
    which the rules that read them check."""

    services: list[ServiceConfig] = []
    roots: list[str] = []
    environment: list[str] = []
    facts: list[str] = []
    include: list[str] = []
    exclude: list[str] = []
    externals: list[ExternalConfig] = []
    wrappers: list[WrapperConfig] = []
    rules: dict[str, object] = {}
    select: list[str] = []
    ignore: list[Ignored] = []

    _file: Path = PrivateAttr(Path("flowmap.toml"))
    _text: str = PrivateAttr("")
    _prefix: Place = PrivateAttr(())

    def of_rules(self) -> Config:
        """The configuration without what it states of the code: the rules, and how they are set."""
        stated = {"services", "roots", "environment", "facts", "include", "exclude", "externals", "wrappers"}
        return self.model_copy(update={name: [] for name in stated})

    @field_validator("rules")
    @classmethod
    def _hyphened(cls, rules: dict[str, object]) -> dict[str, object]:
        return {name.replace("_", "-"): value for name, value in rules.items()}

    @property
    def origin(self) -> str:
        """The name of the file that this was read from."""
        return self._file.name

    def line_of(self, *place: str | int) -> int:
        """The line on which a key stands, as `line_of("wrappers", 0, "target")`."""
        return line_of(self._text, (*self._prefix, *place))

    def refusal(self, sentence: str, *place: str | int) -> ConfigError:
        """What is wrong with the value of a key, as an error that names the file, the line and the key."""
        return ConfigError(f"{self._file}:{self.line_of(*place)}: '{spelled((*self._prefix, *place))}' {sentence}")


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


def _read(path: Path) -> Config:
    try:
        text = path.read_bytes().decode("utf-8-sig")
        document: dict[str, object] = tomllib.loads(text)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror or error}).") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: is no valid TOML ({error}).") from error
    table, prefix = _own_table(document, path)
    try:
        config = Config.model_validate(table)
    except ValidationError as error:
        raise ConfigError(_sentence(error, path, text, prefix)) from error
    config._file, config._text, config._prefix = path, text, prefix
    return config


def _own_table(document: dict[str, object], path: Path) -> tuple[object, Place]:
    """The part of the file that is ours: `[tool.flowmap]`, or all of a file of our own."""
    tool = document.get("tool")
    if path.name == "pyproject.toml" or (isinstance(tool, dict) and set(document) == {"tool"}):
        return (tool.get("flowmap", {}) if isinstance(tool, dict) else {}), ("tool", "flowmap")
    return document, ()


def _sentence(error: ValidationError, path: Path, text: str, prefix: Place) -> str:
    """The first thing that is wrong, in the words of the file."""
    first = error.errors(include_url=False)[0]
    place = tuple(part for part in first["loc"] if part not in (_CODE, _TABLE))
    if first["type"] == "key":
        place = (*place, first["ctx"]["key"])
    key = spelled((*prefix, *place))
    where = f"{path}:{line_of(text, (*prefix, *place))}"
    if first["type"] == "extra_forbidden":
        return f"{where}: unknown key '{key}'; {_suggestion(str(place[-1]), _known_keys(place[:-1]))}"
    if first["type"] == "missing":
        return f"{where}: '{key}' is missing."
    said = first["msg"].removeprefix("Input ").removeprefix("Value error, ")
    wrong = re.sub(r"valid dictionary or instance of \w+", "table", said).rstrip(".")
    return f"{where}: '{key}' {wrong[:1].lower()}{wrong[1:]}{'' if wrong.endswith('?') else '.'}"


def _suggestion(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name.lower().replace("_", "-"), known, n=1, cutoff=0.6)
    return f"did you mean '{near[0]}'?" if near else f"known here: {', '.join(known)}."


_SECTIONS: dict[str, type[_Section]] = {
    "services": ServiceConfig,
    "externals": ExternalConfig,
    "wrappers": WrapperConfig,
    "ignore": IgnoreConfig,
}


def _known_keys(place: Place) -> list[str]:
    model = _SECTIONS.get(str(place[0]), Config) if place else Config
    return sorted(name.replace("_", "-") for name in model.model_fields)
