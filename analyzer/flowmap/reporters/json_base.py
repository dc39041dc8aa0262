"""What every part of the contract `flowmap/1` is made of: places and steps of proofs, and how they are written and read."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from flowmap.model.location import Evidence, Location


class Model(BaseModel):
    """Anything of the contract: what it does not know is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False, defer_build=True)


class LocationModel(Model):
    """Lines and columns from 1; `path` is relative to the scan root."""

    path: str
    line: int
    end_line: int
    column: int = 1


class HopModel(Model):
    """One step of a proof."""

    path: str
    line: int
    end_line: int
    column: int = 1
    function: str = Field("", description="the function around the place, empty at module level")
    what: str


def location(where: Location) -> LocationModel:
    """A place, as it is written."""
    return LocationModel(path=where.path, line=where.line, end_line=where.end_line, column=where.column)


def place(model: LocationModel | HopModel) -> Location:
    """A place, as it was written."""
    return Location(model.path, model.line, model.end_line, model.column)


def hop(step: Evidence) -> HopModel:
    """A step of a proof, as it is written."""
    at = step.location
    return HopModel(path=at.path, line=at.line, end_line=at.end_line, column=at.column, function=step.function, what=step.what)


def step(model: HopModel) -> Evidence:
    """A step of a proof, as it was written."""
    return Evidence(place(model), model.what, model.function)
