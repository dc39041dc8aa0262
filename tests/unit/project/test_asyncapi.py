"""AsyncAPI documents: what the application that one describes publishes and listens to, from its own view, in both versions."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flowmap.descriptor_api import Declarations, Wire
from flowmap.project.readers.asyncapi import READER

TWO = "asyncapi: 2.6.0\ninfo:\n  title: Billing\nservers:\n  broker: {url: 'kafka:9092', protocol: kafka}\n"
THREE = "asyncapi: 3.0.0\ninfo: {title: Billing}\nservers:\n  broker: {host: 'kafka:9092', protocol: kafka-secure}\n"
ORDERS = "channels:\n  orders:\n    address: order.placed\n"


SEVERAL = """channels:
  o: {address: a, messages: {Placed: {}, Paid: {name: PaidEvent}}}
operations:
  x: {action: send, channel: {$ref: '#/channels/o'}}
  y: {action: receive, channel: {$ref: '#/channels/o'}, messages: [{$ref: '#/channels/o/messages/Paid'}]}
"""


def _said(wire: Wire) -> str:
    about = [f" {name}={value}" for name, value in (("exchange", wire.exchange), ("event", wire.event)) if value]
    return f"{wire.role} {wire.transport or '?'} {wire.channel}{''.join(about)} {wire.location.path}:{wire.location.line}"


def _wires(found: Declarations) -> list[str]:
    return [_said(w) for d in found.documents for w in d.wires]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{TWO}channels:\n  order.placed:\n    publish: {{}}\n", ["subscribe kafka order.placed api.yaml:8"]),
        (f"{TWO}channels:\n  order.placed:\n    subscribe: {{}}\n", ["publish kafka order.placed api.yaml:8"]),
        (
            f"{TWO}channels:\n  both:\n    publish: {{}}\n    subscribe: {{}}\n",
            ["subscribe kafka both api.yaml:8", "publish kafka both api.yaml:9"],
        ),
        (f"{TWO}channels:\n  'u/{{id}}/moved': {{subscribe: {{}}}}\n", ["publish kafka u/{}/moved api.yaml:7"]),
        (f"{TWO}channels:\n  a: {{description: nobody does anything}}\n", []),
        (
            f"{TWO}channels:\n  a: {{$ref: '#/components/channels/a'}}\ncomponents:\n  channels:\n    a:\n      publish: {{}}\n",
            ["subscribe kafka a api.yaml:11"],
        ),
        (
            (f"{TWO}components: {{messages: {{Paid: {{payload: {{}}}}}}}}\nchannels:\n"
            f"  a: {{subscribe: {{message: {{oneOf: [{{name: Placed}}, {{$ref: '#/components/messages/Paid'}}]}}}}}}\n"),
            ["publish kafka a event=Placed api.yaml:8", "publish kafka a event=Paid api.yaml:8"],
        ),
        (
            f"{TWO}channels:\n  a: {{subscribe: {{message: {{oneOf: [{{name: Placed}}, {{payload: {{}}}}]}}}}}}\n",
            ["publish kafka a api.yaml:7"],
        ),
        (f"{TWO}channels:\n  a: {{subscribe: {{message: {{name: Order Placed!}}}}}}\n", ["publish kafka a api.yaml:7"]),
        (f"{TWO}channels:\n  a: {{subscribe: {{message: {{$ref: '#/components/messages/X'}}}}}}\n", ["publish kafka a api.yaml:7"]),
        (f"{TWO}channels:\n  a: {{$ref: '#/channels/a'}}\n", []),
        (f"{TWO}channels:\n  a: {{$ref: 7}}\n", []),
        (f"{TWO}channels: [a, b]\n", []),
        (f"{THREE}{ORDERS}operations:\n  take:\n    action: receive\n    channel: {{$ref: '#/channels/orders'}}\n",
         ["subscribe kafka order.placed api.yaml:9"]),
        (f"{THREE}{ORDERS}operations:\n  tell:\n    action: send\n    channel: {{$ref: '#/channels/orders'}}\n",
         ["publish kafka order.placed api.yaml:9"]),
        (f"{THREE}{ORDERS}operations:\n  tell: {{action: shout, channel: {{$ref: '#/channels/orders'}}}}\n", []),
        (f"{THREE}{ORDERS}operations:\n  tell: {{action: send, channel: {{$ref: '#/channels/other'}}}}\n", []),
        (f"{THREE}channels: {{o: {{}}}}\noperations: {{a: {{action: send, channel: {{$ref: '#/channels/o'}}}}}}\n", []),
        (f"{THREE}{ORDERS}", []),
        (
            THREE + SEVERAL,
            [
                "publish kafka a event=Placed api.yaml:8",
                "publish kafka a event=PaidEvent api.yaml:8",
                "subscribe kafka a event=PaidEvent api.yaml:9",
            ],
        ),
    ],
)  # fmt: skip
def test_what_an_application_does(read: Callable[..., Declarations], text: str, expected: list[str]) -> None:
    assert _wires(read(READER, {"api.yaml": text})) == expected


AMQP = "{amqp: {is: %s}}"


@pytest.mark.parametrize(
    ("servers", "channel", "operation", "expected"),
    [
        ("{a: {protocol: kafka}, b: {protocol: mqtt}}", "", "", ["kafka c", "mqtt c"]),
        ("{a: {protocol: kafka}, b: {protocol: mqtt}}", "servers: [b]", "", ["mqtt c"]),
        ("{a: {protocol: kafka}}", "servers: [unknown]", "", ["? c"]),
        ("{a: {$ref: '#/components/servers/s'}}", "", "", ["nats c"]),
        ("{a: {protocol: AMQPS}}", "", "", ["amqp c"]),
        ("{a: {protocol: secure-mqtt}}", "", "", ["mqtt c"]),
        ("{a: {protocol: googlepubsub}}", "bindings: {googlepubsub: {topic: projects/p/topics/t}}", "", ["pubsub t"]),
        ("{a: {protocol: jms}}", "", "", ["jms c"]),
        ("{a: {protocol: wss}}", "", "", []),
        ("{a: {protocol: https}}", "", "", []),
        ("{}", "", "", ["? c"]),
        ("{}", "bindings: {kafka: {topic: orders.v1}}", "", ["kafka orders.v1"]),
        ("{}", "bindings: {$ref: '#/components/channelBindings/k'}", "", ["kafka other"]),
        ("{}", "", "bindings: {kafka: {groupId: g}}", ["kafka c"]),
        ("{a: {protocol: ws}}", "bindings: {ws: {}}", "", []),
        ("{}", "bindings: {sqs: {queue: {name: q}}}", "", ["sqs q"]),
        ("{}", "bindings: {sns: {name: t}}", "", ["sns t"]),
        ("{}", "bindings: {amqp: {is: queue, queue: {name: q}}}", "", ["amqp q"]),
        ("{}", "bindings: {amqp: {is: queue}}", "", ["amqp c"]),
        ("{}", "bindings: {amqp: {is: routingKey, exchange: {name: e, type: topic}}}", "", ["amqp c exchange=e"]),
        ("{}", "bindings: {amqp: {exchange: {name: e, type: fanout}}}", "", ["amqp e exchange=e"]),
        (
            "{}",
            "bindings: {amqp: {exchange: {name: e}}}",
            "bindings: {amqp: {cc: [x, y]}}",
            ["amqp x exchange=e", "amqp y exchange=e"],
        ),
        ("{}", "bindings: {amqp: {exchange: {name: e}}}", "bindings: {amqp: {cc: 7}}", ["amqp 7 exchange=e"]),
    ],
)
def test_how_messages_travel(
    read: Callable[..., Declarations], servers: str, channel: str, operation: str, expected: list[str]
) -> None:
    text = (
        f"asyncapi: '2.4.0'\nservers: {servers}\n"
        "components: {servers: {s: {protocol: nats}}, channelBindings: {k: {kafka: {topic: other}}}}\n"
        f"channels: {{c: {{{channel + ', ' if channel else ''}subscribe: {{{operation}}}}}}}\n"
    )
    assert _wires(read(READER, {"api.yaml": text})) == [f"publish {e} api.yaml:4" for e in expected]


@pytest.mark.parametrize(
    ("protocol", "expected"), [("amqp", "amqp"), ("mqtt", "mqtt"), ("nats", "nats"), ("kafka", "exact"), ("redis", "exact")]
)
def test_patterns_are_those_of_the_transport(read: Callable[..., Declarations], protocol: str, expected: str) -> None:
    text = f"asyncapi: 2.0.0\nservers: {{b: {{protocol: {protocol}}}}}\nchannels: {{c: {{publish: {{}}, subscribe: {{}}}}}}\n"
    assert [w.match for d in read(READER, {"a.yaml": text}).documents for w in d.wires] == [expected, "exact"]


CHANNELS = "order.placed:\n  publish:\n    message: {$ref: 'messages.yaml#/Placed'}\n"


@pytest.mark.parametrize(
    ("reference", "files", "expected"),
    [
        ("./channels.yaml#/a", {"api/channels.yaml": "a:\n  publish: {}\n"}, ["subscribe kafka a api/channels.yaml:2"]),
        ("../shared/c.json#/x~1y", {"shared/c.json": '{"x/y":\n{"publish": {}}}'}, ["subscribe kafka a shared/c.json:2"]),
        ("../../outside.yaml#/a", {}, []),
        ("/etc/outside.yaml#/a", {}, []),
        ("http://example.org/c.yaml#/a", {}, []),
        ("missing.yaml#/a", {}, []),
        ("broken.yaml#/a", {"api/broken.yaml": "a: [\n"}, []),
        ("round.yaml#/a", {"api/round.yaml": "a: {$ref: 'asyncapi.yaml#/channels/a'}\n"}, []),
    ],
)
def test_references_stay_inside(
    read: Callable[..., Declarations], reference: str, files: dict[str, str], expected: list[str]
) -> None:
    text = f"{TWO}channels:\n  a:\n    $ref: '{reference}'\n"
    assert _wires(read(READER, {"api/asyncapi.yaml": text, **files})) == expected


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("a.yaml", "asyncapi: 2.0.0\nchannels: {a: [}\n", [("AsyncAPI document cannot be read", 2)]),
        ("api.json", '{\n"asyncapi": "2.0.0",\n"channels": {]}', [("AsyncAPI document cannot be read", 3)]),
        ("a.yaml", "info: {}\nasyncapi: 1.2.0\n", [("AsyncAPI 1.2.0 is not understood", 2)]),
        ("a.yaml", "asyncapi: {{ version }}\nchannels: {{ all }}\n", []),
        ("a.yaml", "asyncapi: {version: 2}\n", []),
        ("a.yaml", "- asyncapi: 2.0.0\n", []),
        ("a.yaml", "components:\n  asyncapi: 2.0.0\n", []),
        ("a.yaml", "asyncapi:\n", []),
        ("a.yaml", "", []),
    ],
)
def test_what_is_no_document(read: Callable[..., Declarations], path: str, text: str, expected: list[tuple[str, int]]) -> None:
    found = read(READER, {path: text})
    assert found.documents == ()
    assert [(d.message.partition(":")[0].partition(",")[0], d.location and d.location.line) for d in found.diagnostics] == expected


def test_signs_before_the_text_and_tabs_in_json_are_no_matter(read: Callable[..., Declarations]) -> None:
    text = '\ufeff{\n\t"asyncapi": "2.0.0",\n\t"servers": {"s": {"protocol": "kafka"}},\n\t"channels": {"a": {"publish": {}}}\n}'
    assert _wires(read(READER, {"asyncapi.json": text})) == ["subscribe kafka a asyncapi.json:4"]


def test_a_document_that_refers_without_end_is_read_within_bounds(read: Callable[..., Declarations]) -> None:
    channels = "".join(f"  c{n}: {{$ref: 'f{n}.yaml#/c'}}\n" for n in range(2_000))
    files = {f"f{n}.yaml": "c: {subscribe: {}}\n" for n in range(2_000)}
    assert len(_wires(read(READER, {"a.yaml": f"{TWO}channels:\n{channels}", **files}))) == 500


CHANNELS = "channels:\n" + "".join(f"  c{n}: {{publish: {{message: {{$ref: '#/m'}}}}}}\n" for n in range(6_000))
SERVERS = "servers:\n" + "".join(f"  s{n}: {{protocol: ws}}\n" for n in range(6_000))
MESSAGES = "m:\n  oneOf:\n" + "".join(f"  - {{name: M{n}}}\n" for n in range(6_000))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (f"asyncapi: 2.0.0\n{SERVERS}{CHANNELS}", 0),
        (f"{TWO}{MESSAGES}{CHANNELS}", 5_000),
    ],
)
def test_large_documents(read: Callable[..., Declarations], text: str, count: int) -> None:
    found = read(READER, {"api.yaml": text})
    assert [len(d.wires) for d in found.documents] == [count]
    assert {w.event for d in found.documents for w in d.wires} <= {""}
