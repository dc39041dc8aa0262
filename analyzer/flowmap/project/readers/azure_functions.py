"""Azure Functions: `function.json` of the first programming model (the trigger and the output bindings of one function) and
`local.settings.json` (the settings of the app on a developer's machine).

`%NAME%` in a binding is a setting of the app; an Event Grid output is an address that is kept in a setting.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flowmap.descriptor_api import Declarations, DescriptorReader, Diagnostic, FolderSettings, Kind, Role, Setting, Wire
from flowmap.project.paths import base, join, parent
from flowmap.project.yaml_nodes import Table, Text, YamlError, documents, table, tables, text, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.descriptor_api import DescriptorFile

_SETTINGS = re.compile(r"([\w-]+\.)?local\.settings(\.[\w-]+)?\.json([-._]\w+)?|local\.settings\.[\w-]+", re.IGNORECASE)
_REFERENCE = re.compile(r"%([\w:.-]+)%")
_CHANNELS = {
    "dapr": (("topic", Kind.EVENT),),
    "eventhub": (("eventHubName", Kind.EVENT), ("path", Kind.EVENT)),
    "kafka": (("topic", Kind.EVENT),),
    "rabbitmq": (("queueName", Kind.COMMAND),),
    "servicebus": (("queueName", Kind.COMMAND), ("topicName", Kind.EVENT)),
    "queue": (("queueName", Kind.COMMAND),),
}
_TRANSPORTS = {"queue": "storagequeue", "rabbitmq": "amqp"}
_DURABLE = frozenset({"orchestrationtrigger", "activitytrigger"})
"""Triggers of what an app starts in itself, under the name of the function."""
_METHODS = ("GET", "POST")


def _matches(path: str) -> bool:
    return base(path) == "function.json" or bool(_SETTINGS.fullmatch(base(path)))


def _read(file: DescriptorFile) -> Declarations:
    own = base(file.path) == "function.json"
    try:
        roots = documents(file.content.replace(b"\t", b" "))
    except YamlError as error:
        return Declarations(diagnostics=(Diagnostic(f"no JSON: {error}", file.at(1)),) if own else ())
    root = table(roots[0]) if roots else table(Text("", 1))
    if own:
        return Declarations(wires=tuple(_wires(file, root)))
    exact = base(file.path) == "local.settings.json"
    return Declarations(settings=(FolderSettings(parent(file.path), 3 if exact else 0, tuple(_values(file, root))),))


def _values(file: DescriptorFile, root: Table) -> Iterator[Setting]:
    values = table(root.get("Values"))
    for name, value in values.entries.items():
        if isinstance(value, Text) and not value.null:
            yield Setting(name, value.text, file.at(values.at(name)))


def _wires(file: DescriptorFile, root: Table) -> Iterator[Wire]:
    """The bindings of a function that carry messages, or that serve."""
    script = join(parent(file.path), text(root.get("scriptFile")) or "__init__.py")
    function = f"{script}:{text(root.get('entryPoint')) or 'main'}"
    for binding in tables(root.get("bindings")):
        kind = text(binding.get("type")).lower()
        trigger = kind.endswith("trigger")
        if kind == "httptrigger":
            yield from _served(file, binding, function)
        elif kind in _DURABLE:
            name = base(parent(file.path))
            yield Wire("durable", name, file.at(binding.line), handler=function, kind=Kind.COMMAND, local=True)
        elif trigger or text(binding.get("direction")) == "out":
            yield from _message(file, binding, function, kind.removesuffix("trigger"), Role.SUBSCRIBE if trigger else Role.PUBLISH)


def _message(file: DescriptorFile, binding: Table, function: str, kind: str, role: Role) -> Iterator[Wire]:
    where = file.at(binding.line)
    if kind == "eventgrid":
        yield Wire("eventgrid", _grid_topic(binding) if role is Role.PUBLISH else "", where, handler=function, role=role)
    for key, sort in _CHANNELS.get(kind, ()):
        name = _with_settings(text(binding.get(key)))
        group = _with_settings(text(binding.get("subscriptionName")) or text(binding.get("consumerGroup")))
        if name:
            transport = _TRANSPORTS.get(kind, kind)
            yield Wire(transport, name, where, handler=function, role=role, group=group, kind=sort)
            return


def _grid_topic(binding: Table) -> str:
    """The setting that holds the address of an output's topic."""
    uri, connection = text(binding.get("topicEndpointUri")), text(binding.get("connection"))
    return f"${{{uri}}}" if uri else f"${{{connection}__topicEndpointUri}}" if connection else ""


def _with_settings(name: str) -> str:
    return _REFERENCE.sub(r"${\1}", name)


def _served(file: DescriptorFile, binding: Table, function: str) -> Iterator[Wire]:
    """The route of an HTTP trigger, behind the prefix of the app: `api`, unless its `host.json` says another one."""
    prefix = "api"
    try:
        host = documents(file.look(join(parent(parent(file.path)), "host.json") or "") or b"")
        stated = table(host[0]).get("extensions", "http", "routePrefix") if host else None
        prefix = stated.text if isinstance(stated, Text) and not stated.null else prefix
    except YamlError:
        pass  # the app does not start with it either
    route = "/".join(p for p in (prefix.strip("/"), (text(binding.get("route")) or base(parent(file.path))).strip("/")) if p)
    for method in texts(binding.get("methods")) or _METHODS:
        yield Wire("http", "", file.at(binding.line), handler=function, role=Role.SERVE, operation=f"{method.upper()} /{route}")


READER = DescriptorReader("azure-functions", _matches, _read)
