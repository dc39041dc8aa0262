"""Courses, and who takes them."""

from django.conf import settings
from django.dispatch import Signal
from openedx_events.event_bus import get_producer
from openedx_events.learning import signals
from openedx_events.learning.signals import COURSE_ENROLLMENT_CREATED
from openedx_events.tooling import OpenEdxPublicSignal

ROOM_CHANGED = OpenEdxPublicSignal(event_type="org.school.courses.room.changed.v1", data={"room": str})
counted = Signal()


def enroll(enrollment: object) -> None:
    COURSE_ENROLLMENT_CREATED.send_event(enrollment=enrollment)  # flow: publish openedx-events COURSE_ENROLLMENT_CREATED
    counted.send(sender=enroll)  # flow: nothing


def leave(enrollment: object) -> None:
    signals.COURSE_UNENROLLMENT_COMPLETED.send_event(
        enrollment=enrollment
    )  # flow: publish openedx-events COURSE_UNENROLLMENT_COMPLETED


def move(room: str) -> None:
    ROOM_CHANGED.send_event(room=room)  # flow: publish openedx-events org.school.courses.room.changed.v1
    get_producer().send(
        signal=ROOM_CHANGED,
        topic="rooms",
        event_key_field="room",
        event_data={"room": room},
        event_metadata=ROOM_CHANGED.generate_signal_metadata(),
    )  # flow: publish openedx-events org.school.courses.room.changed.v1


if __name__ == "__main__":
    settings.configure()
    move("12")
