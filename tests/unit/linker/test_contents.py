"""What publishers put into messages."""

import pytest
from linking import lines
from messages import sent

ORDER = """
    from dataclasses import asdict, dataclass, field
    @dataclass
    class Order:
        id: str
        total: int
        note: str | None = None
"""
MODEL = """
    from pydantic import BaseModel, Field
    class Line(BaseModel):
        sku: str
        quantity: int = 1
    class Placed(BaseModel):
        order_id: str = Field(alias="orderId")
        lines: list[Line]
        extra: dict
"""
KNOWN = (
    ('bus.publish("a", {"id": "x", "n": 1, "sure": True, "rate": 0.5})', "id str", "n int", "sure bool", "rate float"),
    ('bus.publish("a", dict(id="x", n=1))', "id str", "n int"),
    ('import json\nbus.publish("a", json.dumps({"id": "x"}).encode("utf-8"))', "id str"),
    ('bus.publish("a", {"data": {"id": "x", "at": {"city": "y"}}})', "data object", "data.id str", "data.at object",
     "data.at.city str"),
    ('bus.publish("a", {"rows": [{"sku": "x"}, {"sku": "y", "n": 1}]})', "rows list[object]", "rows[].sku str", "rows[].n int ?"),
    ('import json\nbus.publish("a", {"data": json.dumps({"id": "x"})})', "data", "data.id str"),
    ('d = {"id": "x"}\nd["n"] = 1\nbus.publish("a", d)', "id str", "n int"),
    ('d = {"id": "x"}\nd.update(n=1)\nbus.publish("a", d)', "id str", "n int"),
    ('base = {"id": "x"}\nbus.publish("a", {**base, "n": 1})', "id str", "n int"),
    ('base = {"id": "x"}\nbus.publish("a", base | {"n": 1})', "id str", "n int"),
    ("import random\nd = {}\nif random.random() > 1:\n    d['n'] = 1\nbus.publish('a', d)", "n int ?"),
    ("import random\nd = {'a': 1} if random.random() else {'a': 2, 'b': 3}\nbus.publish('a', d)", "a int", "b int ?"),
    ("def send(**fields):\n    bus.publish('a', fields)\nsend(id='x', n=1)", "id str", "n int"),
    ("def send(message):\n    bus.publish('a', message)\nsend({'id': 'x'})\nsend({'id': 'y', 'n': 1})", "id str", "n int ?"),
    ("def wrap(message):\n    return {'type': 'T', 'data': message}\nbus.publish('a', wrap({'id': 'x'}))",
     "type str", "data object", "data.id str"),
    ("def send(message):\n    message['at'] = 1\n    bus.publish('a', message)\nsend({'id': 'x'})", "at ?...", "id str"),
    ("import uuid, datetime as d\nbus.publish('a', {'id': str(uuid.uuid4()), 'at': d.datetime.now().isoformat()})",
     "id str", "at str"),
    ("class Bus:\n    def send(self, to, what):\n        bus.publish(to, what)\nBus().send('a', {'id': 'x'})", "id str"),
)  # fmt: skip
DECLARED = (
    (ORDER, 'bus.publish("a", asdict(Order("x", 1)))', "id str", "total int", "note str"),
    (ORDER, 'bus.publish("a", Order("x", 1))', "id str", "total int", "note str"),
    (ORDER, 'bus.publish("a", Order("x", 1).__dict__)', "id str", "total int", "note str"),
    (ORDER, 'bus.publish("a", {"order": asdict(Order("x", 1))})', "order Order", "order.id str", "order.total int",
     "order.note str"),
    (MODEL, 'bus.publish("a", Placed(orderId="x", lines=[], extra={"n": 1}).model_dump_json())',
     "orderId str", "order_id str ?", "lines list[Line]", "lines[].sku str", "lines[].quantity int", "extra object", "extra.n int"),
    (MODEL, 'bus.publish("a", Line(sku="x").model_dump(exclude_none=True))', "sku str ?", "quantity int ?"),
    (MODEL, 'def send(line: Line):\n    bus.publish("a", line.json())', "sku str", "quantity int"),
    (MODEL, 'class More(Line):\n    weight: float\nbus.publish("a", More(sku="x", weight=1.0).dict())', "sku str",
     "quantity int", "weight float"),
    ("from typing import NamedTuple\nclass P(NamedTuple):\n    x: int\n    y: int", "bus.publish('a', P(1, 2)._asdict())",
     "x int", "y int"),
    ("from typing import TypedDict\nclass P(TypedDict):\n    x: int", "bus.publish('a', P(x=1))", "x int"),
    ("import attr\n@attr.s(auto_attribs=True)\nclass P:\n    x: int", "bus.publish('a', attr.asdict(P(1)))", "x int"),
    ("import msgspec\nclass P(msgspec.Struct):\n    x: int", "bus.publish('a', msgspec.json.encode(P(1)))", "x int"),
    ("class P:\n    def __init__(self, x):\n        self.x = x\n    def to_dict(self):\n        return {'x': self.x, 'kind': 'p'}",
     "bus.publish('a', P(1).to_dict())", "x int", "kind str"),
    ("from house.events import Placed", "bus.publish('a', Placed(id='x', n=1).model_dump())", "id str", "n int", "..."),
    ("from orders_pb2 import Placed", "bus.publish('a', Placed(id='x').SerializeToString())", "id str", "..."),
    ("from orders_pb2 import Placed\np = Placed(id='x')\np.total = 1.5\nif p:\n    p.note = 'y'",
     "bus.publish('a', p.SerializeToString())", "id str", "total float", "note str ?", "..."),
    ("import orders_pb2\ndef send():\n    p = orders_pb2.Placed()\n    p.id = 'x'\n    bus.publish('a', p.SerializeToString())",
     "id str", "..."),
    ("import orders_pb2\nother = orders_pb2.Placed()\nother.n = 1\np = orders_pb2.Placed(id='x')",
     "bus.publish('a', p.SerializeToString())", "id str", "..."),
)  # fmt: skip
UNSURE = (
    ("from house import load\nbus.publish('a', {**load(), 'n': 1})", "n int", "..."),
    ("from house import key\nbus.publish('a', {'n': 1, key(): 2})", "n int", "..."),
    ("from house import load\nd = {'n': 1}\nd.update(load())\nbus.publish('a', d)", "n int", "..."),
    ("def stamp(m):\n    m['at'] = 1\ndef send():\n    d = {'n': 1}\n    stamp(d)\n    bus.publish('a', d)", "n int", "..."),
    ("from house import load\nbus.publish('a', {'n': load(), 'm': {**load()}})", "n ...", "m object ..."),
    (("from pydantic import BaseModel, ConfigDict\nclass P(BaseModel):\n    model_config = ConfigDict(extra='allow')\n    x: int\n"
      "bus.publish('a', P(x=1).model_dump())"), "x int", "..."),
    ("import house, dataclasses\n@dataclasses.dataclass\nclass P(house.P):\n    x: int\nbus.publish('a', P(1))", "x int", "..."),
    ("from house import more\nimport random\nbus.publish('a', {'n': 1} if random.random() else more())", "n int ?", "..."),
)  # fmt: skip
NOTHING = (
    "from house import load\nbus.publish('a', load())",
    "bus.publish('a', 'hello')",
    "def send(message):\n    bus.publish('a', message)",
    "bus.publish('a')",
    "class P:\n    pass\nbus.publish('a', P())",
    "from house import Order\nbus.publish('a', Order('x', id=1))",
    "from datetime import timedelta\nbus.publish('a', timedelta(days=1))",
    "from house import find\nbus.publish('a', find(id=1))",
    "from house import order\np = order()\np.id = 1\nbus.publish('a', p)",
    "from house import Order\np = Order('x')\np.id = 1\nbus.publish('a', p)",
)


@pytest.mark.parametrize("case", [*KNOWN, *DECLARED, *UNSURE])
def test_what_is_sent_is_seen(case: tuple[str, ...]) -> None:
    pieces = [c for c in case if "\n" in c or "publish" in c or "import" in c]
    assert sent(*pieces) == list(case[len(pieces) :])


@pytest.mark.parametrize("code", NOTHING)
def test_nothing_is_made_up(code: str) -> None:
    assert sent(code) is None


def test_a_field_stands_in_its_own_line() -> None:
    from linking import recognition
    from messages import BUS

    code = lines("import bus", 'bus.publish("a", {', '    "id": 1,', '    "n": 2,', "})")
    (site,) = recognition(code, plugins=(BUS,)).interactions
    assert site.payload is not None
    assert [(f.name, f.location.line) for f in site.payload.fields] == [("id", 3), ("n", 4)]
