"""The failures of the tool itself that a user can do something about. What is wrong with scanned code is a `Diagnostic`."""

from __future__ import annotations


class FlowmapError(Exception):
    """Base of all: `str()` is a full sentence that says what is wrong, where, and what to do."""


class PathError(FlowmapError):
    """The path to scan cannot be scanned."""


class ConfigError(FlowmapError):
    """The configuration cannot be used."""


class ExtensionError(FlowmapError):
    """A plugin, rule or reporter cannot be loaded, or failed while it ran."""


class LayoutError(FlowmapError):
    """A picture cannot be laid out on this machine."""
