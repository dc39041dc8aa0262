"""Payloads in the shape of the contract, and back."""

from __future__ import annotations

from flowmap.model.payload import Field, Payload
from flowmap.reporters.json_base import location, place
from flowmap.reporters.json_models import FieldModel, PayloadModel


def payload(p: Payload) -> PayloadModel:
    """What is in a message, as it is written."""
    return PayloadModel(model=p.model or None, open=p.open, fields=[_field(f) for f in p.fields])


def _field(f: Field) -> FieldModel:
    return FieldModel(name=f.name, type=f.type or None, always=f.always, spare=f.spare, open=f.open, location=location(f.location))


def contents(m: PayloadModel) -> Payload:
    """What is in a message, as it was written."""
    fields = (Field(f.name, place(f.location), f.type or "", f.always, f.spare, f.open) for f in m.fields)
    return Payload(tuple(fields), m.open, m.model or "")
