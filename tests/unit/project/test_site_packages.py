"""The folders of an environment: which of its files an import means, and that nothing leads out of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from flowmap.config import Config
from flowmap.errors import ConfigError, PathError
from flowmap.project import libraries as following
from flowmap.project.files import LARGEST_SOURCE
from flowmap.project.libraries import Libraries, libraries
from flowmap.project.site_packages import SitePackages, site_packages
from flowmap.project.systems import alone

Write = Callable[[Path, dict[str, str]], Path]
BUS = "import kafka\n"


@pytest.fixture
def write(writer: Write) -> Write:
    return writer


def opened(folder: Path, environment: Path) -> SitePackages:
    (folder / "system").mkdir(exist_ok=True)
    return site_packages(alone(folder / "system", Config()), (environment,))


def found(packages: SitePackages, *wanted: str) -> Libraries:
    return libraries(wanted, packages, lambda name: name.partition(".")[0] == "kafka", lambda name: name == "kafka")


def paths(result: Libraries) -> list[str]:
    return [f.path.removeprefix("<environment>/") for f in result.files]


def complaints(result: Libraries) -> list[str]:
    return [f"{d.location.path if d.location else ''}: {d.message}" for d in result.diagnostics]


@pytest.mark.parametrize(
    ("folder", "given"),
    [
        ("venv/lib/python3.12/site-packages", "venv"),
        ("venv/Lib/site-packages", "venv"),
        ("site-packages", "site-packages"),
        ("vendored", "vendored"),
        ("venv/lib/python3.9/site-packages", "venv/lib/python3.9/site-packages"),
    ],
)
def test_where_packages_lie(tmp_path: Path, write: Write, folder: str, given: str) -> None:
    write(tmp_path / folder, {"bus/__init__.py": BUS, "bus-1.0.dist-info/METADATA": ""})
    assert paths(found(opened(tmp_path, tmp_path / given), "bus")) == ["bus/__init__.py"]


def test_the_newest_python_of_several(tmp_path: Path, write: Write) -> None:
    for version in ("3.9", "3.12"):
        write(tmp_path / "venv/lib" / f"python{version}" / "site-packages", {f"bus{version[2:]}.py": BUS})
    assert paths(found(opened(tmp_path, tmp_path / "venv"), "bus9", "bus12")) == ["bus12.py"]


@pytest.mark.parametrize(
    ("name", "message"), [("absent", "does not exist"), ("empty", "holds no packages"), ("file", "no packages")]
)
def test_what_is_no_environment(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(PathError, match=message):
        opened(tmp_path, tmp_path / name)


@pytest.mark.parametrize(
    ("files", "wanted", "expected"),
    [
        ({"bus.py": BUS}, ["bus"], ["bus.py"]),
        ({"bus.py": BUS, "bus/__init__.py": BUS}, ["bus"], ["bus/__init__.py"]),
        ({"bus/__init__.py": "", "bus/io.py": BUS}, ["bus.io", "bus.io.send"], ["bus/__init__.py", "bus/io.py"]),
        ({"corp/bus/__init__.py": BUS}, ["corp.bus"], ["corp/bus/__init__.py"]),
        ({"bus/__init__.py": "from . import io", "bus/io.py": BUS}, ["bus"], ["bus/__init__.py", "bus/io.py"]),
        ({"bus/__init__.py": "from .io import (\n  x,  # y\n  z)", "bus/io.py": "from ..bus import k\nimport k"}, ["bus"], []),
        ({"bus/__init__.py": "from . import (\n  x,  # y\n  io)", "bus/io.py": BUS}, ["bus"], ["bus/__init__.py", "bus/io.py"]),
        ({"one.py": "import two", "two.py": BUS}, ["one"], ["one.py", "two.py"]),
        ({"one.py": "import two\nimport three", "two.py": BUS, "three.py": "x = 1"}, ["one"], ["one.py", "two.py"]),
        ({"one/__init__.py": "import kafka, one.two", "one/two.py": "x = 1"}, ["one"], ["one/__init__.py", "one/two.py"]),
        ({"bus.py": BUS, "other.py": BUS}, ["bus"], ["bus.py"]),
        ({"bus.py": "import json"}, ["bus"], []),
        ({"bus.so": BUS, "bus.pyi": BUS}, ["bus"], []),
        ({"kafka/__init__.py": "import kafka", "kafka/errors.py": BUS}, ["kafka", "kafka.errors"], []),
        ({"json.py": BUS}, ["json"], []),
        ({"bus/__init__.py": "", "bus/bus_pb2_grpc.py": BUS}, ["bus.bus_pb2_grpc"], []),
        ({"bus.py": BUS}, ["", ".", "..bus", "bus..x", "bus/x", "x" * 5000], []),
    ],
)  # fmt: skip
def test_what_is_read(tmp_path: Path, write: Write, files: dict[str, str], wanted: list[str], expected: list[str]) -> None:
    write(tmp_path / "env", {**files, "x.dist-info/METADATA": "", "x.py": ""})
    result = found(opened(tmp_path, tmp_path / "env"), *wanted)
    assert (paths(result), complaints(result)) == (expected, [])


def test_links_stay_inside(tmp_path: Path, write: Write) -> None:
    write(tmp_path / "secret", {"outer/__init__.py": BUS, "plain.py": BUS})
    environment = write(tmp_path / "env", {"inner/__init__.py": BUS, "linked/__init__.py": ""})
    (environment / "outer").symlink_to(tmp_path / "secret" / "outer")
    (environment / "plain.py").symlink_to(tmp_path / "secret" / "plain.py")
    (environment / "alias").symlink_to(environment / "inner")
    (environment / "round").symlink_to(environment)
    (environment / "lost.py").symlink_to(environment / "nowhere.py")
    (environment / "turning.py").symlink_to(environment / "turning.py")
    result = found(opened(tmp_path, environment), "outer", "plain", "alias", "lost", "turning")
    assert paths(result) == ["alias/__init__.py"]
    assert complaints(result) == [
        "<environment>/outer/__init__.py: link leads out of the environment and is not followed",
        "<environment>/plain.py: link leads out of the environment and is not followed",
    ]


def test_packages_that_a_link_brings_in_from_outside(tmp_path: Path, write: Write) -> None:
    write(tmp_path / "secret", {"bus.py": BUS})
    (tmp_path / "venv/lib/python3.12").mkdir(parents=True)
    (tmp_path / "venv/lib/python3.12/site-packages").symlink_to(tmp_path / "secret")
    assert paths(found(opened(tmp_path, tmp_path / "venv"), "bus")) == []


def test_a_huge_file(tmp_path: Path, write: Write) -> None:
    environment = write(tmp_path / "env", {"bus.py": BUS + "#" * LARGEST_SOURCE})
    result = found(opened(tmp_path, environment), "bus")
    assert paths(result) == []
    assert complaints(result) == [
        f"<environment>/bus.py: file is too large to be read (2,000,013 bytes, the limit is {LARGEST_SOURCE:,})"
    ]


def _wide(modules: Iterable[int], name: str = "big") -> dict[str, str]:
    files = {f"{name}/m{n}.py": BUS for n in modules}
    return {**files, f"{name}/__init__.py": "".join(f"from {name} import m{n}\n" for n in modules)}


def test_a_library_without_end_is_left_alone(tmp_path: Path, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "MOST_MODULES", 20)
    environment = write(tmp_path / "env", {**_wide(range(30)), **_wide(range(30), "calm"), "bus.py": BUS})
    for path in environment.glob("calm/m*.py"):
        path.write_text("")
    result = found(opened(tmp_path, environment), "big", "bus", "calm")
    assert paths(result) == ["bus.py"]
    remedy = "what they publish and call can be stated under [[wrappers]]"
    assert complaints(result) == [f": libraries of more than 20 modules are not followed: big; {remedy}"]


def test_libraries_without_end_are_followed_so_far(tmp_path: Path, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "MOST_FILES", 8)
    environment = write(tmp_path / "env", _wide(range(30)))
    result = found(opened(tmp_path, environment), "big")
    assert len(paths(result)) == 8
    assert complaints(result) == [": installed libraries are followed through 8 files only; what lies beyond stays unknown"]


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("../libs/bus/src", ["bus.py"]),
        ("# a remark\n\n../libs/bus/src\n", ["bus.py"]),
        ("import bus; bus.install()", []),
        ("../nowhere", []),
        ("\x00", []),
        ("x" * 200_000, []),
    ],
)
def test_editable_installs_inside(tmp_path: Path, write: Write, note: str, expected: list[str]) -> None:
    environment = write(tmp_path / "env", {"site-packages/editable.pth": note, "libs/bus/src/bus.py": BUS, "Lib/x.py": ""})
    write(environment / "Lib" / "site-packages", {"editable.pth": note.replace("../", "../../"), "some.py": ""})
    result = found(opened(tmp_path, environment), "bus")
    assert (paths(result), complaints(result)) == (expected, [])


def test_editable_installs_of_the_scan_and_of_elsewhere(tmp_path: Path, write: Write) -> None:
    write(tmp_path / "system", {"libs/near.py": BUS})
    write(tmp_path / "elsewhere", {"far.py": BUS, "further/__init__.py": BUS})
    note = f"{tmp_path}/system/libs\n{tmp_path}/elsewhere\n"
    environment = write(tmp_path / "env", {"dev.pth": note, "some.py": ""})
    assert complaints(found(opened(tmp_path, environment), "near")) == []
    result = found(opened(tmp_path, environment), "near", "far", "far.x", "further", "missing")
    assert paths(result) == ["near.py"]
    what = "is installed from a folder outside of the environment and the scan: not followed"
    assert complaints(result) == [f"<environment>/dev.pth: {name} {what}" for name in ("far", "further")]


def test_the_first_of_several_environments_wins(tmp_path: Path, write: Write) -> None:
    write(tmp_path / "one", {"bus.py": BUS + "# one"})
    write(tmp_path / "two", {"bus.py": BUS + "# two", "more.py": BUS})
    (tmp_path / "system").mkdir()
    result = found(site_packages(alone(tmp_path / "system", Config()), (tmp_path / "one", tmp_path / "two")), "bus", "more")
    assert [(f.path, f.content.decode()[-3:]) for f in result.files] == [
        ("<environment>/bus.py", "one"),
        ("<environment>/more.py", "ka\n"),
    ]


def test_the_configured_environment(tmp_path: Path, write: Write) -> None:
    write(tmp_path / "system", {".venv/lib/python3.12/site-packages/bus.py": BUS, "app.py": "", "other/bus2.py": BUS})
    config = Config(environment=[".venv"])
    assert paths(found(site_packages(alone(tmp_path / "system", config), ()), "bus")) == ["bus.py"]
    assert paths(found(site_packages(alone(tmp_path / "system" / "app.py", config), ()), "bus")) == ["bus.py"]
    assert paths(found(site_packages(alone(tmp_path / "system", config), (tmp_path / "system/other",)), "bus", "bus2")) == [
        "bus2.py"
    ]


@pytest.mark.parametrize("stated", ["..", "/", "../env", "link"])
def test_the_configuration_names_nothing_outside(tmp_path: Path, write: Write, stated: str) -> None:
    write(tmp_path / "env", {"bus.py": BUS})
    (tmp_path / "system").mkdir()
    (tmp_path / "system" / "link").symlink_to(tmp_path / "env")
    with pytest.raises(ConfigError, match="lies outside of the scanned folder; give it with --environment"):
        site_packages(alone(tmp_path / "system", Config(environment=[stated])), ())
