"""The steps of a handler: in which order it comes to its calls, and what surrounds them."""

from __future__ import annotations

from pathlib import Path

import pytest
from flowmap.analysis import Settings, analyse
from flowmap.config import Config

HEAD = """\
import asyncio, functools, threading
from functools import cache
from concurrent.futures import ThreadPoolExecutor
import requests, httpx
from fastapi import BackgroundTasks, FastAPI
app = FastAPI()
def ask(path):
    return requests.get("http://other/" + path)
async def fetch(path):
    async with httpx.AsyncClient() as client:
        return await client.get("http://other/" + path)
@functools.lru_cache(maxsize=9)
def kept(*_): requests.get("http://other/k")
@cache
def known(path): return ask(path)
@app.on_event("startup")
def begin(*_): requests.get("http://other/s")
def a(*_): requests.get("http://other/a")
def b(*_): requests.get("http://other/b")
def c(*_): requests.get("http://other/c")
"""


def _steps(
    folder: Path,
    body: str,
    head: str = "async def handle(items: list, flag: bool, tasks: BackgroundTasks)",
    *,
    blocking: bool = False,
) -> list[str]:
    """The calls of one handler in its order, `path kind.arm kind.arm`, arms numbered as they come up; `blocking` only if asked."""
    code = f"{HEAD}@app.get('/x')\n{head}:\n" + "".join(f"    {line}\n" for line in body.splitlines())
    (folder / "main.py").write_text(code)
    found = []
    for site in analyse(folder, Config(), Settings(workers=1)).flow.interactions:
        for step in site.steps:
            names = [
                str(a.kind) + (f".{a.at.line}.{a.arm}" if a.kind in ("branch", "together") else "")
                for a in step.around
                if blocking or a.kind != "blocking"
            ]
            found.append((step.number, " ".join([(site.operation or "?").rpartition("/")[2], *names])))
    numbers: dict[str, int] = {}
    plain = [name for _, name in sorted(found)]
    return [
        " ".join(w if "." not in w else f"{w.partition('.')[0]}{numbers.setdefault(w, len(numbers))}" for w in name.split(" "))
        for name in plain
    ]


BLOCKING = [
    ("requests.get('http://other/p')", ["p blocking"]),
    ("r = requests.get('http://other/p')\nreturn r.json()", ["p blocking"]),
    ("if requests.get('http://other/p').ok:\n    pass", ["p blocking"]),
    ("return requests.get('http://other/p').json()", ["p blocking"]),
    ("return ask('p')", ["p blocking"]),
    ("def inner():\n    return ask('p')\nprint(inner())", ["p blocking"]),
    ("await fetch('p')", ["p"]),
    ("client = httpx.AsyncClient()\nr = await client.get('http://other/p')\nr.json()", ["p"]),
    ("client = httpx.AsyncClient()\nt = client.get('http://other/p')\nr = await t\nr.json()", ["p"]),
    ("client = httpx.AsyncClient()\nreturn client.get('http://other/p')", ["p"]),
    ("client = httpx.AsyncClient()\nt = [client.get('http://other/p')]\nawait asyncio.gather(*t)", ["p"]),
    ("client = httpx.AsyncClient()\nasync with client.stream('GET', 'http://other/p') as r:\n    pass", ["p"]),
    ("await asyncio.to_thread(ask, 'p')", ["p thread"]),
    ("await asyncio.to_thread(lambda: ask('p'))", ["p thread"]),
]


@pytest.mark.parametrize(("body", "expected"), BLOCKING)
def test_what_keeps_an_event_loop_waiting(tmp_path: Path, body: str, expected: list[str]) -> None:
    assert _steps(tmp_path, body, blocking=True) == expected


