"""What tasks are given, and what they take, by the names of their parameters."""

import pytest
from flowmap.extensions import load_plugins
from flowmap.model.interaction import Role
from linking import lines, recognition
from messages import shown

PLUGINS = {p.name: p for p in load_plugins()}
CELERY = PLUGINS["celery"]
TASK = """
    from celery import Celery
    app = Celery()
    @app.task
    def bill(order_id, total: int = 0, *, note=None):
        print(order_id)
"""
SENT = (
    ('bill.delay("x", 2)', "order_id str", "total int"),
    ('bill.delay("x", note="n")', "order_id str", "note str"),
    ('bill.apply_async(args=["x"], kwargs={"total": 3})', "order_id str", "total int"),
    ('bill.apply_async(("x", 2), countdown=5)', "order_id str", "total int"),
    (
        'bill.apply_async(kwargs={"order_id": "x", "lines": [{"sku": "y"}]})',
        "order_id str",
        "lines list[object]",
        "lines[].sku str",
    ),
    ('bill.delay(**{"order_id": "x"})', "order_id str"),
    ("bill.delay(*[1, 2])", "order_id int", "total int"),
    ('app.send_task("app.bill", kwargs={"order_id": "x"})', "order_id str"),
    ('app.send_task("app.bill", ["x"], {"total": 3})', "total int", "..."),
    ("from house import found\nbill.delay(*found())", "..."),
    ('from house import found\nbill.delay("x", **found())', "order_id str", "..."),
    ("from house import found\nbill.apply_async(kwargs=found())", "..."),
    ("bill.delay()",),
)
TAKEN = (
    (TASK, "order_id ...", "total int -...", "note -..."),
    ("from celery import shared_task\n@shared_task(bind=True)\ndef bill(this, id):\n    pass", "id ..."),
    ("from celery import shared_task\n@shared_task(pass_context=True)\ndef bill(context, id):\n    pass", "id ..."),
    ("from celery import shared_task\n@shared_task\ndef bill(self, id: str):\n    pass", "id str ..."),
    ("from celery import shared_task\n@shared_task\ndef bill(id, **more):\n    pass", "id ...", "..."),
    ("from celery import shared_task\n@shared_task\ndef bill():\n    pass",),
)


@pytest.mark.parametrize("case", SENT)
def test_what_a_task_is_given(case: tuple[str, ...]) -> None:
    code, *expected = case
    found = recognition(lines(TASK, code), plugins=(CELERY,)).interactions
    (payload,) = [i.payload for i in found if i.role is Role.PUBLISH]
    assert (shown(payload) or ["..."] * (payload is None)) == expected


def test_a_signature_is_not_all_that_a_task_gets() -> None:
    found = recognition(lines(TASK, 'bill.s("x")'), plugins=(CELERY,)).interactions
    assert [i.payload for i in found if i.role is Role.PUBLISH] == [None]


@pytest.mark.parametrize("case", TAKEN)
def test_what_a_task_takes(case: tuple[str, ...]) -> None:
    code, *expected = case
    (payload,) = [i.payload for i in recognition(lines(code), plugins=(CELERY,)).interactions]
    assert shown(payload) == expected


