"""What ARCHITECTURE.md promises, held."""

from __future__ import annotations

import ast
import importlib
import json
import os
import pkgutil
import re
import subprocess
import sys
from dataclasses import fields, is_dataclass
from pathlib import Path

import flowmap.model
import msgspec
import pytest
from flowmap.analysis import Settings, analyse
from flowmap.config import Config
from flowmap.frontend.summarise import summarise

ROOT = Path(__file__).parents[2]
SOURCES = sorted((*(ROOT / "analyzer").rglob("*.py"), *(ROOT / "plugins").rglob("*.py")))
SAMPLE = ROOT / "samples" / "order_choreography"
RUNS = {"eval", "exec", "compile", "__import__", "breakpoint", "input"}
FETCHES = {
    "socket",
    "http",
    "urllib.request",
    "ftplib",
    "smtplib",
    "requests",
    "httpx",
    "aiohttp",
    "pickle",
    "marshal",
    "shelve",
    "runpy",
}


def _imports(tree: ast.AST) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(a.name for a in node.names)
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


def _called(tree: ast.AST) -> set[str]:
    return {ast.unparse(n.func) for n in ast.walk(tree) if isinstance(n, ast.Call)}


@pytest.mark.parametrize("path", [pytest.param(p, id=p.relative_to(ROOT).as_posix()) for p in SOURCES])
def test_nothing_in_the_sources_can_run_or_fetch_anything(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not _imports(tree) & FETCHES
    assert not _called(tree) & (RUNS | {"importlib.import_module", "yaml.load", "yaml.unsafe_load", "os.system", "os.popen"})


def test_scanned_code_does_not_run(tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    (tmp_path / "conftest.py").write_text(f"open({str(mark)!r}, 'w')\n")
    (tmp_path / "setup.py").write_text(f"open({str(mark)!r}, 'w')\nfrom setuptools import setup\nsetup(name='x', version='1')\n")
    (tmp_path / "click.py").write_text(f"open({str(mark)!r}, 'w')\n")
    environment = {**os.environ, "FLOWMAP_CACHE_DIR": str(tmp_path / "cache")}
    done = subprocess.run(
        [sys.executable, "-m", "flowmap", "scan", "."], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert not mark.exists()


def test_a_summary_depends_on_its_file_alone() -> None:
    content = (SAMPLE / "payment/payment/worker.py").read_bytes()
    one, other = summarise("a.py", content), summarise("b/c.py", content)
    assert msgspec.structs.replace(one, path="b/c.py") == other
    assert summarise("a.py", b"def").problem
    assert summarise("a.py", b"\xff\xfe\x00").problem


def _scan(folder: Path, *, seed: int, workers: int, cache: Path) -> dict[str, object]:
    program = (
        "import sys; from pathlib import Path; from flowmap.analysis import Settings, analyse;"
        "from flowmap.config import load_config;"
        "from flowmap.reporters.json_report import REPORTER;"
        f"r = analyse(Path({str(folder)!r}), load_config(Path({str(folder)!r})), Settings({workers}, Path({str(cache)!r})));"
        "out = REPORTER.render(r); sys.stdout.write(out if isinstance(out, str) else out.decode())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": str(seed)}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)  # noqa: S603
    found: dict[str, object] = json.loads(done.stdout)
    stats = found["stats"]
    assert isinstance(stats, dict)
    stats.pop("seconds", None)
    return found


def test_the_report_is_the_same_however_it_is_made(tmp_path: Path) -> None:
    first = _scan(SAMPLE, seed=1, workers=1, cache=tmp_path / "cache")
    again = _scan(SAMPLE, seed=2, workers=2, cache=tmp_path / "cache")
    anew = _scan(SAMPLE, seed=3, workers=2, cache=tmp_path / "other")
    assert json.dumps(first) == json.dumps(again) == json.dumps(anew)
    assert first["interactions"]


def _stage_types() -> list[type]:
    modules = [importlib.import_module(f"flowmap.model.{m.name}") for m in pkgutil.iter_modules(flowmap.model.__path__)]
    return [v for m in modules for v in vars(m).values() if isinstance(v, type) and v.__module__ == m.__name__]


def test_values_between_stages_are_frozen() -> None:
    types = [t for t in _stage_types() if is_dataclass(t)]
    assert types
    loose = [t.__name__ for t in types if not t.__dataclass_params__.frozen or (fields(t) and "__slots__" not in vars(t))]  # type: ignore[attr-defined]
    structs = [t for t in _stage_types() if issubclass(t, msgspec.Struct)]
    loose += [t.__name__ for t in structs if not t.__struct_config__.frozen]
    assert loose == []


def test_the_model_knows_no_any() -> None:
    assert [p.name for p in (ROOT / "analyzer/flowmap/model").glob("*.py") if re.search(r"\bAny\b", p.read_text())] == []


def test_an_unresolved_site_is_a_blind_spot_with_a_reason(tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text(
        "import sys\nfrom kafka import KafkaProducer\nKafkaProducer().send(open(sys.argv[1]).read(), b'')\n"
    )
    report = analyse(tmp_path, Config(), Settings())
    (site,) = report.flow.interactions
    assert (site.channel, bool(site.unresolved), site.location.line) == (None, True, 3)


TOUCHES = re.compile(
    r"\bos\.environ\[|\bos\.environ\.|\bos\.getenv\(|\bsys\.exit\(|\bsys\.stdout\b|\bsys\.stderr\b|(?<!\.)\bprint\(|\bos\._exit\("
)


def test_only_the_command_line_touches_the_process() -> None:
    outside = [p for p in SOURCES if "cli" not in p.parts and p.name != "__main__.py" and "flowmap_plugins" not in p.parts]
    code = {p: ast.unparse(_without_texts(ast.parse(p.read_text(encoding="utf-8")))) for p in outside}
    found = {p.relative_to(ROOT).as_posix() for p, text in code.items() if TOUCHES.search(text)}
    assert found == {"analyzer/flowmap/frontend/workers.py"}, "the worker processes write their summaries to their standard output"


def _without_texts(tree: ast.Module) -> ast.Module:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = ""
    return tree


BOUNDARIES = {
    "analyzer/flowmap/extensions.py": "an entry point is somebody else's code",
    "analyzer/flowmap/project/descriptors.py": "so is a reader",
    "analyzer/flowmap/frontend/workers.py": "an exception crosses from a thread to its caller",
    "analyzer/flowmap/linker/recognise.py": "so is a plugin",
    "analyzer/flowmap/checking.py": "and a rule",
    "analyzer/flowmap/cli/program.py": "the last boundary: exit code 2 and a sentence",
}


def test_broad_handlers_stand_at_boundaries_only() -> None:
    broad = re.compile(r"^\s*except(?: \(?(?:Base)?Exception\b|:)", re.MULTILINE)
    assert {p.relative_to(ROOT).as_posix() for p in SOURCES if broad.search(p.read_text(encoding="utf-8"))} == set(BOUNDARIES)


def test_the_page_names_tests_that_exist() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8"))
    assert named
    assert [f"{path}::{test}" for path, test in named if f"def {test}(" not in (ROOT / path).read_text(encoding="utf-8")] == []
