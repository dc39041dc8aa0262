"""What is done after an order."""

import logging

from django_tasks import task

log = logging.getLogger(__name__)


@task(queue_name="press")  # flow: subscribe django-tasks prints.tasks.press handler=press
def press(number: int) -> None:
    log.info("pressed %s", number)


def frame(number: int) -> None:  # flow: subscribe django-q prints.tasks.frame handler=frame
    log.info("framed %s", number)


def sweep() -> None:  # flow: subscribe django-q prints.tasks.sweep handler=sweep
    log.info("swept")
