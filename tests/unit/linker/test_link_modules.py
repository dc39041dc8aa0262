"""Task names hold the dotted name of their module: the one under which the running service knows it."""

from __future__ import annotations

from pathlib import Path

import pytest
from flowmap.analysis import Settings, analyse
from flowmap.config import Config

TASK = "from celery import shared_task\n@shared_task\ndef run(): ...\n"
IMAGE = "FROM python:3.12\nWORKDIR /app\nCOPY . .\nCMD celery -A tasks worker\n"


@pytest.mark.parametrize(
    ("files", "channel"),
    [
        ({"tasks.py": TASK}, "tasks.run"),
        ({"shop/__init__.py": "", "shop/tasks.py": TASK}, "shop.tasks.run"),
        ({"svc/Dockerfile": IMAGE, "svc/__init__.py": "", "svc/tasks.py": TASK}, "tasks.run"),
        (
            {"svc/Dockerfile": IMAGE, "svc/__init__.py": "", "svc/main.py": "import svc.tasks\n", "svc/tasks.py": TASK},
            "svc.tasks.run",
        ),
        (
            {"svc/Dockerfile": IMAGE, "svc/src/jobs/tasks.py": TASK, "svc/src/main.py": "from src.jobs import tasks\n"},
            "src.jobs.tasks.run",
        ),
        ({"svc/Dockerfile": IMAGE, "svc/jobs/tasks.py": TASK, "svc/main.py": "from jobs.tasks import run\n"}, "jobs.tasks.run"),
        (
            {"src/shop/__init__.py": "", "src/shop/tasks.py": TASK, "src/shop/main.py": "from shop.tasks import run\n"},
            "shop.tasks.run",
        ),
        ({"src/shop/__init__.py": "", "src/shop/tasks.py": TASK, "src/shop/main.py": "from .tasks import run\n"}, "shop.tasks.run"),
    ],
)
def test_names(tmp_path: Path, files: dict[str, str], channel: str) -> None:
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    found = analyse(tmp_path, Config(), Settings(workers=1)).flow.interactions
    assert {i.channel for i in found} == {channel}
