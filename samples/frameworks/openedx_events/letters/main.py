"""Writes to those who take courses."""

import logging

from django.db.models.signals import post_save
from django.dispatch import receiver
from openedx_events.learning.signals import COURSE_ENROLLMENT_CREATED, COURSE_UNENROLLMENT_COMPLETED, STUDENT_REGISTRATION_COMPLETED


@receiver(COURSE_ENROLLMENT_CREATED)  # flow: subscribe openedx-events COURSE_ENROLLMENT_CREATED handler=welcome
def welcome(enrollment: object, **_kwargs: object) -> None:
    logging.info("welcome: %s", enrollment)


@receiver(post_save)  # flow: nothing
def saved(instance: object, **_kwargs: object) -> None:
    logging.info("saved: %s", instance)


def goodbye(enrollment: object, **_kwargs: object) -> None:
    logging.info("goodbye: %s", enrollment)


def greet(user: object, **_kwargs: object) -> None:
    logging.info("hello: %s", user)


def wire() -> None:
    COURSE_UNENROLLMENT_COMPLETED.connect(goodbye)  # flow: subscribe openedx-events COURSE_UNENROLLMENT_COMPLETED handler=goodbye
    STUDENT_REGISTRATION_COMPLETED.connect(greet)  # flow: subscribe openedx-events STUDENT_REGISTRATION_COMPLETED handler=greet


if __name__ == "__main__":
    wire()
