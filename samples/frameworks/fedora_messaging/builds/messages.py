"""What is said of builds."""

from typing import Any, Self

from fedora_messaging.message import Message


class BuildMessage(Message):
    """A message about a build."""

    @classmethod
    def of(cls, build: str, **more: Any) -> Self:
        return cls(body={"build": build, **more})


class BuildStarted(BuildMessage):
    """A build began."""

    topic = "builds.build.started"


class BuildDone(BuildMessage):
    """A build ended."""

    topic = "builds.build.done"
