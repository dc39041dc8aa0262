"""Symbols: from the name at a call back to the module that defines it, over imports of every kind and several import roots."""

from __future__ import annotations

import pytest
from linking import Files, channels, roles, service

TOPICS = "PLACED = 'placed'\n_HIDDEN = 'hidden'\n"
NOT_FOUND = "? comes from `company.messages.PLACED`"


def user(imports: str, expression: str) -> str:
    """A module that imports something and publishes it."""
    return f"import bus\n{imports}\nbus.publish({expression})\n"


@pytest.mark.parametrize(
    ("imports", "expression"),
    [
        ("import topics", "topics.PLACED"),
        ("import topics as t", "t.PLACED"),
        ("from topics import PLACED", "PLACED"),
        ("from topics import PLACED as P", "P"),
        ("from topics import *", "PLACED"),
        ("import pkg.names", "pkg.names.PLACED"),
        ("import pkg.names as n", "n.PLACED"),
        ("from pkg import names", "names.PLACED"),
        ("from pkg.names import PLACED", "PLACED"),
        ("from pkg import PLACED", "PLACED"),
        ("import pkg", "pkg.PLACED"),
        ("from pkg.reexported import PLACED", "PLACED"),
        ("from pkg.starred import PLACED", "PLACED"),
        ("from pkg.starred import *", "PLACED"),
        ("from pkg.sub import PLACED", "PLACED"),
        ("from pkg.sub.deep import PLACED", "PLACED"),
        ("from pkg.sub import Deep", "Deep.PLACED"),
        ("try:\n    from topics import PLACED\nexcept ImportError:\n    PLACED = None", "PLACED"),
        ("try:\n    from nowhere import PLACED\nexcept ImportError:\n    from topics import PLACED", "PLACED"),
        ("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from topics import PLACED", "PLACED"),
        ("import sys\nif sys.version_info > (3, 8):\n    from topics import PLACED", "PLACED"),
        ("t = __import__('topics')", "t.PLACED"),
        ("import importlib\nt = importlib.import_module('topics')", "t.PLACED"),
        ("from importlib import import_module\nt = import_module('pkg.names')", "t.PLACED"),
        ("from importlib import import_module\nt = import_module('.names', 'pkg')", "t.PLACED"),
        ("from importlib import import_module\nt = import_module('..names', package='pkg.sub')", "t.PLACED"),
        ("PLACED = 'old'\nfrom topics import *", "PLACED"),
        ("from other import *\nPLACED = 'placed'", "PLACED"),
        ("from other import *\nfrom topics import *", "PLACED"),
        ("try:\n    from nowhere import *\nexcept ImportError:\n    from topics import *", "PLACED"),
        ("from listed import *", "_HIDDEN"),
        ("from topics import PLACED\nOTHER = PLACED", "OTHER"),
        ("import topics\nOTHER = topics\n", "OTHER.PLACED"),
        ("from topics import (\n    PLACED,\n)", "PLACED"),
        ("from cycle_a import PLACED", "PLACED"),
        ("from namespace.names import PLACED", "PLACED"),
        ("import namespace.names", "namespace.names.PLACED"),
        ("from namespace import names", "names.PLACED"),
        ("from lazy import PLACED", "PLACED"),
        ("import lazy", "lazy.PLACED"),
        ("from lazier import names", "names.PLACED"),
        ("from lazier import PLACED", "PLACED"),
        ("from circle.using import names", "names.PLACED"),
        ("import circle", "circle.names.PLACED"),
        ("from circle import using", "using.names.PLACED"),
    ],
)
def test_a_constant_is_found_through_imports(imports: str, expression: str) -> None:
    files = {
        "topics.py": TOPICS,
        "pkg/__init__.py": "from .names import PLACED\n",
        "pkg/names.py": TOPICS,
        "pkg/reexported.py": "from . import PLACED\n",
        "pkg/starred.py": "from .names import *\n",
        "pkg/sub/__init__.py": "from ..names import PLACED\nfrom .deep import Deep\n",
        "pkg/sub/deep.py": """
            from ...pkg.names import PLACED as AGAIN
            from ..names import PLACED
            class Deep:
                PLACED = 'placed'
            """,
        "cycle_a.py": "from cycle_b import PLACED, OTHER\n",
        "cycle_b.py": "from cycle_a import OTHER\nfrom topics import PLACED\n",
        "namespace/names.py": TOPICS,
        "circle/__init__.py": "from .using import *\n",
        "circle/using.py": "from . import names\n",
        "circle/names.py": TOPICS,
        "other.py": "PLACED = 'other'\n",
        "listed.py": "__all__ = ['_HIDDEN']\n__all__ += ['more']\n_HIDDEN = 'placed'\n",
        "lazier.py": """
            import importlib
            _WHERE = {"names": ".names", "PLACED": ".names"}
            def __getattr__(name):
                if name not in _WHERE:
                    raise AttributeError(name)
                module = importlib.import_module("pkg" + _WHERE[name])
                return module if name == "names" else getattr(module, name)
            """,
        "lazy.py": "import topics\ndef __getattr__(name):\n    return getattr(topics, name)\n",
        "app.py": user(imports, expression),
    }
    assert channels(files) == ["placed"]


