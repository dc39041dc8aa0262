"""Commands that a project keeps under names: targets of a Makefile, recipes of a justfile, and the scripts of pipenv, pdm, hatch,
rye, pixi, poe and taskipy. What is asked for is given as shell text; nothing is run."""

from __future__ import annotations

import posixpath
import re
import shlex
import tomllib
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from flowmap.project.options import option
from flowmap.project.shell import Simple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flowmap.project.container_files import ContainerFiles

_LARGEST = 200_000
_LONGEST = 8_000
_Recipes: TypeAlias = dict[str, tuple[str, tuple[str, ...]]]
"""Name -> what it needs, and its lines."""
_VALUES = ("-p", "-s", "-e", "--project", "--env-file", "--environment", "--manifest-path", "-C", "--directory")

# Runner -> where its scripts stand in pyproject.toml. The first word behind it that is no option, `run` left out, is the script.
_IN_PYPROJECT: dict[str, tuple[str, ...]] = {
    "pdm": ("tool", "pdm", "scripts"), "rye": ("tool", "rye", "scripts"), "poe": ("tool", "poe", "tasks"),
    "task": ("tool", "taskipy", "tasks"), "pixi": ("tool", "pixi", "tasks"), "hatch": ("tool", "hatch", "envs"),
}  # fmt: skip
_WITHOUT_RUN = ("poe", "task")
_OTHER_FILES: dict[str, tuple[str, tuple[str, ...]]] = {"pipenv": ("Pipfile", ("scripts",)), "pixi": ("pixi.toml", ("tasks",))}
_TARGETS = re.compile(r"[\w.\-/ ]+")
_MAKE_VARIABLE = re.compile(r"^(?:export\s+)?([A-Za-z_]\w*)\s*[:?]{0,2}=[ \t]*([^#\n]*)", re.MULTILINE)
_MAKE_REFERENCE = re.compile(r"\$\$|\$[({](\w+)[)}]")
_RECIPE = re.compile(r"@?([A-Za-z_][\w-]*)")
_JUST_VARIABLE = re.compile(r"^(?:export\s+)?([A-Za-z_][\w-]*)\s*:=\s*[\"']([^\"'\n]*)[\"']", re.MULTILINE)
_JUST_REFERENCE = re.compile(r"\{\{\s*([\w-]+)\s*\}\}")
_PARAMETER = re.compile(r"[+*$]?([A-Za-z_][\w-]*)(?:=[\"']?([^\"'\s]*)[\"']?)?")


def task(words: tuple[str, ...], files: ContainerFiles) -> Simple | None:
    """What a runner of tasks is asked to do, as a shell's command; None if it is no runner, or no task of its files."""
    runner = posixpath.basename(words[0])
    if runner in ("make", "gmake", "just"):
        return _recipe_of(runner, words[1:], files)
    if runner not in _IN_PYPROJECT and runner not in _OTHER_FILES:
        return None
    rest = _behind_options(words[1:])
    rest = _behind_options(rest[1:]) if rest[:1] == ("run",) and runner not in _WITHOUT_RUN else rest
    for name, keys in (("pyproject.toml", _IN_PYPROJECT.get(runner, ())), _OTHER_FILES.get(runner, ("", ()))):
        scripts = _table(_document(files.text(name) or "") if keys else {}, keys)
        environment, colon, script = rest[0].partition(":") if rest else ("", "", "")
        if runner == "hatch":
            scripts = _table(scripts, (environment if colon else "default", "scripts"))
        wanted = script if runner == "hatch" and colon else rest[0] if rest else ""
        if wanted in scripts:
            text = _as_shell(scripts[wanted], runner if runner in _WITHOUT_RUN else f"{runner} run")
            return Simple(("sh", "-c", " ".join((text, *map(shlex.quote, rest[1:])))), option(words[1:], "--directory", "-C"))
    return None


def _behind_options(words: tuple[str, ...]) -> tuple[str, ...]:
    at = 0
    while at < len(words) and words[at].startswith("-"):
        at += 2 if words[at] in _VALUES else 1
    return words[at:]


@lru_cache(maxsize=64)
def _document(text: str) -> dict[str, object]:
    try:
        return tomllib.loads(text if len(text) <= _LARGEST else "")
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}


def _table(document: Mapping[str, object], keys: tuple[str, ...]) -> Mapping[str, object]:
    for key in keys:
        inner = document.get(key)
        document = inner if isinstance(inner, dict) else {}
    return document


def _as_shell(script: object, runner: str) -> str:
    """A script as shell text: a text; a list, of the words of one command for rye, of commands elsewhere; or a table that says what
    kind it is."""
    match script:
        case str():
            return script
        case list() if runner.startswith("rye"):
            return shlex.join(str(word) for word in script)
        case list():
            return "\n".join(f"{runner} {item}" for item in script if isinstance(item, str))
        case {"call": str() as target} | {"script": str() as target}:
            module, _, function = target.partition(":")
            return shlex.join(("python", "-c", f"import {module}; {module}.{function or 'main'}()".replace("()()", "()")))
        case {"cmd": list() as words}:
            return shlex.join(str(word) for word in words)
        case {"cmd": str() as text} | {"shell": str() as text}:
            return text
        case {"composite": list() as items} | {"chain": list() as items} | {"sequence": list() as items}:
            return "\n".join(f"{runner} {item}" for item in items if isinstance(item, str))
        case _:
            return ""


