"""Django's signals: messages inside a process, for as far as the project declares them itself.

A signal has no name but that of its variable; the module that declares it tells it from others of that name. What Django itself and
installed applications send (`post_save`, `user_logged_in`) is no message between parts of the project, and is left out.
"""

from flowmap.plugin_api import Current, Messages, Plugin, Receiver, Ref, Role, Variable, arg

_SIGNAL = "django.dispatch.Signal"


def _messages(target: str, role: Role, signal: Ref, **rest: object) -> Messages:
    own, home = Variable(signal), Variable(signal, home=True)
    return Messages(target=target, role=role, channel=own, exchange=home, local=True, **rest)  # type: ignore[arg-type]


PLUGIN = Plugin(
    name="django-signals",
    roots=("django",),
    transport="signal",
    aliases={"django.dispatch.dispatcher.Signal": _SIGNAL, "django.dispatch.dispatcher.receiver": "django.dispatch.receiver"},
    patterns=(
        *(_messages(f"{_SIGNAL}.{m}", Role.PUBLISH, Receiver()) for m in ("send", "send_robust", "asend", "asend_robust")),
        _messages(f"{_SIGNAL}.connect", Role.SUBSCRIBE, Receiver(), handler=arg(0, "receiver")),
        _messages(f"{_SIGNAL}.connect", Role.SUBSCRIBE, Receiver(), form="decorator"),
        _messages("django.dispatch.receiver", Role.SUBSCRIBE, Current(), form="decorator", each=arg(0, "signal")),
    ),
)
