"""fedora-messaging's configuration: bindings and the callback that gets their messages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flowmap.descriptor_api import Declarations
from flowmap.model.interaction import Match
from flowmap.project.readers.fedora_messaging import READER

Read = Callable[..., Declarations]
BINDING = '[[bindings]]\nqueue = "q"\nexchange = "amq.topic"\nrouting_keys = [\n  "org.*.a",\n  \'org.b.#\',\n]\n'
CALLBACK = 'callback = "shop.work:Consumer"\n'


def test_each_key_is_brought_to_the_callback(read: Read) -> None:
    more = '[[bindings]]\nexchange = "other"\nrouting_keys = ["c"]\n'
    found = read(READER, {"deploy/config.toml": CALLBACK + BINDING + more}).wires
    assert [(w.channel, w.exchange, w.group, w.handler, str(w.location)) for w in found] == [
        ("org.*.a", "amq.topic", "q", "shop.work:Consumer", "deploy/config.toml:6"),
        ("org.b.#", "amq.topic", "q", "shop.work:Consumer", "deploy/config.toml:7"),
        ("c", "other", "", "shop.work:Consumer", "deploy/config.toml:11"),
    ]
    assert {(w.transport, w.match) for w in found} == {("fedora-messaging", Match.PREFIXED)}


@pytest.mark.parametrize(
    "text",
    [
        BINDING,
        CALLBACK,
        CALLBACK + "[[bindings]]\n",
        CALLBACK + "[[bindings]]\nrouting_keys = 3\n",
        CALLBACK + "[[bindings]]\nrouting_keys = [3, '']\n",
        CALLBACK + "[bindings]\nrouting_keys = ['a']\n",
        'callback = "no name"\n' + BINDING,
        "callback = 3\n" + BINDING,
        CALLBACK + BINDING + "broken = [",
        CALLBACK + BINDING + "#" + "x" * 100_000,
        "",
    ],
)
def test_other_files_say_nothing(read: Read, text: str) -> None:
    assert read(READER, {"config.toml": text}).wires == ()