@pytest.mark.parametrize(
    ("imports", "expression", "reason"),
    [
        ("import topics", "PLACED", "`PLACED` is defined nowhere in the scan"),
        ("import topics", "topics.ABSENT", "`topics.py` does not define `ABSENT`"),
        ("import broken", "broken.PLACED", "`PLACED` of `broken.py`, which cannot be parsed from line 2 on"),
        ("from topics import ABSENT", "ABSENT", "comes from `topics.ABSENT`"),
        ("from topics import *", "_HIDDEN", "`_HIDDEN` is defined nowhere in the scan"),
        ("from listed import *", "PLACED", "`PLACED` is defined nowhere in the scan"),
        ("from lazy import ABSENT", "ABSENT", "comes from `lazy.ABSENT`"),
        ("import importlib\nt = importlib.import_module('absent')", "t.PLACED", "comes from `absent.PLACED`"),
        (
            "import lib, importlib\nt = importlib.import_module(lib.name)",
            "t.PLACED",
            "comes from `importlib.import_module().PLACED`",
        ),
        ("from installed import PLACED", "PLACED", "comes from `installed.PLACED`"),
        ("from installed import *", "PLACED", "`PLACED` is defined nowhere in the scan"),
        ("import installed.names", "installed.names.PLACED", "comes from `installed.names.PLACED`"),
        ("from .absent import PLACED", "PLACED", "`PLACED` is imported from a module that is not in the scan"),
        ("from cycle_a import OTHER", "OTHER", "comes from `cycle_a.OTHER`"),
        ("from cycle_a import LOOP", "LOOP", "comes from `cycle_a.LOOP`"),
        ("import topics", "topics", "comes from `topics.py`"),
        ("import importlib\ns = importlib.import_module('space')", "s.PLACED", "`space/` does not define `PLACED`"),
        ("import space.names", "getattr(space.ABSENT, 'PLACED')", "`space/` does not define `ABSENT`"),
    ],
)
def test_what_no_import_leads_to_is_unknown(imports: str, expression: str, reason: str) -> None:
    files = {
        "topics.py": TOPICS,
        "space/names.py": TOPICS,
        "listed.py": "__all__ = ['OTHER']\nOTHER = 'other'\n" + TOPICS,
        "lazy.py": "import topics\ndef __getattr__(name):\n    return getattr(topics, name)\n",
        "cycle_a.py": "from cycle_b import OTHER\nfrom cycle_b import *\n",
        "cycle_b.py": "from cycle_a import OTHER\nfrom cycle_a import *\n",
        "broken.py": "OTHER = 'other'\nPLACED = 'placed\n",
        "app.py": user(imports, expression),
    }
    assert channels(files) == [f"? {reason}"]


def test_imports_inside_functions_bind_there_only() -> None:
    source = """
            import bus
            def f():
                from topics import PLACED
                bus.publish(PLACED)
            def g():
                bus.publish(PLACED)
            """
    assert channels({"topics.py": TOPICS, "app.py": source}) == ["placed", "? `PLACED` is defined nowhere in the scan"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import bus\nbus.publish('x')", ["publish x"]),
        ("import bus as b\nb.publish('x')", ["publish x"]),
        ("from bus import publish\npublish('x')", ["publish x"]),
        ("from bus import publish as send\nsend('x')", ["publish x"]),
        ("from bus import *\npublish('x')", ["publish x"]),
        ("from bus import *\nClient().publish('x')", ["publish x"]),
        ("from bus.clients import *\nClient().publish('x')", ["publish x"]),
        ("from bus import *\ndef publish(x): ...\npublish('x')", []),
        ("from .bus import *\npublish('x')", []),
        ("from mine import *\nimport bus\npublish('x')", []),
        ("from bus import Client\nClient().publish('x')", ["publish x"]),
        ("from bus.clients import Client\nClient().publish('x')", ["publish x"]),
        ("import bus.clients\nbus.clients.Client().publish('x')", ["publish x"]),
        ("from mine import publish\npublish('x')", []),
        ("import mine as bus\nbus.publish('x')", []),
        ("import bus\nbus.other('x')", []),
        ("import bus\nbus.publish", []),
        ("import bus\ndef publish(x): ...\npublish('x')", []),
        ("import bus\nbus = object()\nbus.publish('x')", []),
        ("import bus\n'bus.publish(\"x\")'", []),
        ("import business\nbusiness.publish('x')", []),
        ("bus.publish('x')", []),
        ("import bus\nclass Mine:\n    def publish(self, x): ...\nMine().publish('x')", []),
        ("import bus\ndef f(bus):\n    bus.publish('x')", []),
        ("from bus import Client\nclass Client:\n    def publish(self, x): ...\nClient().publish('x')", []),
        ("from .bus import publish\npublish('x')", []),
    ],
)
def test_only_the_library_itself_is_recognised(source: str, expected: list[str]) -> None:
    assert roles(source) == expected


