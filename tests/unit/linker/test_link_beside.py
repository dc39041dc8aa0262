"""What stands in a service's folder without being of its program: told by what the file that it starts with loads."""

from __future__ import annotations

import pytest
from flowmap.model.project import Service
from linking import interactions, named

SEND = "import bus\nbus.publish('{}')\n"
RUN = "import bus\nfrom work import done\ndone()\n"
WORK = "import bus\ndef done():\n    bus.publish('done')\n"
FILES = {"shop/run.py": RUN, "shop/work.py": WORK, "shop/tools/load.py": SEND.format("load")}
LOADED = "from importlib import import_module\nimport_module(input())\n"
HANDLING = {
    "shop/run.py": "import bus\nfrom work import on\nbus.subscribe('paid', on)\n",
    "shop/work.py": "def on(message):\n    from importer import sent\n    sent()\n",
    "shop/importer.py": SEND.format("sent") + "def sent():\n    bus.publish('told')\n",
}
SHOP = Service("shop", "shop", "shop/run.py")


@pytest.mark.parametrize(
    ("files", "service", "expected"),
    [
        (FILES, SHOP, {"load"}),
        (FILES | {"shop/old/run.py": SEND.format("old")}, SHOP, {"load", "old"}),
        (FILES, Service("shop", "shop", "shop/run.py", command=("python", "run.py", "tools/load.py")), set()),
        (FILES, Service("shop", "shop"), set()),
        (FILES | {"shop/run.py": RUN + "import tools.load\n"}, SHOP, set()),
        (FILES | {"shop/run.py": RUN + LOADED}, SHOP, set()),
        (FILES | {"shop/work.py": WORK + LOADED}, SHOP, set()),
        (FILES | {"shop/run.py": RUN + "import lib\n", "lib.py": LOADED}, SHOP, {"load"}),
        (FILES | {"shop/run.py": RUN + "from django.core.wsgi import get_wsgi_application\n"}, SHOP, set()),
        (HANDLING, SHOP, set()),
    ],
)
def test_what_no_import_loads_stands_beside(files: dict[str, str], service: Service, expected: set[str]) -> None:
    assert {named(i) for i in interactions(files, service) if i.beside} == expected
