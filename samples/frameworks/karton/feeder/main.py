"""Feeds files into the system."""

import sys
from pathlib import Path

from karton.core import Producer, Resource, Task


def feed(producer: Producer, path: Path) -> None:
    task = Task({"type": "sample", "kind": "raw"})
    task.add_resource("sample", Resource(path.name, content=path.read_bytes()))
    producer.send_task(task)  # flow: publish karton type:sample,kind:raw


if __name__ == "__main__":
    feed(Producer(identity="feeder"), Path(sys.argv[1]))
