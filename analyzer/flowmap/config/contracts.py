"""What a system has agreed: contracts between services, the numbers that it keeps to, and the domains that they speak of.

A service is named by a glob over names (`billing-*`, also for what lies outside the scan), or by its domain (`domain:billing`).
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from flowmap.config.base import Section

EdgeKinds: TypeAlias = Literal["sync", "async", "any"]
"""Coordination (somebody waits), collaboration (nobody does), or both."""


def _says(text: str) -> str:
    if not text.strip():
        raise ValueError("should say something.")
    return text.strip()


def _some(names: list[str]) -> list[str]:
    if not names or not all(name.strip() for name in names):
        raise ValueError("should be a list of names, and not empty.")
    return names


Words: TypeAlias = Annotated[str, AfterValidator(_says)]
Names: TypeAlias = Annotated[list[str], AfterValidator(_some)]
Layer: TypeAlias = Annotated[
    Names, BeforeValidator(lambda given: [given] if isinstance(given, str) else given, json_schema_input_type=str | list[str])
]
SERVICES = "globs over the names of services and externals, or `domain:` and a glob over domains"
CHANNELS = "globs over channels and types of messages"


class DomainConfig(Section):
    """A bounded context: services that belong together, by name or by folder."""

    name: Words = Field(description="how contracts and reports call it")
    services: list[str] = Field(default=[], description="globs over the names of its services")
    folders: list[str] = Field(default=[], description="globs over the folders of its services")

    @model_validator(mode="after")
    def _has_members(self) -> DomainConfig:
        if not (self.services or self.folders):
            raise PydanticCustomError("key", "is missing: a domain has services or folders", {"key": "services"})
        return self


class Contract(Section):
    """What every contract has: a name, the reason for it, and who can be asked."""

    name: Words = Field(description="how reports call the contract; no two have the same")
    reason: Words = Field(description="why it was agreed")
    owner: str = Field(default="", description="who can be asked about it")
    may_be_absent: bool = Field(default=False, description="names that are no service of the scan are no mistake")


class ForbiddenContract(Contract):
    """Some services may not reach some others."""

    type: Literal["forbidden"]
    from_: Names = Field(alias="from", description=f"who may not reach: {SERVICES}")
    to: Names = Field(description=f"whom they may not reach: {SERVICES}")
    kind: EdgeKinds = Field(default="any", description="the edges that are meant: `sync`, `async`, or `any`")
    channels: list[str] = Field(default=[], description=f"only edges over these: {CHANNELS}")
    indirect: bool = Field(default=False, description="nor may they through other services")


class AllowedEdge(Section):
    """Edges that a closed contract lets be."""

    from_: Names = Field(alias="from", description=f"from whom: {SERVICES}")
    to: Names = Field(description=f"to whom: {SERVICES}")
    kind: EdgeKinds = Field(default="any", description="the edges that are meant: `sync`, `async`, or `any`")
    channels: list[str] = Field(default=[], description=f"only edges over these: {CHANNELS}")


class AllowedOnlyContract(Contract):
    """A closed world: the services that it speaks of reach nobody but whom it lists."""

    type: Literal["allowed-only"]
    services: Names = Field(default=["*"], description=f"whose edges it speaks of: {SERVICES}")
    kind: EdgeKinds = Field(default="any", description="the edges that it speaks of: `sync`, `async`, or `any`")
    edges: list[AllowedEdge] = Field(description="all that may be")


class LayersContract(Contract):
    """Services call, and listen to, only what is in their own layer or in one below."""

    type: Literal["layers"]
    layers: list[Layer] = Field(description=f"from the top down; each is a name or a list of names: {SERVICES}")
    kind: EdgeKinds = Field(default="any", description="the edges that are meant: `sync`, `async`, or `any`")


class IndependenceContract(Contract):
    """Groups of services that have nothing to do with one another."""

    type: Literal["independence"]
    services: Names = Field(description=f"the groups, one by each name: {SERVICES}")
    kind: EdgeKinds = Field(default="any", description="the edges that are meant: `sync`, `async`, or `any`")


class OwnershipContract(Contract):
    """Who may publish on some channels."""

    type: Literal["ownership"]
    channels: Names = Field(description=f"what is owned: {CHANNELS}")
    publishers: Names = Field(description=f"who may publish it: {SERVICES}")


BUDGETS = ("hops", "fan_out", "blind_spots", "orphans", "sync_share")


class BudgetContract(Contract):
    """Numbers that the system, or each of some services, keeps to."""

    type: Literal["budget"]
    services: list[str] = Field(default=[], description=f"each of these for itself; none for the system as a whole: {SERVICES}")
    hops: int | None = Field(default=None, ge=0, description="the longest chain of services that wait for one another")
    fan_out: int | None = Field(
        default=None, ge=0, description="the services that one handler waits for, directly or through others"
    )
    blind_spots: int | None = Field(default=None, ge=0, description="sites whose destination could not be resolved")
    orphans: int | None = Field(default=None, ge=0, description="channels that are published and nobody listens to")
    sync_share: float | None = Field(
        default=None, ge=0, le=1, description="the share of edges on which somebody waits, from 0 to 1"
    )

    @model_validator(mode="after")
    def _has_numbers(self) -> BudgetContract:
        if all(getattr(self, name) is None for name in BUDGETS):
            keys = ", ".join(name.replace("_", "-") for name in BUDGETS)
            raise PydanticCustomError("key", "is missing: a budget has one of {keys}", {"key": "hops", "keys": keys})
        return self


AnyContract: TypeAlias = Annotated[
    ForbiddenContract | AllowedOnlyContract | LayersContract | IndependenceContract | OwnershipContract | BudgetContract,
    Field(discriminator="type"),
]
"""One of the contracts, by its `type`."""

CONTRACTS: dict[str, type[Contract]] = {
    "forbidden": ForbiddenContract,
    "allowed-only": AllowedOnlyContract,
    "layers": LayersContract,
    "independence": IndependenceContract,
    "ownership": OwnershipContract,
    "budget": BudgetContract,
}
