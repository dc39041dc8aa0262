"""Modules that an image puts into the package of a service: found where its recipe copies them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from linking import channels, service

SHARED = "TOPIC = 'shared'\n"
PLACES = (("/app/pkg", "one/pkg"), ("/app/run.py", "one/run.py"))
INSIDE = {"one/run.py": "", "one/pkg/__init__.py": "", "one/pkg/deep/__init__.py": ""}


def published(code: str, *places: tuple[str, str], **files: str) -> list[str]:
    """What a module of a package publishes, with more of the scan in its container."""
    scan = {
        **INSIDE,
        "lib/tools.py": SHARED,
        "lib/more/__init__.py": SHARED,
        "one/pkg/main.py": f"import bus\n{code}\nbus.publish(TOPIC)\n",
    }
    one = replace(service("one", "one", "one/pkg/main.py"), places=(*places, *PLACES))
    return channels({**scan, **files}, one)


@pytest.mark.parametrize(
    ("code", "place"),
    [
        ("from pkg.tools import TOPIC", ("/app/pkg/tools.py", "lib/tools.py")),
        ("from pkg.tools import TOPIC", ("/app/pkg", "lib/tools.py")),
        ("from .tools import TOPIC", ("/app/pkg/tools.py", "lib/tools.py")),
        ("from pkg.deep.other import TOPIC", ("/app/pkg/deep/other.py", "lib/tools.py")),
        ("from pkg.deep import other\nTOPIC = other.TOPIC", ("/app/pkg/deep/other.py", "lib/tools.py")),
        ("from pkg.more import TOPIC", ("/app/pkg/more", "lib/more")),
        ("from pkg.lib.tools import TOPIC", ("/app/pkg/lib", "lib")),
        ("from beside.tools import TOPIC", ("/app/beside", "lib")),
    ],
)
def test_what_is_copied_into_a_package_is_found_there(code: str, place: tuple[str, str]) -> None:
    assert published(code, place) == ["shared"]


@pytest.mark.parametrize(
    ("code", "places"),
    [
        ("from pkg.tools import TOPIC", ()),
        ("from pkg.tools import TOPIC", (("/elsewhere/pkg/tools.py", "lib/tools.py"),)),
        ("from pkg.deep.tools import TOPIC", (("/app/pkg/tools.py", "lib/tools.py"),)),
        ("from other.tools import TOPIC", (("/app/pkg/tools.py", "lib/tools.py"),)),
    ],
)
def test_what_is_not_is_not(code: str, places: tuple[tuple[str, str], ...]) -> None:
    assert "shared" not in published(code, *places)


def test_a_module_of_its_own_comes_first() -> None:
    own = {"one/pkg/tools.py": "TOPIC = 'own'\n"}
    assert published("from pkg.tools import TOPIC", ("/app/pkg/tools.py", "lib/tools.py"), **own) == ["own"]


LIBRARY = {"shared/__init__.py": "", "shared/names.py": "from more import TOPIC\n", "shared/more.py": SHARED}


@pytest.mark.parametrize(
    ("path", "places", "expected"),
    [
        ("/app/shared:/app:$PYTHONPATH", (("/app", "one"), ("/app/shared", "shared")), ["shared"]),
        ("/app/shared/", (("/app", "one"), ("/app/shared", "shared")), ["shared"]),
        ("/lib/shared", (("/app", "one"), ("/lib", ".")), ["shared"]),
        ("/app/shared", (("/app", "."),), ["shared"]),
        ("", (("/app", "one"), ("/app/shared", "shared")), []),
        ("/app", (("/app", "one"), ("/app/shared", "shared")), []),
        ("/elsewhere", (("/app", "one"), ("/app/shared", "shared")), []),
        ("shared", (("/app", "one"), ("/app/shared", "shared")), []),
    ],
)
def test_a_container_puts_folders_on_the_path(path: str, places: tuple[tuple[str, str], ...], expected: list[str]) -> None:
    one = replace(service("one", "one", "one/main.py", PYTHONPATH=path), places=places)
    files = {**LIBRARY, "one/main.py": "import bus\nfrom names import TOPIC\nbus.publish(TOPIC)\n"}
    assert [c for c in channels(files, one) if not c.startswith("?")] == expected


def test_the_path_of_one_container_is_no_other_s() -> None:
    one = replace(service("one", "one", "one/main.py", PYTHONPATH="/shared"), places=(("/shared", "shared"),))
    files = {**LIBRARY, "one/main.py": "", "two/main.py": "import bus\nfrom names import TOPIC\nbus.publish(TOPIC)\n"}
    assert [c for c in channels(files, one, service("two", "two", "two/main.py")) if not c.startswith("?")] == []
