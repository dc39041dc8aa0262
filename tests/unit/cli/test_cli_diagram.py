"""`flowmap diagram`."""

from __future__ import annotations

from pathlib import Path

import pytest
from tinyshop import Run


@pytest.mark.parametrize("view", ["services", "choreography"])
@pytest.mark.parametrize(("form", "start"), [("mermaid", "flowchart"), ("dot", "digraph"), ("svg", "<?xml")])
def test_views_of_the_system(run: Run, view: str, form: str, start: str) -> None:
    done = run("diagram", "--view", view, "-f", form)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith(start)
    assert "placed" in done.stdout


@pytest.mark.parametrize(("view", "start"), [("trace", "flowchart"), ("sequence", "sequenceDiagram")])
def test_views_of_a_trigger(run: Run, view: str, start: str) -> None:
    assert run("diagram", "--view", view, "--of", "POST /orders").stdout.startswith(start)


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("a.svg", b"<?xml"),
        ("a.PNG", b"\x89PNG"),
        ("a.pdf", b"%PDF"),
        ("a.dot", b"digraph"),
        ("a.gv", b"digraph"),
        ("a.mmd", b"flowchart"),
    ],
)
def test_the_ending_of_a_file_names_the_format(run: Run, tree: Path, name: str, start: bytes) -> None:
    done = run("diagram", "-o", name)
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr.startswith(f"wrote {name} (choreography, ")
    assert (tree / name).read_bytes().startswith(start)


def test_a_dash_is_standard_output(run: Run, tree: Path) -> None:
    assert run("diagram", "-o", "-", "-f", "dot").stdout.startswith("digraph")
    assert run("diagram", "-o", "-").stdout.startswith("flowchart")
    assert not (tree / "-").exists()


def test_sequences_are_pictures_too(run: Run, tree: Path) -> None:
    assert run("diagram", "--view", "sequence", "--of", "order-placed", "-o", "a.svg", "-q").stderr == ""
    assert b"publishes invoice" in (tree / "a.svg").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "kept"),
    [
        (["--focus", "stock"], {"stock", "orders"}),
        (["--focus", "stock", "--depth", "0"], {"stock"}),
        (["--focus", "stock", "--focus", "billing", "--depth", "0"], {"stock", "billing"}),
        (["--no-externals"], {"stock", "orders", "billing"}),
    ],
)
def test_pictures_can_be_narrowed(run: Run, arguments: list[str], kept: set[str]) -> None:
    text = run("diagram", "--view", "services", *arguments).stdout
    assert {name for name in ("stock", "orders", "billing") if f"service_{name}[" in text} == kept


def test_folders_can_be_collapsed(run: Run, tree: Path) -> None:
    assert 'group_[["' not in run("diagram").stdout
    text = run("diagram", tree, "--collapse", ".").stdout
    assert '[["' in text
    assert "service_orders" not in text


def test_every_domain_can_be_collapsed(run: Run, tree: Path) -> None:
    for name in ("orders", "stock"):
        (tree / "shop" / name).mkdir(parents=True)
        (tree / name / "app.py").rename(tree / "shop" / name / "app.py")
    compose = (tree / "docker-compose.yml").read_text().replace("build: ", "build: shop/").replace("shop/billing", "billing")
    (tree / "docker-compose.yml").write_text(compose)
    assert 'group_shop[["shop<br/>2 services"]]' in run("diagram", "--collapse", "auto").stdout


def test_a_picture_too_large_to_be_read_says_so(run: Run, tree: Path) -> None:
    sent = "".join(f"producer.send('topic-{number}', b'')\n" for number in range(99))
    (tree / "orders" / "app.py").write_text((tree / "orders" / "app.py").read_text() + sent)
    assert "a large picture (" in run("diagram", "-f", "dot").stderr
    assert run("diagram", "-f", "dot", "-q").stderr == ""


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--view", "trace"], 2, "--of"),
        (["-o", "picture"], 2, "its ending names no format"),
        (["-o", "a.jpeg"], 2, "its ending names no format"),
        (["--view", "trace", "--of", "order-plced"], 2, "Near names: order-placed"),
        (["--focus", "stok"], 2, "Did you mean stock?"),
        (["--collapse", "nowhere"], 2, "no service of this picture lies there"),
        (["-o", "nowhere/a.svg"], 2, "create it first"),
        (["--view", "trace", "--of", "order-placed", "--focus", "stock"], 2, "narrow a whole system"),
        (["-o", "orders", "-f", "svg"], 2, "it is a folder"),
    ],
)
def test_what_cannot_be_drawn_is_said(run: Run, arguments: list[str], code: int, said: str) -> None:
    done = run("diagram", *arguments)
    assert (done.exit_code, done.stdout) == (code, "")
    assert said in done.stderr
