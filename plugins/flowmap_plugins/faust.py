"""Faust: topics of the application, the agents that go through them, and what is sent to either. An agent without a topic has one
of its own, named after the application and the function."""

from flowmap.plugin_api import (
    AllArguments,
    Argument,
    Current,
    FirstOf,
    Format,
    FunctionPath,
    Guard,
    Inside,
    Maker,
    Messages,
    Plugin,
    Ref,
    RemoteCalls,
    Role,
    arg,
    keyword,
)

_APP, _TOPIC, _AGENT = "faust.App", "faust.Topic", "faust.Agent"
_STREAM, _EVENT = "faust.Stream", "faust.Event"
_CHANNEL = arg(0, "channel")
_OWN = Guard(_CHANNEL, present=False)
_OF_AGENT = (Guard(Maker(_CHANNEL)), Guard(Maker(_CHANNEL), present=False))


def _named(topic: Ref) -> Ref:
    """The names of a topic, which is an object of the application or a text."""
    return Inside(topic, AllArguments())


def _default(application: Ref) -> Ref:
    return Format("{}-{}", (application, FirstOf((keyword("name"), FunctionPath()))))


# The topic of an agent is that of its decorator, seen from the decorator and from the agent.
_AGENTS = (
    (_named(Maker(_CHANNEL)), (_OF_AGENT[0],)),
    (Format("{}-{}", (Maker(arg(0, "id"), up=2), Maker(FirstOf((keyword("name"), FunctionPath()))))), (_OF_AGENT[1],)),
)


def _sends(target: str, channel: Ref, payload: Argument | None = None, *when: Guard) -> Messages:
    return Messages(target=target, role=Role.PUBLISH, channel=channel, payload=payload, when=when)


PLUGIN = Plugin(
    name="faust",
    roots=("faust", "faust_avro"),
    transport="kafka",
    aliases={"faust.app.App": _APP, "faust.app.base.App": _APP, "faust_avro.App": _APP},
    types={
        f"{_APP}.topic()": _TOPIC,
        f"{_APP}.agent@": _AGENT,
        f"{_APP}.stream()": _STREAM,
        f"{_TOPIC}.stream()": _STREAM,
        f"{_STREAM}.events()": "faust.Stream.events",
        "faust.Stream.events[]": _EVENT,
        **{f"{_STREAM}.{m}()": _STREAM for m in ("through", "echo", "group_by", "filter", "derive_topic", "combine", "enumerate")},
    },
    given={f"{_APP}.agent": (_STREAM,)},
    patterns=(
        Messages(target=f"{_APP}.agent", form="decorator", role=Role.SUBSCRIBE, channel=_named(_CHANNEL), when=(Guard(_CHANNEL),)),
        Messages(
            target=f"{_APP}.agent", form="decorator", role=Role.SUBSCRIBE, channel=_default(Maker(arg(0, "id"))), when=(_OWN,)
        ),
        Messages(target=f"{_APP}.agent", form="decorator", role=Role.PUBLISH, each=keyword("sink"), channel=_named(Current())),
        Messages(target=f"{_APP}.stream", role=Role.SUBSCRIBE, channel=_named(_CHANNEL)),
        Messages(target=f"{_TOPIC}.stream", role=Role.SUBSCRIBE, channel=Maker(AllArguments())),
        *(_sends(f"{_TOPIC}.{m}", Maker(AllArguments()), keyword("value")) for m in ("send", "send_soon")),
        _sends(f"{_APP}.send", _named(_CHANNEL), arg(2, "value")),
        *(_sends(f"{_EVENT}.{m}", _named(_CHANNEL), arg(2, "value")) for m in ("send", "forward")),
        _sends(f"{_STREAM}.through", _named(_CHANNEL)),
        Messages(target=f"{_STREAM}.through", role=Role.SUBSCRIBE, channel=_named(_CHANNEL)),
        Messages(target=f"{_STREAM}.echo", role=Role.PUBLISH, each=AllArguments(), channel=_named(Current())),
        *(
            _sends(f"{_AGENT}.{m}", channel, value, *when)
            for channel, when in _AGENTS
            for m, value in (("cast", arg(0, "value")), ("ask_nowait", arg(0, "value")), ("send", keyword("value")))
        ),
        *(
            RemoteCalls(target=f"{_AGENT}.{m}", operation=channel, channel=channel, broker="kafka", when=when)
            for channel, when in _AGENTS
            for m in ("ask", "map", "kvmap", "join", "kvjoin")
        ),
    ),
)
