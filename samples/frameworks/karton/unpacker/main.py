"""Unpacks archives, whose files are files again."""

from typing import ClassVar

from karton.core import Karton, Resource, Task


class Mail:
    """Where the people in charge are told of bad archives."""

    def send_task(self, text: str) -> str:
        return text


class Unpacker(Karton):
    """Unpacks."""

    identity = "unpacker"
    filters: ClassVar = [
        {
            "type": "sample",
            "stage": "recognized",
            "kind": "archive",
        },  # flow: subscribe karton type:sample,stage:recognized,kind:archive
        {"type": "sample", "stage": "unrecognized", "quality": "!low"},  # flow: subscribe karton type:sample,stage:unrecognized*
    ]

    def process(self, task: Task) -> None:
        for name, content in self.unpack(task.get_resource("sample").content):
            child = Task(headers={"type": "sample", "kind": "raw"}, payload={"sample": Resource(name, content=content)})
            self.send_task(child)  # flow: publish karton type:sample,kind:raw
        Mail().send_task("unpacked")  # flow: nothing

    def unpack(self, content: bytes) -> list[tuple[str, bytes]]:
        return [("part", content[2:])]


if __name__ == "__main__":
    Unpacker().loop()
