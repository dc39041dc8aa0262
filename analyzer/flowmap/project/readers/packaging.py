"""pyproject.toml, setup.cfg and setup.py: the name of what is packaged in a folder, and the commands that it installs."""

from __future__ import annotations

import ast
import configparser
import re
import tomllib
from typing import TYPE_CHECKING

from flowmap.descriptor_api import Declarations, DescriptorReader, Distribution
from flowmap.project.paths import base, join, parent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.descriptor_api import DescriptorFile

_IMPORT = re.compile(r"^from +([\w.]+) +import +(\w+)", re.MULTILINE)
_COMMANDS = ("console_scripts", "wsgi_scripts", "gui_scripts")


def _matches(path: str) -> bool:
    return base(path) in ("pyproject.toml", "setup.cfg", "setup.py")


def _read(file: DescriptorFile) -> Declarations:
    readers = {"pyproject.toml": _pyproject, "setup.cfg": _setup_cfg, "setup.py": _setup_py}
    distribution = readers[base(file.path)](file)
    return Declarations(distributions=(distribution,) if distribution is not None else ())


def _pyproject(file: DescriptorFile) -> Distribution | None:
    try:
        document: dict[str, object] = tomllib.loads(file.text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return None
    project = _table(document, "project")
    poetry = _table(_table(document, "tool"), "poetry")
    name = project.get("name") or poetry.get("name")
    if not isinstance(name, str):
        return None
    description = project.get("description") or poetry.get("description")
    scripts = {**_table(poetry, "scripts"), **_table(project, "scripts"), **_table(project, "gui-scripts")}
    pairs = tuple((key, value) for key, value in scripts.items() if isinstance(value, str))
    return Distribution(parent(file.path), name, file.at(1), description if isinstance(description, str) else "", pairs)


def _table(parent_table: dict[str, object], key: str) -> dict[str, object]:
    value = parent_table.get(key)
    return {k: v for k, v in value.items() if isinstance(k, str)} if isinstance(value, dict) else {}


def _setup_cfg(file: DescriptorFile) -> Distribution | None:
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    try:
        parser.read_string(file.text)
    except configparser.Error:
        return None
    name = parser.get("metadata", "name", fallback="")
    lines = [line for key in _COMMANDS for line in parser.get("options.entry_points", key, fallback="").splitlines()]
    lines += [line for key in _COMMANDS for line in parser.get("entry_points", key, fallback="").splitlines()]
    description = parser.get("metadata", "summary", fallback="") or parser.get("metadata", "description", fallback="")
    if not name:
        return None
    return Distribution(parent(file.path), name, file.at(1), description if "\n" not in description else "", tuple(_scripts(lines)))


def _scripts(lines: list[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        name, given, target = line.partition("=")
        if given:
            yield name.strip(), target.strip()


def _setup_py(file: DescriptorFile) -> Distribution | None:
    try:
        tree = ast.parse(file.content)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    constants = {
        s.targets[0].id: s.value
        for s in tree.body
        if isinstance(s, ast.Assign) and len(s.targets) == 1 and isinstance(s.targets[0], ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute) and _called(node.func) == "setup":
            keywords = {k.arg: constants.get(k.value.id) if isinstance(k.value, ast.Name) else k.value for k in node.keywords}
            name = _literal(keywords.get("name"))
            description = _literal(keywords.get("description"))
            if isinstance(name, str) and name:
                commands = _scripts(_commands(_literal(keywords.get("entry_points"))))
                scripts = (*commands, *_script_files(file, _literal(keywords.get("scripts"))))
                return Distribution(parent(file.path), name, file.at(node.lineno), str(description or ""), scripts)
    return None


def _script_files(file: DescriptorFile, scripts: object) -> Iterator[tuple[str, str]]:
    """Commands that are files of their own (`scripts=["bin/x"]`): what they run is the last that they import."""
    for script in scripts if isinstance(scripts, list | tuple) else ():
        path = join(parent(file.path), script) if isinstance(script, str) else None
        content = file.look(path) if path is not None else None
        imported = _IMPORT.findall(content.decode("utf-8", errors="replace")) if content is not None else []
        if path is not None and imported:
            yield base(path), f"{imported[-1][0]}.{imported[-1][1]}:main"


def _called(function: ast.Name | ast.Attribute) -> str:
    return function.id if isinstance(function, ast.Name) else function.attr


def _literal(node: ast.expr | None) -> object:
    if node is None:
        return None
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return None


def _commands(entry_points: object) -> list[str]:
    if not isinstance(entry_points, dict):
        return []
    groups = [entry_points.get(key) for key in _COMMANDS]
    return [line for group in groups if isinstance(group, list | tuple) for line in group if isinstance(line, str)]


READER = DescriptorReader("packaging", _matches, _read)
