"""RQ, Huey, Taskiq, Procrastinate, Django Q, dramatiq: what enqueues which function, who runs it, and what only looks like it."""

from __future__ import annotations

import pytest
from sightings import missed, sightings

SETUP = """
import django_rq
from datetime import timedelta
from django_q.models import Schedule
from django_q.tasks import AsyncTask, Chain, async_chain, async_iter, async_task, schedule
from huey import RedisHuey, SqliteHuey, crontab
from huey.contrib.djhuey import db_task
from procrastinate import App, Blueprint, PsycopgConnector
from redis import Redis
from rq import Queue
from rq.decorators import job
from rq_scheduler import Scheduler
from taskiq_redis import ListQueueBroker, RedisAsyncResultBackend

queue = Queue("mail", connection=Redis())
huey = RedisHuey("shop")
broker = ListQueueBroker("redis://redis").with_result_backend(RedisAsyncResultBackend("redis://redis"))
app = App(connector=PsycopgConnector())

def resize(path): ...
def done(result): ...
"""
_SENT, _RUN = "publish rq app.resize (task)", "subscribe rq app.resize (task) by resize"
_QUEUED, _DONE = "publish django-q app.resize (task)", "subscribe django-q app.resize (task) by resize"
_AFTER, _ENDED = "publish django-q app.done (task)", "subscribe django-q app.done (task) by done"
_ADDED, _SUMMED = (f"subscribe dramatiq {name} (task) by add" for name in ("add", "sum"))

RQ = [
    ("queue.enqueue(resize, 'a.png')", _SENT, _RUN),
    ("queue.enqueue('app.resize', 'a.png')", _SENT, _RUN),
    ("queue.enqueue('elsewhere.resize', 'a.png')", "publish rq elsewhere.resize (task)"),
    ("queue.enqueue_call(func=resize, args=('a',))", _SENT, _RUN),
    ("queue.enqueue_in(timedelta(1), resize)", _SENT, _RUN),
    ("Scheduler(queue_name='mail').cron('* * * * *', resize)", _SENT, _RUN),
    ("def plan(job):\n    Scheduler().schedule(scheduled_time=1, **job)\nplan({'func': resize})", _SENT, _RUN),
    ("django_rq.get_queue('low').enqueue(resize)", _SENT, _RUN),
    ("django_rq.enqueue(resize)", _SENT, _RUN),
    (
        "@job('low', connection=Redis())\ndef add(x): ...\ndef go():\n    add.delay(1)",
        "subscribe rq app.add (task) in low by add",
        "publish rq app.add (task)",
    ),
    ("@job(queue)\ndef add(x): ...\nadd(1)", "subscribe rq app.add (task) in mail by add"),
    ("@django_rq.job\ndef add(x): ...\nadd.delay(1)", "subscribe rq app.add (task) by add", "publish rq app.add (task)"),
    (
        """
        from functools import partial
        class Counting(job): ...
        counted = partial(Counting, connection=Redis())
        @counted('low')
        def add(x): ...
        add.delay(1)
        """,
        "subscribe rq app.add (task) by add",
        "publish rq app.add (task)",
    ),
    (
        """
        class Jobs:
            def __init__(self):
                self.queue = Queue('mail')
            def later(self, function, *args):
                self.queue.enqueue(function, *args)
        Jobs().later(resize, 'a.png')
        """,
        "publish rq app.resize (task)",
        "subscribe rq app.resize (task) by resize",
    ),
]
HUEY = [
    ("@huey.task()\ndef add(x): ...\ndef go():\n    add(1)", "subscribe huey app.add (task) by add", "publish huey app.add (task)"),
    (
        "@huey.task(retries=2, name='plus')\ndef add(x): ...\nadd.schedule(args=(1,), delay=10)",
        "subscribe huey plus (task) by add",
        "publish huey plus (task)",
    ),
    (
        "@huey.periodic_task(crontab(minute='0'))\ndef often(): ...",
        "subscribe huey app.often (task) by often",
        "publish huey app.often (task)",
    ),
    ("@db_task()\ndef add(x): ...\nadd(1)", "subscribe huey app.add (task) by add", "publish huey app.add (task)"),
    ("@SqliteHuey().task()\ndef add(x): ...\nadd.map([1])", "subscribe huey app.add (task) by add", "publish huey app.add (task)"),
    ("@huey.task()\ndef add(x): ...\nadd.call_local(1)", "subscribe huey app.add (task) by add"),
]
TASKIQ = [
    (
        "@broker.task\nasync def add(x): ...\nasync def go():\n    await add.kiq(1)",
        "subscribe taskiq app:add (task) by add",
        "publish taskiq app:add (task)",
    ),
    (
        "@broker.task(task_name='plus', queue='low')\nasync def add(x): ...\nasync def go():\n    await add.kiq(1)",
        "subscribe taskiq plus (task) by add",
        "publish taskiq plus (task)",
    ),
    (
        """
        @broker.task('plus')
        async def add(x): ...
        async def go():
            await add.kicker().with_labels(delay=1).with_task_id('1').kiq(1)
            await add.schedule_by_cron(None, '* * * * *', 1)
        """,
        "subscribe taskiq plus (task) by add",
        "publish taskiq plus (task)",
        "publish taskiq plus (task)",
    ),
    ("@broker.task\nasync def add(x): ...\nasync def go():\n    await add(1)", "subscribe taskiq app:add (task) by add"),
    (
        "@broker.task(schedule=[{'cron': '* * * * *'}])\nasync def often(): ...",
        "subscribe taskiq app:often (task) by often",
        "publish taskiq app:often (task)",
    ),
]
PROCRASTINATE = [
    (
        "@app.task(queue='sums')\ndef add(a): ...\ndef go():\n    add.defer(a=1)",
        "subscribe procrastinate app.add (task) in sums by add",
        "publish procrastinate app.add (task)",
    ),
    (
        "@app.task\nasync def add(a): ...\nasync def go():\n    await add.configure(lock='x').defer_async(a=1)",
        "subscribe procrastinate app.add (task) by add",
        "publish procrastinate app.add (task)",
    ),
    ("def go():\n    app.configure_task('sums.add', queue='sums').defer(a=1)", "publish procrastinate sums.add (task)"),
    (
        "tasks = Blueprint()\n@tasks.task(name='plus')\ndef add(a): ...\nadd.batch_defer({'a': 1})",
        "subscribe procrastinate plus (task) by add",
        "publish procrastinate plus (task)",
    ),
    (
        "@app.periodic(cron='* * * * *')\n@app.task\ndef often(timestamp): ...",
        "subscribe procrastinate app.often (task) by often",
        "publish procrastinate app.often (task)",
    ),
    (
        "@app.periodic(cron='* * * * *')\n@app.task(name='sums.often', queue='sums')\ndef often(timestamp): ...",
        "subscribe procrastinate sums.often (task) in sums by often",
        "publish procrastinate sums.often (task)",
    ),
    missed(
        "the namespace under which an application takes the tasks of a blueprint is not part of their names",
        "tasks = Blueprint()\n@tasks.task(name='plus')\ndef add(a): ...\napp.add_tasks_from(tasks, namespace='sums')",
        "subscribe procrastinate sums:plus (task) by add",
    ),
]
DJANGO_Q = [
    ("async_chain([(resize, ('a',)), ('app.done', ())])", _QUEUED, _DONE, _AFTER, _ENDED),
    ("Chain().append('app.resize', 'a')", _QUEUED, _DONE),
    ("Schedule.objects.create(func='app.resize', schedule_type='D')", _QUEUED, _DONE),
    ("async_task(resize, 'a.png')", _QUEUED, _DONE),
    (
        "async_task('app.resize', 'a.png', hook=done)",
        "publish django-q app.resize (task)",
        "subscribe django-q app.resize (task) by resize",
        "publish django-q app.done (task)",
        "subscribe django-q app.done (task) by done",
    ),
    ("schedule('elsewhere.resize', schedule_type='D')", "publish django-q elsewhere.resize (task)"),
    ("async_iter(resize, ['a', 'b'])", _QUEUED, _DONE),
    ("AsyncTask(resize, 'a').run()", _QUEUED, _DONE),
]
LOOK_ALIKES = [
    "Schedule.objects.filter(func='app.resize')",
    "Chain().current()",
    "resize('a.png')",
    "queue.empty()\nqueue.fetch_job('1')",
    "class Line:\n    def enqueue(self, f): ...\nLine().enqueue(resize)",
    "import heapq\nheapq.heappush([], resize)",
    "@huey.signal()\ndef on_signal(signal, task): ...",
    "@huey.pre_execute()\ndef before(task): ...",
    "def work(name):\n    return lambda f: f\n@work('low')\ndef add(x): ...\nadd.delay(1)",
    "class Clock:\n    def delay(self, x): ...\nClock().delay(1)",
    "async def go():\n    await broker.startup()",
    "class Court:\n    def defer(self, case): ...\nCourt().defer('1')",
    "class schedule_of_trains: ...\nschedule_of_trains()",
    "import asyncio\nasync def go():\n    asyncio.Queue().put_nowait(resize)",
]


