"""The whole configuration, one model: what a file may say, what its JSON Schema and its reference page are made from."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, TypeAlias

from pydantic import Field, PrivateAttr, field_validator, model_validator
from pydantic_core import PydanticCustomError

from flowmap.config.base import Section
from flowmap.config.contracts import AnyContract, DomainConfig
from flowmap.config.sections import ExternalConfig, Ignored, ServiceConfig, WrapperConfig
from flowmap.errors import ConfigError
from flowmap.keys import Place, line_of, spelled

SeverityName: TypeAlias = Literal["error", "warning", "advice"]
ConfidenceName: TypeAlias = Literal["certain", "derived", "guess"]


class CheckConfig(Section):
    """What makes `flowmap check` fail."""

    fail_on: SeverityName = Field(default="warning", description="findings of this severity, and graver ones, fail")
    min_confidence: ConfidenceName = Field(default="derived", description="findings of this confidence, and surer ones, fail")
    baseline: str | None = Field(
        default=None, description="the file of what is known already, from the folder of the configuration"
    )


class OverrideConfig(Section):
    """Other rules, or other severities, for some services or paths. Of several that mean a finding, the last one decides."""

    services: list[str] = Field(default=[], description="globs over services of which one has a part in the finding")
    paths: list[str] = Field(default=[], description="globs over the path where the finding is reported")
    select: list[str] = Field(default=[], description="rules that run there too: codes, their beginnings, or slugs")
    ignore: list[str] = Field(default=[], description="rules that do not count there")
    severity: dict[str, SeverityName] = Field(default={}, description="severities there, by code, beginning of codes, or slug")


class Config(Section):
    """The whole configuration; what is not stated has the default of the field."""

    services: list[ServiceConfig] = Field(default=[], description="services that are stated by hand")
    roots: list[str] = Field(default=[], description="folders that the running programs have on their import path")
    environment: list[str] = Field(default=[], description="folders of installed libraries to follow, inside the repository")
    facts: list[str] = Field(default=[], description="documents and exports, or folders of them, that state what others do")
    include: list[str] = Field(default=[], description="patterns of paths to scan that would be left out")
    exclude: list[str] = Field(default=[], description="patterns of paths to leave out")
    externals: list[ExternalConfig] = Field(default=[], description="systems outside the scan")
    wrappers: list[WrapperConfig] = Field(default=[], description="functions whose role is stated, because their code is elsewhere")
    domains: list[DomainConfig] = Field(default=[], description="bounded contexts; without any, folders that hold several services")
    contracts: list[AnyContract] = Field(default=[], description="what the system has agreed")
    rules: dict[str, object] = Field(default={}, description="thresholds of rules, by their keys")
    select: list[str] = Field(
        default=[], description="the rules to run, as codes, their beginnings, or slugs; all that are on by default"
    )
    extend_select: list[str] = Field(default=[], description="rules to run besides those")
    ignore: list[Ignored] = Field(default=[], description="rules that do not run, and findings that are set apart, with the reason")
    severity: dict[str, SeverityName] = Field(default={}, description="other severities, by code, beginning of codes, or slug")
    overrides: list[OverrideConfig] = Field(default=[], description="other rules and severities for some services or paths")
    check: CheckConfig = Field(default=CheckConfig(), description="what makes `flowmap check` fail")

    _file: Path = PrivateAttr(Path("flowmap.toml"))
    _text: str = PrivateAttr("")
    _prefix: Place = PrivateAttr(())

    def of_the_gate(self) -> list[str]:
        """The keys that the file states about rules, contracts and the check, as they are written."""
        keys = ("check", "contracts", "extend_select", "ignore", "overrides", "rules", "select", "severity")
        return [name.replace("_", "-") for name in keys if name in self.model_fields_set]

    @property
    def file(self) -> Path:
        """The file that this was read from."""
        return self._file

    def of_rules(self) -> Config:
        """The configuration without what it states of the code: the rules, and how they are set."""
        stated = {"services", "roots", "environment", "facts", "include", "exclude", "externals", "wrappers"}
        return self.model_copy(update={name: [] for name in stated})

    @model_validator(mode="after")
    def _told_apart(self) -> Config:
        """Whether the names of contracts and domains are all different."""
        for key, named in (("contracts", self.contracts), ("domains", self.domains)):
            names = [one.name for one in named]
            if twice := next((n for n, name in enumerate(names) if name in names[:n]), None):
                raise PydanticCustomError("key", "has the name of an earlier one", {"key": key, "number": twice})
        return self

    @field_validator("rules")
    @classmethod
    def _hyphened(cls, rules: dict[str, object]) -> dict[str, object]:
        return {name.replace("_", "-"): value for name, value in rules.items()}

    @property
    def origin(self) -> str:
        """The name of the file that this was read from."""
        return self._file.name

    @property
    def folder(self) -> Path:
        """The folder of the file that this was read from."""
        return self._file.parent

    def line_of(self, *place: str | int) -> int:
        """The line on which a key stands, as `line_of("wrappers", 0, "target")`."""
        return line_of(self._text, (*self._prefix, *place))

    def refusal(self, sentence: str, *place: str | int) -> ConfigError:
        """What is wrong with the value of a key, as an error that names the file, the line and the key."""
        return ConfigError(f"{self._file}:{self.line_of(*place)}: '{spelled((*self._prefix, *place))}' {sentence}")