BODY = "def bill(order_id, total: int = 0, *, note=None):\n    print(order_id)"
RQ = f"from rq import Queue\nfrom rq_scheduler import Scheduler\nimport datetime, django_rq\nqueue = Queue()\n{BODY}"
HUEY = f"from huey import RedisHuey\nhuey = RedisHuey()\n@huey.task()\n{BODY}"
ARQ = "from arq import create_pool\nasync def go():\n    pool = await create_pool()"
OTHERS = (
    ("rq", RQ, 'queue.enqueue(bill, "x", 2)', "order_id str", "total int"),
    ("rq", RQ, 'queue.enqueue("app.bill", "x")', "order_id str"),
    ("rq", RQ, 'queue.enqueue(bill, "x", job_timeout=5, note="n")', "order_id str", "note str"),
    ("rq", RQ, 'queue.enqueue(bill, args=("x",), kwargs={"total": 3}, ttl=1)', "order_id str", "total int"),
    ("rq", RQ, 'queue.enqueue(bill, kwargs={"order_id": "x"})', "order_id str"),
    ("rq", RQ, 'queue.enqueue_in(datetime.timedelta(1), bill, "x", timeout=3)', "order_id str", "timeout int"),
    ("rq", RQ, 'queue.enqueue_call(bill, ("x",), {"total": 3})', "order_id str", "total int"),
    ("rq", RQ, 'Scheduler().cron("* * * * *", bill, args=["x"], queue_name="low")', "order_id str"),
    ("rq", RQ, 'Scheduler().enqueue_in(datetime.timedelta(1), bill, "x", queue_name="low")', "order_id str"),
    ("rq", RQ, 'django_rq.enqueue(bill, "x")', "order_id str"),
    ("rq", RQ, 'queue.enqueue("elsewhere.bill", "x", total=3)', "total int", "..."),
    ("rq", RQ, "queue.enqueue(bill)"),
    ("rq", RQ, "from house import found\nqueue.enqueue(bill, *found())", "..."),
    (
        "rq",
        f"from rq.decorators import job\n@job('low')\n{BODY}",
        'bill.delay("x", at_front=True, note="n")',
        "order_id str",
        "note str",
    ),
    ("huey", HUEY, 'bill("x", 2)', "order_id str", "total int"),
    ("huey", HUEY, 'bill("x", note="n", priority=3)', "order_id str", "note str"),
    ("huey", HUEY, 'bill.schedule(args=("x",), kwargs={"total": 3}, delay=60)', "order_id str", "total int"),
    ("huey", HUEY, 'bill.schedule(("x", 2), delay=60)', "order_id str", "total int"),
    ("arq", ARQ, '    await pool.enqueue_job("bill", order_id="x", _job_id="y", _defer_by=3)', "order_id str"),
    ("arq", ARQ, '    await pool.enqueue_job("bill", "x", total=3)', "total int", "..."),
    ("arq", ARQ, '    await pool.enqueue_job("bill")'),
)


@pytest.mark.parametrize("case", OTHERS)
def test_what_other_queues_give_to_a_task(case: tuple[str, ...]) -> None:
    name, setup, code, *expected = case
    found = recognition(f"{setup}\n{code}\n", plugins=(PLUGINS[name],)).interactions
    (payload,) = [i.payload for i in found if i.role is Role.PUBLISH]
    assert (shown(payload) or ["..."] * (payload is None)) == expected


@pytest.mark.parametrize(
    ("name", "code", "expected"),
    [
        ("rq", f"{RQ}\nqueue.enqueue(bill, 'x')", ["order_id ...", "total int -...", "note -..."]),
        ("huey", HUEY, ["order_id ...", "total int -...", "note -..."]),
        ("huey", "from huey import RedisHuey\nhuey = RedisHuey()\n@huey.task(context=True)\ndef f(id, task): ...", ["id ..."]),
        ("huey", "from huey import RedisHuey\nhuey = RedisHuey()\n@huey.task()\ndef f(id, task): ...", ["id ...", "task ..."]),
        ("arq", "async def f(ctx, id): ...\nclass Worker:\n    functions = [f]\nimport arq", ["id ..."]),
        ("arq", "async def f(state, id: str): ...\nclass Worker:\n    functions = [f]\nimport arq", ["id str ..."]),
    ],
)
def test_what_tasks_of_other_queues_take(name: str, code: str, expected: list[str]) -> None:
    found = recognition(code + "\n", plugins=(PLUGINS[name],)).interactions
    (payload,) = [i.payload for i in found if i.role is Role.SUBSCRIBE]
    assert shown(payload) == expected


@pytest.mark.parametrize(
    ("code", "called"),
    [
        ("bill('x')", True),
        ("def run(id):\n    return bill(id)", True),
        ("bill.delay('x')", False),
        ("bill.apply_async(args=['x'])", False),
        ("app.send_task('app.bill', ['x'])", False),
        ("", False),
    ],
)
def test_a_task_may_be_called_like_any_other_function(code: str, called: bool) -> None:
    found = recognition(lines(TASK, code), plugins=(CELERY,)).interactions
    assert [i.called for i in found if i.role is Role.SUBSCRIBE] == [called]
