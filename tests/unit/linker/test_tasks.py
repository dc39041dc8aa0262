"""What tasks are given, and what they take, by the names of their parameters."""

import pytest
from flowmap.extensions import load_plugins
from flowmap.model.interaction import Role
from linking import lines, recognition
from messages import shown

CELERY = next(p for p in load_plugins() if p.name == "celery")
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
