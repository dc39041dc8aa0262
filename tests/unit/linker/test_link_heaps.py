"""Destinations that wait in a list that something sorts them into, with what is to be done with them."""

from __future__ import annotations

import pytest
from linking import lines, recognition

HEAD = "import bisect, heapq, bus\nfrom bisect import insort\nfrom heapq import heappop, heappush\nheap = []\nother = []"
RUN = "def run():\n    when, function, args = {taken}\n    function(*args)"
LATER = "def later(delay, function, *args):\n    {put}\nlater(1, bus.publish, 'a')"
TAKE = "def run():\n    priority, topic = {taken}\n    bus.publish(topic)"
PUT = "def send(priority, topic):\n    heapq.heappush(heap, (priority, topic))\nsend(1, 'a')\nsend(2, 'b')"
SCHEDULER = """
class Scheduler:
    def __init__(self):
        self.heap = []
    def later(self, delay, function, *args, **kwargs):
        heapq.heappush(self.heap, (delay, function, args, kwargs))
    def run(self):
        _, function, args, kwargs = self.heap[0]
        heapq.heappop(self.heap)
        function(*args, **kwargs)

Scheduler().later(1, bus.publish, {})
"""


def sent(*pieces: str) -> list[str]:
    return sorted(i.channel or "?" for i in recognition(lines(HEAD, *pieces)).interactions)


@pytest.mark.parametrize("taken", ["heap[0]", "heapq.heappop(heap)", "heappop(heap)", "heap.pop(0)"])
@pytest.mark.parametrize(
    "put",
    [
        "heapq.heappush(heap, (delay, function, args))",
        "heappush(heap, (delay, function, args))",
        "bisect.insort(heap, (delay, function, args))",
        "insort(heap, (delay, function, args), key=lambda job: job[0])",
    ],
)
def test_what_waits_in_a_heap_is_carried_out(put: str, taken: str) -> None:
    assert sent(RUN.format(taken=taken), LATER.format(put=put)) == ["a"]


@pytest.mark.parametrize("taken", ["heapq.heappop(heap)", "heappop(heap)", "heap.pop(0)"])
def test_what_is_taken_out_of_a_heap_is_any_of_what_was_put_in(taken: str) -> None:
    assert sent(TAKE.format(taken=taken), PUT) == ["a", "b"]


@pytest.mark.parametrize("taken", ["heapq.heappop(other)", "heapq.heapify(heap)", "heapq.pop(heap)"])
def test_what_comes_from_elsewhere_is_not_known(taken: str) -> None:
    assert sent(TAKE.format(taken=taken), PUT) == ["?"]


def test_the_heap_of_an_object_is_its_own() -> None:
    assert sent(SCHEDULER.format("'a'")) == ["a"]
    assert sent(SCHEDULER.format("name='a', channel='b'")) == ["b"]


def test_a_heap_has_no_first_that_is_known() -> None:
    code = ("heap.append('a')\nheapq.heappush(heap, 'b')\nbus.publish(heap[0])", "other += ['c', 'd']\nbus.publish(other[0])")
    assert sent(*code) == ["a", "b", "c"]


@pytest.mark.parametrize(
    "put",
    [
        "heapq.heappush(other, (delay, function, args))",
        "heapq.heapify(heap)",
        "heapq.nsmallest(1, heap)",
        "heapq.heappush(heap)",
        "self.heappush(heap, (delay, function, args))",
        "jobs()[0].heappush(heap, (delay, function, args))",
        "push(heap, (delay, function, args))",
    ],
)
def test_what_is_not_put_into_the_heap_is_not_carried_out(put: str) -> None:
    assert "a" not in sent(RUN.format(taken="heap[0]"), LATER.format(put=put))
