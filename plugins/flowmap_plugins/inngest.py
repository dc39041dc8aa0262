"""Inngest: functions that events set off. What a function is invoked with, its steps and its schedules are left out."""

from flowmap.plugin_api import Each, Guard, Inside, Messages, Plugin, Role, arg, keyword

_CLIENT, _STEP = "inngest.Inngest", "inngest.Step"
_TRIGGERS = Each(keyword("trigger"))
_EVENT = Inside(_TRIGGERS, keyword("event"))

PLUGIN = Plugin(
    name="inngest",
    roots=("inngest",),
    transport="inngest",
    aliases={"inngest.StepSync": _STEP, "inngest.ContextSync": "inngest.Context"},
    types={"inngest.Context.step": _STEP},
    given={f"{_CLIENT}.create_function": ("inngest.Context",)},
    patterns=(
        Messages(target=f"{_CLIENT}.create_function", form="decorator", role=Role.SUBSCRIBE, channel=_EVENT, when=(Guard(_EVENT),)),
        *(
            Messages(target=target, role=Role.PUBLISH, channel=Inside(Each(arg(at, "events")), keyword("name")))
            for target, at in ((f"{_CLIENT}.send", 0), (f"{_CLIENT}.send_sync", 0), (f"{_STEP}.send_event", 1))
        ),
        Messages(target=f"{_STEP}.wait_for_event", role=Role.SUBSCRIBE, channel=keyword("event"), around=False),
    ),
)
