"""The failures of the tool itself that a user can do something about. What is wrong with scanned code is a `Diagnostic`."""

from __future__ import annotations

import traceback
from pathlib import Path


class FlowmapError(Exception):
    """Base of all: `str()` is a full sentence that says what is wrong, where, and what to do."""


class PathError(FlowmapError):
    """The path to scan cannot be scanned."""


class SpotError(FlowmapError):
    """The line that is to be explained is none of the scan's."""


class ArtefactError(FlowmapError):
    """A file that should hold a scan does not."""


class ConfigError(FlowmapError):
    """The configuration cannot be used."""


class BaselineError(FlowmapError):
    """The file of what is known already is missing or is none."""


class RevisionError(FlowmapError):
    """A revision of a repository is not there, or cannot be read."""


class ExtensionError(FlowmapError):
    """A plugin, rule or reporter cannot be loaded, or failed while it ran."""


class LayoutError(FlowmapError):
    """A picture cannot be laid out on this machine."""


def failure(what: str, error: Exception) -> str:
    """An extension's exception as a sentence: who failed, where its innermost frame stood, and what is missing by it."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno} in {frames[-1].name}" if frames else ""
    return f"{what} failed{place}; what it would have found is missing. {type(error).__name__}: {error}"
