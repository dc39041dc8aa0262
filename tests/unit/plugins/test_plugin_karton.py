"""Karton: tasks by their headers, filters of services, and what only looks like them."""

from __future__ import annotations

from sightings import checks

SETUP = """
from karton.core import Consumer, Karton, Producer, Task
Producer(identity="control").send_task(Task({"type": "control"}))
"""
CONTROL = "publish karton type:control (task)"
_BY = " (task) glob by One.process"

FORMS = [
    ("Producer().send_task(Task(headers={'type': 'sample', 'kind': 'raw'}))", "publish karton type:sample,kind:raw (task)"),
    (
        "t = Task({'kind': 'raw', 'stage': 'recognized', 'type': 'sample', 'quality': 'high'})\nProducer().send_task(task=t)",
        "publish karton type:sample,stage:recognized,kind:raw (task)",
    ),
    (
        """
        class One(Karton):
            filters = [{"type": "sample"}, {"kind": "raw"}]
            def process(self, task):
                self.send_task(task.derive_task({"type": "done"}))
        """,
        "publish karton type:done (task)",
        "subscribe karton *kind:raw" + _BY,
        "subscribe karton type:sample*" + _BY,
    ),
    (
        """
        RAW = {"type": "sample", "kind": "raw"}
        class One(Consumer):
            filters = [RAW]
            def process(self, task: Task) -> None: ...
        """,
        "subscribe karton type:sample*,kind:raw" + _BY,
    ),
    (
        """
        from karton.core.asyncio import Karton as Waiting
        class One(Waiting):
            filters = [{"type": "sample", "stage": "recognized", "kind": "!runnable"}]
            async def process(self, task):
                await self.send_task(Task({"type": "sample", "stage": "analyzed"}))
        """,
        "publish karton type:sample,stage:analyzed (task)",
        "subscribe karton type:sample,stage:recognized*" + _BY,
    ),
    (
        """
        class One(Karton):
            filters = []
            def process(self, task):
                self.tag("sample")
            def tag(self, kind):
                self.send_task(Task({"type": kind, "stage": "analyzed"}))
        """,
        "publish karton type:sample,stage:analyzed (task)",
    ),
]
LOOK_ALIKES = [
    "class Mail:\n    def send_task(self, task): ...\nMail().send_task(Task({'type': 'x'}))",
    "Task({'type': 'sample', 'kind': 'raw'})",
    "class One(Karton):\n    filters = [{'quality': 'high'}]\n    def process(self, task): ...",
    "class One:\n    filters = [{'type': 'sample'}]\n    def process(self, task): ...",
    "from celery import Celery\nCelery().tasks",
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES, CONTROL)
