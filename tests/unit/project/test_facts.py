"""Files that are given as facts: they count wherever they lie and whatever they are called, and lead to nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from flowmap.config import Config, load_config
from flowmap.descriptor_api import DescriptorReader
from flowmap.errors import ConfigError, PathError
from flowmap.extensions import load_plugins
from flowmap.model.project import Project
from flowmap.project.discover import discover
from flowmap.project.systems import alone

PLUGINS = load_plugins()

Found = Callable[..., Project]
SYSTEM = {
    "orders/app.py": "print('orders')\n",
    "orders/requirements.txt": "",
    "stock/app.py": "print('stock')\n",
    "stock/requirements.txt": "",
}
HEAD = "asyncapi: 2.6.0\ninfo: {title: %s}\nservers: {s: {protocol: kafka}}\n"
STOCK_OUT = HEAD % "Goods Service" + "channels: {moved: {subscribe: {}}}\n"


@pytest.fixture
def found(tmp_path: Path, readers: tuple[DescriptorReader, ...]) -> Found:
    """Writes a system and files beside it, and discovers the system with some of either as facts."""

    def run(files: Mapping[str, str], *given: str, config: Config | None = None) -> Project:
        system = {f"system/{path}": text for path, text in SYSTEM.items()}
        for path, text in {**system, **files}.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text)
        return discover(alone(tmp_path / "system", config or Config()), readers, PLUGINS, tuple(tmp_path / path for path in given))

    return run


def _said(project: Project) -> list[tuple[str, str]]:
    return [(e.name, f"{w.role} {w.channel or w.operation} {w.location}") for e in project.externals for w in e.does]


@pytest.mark.parametrize(
    ("files", "given", "expected"),
    [
        ({"goods/x.yaml": STOCK_OUT}, (), []),
        ({"goods/x.yaml": STOCK_OUT}, ("goods/x.yaml",), [("goods", "publish moved <facts>/goods/x.yaml:4")]),
        ({"goods/x.yaml": STOCK_OUT}, ("goods",), [("goods", "publish moved <facts>/goods/x.yaml:4")]),
        ({"all/a/x.yml": STOCK_OUT, "all/README.md": ""}, ("all",), [("goods", "publish moved <facts>/all/a/x.yml:4")]),
        ({"goods/x.txt": STOCK_OUT}, ("goods/x.txt",), [("goods", "publish moved <facts>/goods/x.txt:4")]),
        ({"goods/x.txt": STOCK_OUT}, ("goods",), []),
        # as much of the paths as tells the given folders apart
        (
            {"a/docs/x.yaml": STOCK_OUT, "b/docs/x.yaml": STOCK_OUT.replace("moved", "gone")},
            ("a/docs", "b/docs/x.yaml"),
            [("goods", "publish moved <facts>/a/docs/x.yaml:4"), ("goods", "publish gone <facts>/b/docs/x.yaml:4")],
        ),
        (
            {"a/docs/x.yaml": STOCK_OUT, "a/docs/y.yaml": STOCK_OUT},
            ("a/docs/x.yaml", "a/docs/y.yaml", "a/docs"),
            [("goods", "publish moved <facts>/docs/x.yaml:4")],
        ),
        (
            {"a/docs/x.yaml": STOCK_OUT, "b/x.yaml": STOCK_OUT.replace("moved", "gone")},
            ("a/docs", "b"),
            [("goods", "publish moved <facts>/docs/x.yaml:4"), ("goods", "publish gone <facts>/b/x.yaml:4")],
        ),
        ({"system/docs/x.yaml": STOCK_OUT}, ("system/docs",), [("goods", "publish moved docs/x.yaml:4")]),
        ({"system/specs/x.yaml": STOCK_OUT}, ("system/specs/x.yaml",), [("goods", "publish moved specs/x.yaml:4")]),
        ({"system/clients/x.yaml": STOCK_OUT}, ("system/clients/x.yaml",), [("goods", "publish moved clients/x.yaml:4")]),
        ({"system/specs/x.yaml": STOCK_OUT}, ("system/specs/x.yaml", "system/specs"), [("goods", "publish moved specs/x.yaml:4")]),
        # of services of the scan, whose code is there
        ({"x.yaml": STOCK_OUT.replace("Goods", "Stock")}, ("x.yaml",), []),
        ({"system/orders/x.yaml": STOCK_OUT}, ("system/orders/x.yaml",), []),
        # a document without a title goes by its file
        (
            {"all/goods.asyncapi.yaml": STOCK_OUT.replace("info: {title: Goods Service}\n", "")},
            ("all",),
            [("goods", "publish moved <facts>/all/goods.asyncapi.yaml:3")],
        ),
        (
            {"a/x.yaml": "openapi: 3.0.0\ninfo: {title: Goods}\npaths:\n  /a:\n    get: {}\n", "a/y.yaml": STOCK_OUT},
            ("a",),
            [("goods", "serve GET /a <facts>/a/x.yaml:5"), ("goods", "publish moved <facts>/a/y.yaml:4")],
        ),
    ],
)
def test_what_is_given_counts(found: Found, files: dict[str, str], given: tuple[str, ...], expected: list[tuple[str, str]]) -> None:
    assert _said(found(files, *given)) == expected


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("../shared/c.yaml#/c", [("goods", "publish a <facts>/all/shared/c.yaml:2")]),
        ("../../secret.yaml#/c", []),
        ("../../../secret.yaml#/c", []),
        ("../../system/secret.yaml#/c", []),
    ],
)
def test_references_stay_in_the_given_folder(found: Found, reference: str, expected: list[tuple[str, str]]) -> None:
    channel = "c:\n  subscribe: {}\n"
    text = HEAD % "Goods" + f"channels: {{a: {{$ref: '{reference}'}}}}\n"
    files = {"all/goods/x.yaml": text, "all/shared/c.yaml": channel, "secret.yaml": channel, "system/secret.yaml": channel}
    assert _said(found(files, "all")) == expected


@pytest.mark.parametrize(
    ("files", "given", "expected"),
    [
        ({"x.yaml": "a: b\n"}, "x.yaml", ["/x.yaml:1: given as facts, and no document"]),
        ({"all/x.yaml": "a: b\n"}, "all", []),
        ({"all/x.yaml": "asyncapi: 2.0.0\nchannels: [\n"}, "all", ["/all/x.yaml:3: AsyncAPI document cannot be read"]),
        ({"all/x.json": " " * 5_000_001}, "all", ["/all/x.json:1: file of facts cannot be read, or is larger"]),
        ({"all/x.yaml": STOCK_OUT.replace("kafka", "")}, "all", ["/all/x.yaml:4: neither a server nor a binding"]),
        ({"system/x.yaml": "asyncapi: 2.0.0\nchannels: [\n"}, "system/x.yaml", ["x.yaml:3: AsyncAPI document cannot be read"]),
    ],
)
def test_what_is_wrong_is_said(found: Found, files: dict[str, str], given: str, expected: list[str]) -> None:
    said = [f"{d.location}: {d.message}" for d in found(files, given).diagnostics]
    assert [one[one.find(part) :][: len(part)] for one, part in zip(said, expected, strict=True)] == expected


def test_links_lead_nowhere_else(found: Found, tmp_path: Path) -> None:
    (tmp_path / "all").mkdir()
    (tmp_path / "x.yaml").write_text(STOCK_OUT)
    (tmp_path / "all" / "x.yaml").symlink_to(tmp_path / "x.yaml")
    (tmp_path / "all" / "up").symlink_to(tmp_path)
    assert _said(found({}, "all")) == []


def test_a_folder_without_end_is_read_within_bounds(found: Found) -> None:
    project = found({f"all/{n:04}.yaml": "" for n in range(2_002)}, "all")
    assert [str(d.location) for d in project.diagnostics] == ["<facts>/all/2000.yaml:1"]


def test_the_configuration_may_give_facts_of_the_scan(found: Found, tmp_path: Path) -> None:
    files = {"system/docs/x.yaml": STOCK_OUT, "system/flowmap.toml": "facts = ['docs']\n"}
    found(files)
    assert _said(found(files, config=load_config(tmp_path / "system"))) == [("goods", "publish moved docs/x.yaml:4")]


def test_what_is_not_there_is_refused(found: Found) -> None:
    with pytest.raises(PathError, match="do not exist"):
        found({}, "nowhere.yaml")
    with pytest.raises(PathError, match="do not exist"):
        found({}, config=Config(facts=["nowhere"]))
    with pytest.raises(ConfigError, match="outside of the scanned folder"):
        found({"x.yaml": STOCK_OUT}, config=Config(facts=["../x.yaml"]))


def test_code_names_documents_of_the_scan_only(found: Found) -> None:
    document = "openapi: 3.0.0\ninfo: {title: Goods}\npaths: {/a: {get: {operationId: app.a}}}\n"
    files = {"goods/openapi.yaml": document, "system/orders/openapi.yaml": document}
    assert [d.path for d in found(files, "goods").documents] == ["orders/openapi.yaml"]
