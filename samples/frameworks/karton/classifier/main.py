"""Tells archives from other files."""

from typing import ClassVar

from karton.core import Karton, Task

KNOWN, OTHER = {"type": "sample", "stage": "recognized"}, {"type": "sample", "stage": "unrecognized"}
MAGIC = {b"PK": "archive", b"MZ": "runnable"}


class Classifier(Karton):
    """Looks at the first two bytes."""

    identity = "classifier"
    filters: ClassVar = [
        {"type": "sample", "kind": "raw"},  # flow: subscribe karton type:sample*,kind:raw handler=Classifier.process
    ]

    def process(self, task: Task) -> None:
        kind = MAGIC.get(task.get_resource("sample").content[:2])
        if kind is None:
            self.send_task(task.derive_task(OTHER))  # flow: publish karton type:sample,stage:unrecognized
        elif kind == "archive":
            self.send_task(
                task.derive_task({**KNOWN, "kind": "archive"})
            )  # flow: publish karton type:sample,stage:recognized,kind:archive
        else:
            headers = {"type": "sample", "stage": "recognized", "kind": "runnable"}
            self.send_task(task.derive_task(headers))  # flow: publish karton type:sample,stage:recognized,kind:runnable


if __name__ == "__main__":
    Classifier().loop()
