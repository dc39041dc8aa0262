"""A pytest plugin: the fixture `flowmap` is the report of the system that a project's tests are beside.

    def test_architecture(flowmap):
        flowmap.assert_no_edge("billing", "crm", kind="sync")

It scans once per session, when a test first asks for it; without such a test nothing is loaded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from flowmap.api import Report


def pytest_addoption(parser: pytest.Parser) -> None:
    """The keys of pytest's own configuration."""
    parser.addini("flowmap_paths", "folders that flowmap scans as one system, from the root of the tests", "args", default=["."])
    parser.addini("flowmap_config", "flowmap's configuration file, if it is not at the root of what is scanned", default="")


@pytest.fixture(scope="session", name="flowmap")
def flowmap_report(request: pytest.FixtureRequest) -> Report:
    """The report of what `flowmap_paths` names; a failure of flowmap fails the test with its message."""
    from flowmap.api import analyse
    from flowmap.errors import FlowmapError

    root, config = request.config.rootpath, request.config.getini("flowmap_config")
    paths = [root / path for path in request.config.getini("flowmap_paths")]
    try:
        return analyse(*paths, config=root / config if config else None)
    except FlowmapError as error:
        pytest.fail(str(error), pytrace=False)
