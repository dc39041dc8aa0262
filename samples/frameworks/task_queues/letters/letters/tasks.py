"""Writes letters, and sends them at night."""

import logging

from huey import SqliteHuey, crontab

huey = SqliteHuey("letters", filename="letters.db")


@huey.task(retries=2)  # flow: subscribe huey letters.tasks.write handler=write
def write(customer: str) -> None:
    logging.info("written to %s", customer)
    send.schedule((customer,), delay=3600)  # flow: publish huey post


@huey.task(name="post")  # flow: subscribe huey post handler=send
def send(customer: str) -> None:
    logging.info("sent to %s", customer)


@huey.periodic_task(crontab(hour="3"))  # flow: subscribe huey letters.tasks.tidy handler=tidy ; publish huey letters.tasks.tidy
def tidy() -> None:
    logging.info("tidied")
