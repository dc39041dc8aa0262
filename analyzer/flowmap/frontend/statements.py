"""The one walk over a module: statements, blocks and scopes in source order. Field-directed, so it meets no token node."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import libcst as cst
from libcst.metadata import CodeRange

from flowmap.frontend.expressions import arguments, convert, operator_text
from flowmap.frontend.imports import imported
from flowmap.frontend.patterns import case_test
from flowmap.model import expression as ir
from flowmap.model import summary as out


class ScopeBuilder:
    """The mutable half of one scope while it is being read."""

    def __init__(self, parent: int) -> None:
        self.parent = parent
        self.statements: list[out.AnyStatement] = []
        self.blocks: list[out.Block] = []
        self.outer: list[str] = []
        self.groups = 0

    def group(self) -> int:
        self.groups += 1
        return self.groups


class ModuleWalk:
    """Reads one parsed module into scopes; `run` is the only entry."""

    def __init__(self, positions: Mapping[cst.CSTNode, CodeRange]) -> None:
        self._positions = positions
        self.scopes: list[out.Scope | None] = []

    def run(self, module: cst.Module) -> tuple[out.Scope, ...]:
        """All scopes of the module, the module's own first."""
        self.scopes.append(None)
        builder = ScopeBuilder(-1)
        self._suite(module.body, builder, 0, -1)
        end = max((s.end_line for s in builder.statements), default=1)
        self.scopes[0] = out.Scope("module", "", "", -1, 1, end, tuple(builder.statements), tuple(builder.blocks))
        return tuple(s for s in self.scopes if s is not None)

    def span(self, node: cst.CSTNode) -> ir.Span:
        found = self._positions[node]
        return ir.Span(found.start.line, found.end.line, found.start.column + 1)

    def add_lambda(self, node: cst.Lambda) -> int:
        index, outer, span = len(self.scopes), self._current, self.span(node)
        self.scopes.append(None)
        parameters = self._parameters(node.params)
        self._current = index
        body = out.Return(-1, span.line, span.end_line, convert(node.body, self))
        self._current = outer
        self.scopes[index] = out.Scope(
            "lambda", "<lambda>", "<lambda>", outer, span.line, span.end_line, (body,), parameters=parameters
        )  # fmt: skip
        return index

    _current = 0

    def _suite(self, body: Sequence[cst.CSTNode], builder: ScopeBuilder, scope: int, block: int) -> None:
        outer, self._current = self._current, scope
        for node in body:
            if isinstance(node, cst.SimpleStatementLine):
                for small in node.body:
                    self._simple(small, builder, block)
            elif isinstance(node, cst.BaseSmallStatement):  # behind the colon of a one-line `if x: ...`
                self._simple(node, builder, block)
            elif handler := COMPOUND.get(type(node)):
                handler(self, node, builder, scope, block)
        self._current = outer

    def _simple(self, node: cst.BaseSmallStatement, builder: ScopeBuilder, block: int) -> None:
        if handler := SIMPLE.get(type(node)):
            span = self.span(node)
            builder.statements.extend(handler(self, node, builder, out_position(block, span)))

    # simple statements

    def _assign(self, node: cst.Assign, _: ScopeBuilder, at: Position) -> list[out.AnyStatement]:
        value = convert(node.value, self)
        return [out.Assign(*at, convert(t.target, self), value) for t in node.targets]

    def _annotated(self, node: cst.AnnAssign, _: ScopeBuilder, at: Position) -> list[out.AnyStatement]:
        value = convert(node.value, self) if node.value else None
        return [out.Assign(*at, convert(node.target, self), value, convert(node.annotation.annotation, self))]

    def _augmented(self, node: cst.AugAssign, _: ScopeBuilder, at: Position) -> list[out.AnyStatement]:
        operator = operator_text(node.operator).removesuffix("=")
        return [out.Augment(*at, convert(node.target, self), operator, convert(node.value, self))]

    def _alias(self, node: cst.TypeAlias, _: ScopeBuilder, at: Position) -> list[out.AnyStatement]:
        return [out.Assign(*at, convert(node.name, self), convert(node.value, self))]

    def _expression(self, node: cst.Expr, _: ScopeBuilder, at: Position) -> list[out.AnyStatement]:
        value = convert(node.value, self)
        return [] if isinstance(value, ir.Constant | ir.Name) or _is_docstring(node) else [out.Run(*at, value)]

    def _return(self, node: cst.Return, _: ScopeBuilder, at: Position) -> list[out.AnyStatement]:
        return [out.Return(*at, convert(node.value, self) if node.value else None)]

    def _raise(self, node: cst.Raise, _: ScopeBuilder, at: Position) -> list[out.AnyStatement]:
        return [out.Raise(*at, convert(node.exc, self) if node.exc else None)]

    def _assert(self, node: cst.Assert, _: ScopeBuilder, at: Position) -> list[out.AnyStatement]:
        return [out.Run(*at, convert(node.test, self))]

    def _leave(self, node: cst.Break | cst.Continue, _: ScopeBuilder, at: Position) -> list[out.AnyStatement]:
        return [out.Leave(*at, isinstance(node, cst.Break))]

    def _import(self, node: cst.Import | cst.ImportFrom, _: ScopeBuilder, at: Position) -> list[out.AnyStatement]:
        return [out.Import(*at, module, name, alias, level) for module, name, alias, level in imported(node)]

    def _outer(self, node: cst.Global | cst.Nonlocal, builder: ScopeBuilder, _: Position) -> list[out.AnyStatement]:
        builder.outer.extend(n.name.value for n in node.names)
        return []

    # compound statements

    def _open(self, builder: ScopeBuilder, block: out.Block) -> int:
        builder.blocks.append(block)
        return len(builder.blocks) - 1

    def _run(self, value: ir.Expression, node: cst.CSTNode, builder: ScopeBuilder, block: int) -> None:
        if not isinstance(value, ir.Constant | ir.Name):
            self._decide(value, node, builder, block)

    def _decide(self, value: ir.Expression, node: cst.CSTNode, builder: ScopeBuilder, block: int) -> None:
        """What decides between branches, as a statement before them."""
        builder.statements.append(out.Run(*out_position(block, self.span(node)), value))

    def _if(self, node: cst.If, builder: ScopeBuilder, scope: int, block: int) -> None:
        group = builder.group()
        branch: cst.If | cst.Else | None = node
        while isinstance(branch, cst.If):
            test = convert(branch.test, self)
            self._decide(test, branch.test, builder, block)
            body = self._open(builder, out.Block("if", block, group, test, self.span(branch).line))
            self._suite(branch.body.body, builder, scope, body)
            branch = branch.orelse
        if branch is not None:
            body = self._open(builder, out.Block("else", block, group, None, self.span(branch).line))
            self._suite(branch.body.body, builder, scope, body)

    def _for(self, node: cst.For, builder: ScopeBuilder, scope: int, block: int) -> None:
        iterable, span = convert(node.iter, self), self.span(node)
        body = self._open(builder, out.Block("for", block, builder.group(), iterable, span.line))
        at = (block, span.line, self.span(node.iter).end_line)
        builder.statements.append(out.Iterate(*at, convert(node.target, self), iterable, body))
        self._suite(node.body.body, builder, scope, body)
        if node.orelse is not None:
            self._suite(node.orelse.body.body, builder, scope, block)

    def _while(self, node: cst.While, builder: ScopeBuilder, scope: int, block: int) -> None:
        test = convert(node.test, self)
        body = self._open(builder, out.Block("while", block, builder.group(), test, self.span(node).line))
        self._run(test, node.test, builder, body)
        self._suite(node.body.body, builder, scope, body)
        if node.orelse is not None:
            self._suite(node.orelse.body.body, builder, scope, block)

    def _try(self, node: cst.Try | cst.TryStar, builder: ScopeBuilder, scope: int, block: int) -> None:
        group, line = builder.group(), self.span(node).line
        self._suite(node.body.body, builder, scope, self._open(builder, out.Block("try", block, group, None, line)))
        for handler in node.handlers:
            kind = convert(handler.type, self) if handler.type else None
            body = self._open(builder, out.Block("except", block, group, kind, self.span(handler).line))
            self._suite(handler.body.body, builder, scope, body)
        if node.orelse is not None:
            self._suite(node.orelse.body.body, builder, scope, self._open(builder, out.Block("try", block, group, None, line)))
        if node.finalbody is not None:
            body = self._open(builder, out.Block("finally", block, builder.group(), None, self.span(node.finalbody).line))
            self._suite(node.finalbody.body.body, builder, scope, body)

    def _with(self, node: cst.With, builder: ScopeBuilder, scope: int, block: int) -> None:
        body = self._open(builder, out.Block("with", block, builder.group(), None, self.span(node).line))
        for item in node.items:
            target = convert(item.asname.name, self) if item.asname else None
            at = out_position(body, self.span(item.item))
            builder.statements.append(out.Enter(*at, convert(item.item, self), target))
        self._suite(node.body.body, builder, scope, body)

    def _match(self, node: cst.Match, builder: ScopeBuilder, scope: int, block: int) -> None:
        subject, group = convert(node.subject, self), builder.group()
        self._decide(subject, node.subject, builder, block)
        for case in node.cases:
            body = self._open(builder, out.Block("case", block, group, case_test(subject, case, self), self.span(case).line))
            self._suite(case.body.body, builder, scope, body)

    def _function(self, node: cst.FunctionDef, builder: ScopeBuilder, scope: int, block: int) -> None:
        decorators = tuple(convert(d.decorator, self) for d in node.decorators)
        parameters = self._parameters(node.params)
        returns = convert(node.returns.annotation, self) if node.returns else None
        index, own, span = self._define(node, builder, scope, block)
        self._suite(node.body.body, own, index, -1)
        self.scopes[index] = out.Scope(
            "function", node.name.value, self._qualname(scope, node.name.value), scope, span.line, span.end_line,
            tuple(own.statements), tuple(own.blocks), parameters, decorators, (), returns,
            node.asynchronous is not None, tuple(own.outer), self._head(node, span), self._variables(node),
        )  # fmt: skip

    def _class(self, node: cst.ClassDef, builder: ScopeBuilder, scope: int, block: int) -> None:
        decorators = tuple(convert(d.decorator, self) for d in node.decorators)
        bases = arguments([*node.bases, *node.keywords], self)
        index, own, span = self._define(node, builder, scope, block)
        self._suite(node.body.body, own, index, -1)
        self.scopes[index] = out.Scope(
            "class", node.name.value, self._qualname(scope, node.name.value), scope, span.line, span.end_line,
            tuple(own.statements), tuple(own.blocks), (), decorators, bases,
            outer=tuple(own.outer), head=self._head(node, span), variables=self._variables(node),
        )  # fmt: skip

    def _define(
        self, node: cst.FunctionDef | cst.ClassDef, builder: ScopeBuilder, scope: int, block: int
    ) -> tuple[int, ScopeBuilder, ir.Span]:
        """Reserves the scope, so that parents come before children, and states the definition in the surrounding scope."""
        index, span = len(self.scopes), self.span(node)
        placeholder = out.Scope("", node.name.value, self._qualname(scope, node.name.value), scope, 0, 0, ())
        self.scopes.append(placeholder)
        builder.statements.append(out.Define(*out_position(block, span), index))
        return index, ScopeBuilder(scope), span

    def _head(self, node: cst.FunctionDef | cst.ClassDef, span: ir.Span) -> int:
        return self.span(node.decorators[0]).line if node.decorators else span.line

    def _variables(self, node: cst.FunctionDef | cst.ClassDef) -> tuple[out.Parameter, ...]:
        written = [p.param for p in node.type_parameters.params] if node.type_parameters else []
        variables = [p for p in written if isinstance(p, cst.TypeVar)]
        return tuple(out.Parameter(p.name.value, "type", None, convert(p.bound, self) if p.bound else None) for p in variables)

    def _qualname(self, scope: int, name: str) -> str:
        parent = self.scopes[scope]
        return f"{parent.qualname}.{name}" if parent is not None and parent.qualname else name

    def _parameters(self, node: cst.Parameters) -> tuple[out.Parameter, ...]:
        found = [self._parameter(p, "positional") for p in node.posonly_params]
        found += [self._parameter(p, "normal") for p in node.params]
        if isinstance(node.star_arg, cst.Param):
            found.append(self._parameter(node.star_arg, "star"))
        found += [self._parameter(p, "keyword") for p in node.kwonly_params]
        if node.star_kwarg is not None:
            found.append(self._parameter(node.star_kwarg, "double_star"))
        return tuple(found)

    def _parameter(self, node: cst.Param, kind: str) -> out.Parameter:
        default = convert(node.default, self) if node.default else None
        return out.Parameter(node.name.value, kind, default, convert(node.annotation.annotation, self) if node.annotation else None)


