"""The modules of a configuration: the folders of the scan with Terraform files, and which of them calls which with what.

A folder that no other one of the scan calls is applied by itself. Of modules from elsewhere (a registry, a repository), a few are
known (`flowmap.project.terraform.known`).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flowmap.project.paths import base, join
from flowmap.project.terraform.expressions import Assigned, Block, Body, Constant

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flowmap.project.terraform.expressions import Expression
    from flowmap.project.terraform.values import Resource, Value


_DEEPEST = 70


@dataclass(frozen=True, slots=True)
class Source:
    """What the files of one folder hold; `counts` are its resources by their types, `given` the values of variables that stand
    beside it (`terraform.tfvars`)."""

    folder: str
    variables: Mapping[str, Block]
    locals: Mapping[str, Assigned]
    resources: tuple[Block, ...]
    named: Mapping[tuple[str, str, str], Block]
    counts: Mapping[str, int]
    calls: Mapping[str, Block]
    outputs: Mapping[str, Block]
    given: Mapping[str, Expression]


@dataclass(slots=True)
class Bounds:
    """What may still be spent on a scan: steps of evaluation, and modules; `depth` is how many evaluations are under way."""

    steps: int = 200_000
    modules: int = 3_000
    depth: int = 0
    deepest: int = 0

    def step(self) -> bool:
        """Whether one more evaluation may be made."""
        self.steps -= 1
        self.deepest = max(self.deepest, self.depth)
        return self.steps > 0 and self.depth < _DEEPEST

    def module(self) -> bool:
        self.modules -= 1
        return self.modules > 0

    @property
    def spent(self) -> bool:
        """Whether something was not followed."""
        return self.steps <= 0 or self.modules <= 0 or self.deepest >= _DEEPEST


@dataclass(slots=True, eq=False)
class Module:
    """A folder as it is applied: by itself, or called by `caller` with the arguments in `call`. `known`, `made`, `by_name`
    and `children` remember what was looked for before; what is being looked for is there as unknown. `look` reads a file of the
    scan."""

    source: Source
    sources: Mapping[str, Source]
    look: Callable[[str], bytes | None]
    bounds: Bounds
    caller: Module | None = None
    call: Block | None = None
    each: tuple[Value, Value] | None = None
    depth: int = 0
    known: dict[tuple[str, ...], Value] = field(default_factory=dict)
    made: dict[int, tuple[Resource, ...]] = field(default_factory=dict)
    by_name: dict[str, dict[str, Resource]] = field(default_factory=dict)
    children: tuple[Module, ...] | None = None

    @property
    def root(self) -> Module:
        return self if self.caller is None else self.caller.root

    @property
    def call_name(self) -> str:
        """What the call is labelled with; empty if there is none."""
        return self.call.labels[0] if self.call is not None else ""

    @property
    def name(self) -> str:
        """What the call is labelled with; the folder's name if there is none."""
        return self.call_name or base(self.source.folder)


def source_of(folder: str, bodies: list[Body], given: Mapping[str, Expression]) -> Source:
    """What the files of a folder hold together."""
    blocks = [block for body in bodies for block in body.blocks]

    def labelled(kind: str) -> dict[str, Block]:
        return {b.labels[0]: b for b in blocks if b.kind == kind and b.labels}

    resources = tuple(b for b in blocks if b.kind in {"resource", "data"} and len(b.labels) == 2)
    return Source(
        folder,
        labelled("variable"),
        {name: assigned for b in blocks if b.kind == "locals" for name, assigned in b.body.attributes.items()},
        resources,
        {(b.kind, b.labels[0], b.labels[1]): b for b in resources},
        Counter(b.labels[0] for b in resources if b.kind == "resource"),
        labelled("module"),
        labelled("output"),
        given,
    )


def called_folder(folder: str, call: Block) -> str | None:
    """The folder of the scan that a module call names; None for modules from elsewhere."""
    source = call.body.attributes.get("source")
    named = source.value.value if source is not None and isinstance(source.value, Constant) else None
    return join(folder, named) if isinstance(named, str) and named.startswith((".", "/")) else None


def roots_of(sources: Mapping[str, Source]) -> list[Source]:
    """The folders that no other one calls."""
    called = {called_folder(s.folder, call) for s in sources.values() for call in s.calls.values()}
    return [s for folder, s in sorted(sources.items()) if folder not in called]
