"""What each repository's own scan says, merged, is what a scan of all of them says."""

from __future__ import annotations

import json

import pytest
from flowmap.analysis import Settings, analyse
from flowmap.config import Config, load_config
from flowmap.merging import merged
from flowmap.reporters.json_artefact import artefact
from flowmap.reporters.json_report import render
from sample_systems import System, expected, scanned, systems

SEVERAL = [s for s in systems() if expected(s).repositories]


@pytest.mark.parametrize("system", SEVERAL, ids=lambda s: s.name)
def test_scanned_together_or_merged(system: System) -> None:
    roots = [system.root / name for name in expected(system).repositories]
    each = [render(analyse(root, load_config(root), Settings(workers=1))).encode() for root in roots]
    joined = merged([artefact(content, root.name) for content, root in zip(each, roots, strict=True)], Config())
    assert json.loads(render(joined)) == json.loads(render(scanned(system)))


@pytest.mark.parametrize("system", SEVERAL, ids=lambda s: s.name)
def test_no_repository_shows_the_system_alone(system: System) -> None:
    roots = [system.root / name for name in expected(system).repositories]
    alone = sum(len(analyse(root, load_config(root), Settings(workers=1)).flow.chains) for root in roots)
    assert alone == 0 < len(scanned(system).flow.chains)


@pytest.mark.parametrize("system", systems(), ids=lambda s: s.name)
def test_a_report_read_again_says_the_same(system: System) -> None:
    content = render(scanned(system))
    config = load_config(system.root)
    again = render(merged([artefact(content.encode(), "it")], config, local=expected(system).local))
    assert json.loads(again) == json.loads(content)
