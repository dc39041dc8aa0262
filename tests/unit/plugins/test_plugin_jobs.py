"""Jobs by name: Django's tasks, taskbroker, SAQ, PgQueuer, streaQ; what queues them, who runs them, and what only looks like it."""

from __future__ import annotations

from sightings import checks_of_each

DJANGO = "from django.tasks import task\n"
BACKPORT = "from django_tasks import task\n"
BROKER = """
from taskbroker_client.app import TaskbrokerApp
app = TaskbrokerApp(name="shop", producer_factory=None)
mail = app.create_namespace("mail")
bills = app.create_external_namespace("bills", "accounts")
"""
SAQ = """
from saq import Job, Queue, Worker
queue = Queue.from_url("redis://redis")
async def resize(ctx, *, path): ...
"""
PGQ = """
from pgqueuer import PgQueuer, Queries
from pgqueuer.qm import QueueManager
pgq = PgQueuer(None)
"""
STREAQ = """
from streaq import Worker
worker = Worker(redis_url="redis://redis")
"""

FORMS = [
    (DJANGO, "@task\ndef mail(): ...", "subscribe django-tasks app.mail (task) by mail"),
    (
        DJANGO,
        "@task(queue_name='low', takes_context=True)\ndef mail(c): ...\nmail.enqueue()",
        "subscribe django-tasks app.mail (task) in low by mail",
        "publish django-tasks app.mail (task)",
    ),
    (
        BACKPORT,
        "@task()\ndef mail(): ...\nasync def go():\n    await mail.aenqueue(1)",
        "subscribe django-tasks app.mail (task) by mail",
        "publish django-tasks app.mail (task)",
    ),
    (
        DJANGO,
        "@task\ndef mail(): ...\nmail.using(priority=3).using(queue_name='x').enqueue(1)",
        "subscribe django-tasks app.mail (task) by mail",
        "publish django-tasks app.mail (task)",
    ),
    (
        DJANGO,
        "from asgiref.sync import async_to_sync\n@task\ndef mail(): ...\nasync_to_sync(mail.aenqueue)(\n    1\n)",
        "subscribe django-tasks app.mail (task) by mail",
        "publish django-tasks app.mail (task)",
    ),
    (
        DJANGO,
        "from crontask import cron\n@cron('0 8 * * *')\n@task\ndef mail(): ...",
        "subscribe django-tasks app.mail (task) by mail",
        "publish django-tasks app.mail (task)",
    ),
    (
        BACKPORT,
        "from crontask import interval\n@interval(seconds=30)\n@task\ndef mail(): ...",
        "subscribe django-tasks app.mail (task) by mail",
        "publish django-tasks app.mail (task)",
    ),
    (BROKER, "@mail.register(name='mail.send')\ndef send(x): ...", "subscribe taskbroker mail:mail.send (task) by send"),
    (
        BROKER,
        "@mail.register(name='send')\ndef send(x): ...\nsend.delay(1)\nsend.apply_async(args=[1], countdown=3)",
        "subscribe taskbroker mail:send (task) by send",
        "publish taskbroker mail:send (task)",
        "publish taskbroker mail:send (task)",
    ),
    (BROKER, "@bills.register(name='write')\ndef write(x): ...\nwrite.delay(1)", "publish taskbroker bills:write (task)"),
    (SAQ, "async def go():\n    await queue.enqueue('resize', path='a')", "publish saq resize (task)"),
    (SAQ, "async def go():\n    await queue.enqueue(Job(function='resize'))", "publish saq resize (task)"),
    (SAQ, "async def go():\n    await queue.apply('resize', path='a')", "publish saq resize (task)"),
    (SAQ, "Worker(queue, functions=[resize])", "subscribe saq resize (task) by resize"),
    (SAQ, "settings = {'queue': queue, 'functions': [('small', resize)]}", "subscribe saq small (task) by resize"),
    (
        SAQ,
        """
        class Registry:
            def __init__(self):
                self.tasks = []
            def add(self, f):
                self.tasks.append(f)
                return f
        registry = Registry()
        def job(f):
            return registry.add(f)
        @job
        async def shrink(ctx): ...
        settings = {'functions': registry.tasks.copy()}
        """,
        "subscribe saq shrink (task) by shrink",
    ),
    (
        SAQ,
        "from litestar_saq import QueueConfig, TaskQueues\nQueueConfig(name='x', tasks=[resize])",
        "subscribe saq resize (task) by resize",
    ),
    (
        SAQ,
        "from litestar_saq import TaskQueues\nasync def go(q: TaskQueues):\n    await q.get('x').enqueue('resize')",
        "publish saq resize (task)",
    ),
    (PGQ, "@pgq.entrypoint('resize')\nasync def resize(job): ...", "subscribe pgqueuer resize (task) by resize"),
    (PGQ, "@QueueManager(None).entrypoint(name='resize')\ndef resize(job): ...", "subscribe pgqueuer resize (task) by resize"),
    (PGQ, "async def go(c):\n    await Queries(c).enqueue('resize', b'')", "publish pgqueuer resize (task)"),
    (
        PGQ,
        "async def go(c):\n    await Queries(c).enqueue(['a', 'b'], [b'', b''], [0, 0])",
        "publish pgqueuer a (task)",
        "publish pgqueuer b (task)",
    ),
    (STREAQ, "@worker.task\nasync def resize(p): ...", "subscribe streaq resize (task) by resize"),
    (
        STREAQ,
        "@worker.task(name='small')\nasync def resize(p): ...\nasync def go():\n    await resize.enqueue('a')",
        "subscribe streaq small (task) by resize",
        "publish streaq small (task)",
    ),
    (STREAQ, "async def go():\n    await worker.enqueue_unsafe('small', 1)", "publish streaq small (task)"),
]
LOOK_ALIKES = [
    (DJANGO, "def mail(): ...\nmail.enqueue()"),
    (DJANGO, "from celery_like import task\n@task\ndef mail(): ...\nmail.enqueue()"),
    (DJANGO, "class Line:\n    def enqueue(self): ...\nLine().enqueue()"),
    (BROKER, "@app.register(name='send')\ndef send(x): ..."),
    (BROKER, "class Post:\n    def delay(self, x): ...\nPost().delay(1)"),
    (BROKER, "mail.get('send')"),
    (SAQ, "async def go():\n    await queue.job('1')"),
    (SAQ, "def configure(functions): ...\nconfigure(functions=['upper', 'lower'])"),
    (SAQ, "class Line:\n    def enqueue(self, name): ...\nLine().enqueue('resize')"),
    (PGQ, "@pgq.schedule('clean', '* * * * *')\nasync def clean(s): ..."),
    (PGQ, "class Queries:\n    def enqueue(self, name): ...\nQueries().enqueue('x')"),
    (STREAQ, "@worker.cron('* * * * *')\nasync def clean(): ..."),
    (STREAQ, "@worker.middleware\ndef around(task): ..."),
]

test_a_form_is_found, test_a_look_alike_is_not = checks_of_each(FORMS, LOOK_ALIKES)