def _recipe_of(runner: str, words: tuple[str, ...], files: ContainerFiles) -> Simple | None:
    folder = option(words, "-C", "--directory", "--working-directory", "-d")
    named = option(words, "-f", "--file", "--justfile")
    spellings = (named,) if named else _SPELLINGS[runner]
    text = next((t for name in spellings if (t := files.text(posixpath.join(folder, name))) is not None), "")[:_LARGEST]
    plain = [w for n, w in enumerate(words) if not w.startswith("-") and (not n or words[n - 1] not in _GIVEN_VALUES)]
    given = dict(w.split("=", 1) for w in plain if "=" in w)
    asked = tuple(w for w in plain if "=" not in w)
    lines = list(_READERS[runner](text.replace("\\\n", " "), asked, given))
    return Simple(("sh", "-c", "\n".join(lines)), folder) if lines else None


def _made(text: str, asked: tuple[str, ...], given: dict[str, str]) -> Iterator[str]:
    """The commands of the targets, behind those of what they need."""
    variables = {m[1]: m[2].strip() for m in reversed(list(_MAKE_VARIABLE.finditer(text)))} | given
    targets: _Recipes = {}
    for head, needed, lines in _blocks(text):
        names = head.split() if _TARGETS.fullmatch(head) else []
        commands = tuple(line.removeprefix("\t") for line in lines if line.startswith("\t"))
        targets |= {name: (needed.lstrip(":").partition("#")[0], commands) for name in names if not name.startswith(".")}
    known: dict[str, str] = {}
    for line in _ordered(asked or tuple(targets)[:1], targets):
        yield _with_variables(line.lstrip("@-+ "), variables, known)


def _blocks(text: str) -> Iterator[tuple[str, str, list[str]]]:
    """What stands before and behind the colon of each line at the margin, with the indented lines below it; `:=` is no colon."""
    head, lines = "", list[str]()
    for line in [*text.splitlines(), "end:"]:
        if line[:1] in {" ", "\t"} or not line.strip():
            lines.append(line)
            continue
        name, colon, rest = head.partition(":")
        if colon and not rest.lstrip(":").startswith("="):
            yield name, rest, lines
        head, lines = line, []


def _with_variables(text: str, variables: Mapping[str, str], known: dict[str, str]) -> str:
    """Text of a Makefile with its variables put in, up to a length; the others are left to the shell. `known` keeps what each is
    worth, itself while that is worked out."""
    pieces, length, end = list[str](), 0, 0
    for reference in _MAKE_REFERENCE.finditer(text):
        name = reference[1]
        if name is not None and name not in known:
            known[name] = f"${{{name}}}"
            if name in variables:
                known[name] = _with_variables(variables[name], variables, known)
        pieces += [text[end : reference.start()], "$" if name is None else known[name]]
        length += len(pieces[-2]) + len(pieces[-1])
        end = reference.end()
        if length > _LONGEST:
            break
    return "".join([*pieces, text[end:]])[:_LONGEST]


def _just(text: str, asked: tuple[str, ...], given: dict[str, str]) -> Iterator[str]:
    """The commands of a recipe with its arguments; those of what it needs come before."""
    recipes: _Recipes = {}
    parameters: dict[str, list[re.Match[str]]] = {}
    for head, needed, lines in _blocks(text):
        first, _, rest = head.partition(" ")
        if (named := _RECIPE.fullmatch(first)) is not None:
            recipes[named[1]] = (needed, tuple(lines))
            parameters[named[1]] = list(_PARAMETER.finditer(rest))
    name = asked[0] if asked else next(iter(recipes), "")
    own = parameters.get(name, [])
    values = {m[1]: m[2] for m in _JUST_VARIABLE.finditer(text)} | {p[1]: p[2] or "" for p in own} | given
    values |= dict(zip([p[1] for p in own], asked[1:], strict=False))
    for line in _ordered((name,), recipes):
        yield _JUST_REFERENCE.sub(lambda m: values.get(m[1], "")[:_LONGEST], line.strip().lstrip("@-")[:_LONGEST])[:_LONGEST]


def _ordered(names: tuple[str, ...], recipes: _Recipes) -> Iterator[str]:
    """The lines of recipes, those of what they need first, each once."""
    done: set[str] = set()
    waiting = [(name, False) for name in reversed(names)]
    while waiting:
        name, ready = waiting.pop()
        if ready:
            yield from (line for line in recipes[name][1] if line.strip())
        elif name in recipes and name not in done:
            done.add(name)
            waiting.append((name, True))
            waiting += [(needed, False) for needed in reversed(recipes[name][0].split())]


_GIVEN_VALUES = ("-C", "--directory", "-f", "--file", "--justfile", "--working-directory", "-d")
_SPELLINGS = {
    "make": ("Makefile", "makefile", "GNUmakefile"),
    "gmake": ("Makefile", "makefile", "GNUmakefile"),
    "just": ("justfile", "Justfile", ".justfile"),
}
_READERS: dict[str, Callable[[str, tuple[str, ...], dict[str, str]], Iterator[str]]] = {
    "make": _made,
    "gmake": _made,
    "just": _just,
}
