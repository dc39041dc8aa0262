"""Celery: tasks by name, whoever holds them, schedules, and what only looks like them."""

from __future__ import annotations

from sightings import checks, interactions, mistaken, sightings

SETUP = """
import celery
from celery import Celery, Task, shared_task
from django_celery_beat.models import CrontabSchedule, PeriodicTask

app = Celery("shop", broker="redis://redis")

@app.task
def mail(to): ...
"""
CONTROL = "subscribe celery app.mail (task) by mail"

FORMS = [
    ("@app.task(name='mail.send')\ndef other(): ...", "subscribe celery mail.send (task) by other"),
    ("@app.task(bind=True, queue='slow')\ndef other(self): ...", "subscribe celery app.other (task) in slow by other"),
    ("@shared_task\ndef other(): ...", "subscribe celery app.other (task) by other"),
    ("@shared_task(name='mail.send', bind=True)\ndef other(self): ...", "subscribe celery mail.send (task) by other"),
    ("@celery.shared_task()\ndef other(): ...", "subscribe celery app.other (task) by other"),
    (
        """
        class Other(Task):
            name = 'mail.send'
            def run(self, to): ...
        app.register_task(Other())
        """,
        "subscribe celery mail.send (task) by Other.run",
    ),
    (
        """
        class Base(Task):
            def run(self, to): ...
        class Other(Base):
            def run(self, to): ...
        app.register_task(Other())
        """,
        "subscribe celery app.Other (task) by Other.run",
    ),
    (
        "class Other(Task):\n    name = 'mail.send'\nother = app.register_task(Other())\nother.delay('x')",
        "publish celery mail.send (task)",
    ),
    ("class Other(Task):\n    name = 'mail.send'\nOther().apply_async(('x',))", "publish celery mail.send (task)"),
    ("mail.delay('x')", "publish celery app.mail (task)"),
    ("mail.apply_async(args=['x'], countdown=10)", "publish celery app.mail (task)"),
    ("mail.apply_async(('x',), queue='slow')", "publish celery app.mail (task) in slow"),
    ("mail.delay_on_commit('x')", "publish celery app.mail (task)"),
    ("mail.apply_async_on_commit(('x',))", "publish celery app.mail (task)"),
    ("mail.s('x').apply_async()", "publish celery app.mail (task)"),
    ("mail.si('x').delay()", "publish celery app.mail (task)"),
    ("mail.signature(args=('x',)).delay()", "publish celery app.mail (task)"),
    ("mail.map(['x']).delay()", "publish celery app.mail (task)"),
    ("mail.delay('x').get(timeout=1)", "publish celery app.mail (task)"),
    (
        """
        @app.task
        def second(): ...
        celery.chain(mail.s('x'), second.s())()
        """,
        "publish celery app.mail (task)",
        "publish celery app.second (task)",
        "subscribe celery app.second (task) by second",
    ),
    ("celery.group(mail.s(x) for x in 'ab').apply_async()", "publish celery app.mail (task)"),
    ("(mail.s('x') | mail.s('y')).delay()", "publish celery app.mail (task)", "publish celery app.mail (task)"),
    ("app.send_task('mail.send', args=['x'])", "publish celery mail.send (task)"),
    ("app.send_task(name='mail.send', kwargs={}, queue='slow')", "publish celery mail.send (task) in slow"),
    ("celery.current_app.send_task('mail.send')", "publish celery mail.send (task)"),
    ("celery.signature('mail.send', args=('x',)).delay()", "publish celery mail.send (task)"),
    ("app.signature('mail.send').delay()", "publish celery mail.send (task)"),
    ("def tell(worker):\n    worker.send_task('mail.send')", "publish celery mail.send (task) guess"),
    ("app.tasks['app.mail'].delay('x')", "publish celery app.mail (task)"),
    ("app.conf.beat_schedule = {'nightly': {'task': 'mail.send', 'schedule': 10}}", "publish celery mail.send (task)"),
    (
        "CELERY_BEAT_SCHEDULE = {'nightly': {'task': 'mail.send', 'schedule': 10}, 'daily': {'task': 'mail.sum'}}",
        "publish celery mail.send (task)",
        "publish celery mail.sum (task)",
    ),
    ("app.conf.update(beat_schedule={'nightly': {'task': 'mail.send'}})", "publish celery mail.send (task)"),
    ("entry = {'task': 'mail.send'}\napp.conf.beat_schedule['nightly'] = entry", "publish celery mail.send (task)"),
    ("CELERY_BEAT_SCHEDULER = 'django_celery_beat.schedulers:DatabaseScheduler'", "publish celery ? (task)"),
    ("app.conf.update(beat_scheduler='redbeat.RedBeatScheduler')", "publish celery ? (task)"),
    ("INSTALLED_APPS = ['mail', 'django_celery_beat']", "publish celery ? (task)"),
    ("INSTALLED_APPS = ['mail', 'django_celery_results']",),
    ("app.conf.beat_scheduler = 'celery.beat:PersistentScheduler'",),
    ("PeriodicTask.objects.create(name='nightly', task='mail.send')", "publish celery mail.send (task)"),
    ("PeriodicTask(name='nightly', task='mail.send').save()", "publish celery mail.send (task)"),
    ("PeriodicTask.objects.update_or_create(name='n', defaults={'task': 'mail.send'})", "publish celery mail.send (task)"),
    ("PeriodicTask.objects.get_or_create(task='mail.send')", "publish celery mail.send (task)"),
    (
        """
        @app.on_after_configure.connect
        def setup(sender, **kwargs):
            sender.add_periodic_task(10.0, mail.s('x'))
        """,
        "publish celery app.mail (task)",
    ),
    (
        """
        @app.task(bind=True)
        def other(self):
            self.app.send_task('mail.send')
        """,
        "publish celery mail.send (task)",
        "subscribe celery app.other (task) by other",
    ),
    (
        """
        from functools import partial
        from django.db import transaction
        transaction.on_commit(partial(mail.delay, 'x'))
        """,
        "publish celery app.mail (task)",
    ),
    ("from django.db import transaction\ntransaction.on_commit(lambda: mail.delay('x'))", "publish celery app.mail (task)"),
    ("class Shop(Celery): ...\nother_app = Shop('x')\nother_app.send_task('mail.send')", "publish celery mail.send (task)"),
    (
        """
        from enum import Enum
        class Names(str, Enum):
            MAIL = 'mail.send'
        app.send_task(Names.MAIL)
        """,
        "publish celery mail.send (task)",
    ),
    (
        """
        @app.task(bind=True)
        def other(self, name):
            self.app.send_task(name)
        other.delay('a')
        """,
        "publish celery ? (task)",
        "publish celery app.other (task)",
        "subscribe celery app.other (task) by other",
    ),
    ("from elsewhere import name\napp.tasks[name].delay('x')", "publish celery ? (task)"),
]

