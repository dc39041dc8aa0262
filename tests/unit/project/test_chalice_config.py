"""The configuration of Chalice: an application and what it is told."""

from __future__ import annotations

import pytest
from fixtures import Read, Scan
from flowmap.project.readers.chalice import READER

CONFIG = """{
  "app_name": "photos",
  "environment_variables": {"A": "common", "B": "kept"},
  "stages": {"dev": {"environment_variables": {"A": "mine"}}, "prod": {"environment_variables": {"A": "theirs"}}}
}"""


def test_an_application(scan: Scan) -> None:
    (service,) = scan({"photos/.chalice/config.json": CONFIG, "photos/app.py": "import chalice\n"}).services
    assert (service.name, service.root) == ("photos", "photos")
    assert [(s.name, s.value, s.location.line) for s in service.environment] == [("A", "mine", 4), ("B", "kept", 3)]


@pytest.mark.parametrize(
    ("content", "problem"),
    [("{", True), ("[]", False), ("", False), ('{"stages": {}}', False), ('{"app_name": {"a": 1}}', False)],
)
def test_what_is_no_application_says_nothing(read: Read, content: str, problem: bool) -> None:
    found = read(READER, {"photos/.chalice/config.json": content})
    assert (found.processes, bool(found.diagnostics)) == ((), problem)
