"""Programs of any size: each case is a small real system of which one construct is repeated as often as asked.

Every program publishes and subscribes with kafka-python through wrappers of its own, so that the linker has something to follow.
A case says which topics a reader of the code would name.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

Files = Mapping[str, str]
Build = Callable[[int], Files]
Topics = Callable[[int], set[str]]

BUS = """from kafka import KafkaProducer
producer = KafkaProducer(bootstrap_servers="kafka:9092")
def emit(topic, payload=None):
    producer.send(topic, payload)
"""
USES_BUS = "from shop.bus import emit\n"
AUDIT = """from kafka import KafkaConsumer
consumer = KafkaConsumer("orders", "topic-1", bootstrap_servers="kafka:9092")
for message in consumer:
    print(message.value)
"""


@dataclass(frozen=True, slots=True)
class Case:
    """A family of programs. `sizes` are those of the benchmark, `small` those of the tests, each twice the one before; `topics` are
    what is published. `steep` says why what there is to report grows faster than the program, where it does."""

    name: str
    build: Build
    topics: Topics
    sizes: tuple[int, ...]
    small: tuple[int, int, int]
    steep: str = ""


def program(shop: str | Files, **more: str) -> Files:
    """A system of two services: the shop with the code in question, and one that listens to it."""
    code = {"app.py": shop} if isinstance(shop, str) else shop
    config = '[[services]]\nname = "shop"\nroot = "shop"\n[[services]]\nname = "audit"\nroot = "audit"\n'
    own = {f"shop/{path}": text for path, text in code.items()}
    return {"flowmap.toml": f'roots = ["."]\n{config}', "shop/bus.py": BUS, "audit/app.py": AUDIT, **own, **more}


def lines(*pieces: str | Iterable[str]) -> str:
    """Lines, and runs of them, as one text."""
    return "".join(f"{line}\n" for piece in pieces for line in ([piece] if isinstance(piece, str) else piece))


def numbered(count: int) -> set[str]:
    """`topic-0` and so on."""
    return {f"topic-{n}" for n in range(count)}


def _orders(_: int) -> set[str]:
    return {"orders"}


def functions(count: int) -> Files:
    """Functions in modules of fifty that call one another across modules, every tenth of which publishes."""
    modules = {}
    for start in range(0, count, 50):
        body: list[str] = []
        needed: dict[int, list[str]] = {}
        for n in range(start, min(start + 50, count)):
            near, far = n + 1 if n % 50 != 49 and n + 1 < count else None, (n * 7 + 3) % count
            if far // 50 != start // 50:
                needed.setdefault(far // 50, []).append(f"f{far}")
            body += [f"def f{n}(key, record):", f"    kept = load{n % 5}(key, record)"]
            body += [f"    emit('topic-{n}', kept)"] if n % 10 == 0 else []
            body += [f"    f{near}(key, kept)"] if near is not None else []
            body += [f"    return f{far}(kept, record)" if n % 3 == 0 else "    return kept"]
        imports = [f"from shop.m{m} import {', '.join(dict.fromkeys(names))}" for m, names in sorted(needed.items())]
        loads = ", ".join(f"load{k}" for k in range(5))
        modules[f"m{start // 50}.py"] = lines(USES_BUS.rstrip(), f"from shop.store import {loads}", imports, body)
    store = lines(f"def load{k}(key, record):\n    return {{'key': key, 'record': record}}" for k in range(5))
    return program({**modules, "store.py": store})


def handing(count: int) -> Files:
    """Functions of which each hands its topic to two others further on, all at random: the graph is dense, the ways many."""
    body: list[str] = []
    for n in range(count):
        nexts = sorted({n + 1, n + 1 + (n * 31) % 17, n + 1 + (n * 13) % 29})
        body += [f"def f{n}(topic, record):"]
        body += [f"    f{m}(topic, record)" for m in nexts if m < count] or ["    emit(topic, record)"]
    return program(lines(USES_BUS, body, "f0('orders', {})"))


def chain(depth: int) -> Files:
    """One function calls the next, and hands its topic on."""
    body = (f"def f{n}(topic):\n    f{n + 1}(topic)" for n in range(depth))
    return program(lines(USES_BUS, body, f"def f{depth}(topic):\n    emit(topic)", "f0('orders')"))


def chain_of_methods(depth: int) -> Files:
    """One method calls the next; the topic stands in the class, and what the object was given counts for nothing."""
    body = (f"    def m{n}(self):\n        self.m{n + 1}()" for n in range(depth))
    cls = lines("class Sender:", "    topic = 'orders'", body, f"    def m{depth}(self):\n        emit(self.topic)")
    return program(lines(USES_BUS, cls, "Sender().m0()"))


def chain_of_objects(depth: int) -> Files:
    """The topic stands in the object, which a constructor was given; methods call one another down to the one that sends."""
    body = (f"    def m{n}(self):\n        self.m{n + 1}()" for n in range(depth))
    init = "    def __init__(self, topic):\n        self.topic = topic"
    cls = lines("class Sender:", init, body, f"    def m{depth}(self):\n        emit(self.topic)")
    return program(lines(USES_BUS, cls, "Sender('orders').m0()", "Sender('returns').m0()"))


def layers(depth: int) -> Files:
    """Objects inside one another: each layer keeps the one below and hands the topic on to it."""
    body = ["class L0:", "    def send(self, topic):", "        emit(topic)"]
    for n in range(1, depth):
        body += [f"class L{n}:", "    def __init__(self):", f"        self.below = L{n - 1}()"]
        body += ["    def send(self, topic):", "        self.below.send(topic)"]
    return program(lines(USES_BUS, body, f"L{depth - 1}().send('orders')"))


def ring(size: int) -> Files:
    """Functions that call one another in a circle, each with a topic that it makes out of its own."""
    body: list[str] = []
    for n in range(size):
        body += [f"def f{n}(topic, left):", f"    emit(topic) if left == {n} else None"]
        body += [f"    f{(n + 1) % size}(topic + '.x', left - 1)"]
    return program(lines(USES_BUS, body, "f0('orders', 3)"))


def rings(count: int) -> Files:
    """Many small circles beside each other, that call into the next circle as well."""
    body: list[str] = []
    for n in range(count):
        body += [f"def a{n}(topic):", f"    b{n}(topic)", f"def b{n}(topic):", f"    a{n}(topic)", "    emit(topic)"]
        body += [f"    a{n + 1}(topic)"] if n + 1 < count else []
        body += [f"a{n}('topic-{n}')"]
    return program(lines(USES_BUS, body))


def knot(size: int) -> Files:
    """Functions of which each gives what one of the two behind it does, and the last what the first does: many ways come together
    before they come back."""
    body: list[str] = []
    for n in range(size):
        nexts = (n + 1, n + 2) if n + 2 < size else (0, 0)
        body += [
            f"def f{n}():",
            "    if CHOSEN:",
            f"        return f{nexts[0]}()",
            "    if OTHER:",
            f"        return f{nexts[1]}()",
        ]
        body += ["    return 'orders'"]
    return program(lines(USES_BUS, "from shop.settings import CHOSEN, OTHER", body, "emit(f0())"))


def enumeration(members: int) -> Files:
    """An enumeration, published in a loop, and each member by itself."""
    body = (f"    T{n} = 'topic-{n}'" for n in range(members))
    uses = (f"emit(Topic.T{n}.value)" for n in range(members))
    return program(
        lines(USES_BUS, "from enum import Enum", "class Topic(Enum):", body, uses, "for t in Topic:", "    emit(t.value)")
    )


def enum_lookups(members: int) -> Files:
    """Members of an enumeration looked up by their values and names."""
    body = (f"    T{n} = 'topic-{n}'" for n in range(members))
    uses = (f"emit(Topic('topic-{n}').value)\nemit(Topic['T{n}'].value)" for n in range(members))
    return program(lines(USES_BUS, "from enum import Enum", "class Topic(str, Enum):", body, uses))


def enum_unknown(members: int) -> Files:
    """Members of an enumeration looked up by what nobody knows: any of them."""
    body = (f"    T{n} = 'topic-{n}'" for n in range(members))
    uses = (f"def f{n}(x):\n    emit(Topic(x).value)\n    emit(Topic[x.name])" for n in range(members // 10))
    return program(lines(USES_BUS, "from enum import Enum", "class Topic(str, Enum):", body, uses))


def branches(ways: int) -> Files:
    """A topic that a long row of conditions decides."""
    body = [f"    {'el' if n else ''}if kind == {n}:\n        topic = 'topic-{n}'" for n in range(ways)]
    return program(lines(USES_BUS, "def f(kind):", body, "    emit(topic)", "f(input())"))


def cases(ways: int) -> Files:
    """The same with `match`, each case with its own publication."""
    body = [f"        case {n}:\n            emit('topic-{n}')" for n in range(ways)]
    return program(lines(USES_BUS, "def f(kind):", "    match kind:", body, "f(input())"))


def conditional(ways: int) -> Files:
    """A conditional expression with another one in its else, and so on."""
    text = "'topic-0'"
    for n in range(1, ways):
        text = f"'topic-{n}' if kind == {n} else ({text})" if n % 50 == 0 else f"'topic-{n}' if kind == {n} else {text}"
    return program(lines(USES_BUS, "def f(kind):", f"    emit({text})", "f(input())"))


def powers(count: int) -> Files:
    """A text of many parts that are one thing or another: two to the power of `count` texts."""
    parts = (f"    p{n} = 'a{n}' if flags[{n}] else 'b{n}'" for n in range(count))
    text = " + ".join(f"p{n}" for n in range(count))
    pieces = "".join(f"{{p{n}}}" for n in range(count))
    return program(lines(USES_BUS, "def f(flags):", parts, f"    emit({text})", f"    emit(f'{pieces}')", "f(input())"))


def growing(count: int) -> Files:
    """A text that one condition after the other makes longer, in place."""
    body = (f"    if flags[{n}]:\n        topic += '.{n}'\n    else:\n        topic = topic + '-{n}'" for n in range(count))
    return program(lines(USES_BUS, "def f(flags):", "    topic = 'orders'", body, "    emit(topic)", "f(input())"))


def table(entries: int) -> Files:
    """A dict of topics, looked up with each key, and with one that nobody knows."""
    body = (f"    'k{n}': 'topic-{n}'," for n in range(entries))
    uses = (f"emit(TOPICS['k{n}'])" for n in range(entries))
    return program(lines(USES_BUS, "TOPICS = {", body, "}", uses, "def f(kind):", "    emit(TOPICS[kind])", "f(input())"))


def table_of_calls(entries: int) -> Files:
    """A dict of topics, looked up by a wrapper with the key that it is given."""
    body = (f"    'k{n}': 'topic-{n}'," for n in range(entries))
    uses = (f"notify('k{n}')" for n in range(entries))
    return program(lines(USES_BUS, "TOPICS = {", body, "}", "def notify(kind):", "    emit(TOPICS[kind])", uses))


def diamonds(depth: int) -> Files:
    """Each level calls two of the next: two to the power of `depth` ways down."""
    body: list[str] = []
    for n in range(depth):
        body += [f"def {side}{n}(topic):\n    a{n + 1}(topic)\n    b{n + 1}(topic)" for side in "ab"]
    ends = (f"def {side}{depth}(topic):\n    emit(topic)" for side in "ab")
    return program(lines(USES_BUS, body, ends, "a0('orders')"))


def callers(count: int) -> Files:
    """A wrapper with many callers, each with a topic of its own."""
    return program(lines(USES_BUS, (f"def f{n}(record):\n    emit('topic-{n}', record)" for n in range(count))))


def callers_twice(count: int) -> Files:
    """Wrappers of a wrapper: each has ten callers of its own."""
    wrappers = (f"def w{n}(topic):\n    emit('topic-' + topic)" for n in range(count // 10))
    return program(lines(USES_BUS, wrappers, (f"def f{n}():\n    w{n % (count // 10)}('{n}')" for n in range(count))))


def subclasses(count: int) -> Files:
    """Subclasses of one class, whose method publishes what each of them decides."""
    base = "class Event:\n    topic = None\n    def publish(self):\n        emit(self.topic, self)"
    body = (f"class E{n}(Event):\n    topic = 'topic-{n}'" for n in range(count))
    return program(lines(USES_BUS, base, body, (f"def f{n}():\n    E{n}().publish()" for n in range(count))))


def hierarchy(count: int) -> Files:
    """Classes below one another, in a tree of threes, each with a topic and a method of its own."""
    base = "class E0:\n    topic = 'topic-0'\n    def publish(self):\n        emit(self.topic, self)"
    body = (f"class E{n}(E{(n - 1) // 3}):\n    topic = 'topic-{n}'\n    def m{n}(self):\n        pass" for n in range(1, count))
    return program(lines(USES_BUS, base, body, (f"E{n}().publish()" for n in range(count))))


def protocols(count: int) -> Files:
    """Protocols, and for each of them a class that has its methods and one that uses it."""
    head = "from typing import Protocol"
    body: list[str] = []
    for n in range(count):
        body += [f"class P{n}(Protocol):\n    def send(self, topic: str) -> None: ...\n    def close(self) -> None: ..."]
        body += [f"class C{n}:\n    def send(self, topic: str) -> None:\n        emit(topic)\n    def close(self) -> None: ..."]
        body += [f"def use{n}(sender: P{n}):\n    sender.send('topic-{n}')"]
    return program(lines(USES_BUS, head, body))


def decorators(depth: int) -> Files:
    """Decorators on top of one another, around a function that publishes what it is given."""
    body: list[str] = []
    for n in range(depth):
        body += [f"def d{n}(f):", "    def inner(*args, **kwargs):", "        return f(*args, **kwargs)", "    return inner"]
    stack = [f"@d{n}" for n in range(depth)]
    return program(lines(USES_BUS, body, stack, "def send(topic):", "    emit(topic)", "send('orders')"))


def decorated(count: int) -> Files:
    """Many functions under the same two decorators."""
    deco = "def {0}(f):\n    def inner(*args, **kwargs):\n        return f(*args, **kwargs)\n    return inner"
    body = (f"@one\n@two\ndef f{n}(topic):\n    emit(topic)\nf{n}('topic-{n}')" for n in range(count))
    return program(lines(USES_BUS, deco.format("one"), deco.format("two"), body))


def data(entries: int) -> Files:
    """A file of data, in which each entry is looked up."""
    content = json.dumps({f"k{n}": {"topic": f"topic-{n}", "partitions": n} for n in range(entries)})
    head = "import json\nSETTINGS = json.load(open('shop/topics.json'))"
    uses = (f"emit(SETTINGS['k{n}']['topic'])" for n in range(entries))
    return program({"app.py": lines(USES_BUS, head, uses), "topics.json": content})


def data_files(count: int) -> Files:
    """Files of data, of forty kilobytes each, in each of which one entry is looked up."""
    texts: dict[str, str] = {}
    uses: list[str] = []
    for n in range(count):
        texts[f"t{n}.json"] = json.dumps({"topic": f"topic-{n}", "rest": {f"k{m}": f"value {m}" for m in range(1900)}})
        uses += [f"emit(json.load(open('shop/t{n}.json'))['topic'])"]
    return program({"app.py": lines(USES_BUS, "import json", uses), **texts})


def walked(count: int) -> Files:
    """A table of steps, each with steps of its own for when it fails, that a function walks down by calling itself."""
    steps = (f"def f{n}(**given):\n    emit('topic-{n}', given)" for n in range(count))
    rows = (f"    {{'run': f{n}, 'else': [{{'run': f{n + 1}, 'else': []}}]}}," for n in range(0, count, 2))
    walk = "def walk(steps, **given):\n    step = steps.pop(0)\n    walk(steps if step['run'](**given) else step['else'], **given)"
    return program(lines(USES_BUS, steps, "STEPS = [", rows, "]", walk, "walk(STEPS, record={})"))


def registry(entries: int) -> Files:
    """Handlers in a dict, each subscribed in a loop over it; each publishes something."""
    body = (f"def on{n}(record):\n    emit('topic-{n}', record)" for n in range(entries))
    table = (f"    'in-{n}': on{n}," for n in range(entries))
    head = "from kafka import KafkaConsumer"
    loop = "for topic, handler in HANDLERS.items():\n    for message in KafkaConsumer(topic):\n        handler(message.value)"
    return program(lines(USES_BUS, head, body, "HANDLERS = {", table, "}", loop))


def registered(entries: int) -> Files:
    """Handlers that a decorator of the shop puts into a dict, which one loop reads."""
    head = "from kafka import KafkaConsumer\nHANDLERS = {}"
    deco = "def on(topic):\n    def put(f):\n        HANDLERS[topic] = f\n        return f\n    return put"
    body = (f"@on('in-{n}')\ndef on{n}(record):\n    emit('topic-{n}', record)" for n in range(entries))
    loop = "for message in KafkaConsumer(*HANDLERS):\n    HANDLERS[message.topic](message.value)"
    return program(lines(USES_BUS, head, deco, body, loop))


def products(size: int) -> Files:
    """A comprehension over two lists, and over three."""
    lists = (f"{name} = [{', '.join(f'{name!r}' + f' + {str(n)!r}' for n in range(size))}]" for name in "ABC")
    loops = (
        "for t in [a + b for a in A for b in B]:\n    emit(t)\nfor t in [a + b + c for a in A for b in B for c in C]:\n    emit(t)"
    )
    return program(lines(USES_BUS, lists, loops))


def additions(size: int) -> Files:
    """A list that one statement after the other is added to, and published from."""
    body = (f"TOPICS.append('topic-{n}')" for n in range(size))
    return program(lines(USES_BUS, "TOPICS = []", body, "for t in TOPICS:", "    emit(t)"))


def sums(size: int) -> Files:
    """A very long sum of texts, and a very long f-string."""
    text = " + ".join(f"'{n % 10}'" for n in range(size))
    pieces = "".join(f"{{x{n % 10}}}" for n in range(size))
    names = (f"x{n} = '{n}'" for n in range(10))
    return program(lines(USES_BUS, names, f"emit({text})", f"emit(f'{pieces}')"))


def attributes(size: int) -> Files:
    """Objects inside objects, reached by one very long path of attributes; and calls on the result of calls."""
    path, calls = ".below" * size, "".join(f".with_part({n})" for n in range(size))
    cls = "class Node:\n    below: 'Node'\n    topic = 'orders'\n    def with_part(self, part) -> 'Node':\n        return self"
    return program(lines(USES_BUS, cls, f"emit(Node(){path}.topic)", f"emit(Node(){calls}.topic)"))


def nested(size: int) -> Files:
    """Calls inside calls, lists inside lists, functions inside functions."""
    calls, lists = "same(" * size + "'orders'" + ")" * size, "[" * size + "'orders'" + "]" * size + "[0]" * size
    inner = (f"{' ' * n}def g{n}(t{n}):" for n in range(min(size, 90)))
    depth = min(size, 90)
    body = lines(inner, " " * depth + f"emit(t{depth - 1})", (" " * n + f"g{n}(t{n - 1})" for n in range(depth - 1, 0, -1)))
    return program(lines(USES_BUS, "def same(x):\n    return x", f"emit({calls})", f"emit({lists})", body, "g0('orders')"))


def statements(count: int) -> Files:
    """One long function: names that are bound again and again, and read after each time."""
    body = (f"    topic = 'topic-{n}'\n    emit(topic)" for n in range(count))
    return program(lines(USES_BUS, "def f():", body, "f()"))


def services(count: int) -> Files:
    """Services that wait for one another, each for the next three, and tell all others what happened."""
    files: dict[str, str] = {}
    config = ['roots = ["."]']
    for n in range(count):
        config += ["[[services]]", f'name = "s{n}"', f'root = "s{n}"', f'hosts = ["s{n}:80"]']
        calls = (f"    requests.get('http://s{m}/items/{{}}'.format(x))" for m in range(n + 1, min(n + 4, count)))
        head = "import requests\nfrom fastapi import FastAPI\nfrom kafka import KafkaProducer, KafkaConsumer\napp = FastAPI()"
        endpoint = ["@app.get('/items/{x}')", "def item(x):", *calls, f"    KafkaProducer().send('topic-{n}', x)"]
        files[f"s{n}/app.py"] = lines(head, endpoint, f"for m in KafkaConsumer('topic-{n - 1}'):\n    print(m)")
    return {"flowmap.toml": lines(config), **files}


def events(count: int) -> Files:
    """A publisher and a subscriber of many topics, with endpoints and calls of them."""
    out = (f"def f{n}():\n    emit('topic-{n}')\n    requests.post('http://audit/things{n}/1')" for n in range(count))
    serve = (f"@app.post('/things{n}/{{x}}')\ndef thing{n}(x):\n    pass" for n in range(count))
    read = (f"def on{n}():\n    for m in KafkaConsumer('topic-{n}'):\n        print(m)" for n in range(count))
    head = "from fastapi import FastAPI\nfrom kafka import KafkaConsumer\napp = FastAPI()"
    return {**program(lines(USES_BUS, "import requests", out)), "audit/app.py": lines(head, serve, read)}


def holes(count: int) -> Files:
    """Publishers and subscribers of names with parts that vary, so that no two can be compared by equality."""
    out = (f"def f{n}(x):\n    emit(f'topic-{n}-{{x.id}}')" for n in range(count))
    read = (f"def on{n}(x):\n    for m in KafkaConsumer(f'topic-{n}-{{x.id}}'):\n        print(m)" for n in range(count))
    return {**program(lines(USES_BUS, out)), "audit/app.py": lines("from kafka import KafkaConsumer", read)}


def _all(count: int) -> set[str]:
    return numbered(count)


def _every_tenth(count: int) -> set[str]:
    return {f"topic-{n}" for n in range(0, count, 10)}


def _none(_: int) -> set[str]:
    return set()


CASES = {
    c.name: c
    for c in (
        Case("functions", functions, _every_tenth, (1000, 3000, 10000, 30000), (100, 200, 400)),
        Case("handing", handing, _orders, (100, 300, 1000, 3000, 10000), (50, 100, 200)),
        Case("chain", chain, _orders, (10, 50, 150, 500), (20, 40, 80)),
        Case("chain of methods", chain_of_methods, _orders, (10, 50, 150, 500), (20, 40, 80)),
        Case("chain of objects", chain_of_objects, lambda _: {"orders", "returns"}, (10, 50, 150, 500), (20, 40, 80)),
        Case("layers", layers, _orders, (10, 50, 150, 500), (10, 20, 40)),
        Case("ring", ring, _orders, (2, 10, 50, 200, 1000), (10, 20, 40)),
        Case("rings", rings, _all, (10, 30, 100, 300), (10, 20, 40), "each circle publishes the topics of all before it"),
        Case("knot", knot, _orders, (10, 30, 100, 300), (20, 40, 80)),
        Case("enumeration", enumeration, _all, (100, 300, 1000, 3000), (15, 30, 60)),
        Case("enum lookups", enum_lookups, _all, (100, 300, 1000, 3000), (15, 30, 60)),
        Case("enum unknown", enum_unknown, _none, (100, 300, 1000), (30, 60, 120), "each site may publish any member"),
        Case("branches", branches, _all, (20, 60, 200, 600), (20, 40, 80)),
        Case("cases", cases, _all, (20, 60, 200, 600), (20, 40, 80)),
        Case("conditional", conditional, _all, (20, 60, 200, 600), (20, 40, 80)),
        Case("powers", powers, _none, (6, 20, 60, 200, 600), (10, 20, 40)),
        Case("growing", growing, _none, (6, 20, 60, 200, 600), (10, 20, 40)),
        Case("table", table, _all, (100, 300, 1000, 3000), (15, 30, 60)),
        Case("table of calls", table_of_calls, _all, (100, 300, 1000, 3000), (15, 30, 60)),
        Case("diamonds", diamonds, _orders, (5, 10, 20, 50, 200), (4, 8, 16)),
        Case("callers", callers, _all, (100, 300, 1000, 3000), (25, 50, 100)),
        Case("callers twice", callers_twice, _all, (100, 300, 1000, 3000), (25, 50, 100)),
        Case("subclasses", subclasses, _all, (50, 150, 500, 1500), (10, 20, 40)),
        Case("hierarchy", hierarchy, _all, (50, 150, 500, 1500), (10, 20, 40)),
        Case("protocols", protocols, _all, (20, 50, 150), (10, 20, 40), "each use may be of any class"),
        Case("decorators", decorators, _orders, (5, 15, 50, 150), (5, 10, 20)),
        Case("decorated", decorated, _all, (50, 150, 500, 1500), (10, 20, 40)),
        Case("data", data, _all, (100, 300, 1000, 3000), (25, 50, 100)),
        Case("data files", data_files, _all, (10, 30, 100, 300), (5, 10, 20)),
        Case("registry", registry, _all, (30, 100, 300), (20, 40, 80), "each subscription leads to every handler"),
        Case("registered", registered, _all, (100, 300, 1000), (20, 40, 80), "each subscription leads to every handler"),
        Case("walked", walked, _all, (10, 30, 100, 300), (10, 20, 40)),
        Case("products", products, _none, (5, 10, 30, 100, 300), (10, 20, 40)),
        Case("additions", additions, _all, (30, 100, 300, 1000, 3000), (20, 40, 80)),
        Case("sums", sums, _none, (100, 300, 1000, 3000), (50, 100, 200)),
        Case("attributes", attributes, _orders, (100, 300, 1000, 3000), (25, 50, 100)),
        Case("nested", nested, _orders, (10, 30, 90), (10, 20, 40)),
        Case("statements", statements, _all, (100, 300, 1000, 3000), (25, 50, 100)),
        Case("services", services, _all, (10, 30, 100, 300), (10, 20, 40)),
        Case("events", events, _all, (100, 300, 1000, 3000), (25, 50, 100)),
        Case("holes", holes, lambda n: {f"topic-{k}-{{}}" for k in range(n)}, (100, 300, 1000, 3000), (25, 50, 100)),
    )
}  # fmt: skip
