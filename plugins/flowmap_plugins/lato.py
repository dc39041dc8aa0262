"""lato: commands, queries and events between the modules of one application, by their classes or aliases."""

from flowmap.plugin_api import FirstOf, Kind, Messages, Pattern, Plugin, Role, TypeName, arg

_OWNERS = ("lato.Application", "lato.ApplicationModule", "lato.TransactionContext")
_MESSAGE = FirstOf((TypeName(arg(0)), arg(0)))


def _messages(target: str, role: Role, kind: Kind, **rest: object) -> Pattern:
    return Messages(target=target, role=role, channel=_MESSAGE, kind=kind, local=True, **rest)  # type: ignore[arg-type]


PLUGIN = Plugin(
    name="lato",
    roots=("lato",),
    transport="mediator",
    aliases={
        "lato.application.Application": "lato.Application",
        "lato.application_module.ApplicationModule": "lato.ApplicationModule",
        "lato.transaction_context.TransactionContext": "lato.TransactionContext",
    },
    types={f"{owner}.transaction_context()": "lato.TransactionContext" for owner in _OWNERS},
    patterns=(
        *(_messages(f"{o}.{m}", Role.PUBLISH, Kind.COMMAND) for o in _OWNERS for m in ("execute", "execute_async")),
        *(_messages(f"{o}.{m}", Role.PUBLISH, Kind.EVENT) for o in _OWNERS for m in ("publish", "publish_async")),
        *(_messages(f"{o}.handler", Role.SUBSCRIBE, Kind.EVENT, form="decorator") for o in _OWNERS[:2]),
    ),
)
