"""The libraries by which programs talk to others: a program that imports one takes part in a system, others are tools.

They are those that plugins know to talk, third parties' plugins too, and a few that no plugin has anything to say of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.model.pattern import Messages, RemoteCalls, Requests, Serves

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flowmap.plugin_api import Plugin

_NOT_SPOKEN_OF = frozenset(
    "actionlib aioamqp amqp apache_beam bentoml connexion dapr esdbclient eventlet eventsourcing fastkafka feast hbmqtt kedro "
    "kubemq litestar oslo_service pymongo pymqi pynng rocketry socket socketserver sqs_listener streamlit twisted".split()
)
"""Transports and frameworks without a plugin, or whose plugin states nothing that a library is known to talk by."""


def talking(plugins: Iterable[Plugin]) -> frozenset[str]:
    """The first parts of the names under which such libraries are imported."""
    roots = (root for plugin in plugins if _talks(plugin) for root in plugin.roots if root not in plugin.passive)
    return _NOT_SPOKEN_OF | {root.partition(".")[0] for root in roots}


def _talks(plugin: Plugin) -> bool:
    """Whether a plugin knows calls or messages that leave the process, or endpoints that answer to them."""
    found = (p for p in plugin.patterns if not (isinstance(p, Messages) and p.local))
    return any(isinstance(p, Messages | RemoteCalls | Requests | Serves) for p in found)
