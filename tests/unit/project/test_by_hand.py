"""Programs that people run by hand beside deployed services."""

from __future__ import annotations

import pytest
from fixtures import Scan

COMPOSE = "services:\n  web:\n    build: .\n    command: python app/main.py\n"
RECIPE = "FROM python\nCOPY . .\n"
MAIN = "import requests\nif __name__ == '__main__':\n    requests.get('http://stock/items')\n"
BASE = {"docker-compose.yml": COMPOSE, "Dockerfile": RECIPE, "app/main.py": MAIN}


@pytest.mark.parametrize(
    ("files", "aside"),
    [
        ({"scripts/seed.py": MAIN}, ["scripts/seed.py"]),
        ({"app/tools/load.py": MAIN}, ["app/tools/load.py"]),
        ({"seed-scripts/load.py": "import requests\nfor x in 'ab':\n    requests.get('http://stock')\n"}, ["seed-scripts/load.py"]),
        ({"scripts/seed.py": "import helper\n" + MAIN, "scripts/helper.py": "A = 1"}, ["scripts/helper.py", "scripts/seed.py"]),
        ({"scripts/seed.py": MAIN, "README.md": "python scripts/seed.py"}, ["scripts/seed.py"]),
        ({"scripts/seed.py": MAIN, ".github/workflows/x.yml": "run: python scripts/seed.py"}, ["scripts/seed.py"]),
        ({"scripts/seed.py": MAIN, "run.sh": "python scripts/seed.py"}, []),
        ({"scripts/seed.py": MAIN, "Procfile": "worker: python scripts/seed.py"}, []),
        ({"scripts/seed.py": MAIN, "pyproject.toml": "[project.scripts]\nseed = 'scripts.seed:main'"}, []),
        ({"scripts/seed.py": MAIN, "app/other.py": "from scripts import seed\n", "scripts/__init__.py": ""}, []),
        ({"scripts/helper.py": "def send(): ...\n"}, []),
        ({"tools/urls.py": "urlpatterns = []\n", "tools/__init__.py": ""}, []),
        ({"seeds/load.py": MAIN}, []),
        ({"bin/load.py": MAIN}, []),
        ({"docker-compose.yml": COMPOSE.replace("app/main.py", "scripts/seed.py"), "scripts/seed.py": MAIN}, []),
        ({"docker-compose.yml": "", "Dockerfile": "", "scripts/seed.py": MAIN}, []),
    ],
)  # fmt: skip
def test_what_is_run_by_hand(scan: Scan, files: dict[str, str], aside: list[str]) -> None:
    project = scan({**BASE, **files})
    assert sorted({p for p in {**BASE, **files} if p.endswith(".py")} - {f.path for f in project.files}) == aside
    said = [(x.count, x.example) for x in project.left_out if x.reason == "programs that people run by hand"]
    assert said == ([(len(aside), aside[0])] if aside else [])
