"""What the fixtures of these tests are: a tree of files is written and discovered (`Scan`), or read by one reader (`Read`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from flowmap.descriptor_api import Declarations
from flowmap.model.project import Project

Scan: TypeAlias = Callable[..., Project]
Read: TypeAlias = Callable[..., Declarations]
