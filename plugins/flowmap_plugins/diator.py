"""diator and its successor python-cqrs: requests and domain events inside a process, by their classes.

The events that a handler hands over for later (its property `events`), and what the libraries send to brokers, are not recognised.
"""

from flowmap.plugin_api import Kind, Messages, Pattern, Plugin, Role, TypeName, arg

_BOOTSTRAPS = ("cqrs.requests.bootstrap", "cqrs.events.bootstrap", "cqrs.bootstrap.requests", "cqrs.bootstrap.events")


def _bound(target: str, kind: Kind) -> Pattern:
    handler, name = arg(1, "handler_type"), TypeName(arg(0))
    return Messages(target=target, role=Role.SUBSCRIBE, channel=name, handler=handler, kind=kind, local=True)


PLUGIN = Plugin(
    name="diator",
    roots=("diator", "cqrs"),
    transport="mediator",
    aliases={
        "diator.mediator.Mediator": "diator.Mediator",
        "diator.requests.map.RequestMap": "diator.requests.RequestMap",
        "diator.events.map.EventMap": "diator.events.EventMap",
        "cqrs.RequestMediator": "diator.Mediator",
        "cqrs.EventMediator": "diator.Mediator",
        "cqrs.RequestMap": "diator.requests.RequestMap",
        "cqrs.EventMap": "diator.events.EventMap",
        "cqrs.requests.RequestMap": "diator.requests.RequestMap",
        "cqrs.events.EventMap": "diator.events.EventMap",
    },
    types={f"{module}.bootstrap()": "diator.Mediator" for module in _BOOTSTRAPS},
    patterns=(
        Messages(target="diator.Mediator.send", role=Role.PUBLISH, channel=TypeName(arg(0)), kind=Kind.COMMAND, local=True),
        _bound("diator.requests.RequestMap.bind", Kind.COMMAND),
        _bound("diator.events.EventMap.bind", Kind.EVENT),
    ),
)
