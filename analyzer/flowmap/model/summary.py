"""What one Python file says, condensed: the border between reading files and understanding the program.

A summary knows no other file, no plugin and no configuration. Statements keep source order; what surrounds them
(branch, loop, try, with) is a tree of blocks per scope. Names are not resolved and nothing is desugared away that a
reader of the source would miss.
"""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from flowmap.model.expression import Argument, Expression, Node

SCHEMA_VERSION = 6
"""Part of every cache key: raise it whenever the shape or the meaning of a summary changes."""


class Block(msgspec.Struct, frozen=True, array_like=True):
    """A nested suite. `kind`: if, else, for, while, try, except, finally, with, case. `group` is shared by the
    branches of one statement (`if`/`elif`/`else`, `try`/`except`), `parent` is an index into the scope's blocks, -1 for the
    scope's own body. `test` is the condition, the loop's iterable, the match subject compared, the exception type."""

    kind: str
    parent: int
    group: int
    test: Expression | None = None
    line: int = 0


class Statement(Node, frozen=True):
    """Base of the statements; `block` is -1 in the scope's own body."""

    block: int
    line: int
    end_line: int


class Assign(Statement, frozen=True, tag="="):
    """`target = value`; a bare annotation has no value."""

    target: Expression
    value: Expression | None
    annotation: Expression | None = None


class Augment(Statement, frozen=True, tag="+="):
    """`target operator= value`."""

    target: Expression
    operator: str
    value: Expression


class Iterate(Statement, frozen=True, tag="for"):
    """The head of a loop: `target` takes each element of `iterable`; `body` is the loop's block."""

    target: Expression
    iterable: Expression
    body: int


class Enter(Statement, frozen=True, tag="with"):
    """`with context as target`."""

    context: Expression
    target: Expression | None


class Import(Statement, frozen=True, tag="import"):
    """`import module as alias` (name is None), `from module import name as alias`; `*` is a name; `level` counts the dots."""

    module: str
    name: str | None
    alias: str | None
    level: int


class Define(Statement, frozen=True, tag="def"):
    """A function or class statement; `scope` indexes the module's scopes."""

    scope: int


class Run(Statement, frozen=True, tag="run"):
    """An expression evaluated for its effect (also the conditions of branches and loops)."""

    value: Expression


class Return(Statement, frozen=True, tag="return"):
    """`return value`."""

    value: Expression | None


class Raise(Statement, frozen=True, tag="raise"):
    """`raise value`."""

    value: Expression | None


class Leave(Statement, frozen=True, tag="leave"):
    """`break` or `continue`: what follows in the body of the loop is not come to; `whole` if the loop ends."""

    whole: bool


AnyStatement: TypeAlias = Assign | Augment | Iterate | Enter | Import | Define | Run | Return | Raise | Leave


class Parameter(msgspec.Struct, frozen=True, array_like=True):
    """`kind`: positional, normal, keyword (only), star (`*args`), double_star (`**kwargs`); type for a type parameter."""

    name: str
    kind: str
    default: Expression | None = None
    annotation: Expression | None = None


class Scope(msgspec.Struct, frozen=True, array_like=True):
    """The module itself, a class, a function or a lambda. `line` is that of the `def`, `head` that of the first decorator;
    `outer` names are those of `global` and `nonlocal`, `variables` the type parameters (`class Box[T: Bound]`), annotated with
    their bounds."""

    kind: str
    name: str
    qualname: str
    parent: int
    line: int
    end_line: int
    statements: tuple[AnyStatement, ...]
    blocks: tuple[Block, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    decorators: tuple[Expression, ...] = ()
    arguments: tuple[Argument, ...] = ()
    returns: Expression | None = None
    is_async: bool = False
    outer: tuple[str, ...] = ()
    head: int = 0
    variables: tuple[Parameter, ...] = ()


class ModuleSummary(msgspec.Struct, frozen=True, array_like=True):
    """One file. `scopes[0]` is the module. `problem` is set, and the scopes are empty but for the module, if the file
    could not be read as Python."""

    path: str
    digest: str
    scopes: tuple[Scope, ...]
    problem: str | None = None
    problem_line: int = 0