def two(imports: str, first: str = "one", second: str = "two") -> Files:
    """Two services in folders of their own, each with a package of the same name."""
    files: dict[str, str] = {}
    for name, topic in ((first, "one"), (second, "two")):
        files[f"{name}/app/__init__.py"] = ""
        files[f"{name}/app/topics.py"] = f"PLACED = '{topic}'\n"
        files[f"{name}/app/main.py"] = user(imports, "PLACED")
    return files


@pytest.mark.parametrize(
    "imports",
    [
        "from app.topics import PLACED",
        "from .topics import PLACED",
        "from topics import PLACED",
        "import app.topics\nPLACED = app.topics.PLACED",
        "from app import topics\nPLACED = topics.PLACED",
        "from app.topics import *",
    ],
)
def test_each_service_has_its_own_app(imports: str) -> None:
    assert channels(two(imports), service("one", "one"), service("two", "two")) == ["one", "two"]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            {
                "src/shop/__init__.py": "",
                "src/shop/topics.py": TOPICS,
                "src/shop/main.py": user("from shop.topics import PLACED", "PLACED"),
            },
            "placed",
        ),
        (
            {"src/shop/__init__.py": "", "src/shop/topics.py": TOPICS, "main.py": user("from shop.topics import PLACED", "PLACED")},
            "placed",
        ),
        ({"src/shop/topics.py": TOPICS, "main.py": user("from src.shop.topics import PLACED", "PLACED")}, "placed"),
        ({"libs/common/common/__init__.py": TOPICS, "api/main.py": user("from common import PLACED", "PLACED")}, "placed"),
        (
            {
                "libs/a/common.py": TOPICS,
                "libs/b/common.py": "PLACED = 'b'",
                "api/main.py": user("from common import PLACED", "PLACED"),
            },
            None,
        ),
        ({"api/topics/placed.py": TOPICS, "api/main.py": user("from topics.placed import PLACED", "PLACED")}, "placed"),
        (
            {
                "api/bus.py": "import bus\nPLACED = 'placed'\n",
                "api/main.py": user("from topics import PLACED", "PLACED"),
                "api/topics.py": TOPICS,
            },
            "placed",
        ),
        ({"api/topics.py": TOPICS, "api/sub/main.py": user("from ..topics import PLACED", "PLACED")}, "placed"),
        ({"api/topics.py": TOPICS, "api/sub/main.py": user("from ...topics import PLACED", "PLACED")}, None),
        ({"topics.pyi": TOPICS, "main.py": user("from topics import PLACED", "PLACED")}, None),
    ],
)
def test_import_roots_are_found(files: Files, expected: str | None) -> None:
    (found,) = channels(files)
    assert found == expected or (expected is None and found.startswith("? "))


def test_a_service_has_what_it_imports_and_nothing_else() -> None:
    shared = "import bus\ndef announce():\n    bus.publish('shared')\n"
    files = {
        "one/main.py": "import bus, shared\nbus.publish('one')\nshared.announce()\n",
        "two/main.py": "import bus\nbus.publish('two')\n",
        "libs/shared.py": shared,
        "tools/script.py": "import bus\nbus.publish('script')\n",
    }
    assert channels(files, service("one", "one"), service("two", "two")) == ["shared", "one", "two"]


def test_services_in_one_folder_are_told_apart_by_their_entries() -> None:
    files = {
        "api.py": "import bus, common\nbus.publish(common.TOPIC)\n",
        "worker.py": "import bus, common\nbus.subscribe(common.TOPIC, print)\n",
        "common.py": "TOPIC = 'jobs'\n",
    }
    assert roles(files, service("api", ".", "api.py"), service("worker", ".", "worker.py")) == ["publish jobs", "subscribe jobs"]