LOOK_ALIKES = [
    "PeriodicTask.objects.filter(task='mail.send').delete()",
    "PeriodicTask.objects.update_or_create(name='n', defaults={'enabled': False})",
    "CrontabSchedule.objects.create(task='mail.send')",
    "def other(self):\n    self.app.send_message('mail.send')",
    "class Mine:\n    def f(self):\n        self.app.delay('x')",
    "app.tasks['app.mail'].name",
    "mail('x')",
    "mail.run('x')",
    "mail.apply(args=['x'])",
    "app.autodiscover_tasks(['shop'])",
    "app.config_from_object('settings')",
    "app.conf.task_routes = {'mail.*': {'queue': 'slow'}}",
    "app.conf.task_default_queue = 'slow'",
    "app.control.inspect().active()",
    "app.control.revoke('1')",
    "from celery.result import AsyncResult\nAsyncResult('1').get()",
    "from celery.schedules import crontab\ncrontab(hour=1)",
    "from celery.utils.log import get_task_logger\nget_task_logger('app.mail').info('mail.send')",
    "class Timer:\n    def delay(self, seconds): ...\nTimer().delay(5)",
    "def wait(timer):\n    timer.delay(5)",
    "import sched\nsched.scheduler().enter(1, 1, print, 'x')",
    "import asyncio\nasyncio.create_task(print())",
    "from invoke import task\n@task\ndef build(c): ...",
    "from prefect import task\n@task\ndef build(): ...",
    """
    class Jobs:
        def task(self, f): ...
    jobs = Jobs()
    @jobs.task
    def build(): ...
    """,
    "from celery.signals import task_success\n@task_success.connect\ndef done(sender=None, **kwargs): ...",
    "schedule = {'nightly': {'task': 'mail.send', 'schedule': 10}}",
    "rows = [{'task': 'mail.send'}]",
    "class Other(Task):\n    abstract = True\n    def on_failure(self, *args): ...",
    "mail.name",
    "mail.request",
    "text = 'a-b'.chunks if False else None",
    "def signature(name): ...\nsignature('mail.send')",
    "import inspect\ninspect.signature(print)",
    """
    import hmac
    class Doc:
        def signature(self): ...
    Doc().signature()
    """,
    "class Walls:\n    def s(self, x): ...\nWalls().s('x')",
    "from itertools import starmap\nlist(starmap(print, [('mail.send',)]))",
    "list(map(print, ['mail.send']))",
    """
        class Relay:
            def send_task(self, name): ...
        Relay().send_task('mail.send')
        """,
    "import pandas\npandas.Series([1]).map(print)",
    mistaken("making a signature counts as sending it", "sig = mail.s('x')"),
    """
    from workbench import job
    @job
    def build(): ...
    build.delay('x')
    """,
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES, CONTROL)


def test_a_task_of_another_module_is_sent_under_its_own_name() -> None:
    tasks = "from celery import shared_task\n@shared_task\ndef mail(to): ..."
    assert sightings("from tasks import mail\ndef place():\n    mail.delay('x')", tasks=tasks) == [
        "publish celery tasks.mail (task)",
        "subscribe celery tasks.mail (task) by mail",
    ]


def test_the_task_that_sends_is_what_triggers_it() -> None:
    found = interactions(SETUP, "@app.task\ndef place():\n    mail.delay('x')")
    (sent,) = (i for i in found if i.role == "publish")
    assert sent.triggers == tuple(i.id for i in found if i.channel == "app.place")
