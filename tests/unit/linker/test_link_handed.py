"""Names of channels that code hands to libraries that nobody knows: the other end of a channel that has one end only."""

from __future__ import annotations

import pytest
from flowmap.model.interaction import Confidence
from linking import interactions, service

READS = "import bus\ndef charge(m): ...\nbus.subscribe('billing.charge', charge)\n"
SENDS = "import bus\nbus.publish('billing.charged')\n"
UNKNOWN = "from saga_house import Step, Steps\nfrom names import CHARGE\n"


def guessed(code: str, other: str = READS) -> list[str]:
    """What is guessed of a service beside another one."""
    files = {"billing/main.py": other, "orders/main.py": UNKNOWN + code, "names.py": "CHARGE = 'billing.charge'\n"}
    found = interactions(files, *(service(n, n, f"{n}/main.py") for n in ("billing", "orders")))
    return [f"{i.service} {i.role} {i.channel}" for i in found if i.confidence is Confidence.GUESS]


@pytest.mark.parametrize(
    "code",
    [
        "Step(task_name='billing.charge')",
        "Step('charge', base_task_name=CHARGE, queue='billing')",
        "steps = [Step(topic=t) for t in (CHARGE, 'other')]",
        "class Order(Steps):\n    def fail(self):\n        self.send(routing_key=CHARGE)",
        "def start(step):\n    step.send_to(queue=CHARGE)",
    ],
)
def test_who_hands_a_name_that_is_read_publishes_by_that(code: str) -> None:
    assert guessed(code) == ["orders publish billing.charge"]


def test_who_hands_a_name_that_is_published_reads_by_that() -> None:
    assert guessed("Step(topic='billing.charged')", SENDS) == ["orders subscribe billing.charged"]


@pytest.mark.parametrize(
    ("code", "other"),
    [
        ("Step('billing.charge')", READS),  # what an argument without a name is for, nobody can tell
        ("Step(label='billing.charge')", READS),
        ("Step(topic='billing.refund')", READS),
        ("Step(topic='charge')", "import bus\nbus.subscribe('charge', print)\n"),  # one word may mean anything
        ("dict(topic='billing.charge')", READS),
        ("import logging\nlogging.getLogger().info('', topic='billing.charge')", READS),
        ("import bus\nbus.Options(topic='billing.charge')", READS),  # a library that is known
        ("def put(topic): ...\nput(topic='billing.charge')", READS),
        ("import bus\nbus.publish('billing.charge')\nStep(topic='billing.charge')", READS),
        ("Step(topic='billing.charge')", READS + "bus.publish('billing.charge')\n"),
        ("Step(topic='billing.charge')", "pass"),
        ("pass", READS + "from saga_house import Step\nStep(topic='billing.charge')\n"),
    ],
)
def test_no_other_name_says_anything(code: str, other: str) -> None:
    assert guessed(code, other) == []
