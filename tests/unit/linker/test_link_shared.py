"""Code that several services import: who does what it does."""

from __future__ import annotations

import pytest
from linking import interactions, service

SHARED = """
import bus

bus.publish("on.import")

def audit():
    bus.publish("audited")

def announce():
    bus.publish("announced")
"""
USES = "from lib import events\n{}\n"


def published(**bodies: str) -> dict[str, list[str]]:
    """What each service publishes; a service of that name has a folder with one module, which imports the shared one."""
    files = {"lib/__init__.py": "", "lib/events.py": SHARED} | {f"{n}/main.py": USES.format(b) for n, b in bodies.items()}
    found = interactions(files, *(service(n, n, f"{n}/main.py") for n in bodies))
    return {n: sorted({i.channel or "?" for i in found if i.service == n and i.role == "publish"}) for n in bodies}


@pytest.mark.parametrize(
    ("bodies", "expected"),
    [
        (
            {"orders": "events.audit()", "stock": "events.announce()"},
            {"orders": ["audited", "on.import"], "stock": ["announced", "on.import"]},
        ),
        (
            {"orders": "events.audit()", "stock": "events.audit()\nevents.announce()"},
            {"orders": ["audited", "on.import"], "stock": ["announced", "audited", "on.import"]},
        ),
        # nothing of its own has to call it, if it stands in the service itself
        (
            {"orders": "def go():\n    events.audit()", "stock": "events.announce()"},
            {"orders": ["audited", "on.import"], "stock": ["announced", "on.import"]},
        ),
        # what nobody is seen to come to is everybody's
        (
            {"orders": "events.audit()", "stock": "pass"},
            {"orders": ["announced", "audited", "on.import"], "stock": ["announced", "on.import"]},
        ),
        ({"orders": "pass"}, {"orders": ["announced", "audited", "on.import"]}),
    ],
)
def test_what_shared_code_does_is_done_by_who_comes_to_it(bodies: dict[str, str], expected: dict[str, list[str]]) -> None:
    assert published(**bodies) == expected
