"""Which classes stand above and below which: bases in their order, and protocols with the classes that have their methods.

A class has a method of a protocol if it, or a scanned base, defines one that takes the same parameters by the same names, as a
type checker would ask. Attributes of protocols are not compared.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.linker.terms import Class, Symbol, Term, Value
from flowmap.linker.units import ScopeRef
from flowmap.model import expression as ir
from flowmap.model.summary import Assign, Define, Scope

if TYPE_CHECKING:
    from flowmap.linker.view import View

PROTOCOLS = {"typing.Protocol", "typing_extensions.Protocol"}
ABSTRACT = {"abc.ABC", *PROTOCOLS}
MAX_BASES = 40
MAX_HAVING = 100
"""Classes that count as below a protocol because they have its methods."""


def linearise(view: View, ref: ScopeRef) -> tuple[Term, ...]:
    """The class and its bases, nearest first: `Class` for scanned ones, other terms for the rest. Depth first, the last
    of equal ones kept, which is the true order in all but contrived hierarchies."""
    order: list[Term] = []
    _bases(view, Class(ref), order, 0)
    return tuple(reversed(list(dict.fromkeys(reversed(order)))))


def _bases(view: View, term: Term, order: list[Term], depth: int) -> None:
    order.append(term)
    if not isinstance(term, Class) or depth > MAX_BASES or len(order) > MAX_BASES:
        return
    for found in own_bases(view, term.scope):
        if found != term:
            _bases(view, Class(found.scope) if isinstance(found, Class) else found, order, depth + 1)


def own_bases(view: View, ref: ScopeRef) -> Value:
    """What the class statement itself names as bases; what all classes have is none."""
    place = view.symbolic_place(ScopeRef(ref.path, max(view.scope(ref).parent, 0)))
    written = (a.value for a in view.scope(ref).arguments if a.keyword is None)
    named = (t for b in written for t in view.values(b.value if isinstance(b, ir.Subscript) else b, place))
    return tuple(t for t in named if t != Symbol("builtins.object"))


def external_bases(view: View, ref: ScopeRef) -> tuple[Term, ...]:
    """The bases that are not scanned code."""
    return tuple(t for t in view.mro(ref) if not isinstance(t, Class))


def is_abstract(view: View, ref: ScopeRef) -> bool:
    """Whether objects of the class are always, or may be, of some other scanned class."""
    names = {t.name for t in external_bases(view, ref) if isinstance(t, Symbol)}
    return bool(names & ABSTRACT) or bool(view.subclasses(ref))


def below(view: View, classes: list[ScopeRef]) -> dict[ScopeRef, list[ScopeRef]]:
    """Class -> those below it, in the order given."""
    found: dict[ScopeRef, list[ScopeRef]] = {}
    for ref in classes:
        for base in view.mro(ref)[1:]:
            if isinstance(base, Class):
                found.setdefault(base.scope, []).append(ref)
    by_method: dict[str, list[ScopeRef]] = {}
    for ref in classes:
        for name in _methods(view, ref):
            by_method.setdefault(name, []).append(ref)
    protocols = [ref for ref in classes if _is_protocol(view, ref)]
    nominal, having = set(protocols), dict[tuple[object, ...], list[ScopeRef]]()
    for protocol in protocols:
        wanted = _inherited(view, protocol)
        alike = tuple((n, m.is_async, *((p.name, p.kind) for p in m.parameters)) for n, m in sorted(wanted.items()))
        if alike not in having:
            first = (c for r in by_method.get(next(iter(wanted), ""), ()) for c in (r, *found.get(r, ())))
            having[alike] = [c for c in dict.fromkeys(first) if c not in nominal and _has(view, c, wanted)]
        if len(having[alike]) > MAX_HAVING:
            outside, view.asked_of = view.asked_of, (protocol.path, view.scope(protocol).line)
            view.bounded_out(f"more than {MAX_HAVING} classes have the methods of one protocol")
            view.asked_of = outside
        known = {protocol, *found.get(protocol, ())}
        found.setdefault(protocol, []).extend(c for c in having[alike][:MAX_HAVING] if c not in known)
    return found


def _is_protocol(view: View, ref: ScopeRef) -> bool:
    """Whether the class itself says that it is one; a class below a protocol is not."""
    return any(isinstance(t, Symbol) and t.name in PROTOCOLS for t in own_bases(view, ref))


def _methods(view: View, ref: ScopeRef) -> dict[str, Scope]:
    scopes = (view.scope(ScopeRef(ref.path, s.scope)) for s in view.scope(ref).statements if isinstance(s, Define))
    return {s.name: s for s in scopes if s.kind == "function"}


def _inherited(view: View, ref: ScopeRef) -> dict[str, Scope]:
    """The methods of a class and its scanned bases, the nearest of each name."""
    found: dict[str, Scope] = {}
    for base in view.mro(ref):
        if isinstance(base, Class):
            for name, scope in _methods(view, base.scope).items():
                found.setdefault(name, scope)
    return found


def _has(view: View, ref: ScopeRef, wanted: dict[str, Scope]) -> bool:
    own = _inherited(view, ref)
    return all(name in own and _takes(own[name], method) for name, method in wanted.items())


def _takes(own: Scope, wanted: Scope) -> bool:
    """Whether a method can be called as the other is: its parameters come first, what it has beyond them is optional."""
    if own.is_async is not wanted.is_async:
        return False
    mine = [p for p in own.parameters if p.kind not in {"star", "double_star"}]
    theirs = [p for p in wanted.parameters if p.kind not in {"star", "double_star"}]
    names = {p.name for p in mine[1:]}
    open_ended = len(mine) < len(own.parameters)
    if not open_ended and any(p.name not in names for p in theirs[1:]):
        return False
    asked = {p.name for p in theirs[1:]}
    return all(p.default is not None or p.name in asked for p in mine[1:])


def declared(view: View, ref: ScopeRef) -> dict[str, ScopeRef]:
    """Annotated names in the order of a generated constructor, with the class that says it last."""
    found: dict[str, ScopeRef] = {}
    for base in reversed(view.mro(ref)):
        if isinstance(base, Class):
            for statement in view.scope(base.scope).statements:
                if (
                    isinstance(statement, Assign)
                    and statement.annotation is not None
                    and not _is_class_variable(statement.annotation)
                ):
                    name = getattr(statement.target, "id", None)
                    if isinstance(name, str):
                        found[name] = base.scope
    return found


def _is_class_variable(annotation: ir.Expression) -> bool:
    head = annotation.value if isinstance(annotation, ir.Subscript) else annotation
    return (head.attr if isinstance(head, ir.Attribute) else getattr(head, "id", "")) == "ClassVar"