@pytest.mark.parametrize(
    ("module", "expected"),
    [
        (TOPICS, "placed"),
        ("__all__ = ['PLACED']\n" + TOPICS, "placed"),
        ("from deeper import *\n", "placed"),
        ("__all__ = ['OTHER']\n" + TOPICS, None),
        ("__all__ = ['OTHER'] + ['PLACED']\n" + TOPICS, "placed"),
        ("__all__ = ['OTHER']\n__all__.append('PLACED')\n" + TOPICS, "placed"),
        ("import lib\n__all__ = lib.names()\n" + TOPICS, "placed"),
        ("from topics import PLACED as _HIDDEN\n", None),
    ],
)
def test_a_star_import_hands_on_the_public_names(module: str, expected: str | None) -> None:
    files = {"topics.py": TOPICS, "deeper.py": TOPICS, "module.py": module, "hub.py": "from module import *\n"}
    (found,) = channels({**files, "app.py": user("import hub", "hub.PLACED")})
    assert found == expected or (expected is None and found.startswith("? "))


@pytest.mark.parametrize(
    ("held", "imports", "expression", "found"),
    [
        (("messages/company/messages/__init__.py",), "from company.messages import PLACED", "PLACED", "placed"),
        (("messages/company/messages.py",), "import company.messages as m", "m.PLACED", "placed"),
        (("messages/company/shop/messages.py",), "from company.shop.messages import PLACED", "PLACED", "placed"),
        (
            ("messages/company/messages.py",),
            "from company.letters import PLACED",
            "PLACED",
            "? comes from `company.letters.PLACED`",
        ),
        (("messages/country/messages.py",), "from company.messages import PLACED", "PLACED", NOT_FOUND),
        (
            ("messages/company/__init__.py", "messages/company/messages.py"),
            "from company.messages import PLACED",
            "PLACED",
            "placed",
        ),
        (("one/company/messages.py", "two/company/messages.py"), "from company.messages import PLACED", "PLACED", NOT_FOUND),
    ],
)
def test_a_namespace_is_shared_by_several_projects(held: tuple[str, ...], imports: str, expression: str, found: str) -> None:
    files = {"server/company/server/__init__.py": "", "server/company/server/app.py": user(imports, expression)}
    assert channels({**files, **dict.fromkeys(held, TOPICS)}) == [found]


OWN = {
    "shop/__init__.py": "TOPIC = 'shop'\nfrom shop import orders\nfrom shop.bills import BILLED\n",
    "shop/orders.py": "import bus\nimport shop\nPLACED = 'placed'\ndef place():\n    bus.publish(shop.TOPIC)\n",
    "shop/bills.py": "from shop import TOPIC\nBILLED = TOPIC + '.billed'\n",
}


@pytest.mark.parametrize(
    ("imports", "expression", "expected"),
    [
        ("import shop", "shop.TOPIC", "shop"),
        ("import shop", "shop.orders.PLACED", "placed"),
        ("from shop import orders", "orders.PLACED", "placed"),
        ("import shop", "shop.BILLED", "shop.billed"),
        ("import shop", "shop.absent", "? `shop/__init__.py` does not define `absent`"),
    ],
)
def test_a_package_may_import_from_its_own_name(imports: str, expression: str, expected: str) -> None:
    assert channels({**OWN, "main.py": user(imports, expression)}) == [expected, "shop"]


def test_a_folder_without_a_file_of_its_own_defines_nothing() -> None:
    files = {"svc/main.py": user("import lib.names", "lib.names.PLACED"), "lib/names/topics.py": TOPICS, "lib/names/more/x.py": ""}
    assert channels(files) == ["? `lib/names/` does not define `PLACED`"]


BACK = {"app.py": "TOPIC = 'own'\nfrom tasks import *\nimport bus\nbus.publish(TOPIC)"}


@pytest.mark.parametrize(
    ("tasks", "expected"),
    [
        ("from app import TOPIC\n", ["own"]),
        ("from app import TOPIC\nimport bus\ndef f(): bus.publish(TOPIC)\n", ["own", "own"]),
        ("from other import TOPIC\n", ["other"]),
        ("from app import TOPIC\nTOPIC = 'theirs'\n", ["theirs"]),
        ("from app import OTHER as TOPIC\n", ["further"]),
    ],
)
def test_what_a_star_import_brings_back_is_what_was_there(tasks: str, expected: list[str]) -> None:
    files = {**BACK, "tasks.py": tasks, "other.py": "TOPIC = 'other'"}
    files["app.py"] = "OTHER = 'further'\n" + files["app.py"]
    assert channels(files) == expected
