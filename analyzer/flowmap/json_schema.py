"""JSON Schemas as they are published: each says by which dialect it is read, and what it is of."""

from __future__ import annotations

import json
from collections.abc import Mapping

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def published(schema: Mapping[str, object], title: str) -> str:
    """The text of a schema."""
    return json.dumps({**schema, "$schema": _DIALECT, "title": title}, indent=2) + "\n"
