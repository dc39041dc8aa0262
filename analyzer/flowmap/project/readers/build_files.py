"""BUILD files of Pants and Bazel: the programs that they make of which file, and the images that hold them.

The language is a subset of Python, so Python's own parser reads it; nothing is run. Macros and loaded rules are not followed, nor
are recipes that stand in a target.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowmap.descriptor_api import (
    Build,
    Declarations,
    DeclaredImage,
    DeclaredProcess,
    DescriptorReader,
    Diagnostic,
    Distribution,
    Setting,
)
from flowmap.project.bounds import cut
from flowmap.project.paths import above, base, join, parent, relative
from flowmap.project.starlark import pairs, text, texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flowmap.descriptor_api import DescriptorFile

_NAME = re.compile(r"BUILD(\.(pants|bazel|\w+))?")
_RULES = ("pex_binary", "docker_image", "py_binary", "py3_image", "py_image", "oci_image")
_OURS = re.compile(rb"^\w*(?:pex_binary|docker_image|py_binary|py3?_image|oci_image)\(", re.MULTILINE)
_PLAIN_NAMES = frozenset({"docker", "image", "img", "container", "main", "bin", "binary", "oci", "app", "python", "pex"})
_SOURCE_FOLDERS = ("", "src", "src/python", "python")
_COPIED = re.compile(r"^[ \t]*(?:COPY|ADD)[ \t]+(.+)$", re.MULTILINE | re.IGNORECASE)
_MOST_PROGRAMS = 5_000


@dataclass(frozen=True, slots=True)
class _Target:
    """A target: its file, the rule, its name, and the call that states it."""

    file: DescriptorFile
    rule: str
    name: str
    call: ast.Call
    names: dict[str, str]

    @property
    def folder(self) -> str:
        return parent(self.file.path)

    @property
    def title(self) -> str:
        """What the target is about: its name, or that of its folder."""
        return base(self.folder).lstrip(".") or self.name if self.name in _PLAIN_NAMES else self.name

    def get(self, key: str) -> ast.expr | None:
        return next((k.value for k in self.call.keywords if k.arg == key), None)

    def text(self, key: str) -> str:
        return text(self.get(key), self.names) or ""


@dataclass(frozen=True, slots=True)
class _Program:
    """What a target makes: the path at which it stands in a build, and the file that it starts."""

    target: _Target
    output: str
    entry: str


def _matches(path: str) -> bool:
    return bool(_NAME.fullmatch(base(path)))


def _read(files: tuple[DescriptorFile, ...]) -> Declarations:
    targets = [t for file in files if _OURS.search(file.content) for t in _targets(file)]
    programs = [p for t in targets if (p := _program(t)) is not None]
    said: tuple[Diagnostic, ...] = ()
    if len(programs) > _MOST_PROGRAMS:
        where = programs[_MOST_PROGRAMS].target
        said = (cut(_MOST_PROGRAMS, "programs of BUILD files", where.file.at(where.call.lineno)),)
    programs = programs[:_MOST_PROGRAMS]
    made = tuple((p.output, p.entry) for p in programs)
    built = [(t, b) for t in targets if t.rule == "docker_image" and (b := _build(t, made)) is not None]
    return Declarations(
        processes=(
            *(_image(t, b) for t, b in built if not _is_base(t) and _holds(t, b)),
            *(found for t in targets if t.rule.endswith("_image") and (found := _assembled(t, programs)) is not None),
        ),
        images=tuple(
            DeclaredImage(t.text("repository") or t.name, b, t.file.at(t.call.lineno)) for t, b in built if t.title == t.name
        ),
        distributions=tuple(_installed(p) for p in programs),
        diagnostics=said,
    )


def _targets(file: DescriptorFile) -> Iterator[_Target]:
    try:
        tree = ast.parse(file.content)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    names: dict[str, str] = {}
    for statement in tree.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if (known := text(value, names)) is not None:
                names[name] = known
            case ast.Expr(value=ast.Call(func=ast.Name(id=rule)) as call) if rule in _RULES:
                stated = next((k.value for k in call.keywords if k.arg == "name"), None)
                yield _Target(file, rule, text(stated, names) or base(parent(file.path)), call, names)


def _program(target: _Target) -> _Program | None:
    """The program of a `pex_binary` or `py_binary`; None if its file is not found."""
    if target.rule == "pex_binary":
        entry = _entry(target, target.text("entry_point").partition(":")[0])
        dotted = target.folder.replace("/", ".") + "/" if target.folder != "." else ""
        output = target.text("output_path") or f"{dotted}{target.name}.pex"
    elif target.rule in ("py_binary", "py3_image", "py_image"):
        sources = texts(target.get("srcs"), target.names)
        main = target.text("main") or next(
            (s for s in sources if s == f"{target.name}.py"), sources[0] if len(sources) == 1 else ""
        )
        entry = _entry(target, main.lstrip(":"))
        output = join(target.folder, target.name) or target.name
    else:
        return None
    return _Program(target, output, entry) if entry else None


def _entry(target: _Target, named: str) -> str:
    """The file of an entry point: one beside the BUILD file, or a module below a root of sources; empty if it is not there."""
    if named.endswith(".py"):
        path = join(target.folder, named)
        return path if path is not None and target.file.look(path) is not None else ""
    stem = named.replace(".", "/")
    folders = (target.folder, *above(target.folder)) if stem else ()
    places = (
        join(f, f"{root}/{stem}{tail}".lstrip("/")) for f in folders for root in _SOURCE_FOLDERS for tail in (".py", "/__main__.py")
    )
    return next((p for p in places if p is not None and target.file.look(p) is not None), "")


def _installed(program: _Program) -> Distribution:
    """A program as a command that can be called by the name of its file."""
    target = program.target
    folder = parent(program.entry)
    module = relative(program.entry, folder).removesuffix(".py")
    return Distribution(folder, "", target.file.at(target.call.lineno), scripts=((base(program.output), module),))


def _build(target: _Target, made: tuple[tuple[str, str], ...]) -> Build | None:
    """How Pants makes an image: everything stands in it as seen from the top, or from a folder that the target names."""
    recipe = join(target.folder, target.text("source") or "Dockerfile")
    stated = target.text("context_root")
    around = target.folder if stated.startswith("./") else "."
    context = join(around, stated.lstrip("/") or ".")
    if recipe is None or context is None or target.file.look(recipe) is None:
        return None
    arguments = (a.partition("=") for a in texts(target.get("extra_build_args"), target.names))
    args = tuple((name, value) for name, given, value in arguments if given)
    return Build(context, recipe, args, target.text("target_stage"), made)


def _is_base(target: _Target) -> bool:
    """Whether an image is only for other images to start from."""
    pushed = target.get("skip_push")
    return isinstance(pushed, ast.Constant) and pushed.value is True


def _holds(target: _Target, build: Build) -> bool:
    """Whether a recipe takes a program into its image."""
    recipe = (target.file.look(build.dockerfile or "") or b"").decode("utf-8", errors="replace")
    programs = {base(path) for path, _ in build.made}
    return any(base(word) in programs for found in _COPIED.finditer(recipe) for word in found[1].split()[:-1])


def _image(target: _Target, build: Build) -> DeclaredProcess:
    return DeclaredProcess(
        name=target.title,
        system="pants",
        scope=target.folder,
        location=target.file.at(target.call.lineno),
        rank=2,
        build=build,
    )


def _assembled(target: _Target, programs: Sequence[_Program]) -> DeclaredProcess | None:
    """An image of Bazel, which runs its own sources, or the program whose name its entry point ends with."""
    words = texts(target.get("entrypoint"), target.names)
    own = [p for p in programs if p.target is target]
    named = [p for p in programs if words and p.target.folder == target.folder and base(p.output) == base(words[0])]
    program = next(iter((*own, *named)), None)
    if program is None or target.rule == "docker_image":
        return None
    folder = parent(program.entry)
    return DeclaredProcess(
        name=target.title,
        system="bazel",
        scope=target.folder,
        location=target.file.at(target.call.lineno),
        rank=2,
        folder=folder,
        command=("python", base(program.entry), *(words[1:] if named else texts(target.get("args"), target.names))),
        environment=tuple(Setting(n, v, target.file.at(target.call.lineno)) for n, v in pairs(target.get("env"), target.names)),
    )


READER = DescriptorReader("build-files", _matches, read_all=_read)
