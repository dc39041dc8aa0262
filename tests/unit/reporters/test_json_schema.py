"""The published schema is that of the code, and what a scan writes keeps to it."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
from flowmap.analysis import Settings, analyse
from flowmap.config import load_config
from flowmap.model.gate import Bar, Gate
from flowmap.model.report import Report
from flowmap.reporters.json_models import SCHEMA_FILE, ReportModel, json_schema_text
from flowmap.reporters.json_report import render
from flows import full_report, report, system

VALIDATOR = jsonschema.Draft202012Validator(json.loads(json_schema_text()))
SAMPLES = sorted(p.parent for p in (Path(__file__).parents[3] / "samples").rglob("README.md") if p.parent.name != "samples")


def test_the_published_schema_is_fresh() -> None:
    published = files("flowmap.reporters").joinpath(SCHEMA_FILE).read_text(encoding="utf-8")
    assert published == json_schema_text(), "run `flowmap schema > analyzer/flowmap/reporters/flowmap-1.schema.json`"


def test_the_schema_is_one_and_describes_what_the_contract_names() -> None:
    schema = VALIDATOR.schema
    VALIDATOR.check_schema(schema)
    assert set(schema["required"]) >= {
        "services", "interactions", "edges", "externals", "chains", "findings", "workflows", "blind_spots", "diagnostics", "stats",
    }  # fmt: skip
    assert schema["additionalProperties"] is False


@pytest.mark.parametrize(
    "whole",
    [full_report(), report(system()), replace(full_report(), gate=Gate(Bar(), failing=full_report().findings[:1], stale=("x",)))],
)
def test_reports_keep_to_the_schema(whole: Report) -> None:
    VALIDATOR.validate(json.loads(render(whole)))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda p: p.name)
def test_samples_keep_to_the_schema(sample: Path) -> None:
    whole = analyse(sample, load_config(sample, None), Settings(workers=1))
    written = render(whole)
    assert written == render(whole)
    read = json.loads(written)
    VALIDATOR.validate(read)
    ReportModel.model_validate(read)


def test_every_reference_leads_somewhere() -> None:
    sample = next(s for s in SAMPLES if s.name == "order_choreography")
    read = json.loads(render(analyse(sample, load_config(sample, None), Settings(workers=1))))
    known = {i["id"] for i in (*read["interactions"], *read["outside"])}
    assert len(known) == len(read["interactions"]) + len(read["outside"])
    named = [i for e in read["edges"] for i in e["interactions"]]
    named += [i for c in read["chains"] for i in c["interactions"]]
    named += [t for i in read["interactions"] for t in i["triggers"]]
    named += [b["interaction"] for b in read["blind_spots"]]
    named += [w["trigger"] for w in read["workflows"]]
    named += [i for w in read["workflows"] for s in w["steps"] for i in (*s["interactions"], *s["reaches"])]
    assert set(named) <= known
    parties = {s["name"] for s in read["services"]} | {f"external:{e['name']}" for e in read["externals"]}
    assert {n for e in read["edges"] for n in (e["source"], e["target"])} <= parties
    assert {n for w in read["workflows"] for s in w["steps"] for n in (s["source"], *s["targets"])} <= parties
