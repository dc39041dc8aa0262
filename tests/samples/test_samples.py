"""Every sample system end to end: each aspect of its report is exactly what its comments and its expected.toml state."""

from __future__ import annotations

from collections.abc import Collection

import pytest
from flow_comments import compare, expectation, read_comments
from flowmap.descriptor_api import DescriptorReader
from flowmap.extensions import load_descriptors
from sample_systems import SAMPLES, System, edge_text, expected, found_findings, longest_chains, scanned, systems

every_system = pytest.mark.parametrize("system", [pytest.param(s, id=s.name) for s in systems()])


def differences(wanted: Collection[object], got: Collection[object]) -> list[str]:
    """What is missing and what is too much, one line each."""
    missing = [f"missing:      {item}" for item in sorted(wanted, key=str) if item not in got]
    return missing + [f"not expected: {item}" for item in sorted(got, key=str) if item not in wanted]


def fail_with(problems: list[str], system: System) -> None:
    if problems:
        pytest.fail("\n".join([f"{system.name}: {len(problems)} differences", *problems]), pytrace=False)


def test_there_are_systems() -> None:
    assert len(systems()) >= 7


@pytest.mark.parametrize("reader", [pytest.param(r, id=r.name) for r in load_descriptors()])
def test_every_format_has_a_file_in_a_sample(reader: DescriptorReader) -> None:
    assert any(reader.matches(p.relative_to(SAMPLES).as_posix()) for p in SAMPLES.rglob("*") if p.is_file())


@every_system
def test_sites(system: System) -> None:
    comments = read_comments(system.root)
    comments.expected += [expectation(*site) for site in expected(system).sites]
    fail_with(compare(comments, scanned(system).flow.interactions), system)


@every_system
def test_services(system: System) -> None:
    wanted = expected(system).services
    entries = {name for name, (_, entry) in wanted.items() if entry is not None}
    found = [(s.name, s.root, s.entry if s.name in entries else None) for s in scanned(system).flow.services]
    fail_with(differences([(name, root, entry) for name, (root, entry) in wanted.items()], found), system)


@every_system
def test_owners(system: System) -> None:
    stated = expected(system).owners
    assert {s.name: s.owners for s in scanned(system).flow.services if s.name in stated} == stated


@every_system
def test_edges(system: System) -> None:
    fail_with(differences(expected(system).edges, {edge_text(e) for e in scanned(system).flow.edges}), system)


@every_system
def test_findings(system: System) -> None:
    stated = expected(system)
    found = found_findings(scanned(system), stated)
    fail_with(differences(stated.findings, found) + [f"twice:        {f}" for f in set(found) if found.count(f) > 1], system)


@every_system
def test_suppressed(system: System) -> None:
    found = [(s.finding.code, s.finding.subject, s.by.how.value, s.by.reason) for s in scanned(system).suppressed]
    fail_with(differences(expected(system).suppressed, found), system)


@every_system
def test_chains(system: System) -> None:
    fail_with(differences(expected(system).chains, longest_chains(scanned(system))), system)
