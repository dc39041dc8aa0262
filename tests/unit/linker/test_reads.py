"""What subscribers read from messages."""

import pytest
from messages import read

PARSED = "import json\ndef on(body):\n    data = json.loads(body)\n"
MODEL = """
    from pydantic import BaseModel, Field
    class Line(BaseModel):
        sku: str
        quantity: int = 1
    class Placed(BaseModel):
        order_id: str = Field(alias="orderId")
        lines: list[Line]
        note: str | None = None
"""
SUBSCRIBE = "bus.subscribe('a', on)"
READ = (
    (PARSED + "    print(data['id'], data['n'])", "id", "n"),
    (PARSED + "    print(data.get('id'), data.get('n', 0), data.pop('m'))", "id", "n -", "m"),
    (PARSED + "    print(data['data']['id'])", "data", "data.id"),
    (PARSED + "    order = data['order']\n    print(order['id'])", "order", "order.id"),
    (PARSED + "    for line in data['lines']:\n        print(line['sku'])", "lines", "lines[].sku ?"),
    (PARSED + "    print([line['sku'] for line in data['lines']])", "lines", "lines[].sku ..."),
    (PARSED + "    first = data['lines'][0]\n    print(first['sku'])", "lines", "lines[].sku"),
    (PARSED + "    if data['kind'] == 'x':\n        print(data['id'])", "kind", "id ?"),
    (PARSED + "    if 'id' in data:\n        print(data['id'])", "id ?-"),
    (PARSED + "    id = data.get('id') or data.get('ID')\n    print(id)", "id -", "ID -"),
    (PARSED + "    try:\n        print(data['id'])\n    except KeyError:\n        pass", "id -"),
    (PARSED + "    if not data.get('id'):\n        return\n    print(data['n'])", "id -", "n"),
    (PARSED + "    data['at'] = 1\n    print(data['at'], data['id'])", "id"),
    (PARSED + "    charge(data['id'], total=data['n'])\ndef charge(id, total):\n    print(id, total)", "id", "n"),
    (PARSED + "    charge(data)\ndef charge(order):\n    print(order['id'])", "id"),
    (PARSED + "    charge(**data)\ndef charge(id, n=0):\n    print(id)", "id", "n -"),
    ((PARSED + "    handle = {'x': first, 'y': second}[data['size']]\n    handle(data)\n"
      "def first(d):\n    print(d['id'])\ndef second(d):\n    print(d['n'])"), "size", "id", "n"),
    (PARSED + "    KEY = 'id'\n    print(data[KEY])", "id"),
    (PARSED + "    for other in bus.Client().items():\n        print(other['n'])\n    print(data['id'])", "id"),
    (PARSED + "    def later():\n        print(data['id'])\n    later()", "id ?"),
    (PARSED + "    id, n = data['id'], data['n']\n    print(id, n)", "id", "n"),
    (PARSED + "    print(f\"{data['id']} of {data['n']}\")", "id", "n"),
    ("import json\ndef on(message):\n    data = json.loads(message.value.decode('utf-8'))\n    print(data['id'])", "id"),
    ("import json\ndef on(message):\n    print(message.topic, message.offset, json.loads(message.value())['id'])", "id"),
    ("import json\ndef parse(m):\n    return json.loads(m)\ndef on(message):\n    print(parse(message)['id'])", "id"),
    ("def on(message):\n    print(message.value['id'])", "id"),
    ("def on(event):\n    print(event['id_of_order'])", "id_of_order"),
    ("from json import loads\nclass M:\n    def on(self, b):\n        go(loads(b))\ndef go(d):\n    d['id']\non = M().on",
     "id"),
    ("import json\ndef on(message):\n    print(message.headers['trace'], json.loads(message.body)['n'])", "n"),
    (("from orders_pb2 import Placed\ndef on(message):\n    placed = Placed()\n    placed.ParseFromString(message.value)\n"
      "    print(placed.id, placed.at.city)"), "id", "at", "at.city"),
)  # fmt: skip
DECLARED = (
    ("def on(placed: Placed):\n    print(placed.order_id)", "orderId str", "lines list", "lines[].sku str",
     "lines[].quantity int -", "note str -"),
    ("import json\ndef on(body):\n    line = Line(**json.loads(body))\n    print(line.sku)", "sku str", "quantity int -"),
    ("def on(body):\n    line = Line.model_validate_json(body)\n    print(line.sku)", "sku str", "quantity int -"),
    ("import json\ndef on(body):\n    line = Line.model_validate(json.loads(body)['data'])\n    print(line.sku)",
     "data", "data.sku str", "data.quantity int -"),
    ("from pydantic import TypeAdapter\ndef on(body):\n    line = TypeAdapter(Line).validate_json(body)\n    print(line.sku)",
     "sku str", "quantity int -"),
    ("def on(ch, method, properties, body):\n    print(Line.parse_raw(body).sku)", "sku str", "quantity int -"),
    ("class Deep(Line):\n    def label(self):\n        return self.sku\ndef on(deep: Deep):\n    print(deep.label())",
     "sku str", "quantity int -"),
)  # fmt: skip
OPEN = (
    ("def on(message):\n    print(message.content().id)", "..."),
    (PARSED + "    from house import keep\n    print(data['id'])\n    keep(data)", "id", "..."),
    (PARSED + "    for key, value in data.items():\n        print(key)", "..."),
    (PARSED + "    import house\n    house.store['x'] = data", "..."),
    (PARSED + "    return data", "..."),
    (PARSED + "    kept = []\n    kept.append(data)", "..."),
    (PARSED + "    from house import key\n    print(data[key()])", "..."),
    (PARSED + "    from house import keep\n    keep(data['order'])", "order ..."),
    (PARSED + "    from house import keep\n    keep([{'inner': data}])", "..."),
    ("import json\ndef on(body):\n    again(json.loads(body))\ndef again(data):\n    print(data['id'])\n    again(data)", "id"),
)  # fmt: skip
NOTHING = (
    "def on(message):\n    print(message)",
    "import json\ndef on(message):\n    print(json.loads(message))",
    "def on(message):\n    message.ack()",
    "from house import load\ndef on(message):\n    settings = load()\n    print(settings['id'])",
    "def on():\n    print('woken')",
    "def on(*messages):\n    print(messages)",
)


@pytest.mark.parametrize("case", [*READ, *OPEN])
def test_what_is_read_is_seen(case: tuple[str, ...]) -> None:
    code, *expected = case
    assert read(code, SUBSCRIBE) == expected


WRAPPED = """
    import json
    def consume(callback):
        def each(message):
            callback(message)
        bus.subscribe("a", each)
    def on(message):
        print(json.loads(message.body)["n"])
    consume(on)
"""


def test_a_handler_that_is_handed_over_is_followed() -> None:
    assert read(WRAPPED) == ["n"]


@pytest.mark.parametrize("case", DECLARED)
def test_what_a_class_declares_is_read(case: tuple[str, ...]) -> None:
    code, *expected = case
    assert read(MODEL, code, SUBSCRIBE) == expected


@pytest.mark.parametrize("code", NOTHING)
def test_nothing_is_made_up(code: str) -> None:
    assert read(code, SUBSCRIBE) is None