@pytest.mark.parametrize("body", [body for body, (step,) in BLOCKING if step == "p blocking"])
def test_a_function_without_an_event_loop_keeps_none_waiting(tmp_path: Path, body: str) -> None:
    assert _steps(tmp_path, body, head="def handle(items: list)", blocking=True) == ["p"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("a()\nb()", ["a", "b"]),
        ("b()\na()\nb()", ["b", "a", "b"]),
        ("def inner():\n    b()\n    a()\ninner()\nc()", ["b", "a", "c"]),
        ("for item in items:\n    a()", ["a loop"]),
        ("for item in items:\n    kept(item)", ["k again"]),
        ("for item in items:\n    known('p')", ["p again"]),
        ("def inner(x):\n    return kept(x.owner)\nfor item in items:\n    inner(item)", ["k again"]),
        ("for item in items:\n    begin(item)", ["s loop"]),
        ("[a(i) for i in items]\nb()", ["a loop", "b"]),
        ("while flag:\n    a()", ["a again"]),
        ("for attempt in range(3):\n    a()", ["a again"]),
        ("for name in ('x', 'y'):\n    a(name)", ["a again"]),
        ("for item in items:\n    for part in item:\n        a()\n    b()", ["a loop loop", "b loop"]),
        ("if flag:\n    a()\nelse:\n    b()\nc()", ["a branch0", "b branch1", "c"]),
        ("if flag:\n    a()\nelif items:\n    b()\nelse:\n    c()", ["a branch0", "b branch1", "c branch2"]),
        ("if flag:\n    a()\n    return\nb()", ["a branch0", "b branch1"]),
        ("if not flag:\n    raise ValueError\nb()", ["b branch0"]),
        ("for i in items:\n    if flag:\n        a()\n        continue\n    b()", ["a loop branch0", "b loop branch1"]),
        ("while flag:\n    if items:\n        a()\n        break\n    b()\nc()", ["a again branch0", "b again branch1", "c"]),
        ("for i in items:\n    if flag:\n        break\n    a()\nb()", ["a loop branch0", "b"]),
        ("for i in items:\n    for j in i:\n        if j:\n            break\n    a()", ["a loop"]),
        ("for i in items:\n    if flag:\n        return a()", ["a branch0"]),
        ("for i in items:\n    if flag:\n        a()\n        break\nb()", ["a branch0", "b"]),
        ("for i in items:\n    a()\n    break", ["a"]),
        ("for i in items:\n    a()\n    if flag:\n        break", ["a loop"]),
        ("for i in items:\n    if flag:\n        a()\n        continue\n    b()\n    return", ["a loop branch0", "b branch1"]),
        ("for i in items:\n    for j in i:\n        a()\n        break", ["a loop"]),
        ("match flag:\n    case 1:\n        a()\n    case _:\n        b()", ["a branch0", "b branch1"]),
        ("try:\n    a()\nexcept ValueError:\n    b()\nfinally:\n    c()", ["a", "b failure", "c"]),
        ("with open('x') as f:\n    a()", ["a"]),
        ("await asyncio.gather(fetch('p'), fetch('q'))\nb()", ["p together0", "q together1", "b"]),
        ("await asyncio.gather(*[fetch('p') for i in items])", ["p together0 loop"]),
        ("t = asyncio.create_task(fetch('p'))\nawait asyncio.gather(t)", ["p together0"]),
        ("asyncio.create_task(fetch('p'))\nb()", ["p later", "b"]),
        (
            "async with asyncio.TaskGroup() as tg:\n    tg.create_task(fetch('p'))\n    tg.create_task(fetch('q'))",
            ["p together0", "q together1"],
        ),
        ("tasks.add_task(a)\nb()", ["a later", "b"]),
        ("threading.Thread(target=a).start()\nb()", ["a later thread", "b"]),
        ("await asyncio.to_thread(a)\nb()", ["a thread", "b"]),
        (
            "with ThreadPoolExecutor() as pool:\n    pool.submit(a)\n    pool.submit(b)",
            ["a together0 thread", "b together1 thread"],
        ),
        ("with ThreadPoolExecutor() as pool:\n    pool.map(a, items)", ["a together0 loop"]),
        ("for run in (a, b):\n    run()", ["a again branch0", "b again branch1"]),
        ("ask('p' if flag else 'q')", ["p branch0", "q branch1"]),
        ("for item in items:\n    ask('p' if flag else 'q')", ["p loop branch0", "q loop branch1"]),
        ("for name in ('p', 'q'):\n    ask(name)", ["p again", "q again"]),
        ("print(ask('p'), ask('q'))", ["p", "q"]),
    ],
)
def test_steps(tmp_path: Path, body: str, expected: list[str]) -> None:
    assert _steps(tmp_path, body) == expected


def test_a_function_that_calls_itself_is_gone_through_once(tmp_path: Path) -> None:
    assert _steps(tmp_path, "def again(n):\n    a()\n    again(n - 1)\nagain(3)") == ["a"]


@pytest.mark.parametrize(("deep", "told"), [(20, False), (30, True)])
def test_what_is_too_far_away_is_said_to_be_left_out(tmp_path: Path, deep: int, told: bool) -> None:
    body = "\n".join(["def f0():\n    a()"] + [f"def f{n}():\n    f{n - 1}()" for n in range(1, deep)] + [f"f{deep - 1}()"])
    assert (_steps(tmp_path, body) == ["a"]) is not told
    messages = [d.message for d in analyse(tmp_path, Config(), Settings(workers=1)).diagnostics]
    assert any("too many calls in the work of one handler" in m and "in no step" in m for m in messages) is told


def test_what_is_called_over_and_over_is_bounded(tmp_path: Path) -> None:
    assert len(_steps(tmp_path, "\n".join(["a()"] * 40))) == 8


def test_the_states_of_a_machine_are_steps_in_their_order() -> None:
    sample = Path(__file__).resolve().parents[3] / "samples" / "frameworks" / "aws_sam"
    sites = analyse(sample, Config(), Settings(workers=1)).flow.interactions
    (machine,) = (i.id for i in sites if i.operation == "Repair" and i.handler is not None)
    steps = sorted((s.number, i.operation or i.channel) for i in sites for s in i.steps if s.trigger == machine)
    assert [name for _, name in steps] == ["Inspect", "Charge", "repair-finished"]
