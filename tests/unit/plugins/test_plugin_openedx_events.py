"""openedx-events: signals of the library and of the code, sent, received and put on the bus, and what only looks like them."""

from __future__ import annotations

from sightings import checks

SETUP = """
from django.dispatch import Signal, receiver
from openedx_events.event_bus import get_producer
from openedx_events.learning import signals
from openedx_events.learning.signals import COHORT_MEMBERSHIP_CHANGED, COURSE_ENROLLMENT_CREATED
from openedx_events.tooling import OpenEdxPublicSignal
MOVED = OpenEdxPublicSignal(event_type="org.school.moved.v1", data={})
"""

FORMS = [
    ("COURSE_ENROLLMENT_CREATED.send_event(enrollment=1)", "publish openedx-events COURSE_ENROLLMENT_CREATED"),
    ("signals.COURSE_ENROLLMENT_CREATED.send_event(enrollment=1)", "publish openedx-events COURSE_ENROLLMENT_CREATED"),
    (
        "COURSE_ENROLLMENT_CREATED.send_event_with_custom_metadata(None, enrollment=1)",
        "publish openedx-events COURSE_ENROLLMENT_CREATED",
    ),
    ("MOVED.send_event(room='1')", "publish openedx-events org.school.moved.v1"),
    (
        "get_producer().send(signal=COURSE_ENROLLMENT_CREATED, topic='t', event_key_field='k', event_data={}, event_metadata=None)",
        "publish openedx-events COURSE_ENROLLMENT_CREATED",
    ),
    ("@receiver(COURSE_ENROLLMENT_CREATED)\ndef on(**kw): ...", "subscribe openedx-events COURSE_ENROLLMENT_CREATED by on"),
    (
        "@receiver([COURSE_ENROLLMENT_CREATED, COHORT_MEMBERSHIP_CHANGED])\ndef on(**kw): ...",
        "subscribe openedx-events COHORT_MEMBERSHIP_CHANGED by on",
        "subscribe openedx-events COURSE_ENROLLMENT_CREATED by on",
    ),
    (
        "def on(**kw): ...\nCOURSE_ENROLLMENT_CREATED.connect(on)",
        "subscribe openedx-events COURSE_ENROLLMENT_CREATED by on",
    ),
    ("def on(**kw): ...\nMOVED.connect(on)", "subscribe openedx-events org.school.moved.v1 by on"),
]
LOOK_ALIKES = [
    "COURSE_ENROLLMENT_CREATED.generate_signal_metadata()",
    "COURSE_ENROLLMENT_CREATED.disable()",
    "COURSE_ENROLLMENT_CREATED.send(sender=None)",
    "from django.db.models.signals import post_save\n@receiver(post_save)\ndef on(**kw): ...",
    "class Press:\n    def send_event(self, **kw): ...\nPress().send_event(enrollment=1)",
    "from openedx_events.learning.data import CourseData\nCourseData(course_key='x')",
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES)
