"""Attributes that may hold a function, and those that what is written says to hold something else."""

from __future__ import annotations

import pytest
from flowmap.linker.holding import Holding
from linking import lines, run, viewed


@pytest.mark.parametrize(
    "source",
    [
        "class A:\n    run: Callable[[str], None]",
        "class A:\n    run: 'Callable[[str], None]'",
        "class A:\n    run: Callable[[str], None] | None = None",
        "class A:\n    run: Optional[Callable[[str], None]]",
        "class A:\n    run: 'str | Handler'",
        "class A:\n    run: Any",
        "Handler = Callable[[str], None]\nclass Handler: ...\nclass A:\n    run: Handler",
        "class Base: ...\nclass Called(Base):\n    def __call__(self): ...\nclass A:\n    run: Called",
        "class Base: ...\nclass Called(Base):\n    def __call__(self): ...\nclass A:\n    run: Base",
        "class A:\n    run: type[Job]",
        "class A:\n    def __init__(self, run):\n        self.run = run",
        "class A:\n    def __init__(self, run: Callable[[str], None]):\n        self.run = run",
        "class A:\n    def __init__(self, run: str = ''):\n        run = chosen()\n        self.run = run",
        "class A:\n    def __init__(self):\n        self.run = lambda: None",
        "class A:\n    def __init__(self, other):\n        self.run = other.start",
        "class A:\n    def __init__(self, run=None):\n        self.run = run or print",
        "def start(): ...\na.run = start",
        "from jobs import start\na.run = start",
        "for start in starts:\n    a.run = start",
        "start, stop = both\na.run = start",
        "start = table['start']\na.run = start",
        "class Called:\n    def __call__(self): ...\na.run = Called()",
    ],
)
def test_a_function_may_be_held(source: str) -> None:
    assert "run" in Holding(viewed(source)).attributes()


@pytest.mark.parametrize(
    "source",
    [
        "class A:\n    run: str",
        "class A:\n    run: 'str'",
        "class A:\n    run: list[Job] = []",
        "class A:\n    run: 'list[Job]'",
        "class A:\n    run: dict[str, Callable[[], None]]",
        "class A:\n    run: Optional[int] = None",
        "class A:\n    run: int | None = None",
        "class A:\n    run: datetime.datetime",
        "class A:\n    run: Mapped[int]",
        "class Job: ...\nclass A:\n    run: Job",
        "class Job: ...\nclass A:\n    run: 'jobs.Job'",
        "class A:\n    def __init__(self, run: str):\n        self.run = run",
        "class A:\n    def __init__(self, run: list[str] | None = None):\n        self.run = run or []",
        "class A:\n    def __init__(self, *run):\n        self.run = run",
        "class A:\n    def __init__(self):\n        run = []\n        self.run = run",
        "class Job: ...\nclass A:\n    def __init__(self):\n        run = Job()\n        self.run = run",
        "class A:\n    def __init__(self):\n        self.run = 5",
        "class A:\n    def run(self): ...",
    ],
)
def test_something_else_is_held(source: str) -> None:
    assert "run" not in Holding(viewed(source)).attributes()


@pytest.mark.parametrize(
    ("field", "found"),
    [("run: Callable[[], None]", True), ("", True), ("run: 'Runs'", True), ("run: str", False)],
)
def test_what_is_held_is_run_where_the_attribute_is_called(field: str, found: bool) -> None:
    fields = f"@dataclass\nclass Job:\n    {field}" if field else "class Job:\n    def __init__(self, run):\n        self.run = run"
    source = lines("def first(): ...", fields, "def go():\n    Job(run=first).run()")
    assert ("go -> first" in run(source)) is found
