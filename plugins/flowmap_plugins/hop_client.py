"""hop-client, Kafka of astronomers: a stream is opened by a URL whose path lists topics, to read all of them or to write to one."""

from flowmap.plugin_api import FirstOf, Guard, Maker, Matched, Messages, Plugin, Ref, Role, Tail, arg

_LISTED = 8
"""Topics of one URL that are read."""
_URL, _MODE = arg(0, "url"), arg(1, "mode")
_OPENED, _ROBUST = "hop.io.Opened", "hop.robust_publisher.RobustProducer"
_TOPICS = Tail(_URL, "/")


def _topic(number: int) -> Ref:
    """The topic at a place of the list."""
    return Matched(_TOPICS, rf"^(?:[^,]*,){{{number}}}([^,]+)")


_FIRST = FirstOf((_topic(0), _TOPICS))
_WRITTEN = ("write", 4), ("write_raw", 3)
"""Methods, and where they take the topic."""

PLUGIN = Plugin(
    name="hop-client",
    roots=("hop",),
    transport="kafka",
    aliases={"hop.io.Stream": "hop.Stream", "hop.stream": "hop.Stream"},
    types={"hop.Stream.open()": _OPENED},
    patterns=(
        *(
            Messages(
                target="hop.Stream.open",
                role=Role.SUBSCRIBE,
                channel=_topic(number) if number else _FIRST,
                group=arg(2, "group_id"),
                when=(Guard(_MODE, among=("r", "")), *([Guard(_topic(number))] if number else [])),
            )
            for number in range(_LISTED)
        ),
        *(
            Messages(
                target=f"{_OPENED}.{name}",
                role=Role.PUBLISH,
                channel=FirstOf((arg(place, "topic"), Maker(_FIRST, only=("open",)))),
                payload=arg(0, "message") if name == "write" else None,
                when=(Guard(Maker(_MODE), among=("w",)),),
            )
            for name, place in _WRITTEN
        ),
        Messages(
            target=f"{_ROBUST}.write",
            role=Role.PUBLISH,
            channel=FirstOf((arg(3, "topic"), Maker(_FIRST))),
            payload=arg(0, "message"),
        ),
    ),
)
