"""Folders that look like a project of their own, by the files that tools put there: the sign of a service where nothing says
what is deployed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flowmap.project.index import below, beside, others_below
from flowmap.project.lexical import is_django
from flowmap.project.paths import above, base, parent, parts, within

if TYPE_CHECKING:
    from flowmap.project.index import Index

_MARKER = re.compile(
    r"pyproject\.toml|setup\.(py|cfg)|pipfile|[\w.-]*requirements[\w.-]*\.(txt|in)|environment\.ya?ml|(uv|poetry)\.lock"
    r"|manage\.py|package\.xml|procfile|host\.json|serverless\.ya?ml|bentofile\.ya?ml|(docker|container)file([._-].*)?|.*[._-](docker|container)file",
    re.IGNORECASE,
)
_RECIPE = re.compile(r"(docker|container)file([._-].*)?|.*[._-](docker|container)file", re.IGNORECASE)
_LANGUAGES = ("go.mod", "Cargo.toml", "pom.xml", "build.gradle", "build.gradle.kts", "composer.json", "Gemfile", "mix.exs")
"""What a project in another language has beside its recipe."""
_ACTIONS = ("action.yml", "action.yaml")
"""What says that the image beside it is a step of somebody's workflow on GitHub."""
_PYTHON = re.compile(rb"python|pip|\buv\b|poetry|conda", re.IGNORECASE)
_INSTALLS = re.compile(rb"\b(setuptools|distutils|setup\s*\()")
_TEMPLATE = re.compile(r"(template|sam|serverless)[\w.-]*\.ya?ml", re.IGNORECASE)
_TOOLS = re.compile(r"(.*[-_])?(tools?|scripts?|utils?)|pytest[-_].*|specs?")
HELPERS = frozenset({
    "alembic", "benchmark", "benchmarks", "bin", "build", "charts", "ci", "config", "deploy", "deployment", "devops", "docker",
    "fixtures", "hack", "helm", "infra", "infrastructure", "k8s", "kubernetes", "migration", "migrations", "notebooks", "ops",
    "script", "scripts", "templates", "terraform", "tool", "tools", "utils",
})  # fmt: skip


def marked_folders(index: Index, functions: frozenset[str]) -> frozenset[str]:
    """Folders that hold Python at any depth and the files of a project; `functions` are projects whatever is below them."""
    found: set[str] = set()
    for path in (*index.others, *index.paths):
        folder = parent(path)
        if base(path) == "manage.py" and not is_django(index.contents.get(path, b"")):
            continue
        if base(path) == "setup.py" and _is_of_a_package(path, index):
            continue
        if not _MARKER.fullmatch(base(path)):
            # requirements/base.txt belongs to the folder above
            if base(folder) != "requirements" or not path.endswith((".txt", ".in")):
                continue
            folder = parent(folder)
        if folder in index.folders:
            found.add(folder)
    return frozenset(f for f in found | functions if not any(f != t and within(f, t) for t in functions))


def _is_of_a_package(path: str, index: Index) -> bool:
    """Whether a setup.py is a module of the package around it and installs nothing."""
    beside_it = beside(parent(path), "__init__.py")
    return beside_it in index.contents and not _INSTALLS.search(index.contents.get(path, b""))


def is_of_others(folder: str, index: Index) -> bool:
    """Whether a marked folder makes a step of a workflow, or a program in another language beside which some Python lies, or has
    no line of Python but only the files that mark packages."""
    if not any(index.contents[path].strip() for path in below(index, folder)):
        return True
    if any(beside(folder, name) in index.others for name in _ACTIONS):
        return True
    if not any(beside(folder, name) in index.others for name in _LANGUAGES):
        return False
    inside = (p for p in (*others_below(index, folder), *below(index, folder)) if parent(p) == folder)
    signs = [p for p in inside if _MARKER.fullmatch(base(p))]
    return all(_RECIPE.fullmatch(base(p)) and not _PYTHON.search(index.look(p) or b"") for p in signs)


def function_projects(index: Index) -> frozenset[str]:
    """Folders below the scan root with a template of serverless functions: what lies below them are functions of one service,
    though each may have requirements of its own."""
    found: set[str] = set()
    for path in index.others:
        if parent(path) in index.folders and parent(path) != "." and _TEMPLATE.fullmatch(base(path)):
            content = index.look(path) or b""
            if b"AWS::Serverless" in content or base(path).startswith("serverless"):
                found.add(parent(path))
    return frozenset(found)


def is_helper(folder: str) -> bool:
    """Whether a component of the path says that the folder holds what people run by hand, not what is deployed."""
    return any(part.lower() in HELPERS or part.startswith(".") or _TOOLS.fullmatch(part.lower()) for part in parts(folder))


def nearest_marked(path: str, marked: frozenset[str], top: str) -> str | None:
    """The deepest marked folder above `path` and below `top`."""
    return next((f for f in above(path) if f in marked and f != top and within(f, top)), None)


def marker_of(folder: str, index: Index) -> str:
    """The file that shows the folder to be a project."""
    order = ("Dockerfile", "pyproject.toml", "setup.cfg", "setup.py", "requirements.txt", "manage.py", "Pipfile")
    known = (beside(folder, name) for name in order)
    return next((p for p in known if p in index.others or p in index.contents), below(index, folder)[0])