@pytest.mark.parametrize("form", [*RQ, *HUEY, *TASKIQ, *PROCRASTINATE, *DJANGO_Q])
def test_a_form_is_found(form: tuple[str, ...]) -> None:
    code, *expected = form
    assert sightings(SETUP, code) == sorted(expected)


@pytest.mark.parametrize("code", LOOK_ALIKES)
def test_a_look_alike_is_not(code: str) -> None:
    assert sightings(SETUP, code) == []


def test_a_task_that_is_called_through_its_module() -> None:
    code = "import tasks\ndef go():\n    tasks.add(1)"
    tasks = "from huey import RedisHuey\nhuey = RedisHuey()\n@huey.task()\ndef add(x): ..."
    assert sightings(code, tasks=tasks) == ["publish huey tasks.add (task)", "subscribe huey tasks.add (task) by add"]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("@dramatiq.actor(periodic=cron('0 0 * * *'))\ndef add(): ...", ["publish dramatiq add (task)", _ADDED]),
        ("@dramatiq.actor(actor_name='sum', periodic=cron('@daily'))\ndef add(): ...", ["publish dramatiq sum (task)", _SUMMED]),
        ("@dramatiq.actor\ndef add(): ...", [_ADDED]),
        ("@dramatiq.actor(max_retries=1)\ndef add(periodic): ...", [_ADDED]),
        ("@other.actor(periodic=cron('0 0 * * *'))\ndef add(): ...", []),
    ],
)
def test_actors_that_a_clock_sends_to(code: str, expected: list[str]) -> None:
    assert sightings("import dramatiq, other\nfrom periodiq import cron\n", code) == expected