Position = tuple[int, int, int]


def out_position(block: int, span: ir.Span) -> Position:
    """The three fields every statement starts with."""
    return (block, span.line, span.end_line)


def _is_docstring(node: cst.Expr) -> bool:
    return isinstance(node.value, cst.SimpleString | cst.ConcatenatedString | cst.FormattedString)


SIMPLE: Mapping[type[cst.CSTNode], Callable[[ModuleWalk, Any, ScopeBuilder, Position], list[out.AnyStatement]]] = {
    cst.Assign: ModuleWalk._assign,
    cst.AnnAssign: ModuleWalk._annotated,
    cst.AugAssign: ModuleWalk._augmented,
    cst.TypeAlias: ModuleWalk._alias,
    cst.Expr: ModuleWalk._expression,
    cst.Return: ModuleWalk._return,
    cst.Raise: ModuleWalk._raise,
    cst.Break: ModuleWalk._leave,
    cst.Continue: ModuleWalk._leave,
    cst.Assert: ModuleWalk._assert,
    cst.Import: ModuleWalk._import,
    cst.ImportFrom: ModuleWalk._import,
    cst.Global: ModuleWalk._outer,
    cst.Nonlocal: ModuleWalk._outer,
}
COMPOUND: Mapping[type[cst.CSTNode], Callable[[ModuleWalk, Any, ScopeBuilder, int, int], None]] = {
    cst.If: ModuleWalk._if,
    cst.For: ModuleWalk._for,
    cst.While: ModuleWalk._while,
    cst.Try: ModuleWalk._try,
    cst.TryStar: ModuleWalk._try,
    cst.With: ModuleWalk._with,
    cst.Match: ModuleWalk._match,
    cst.FunctionDef: ModuleWalk._function,
    cst.ClassDef: ModuleWalk._class,
}
