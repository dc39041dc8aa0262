"""An annotation as a promise: some object of that type, whoever made it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from flowmap.linker.making import ready
from flowmap.linker.tables import Binding
from flowmap.linker.terms import (
    Class,
    Creation,
    Element,
    Elements,
    Entries,
    Function,
    Instance,
    Link,
    Literal,
    Made,
    Member,
    Parameter,
    Partial,
    Pending,
    Place,
    Promised,
    Supplier,
    Symbol,
    Term,
    Unknown,
    Value,
)
from flowmap.linker.texts import bounded
from flowmap.linker.typevars import bounds, is_variable
from flowmap.linker.waiting import depends
from flowmap.model import expression as ir
from flowmap.model.summary import Parameter as Declared

if TYPE_CHECKING:
    from flowmap.linker.view import View

CARRIERS = frozenset(
    "Optional Annotated Final ClassVar Required NotRequired Awaitable Coroutine AsyncIterator AsyncGenerator Iterator Generator "
    "AsyncContextManager ContextManager AbstractAsyncContextManager AbstractContextManager FromDishka Inject Injected".split()
)
"""Generic types that stand for their first argument where a receiver is asked for."""
COLLECTIONS = {"list", "List", "Sequence", "Iterable", "tuple", "Tuple", "set", "Set", "AsyncIterable", "Collection"}
MAPPINGS = {"dict", "Dict", "Mapping", "MutableMapping", "defaultdict"}
NO_TYPES = {"typing.Any", "typing.Self", "typing.TypeVar"}


MAX_ALIASES = 6
"""Names that stand for other annotations, one after the other."""


def kept(view: View, value: Value, annotation: ir.Expression | None, place: Place) -> Value:
    """The value with what its annotation promises."""
    return promised(view, value, instance_of(view, annotation, place)) if annotation is not None else value


def promised(view: View, value: Value, kinds: Value) -> Value:
    """Objects of these types where the value says nothing; what waits for a caller keeps the promise until then."""
    if not kinds or is_silent(view, value):
        return kinds or value
    waiting = Parameter | Pending | Made | Member | Element
    return tuple(Promised(t, kinds) if isinstance(t, waiting) and depends(t) else t for t in value)


def without_placeholders(view: View, found: Iterable[tuple[Binding, Value]]) -> Value:
    """What the bindings of a name give together. What is promised of a None (`client: Client | None = None`) counts no more where
    an object of that type is known to come in its place."""
    values = list(found)
    kinds = [t for b, value in values if _is_placeholder(b) for t in value if t != Literal(None)] if len(values) > 1 else []
    said = tuple(t for b, value in values if not _is_placeholder(b) for t in value) if kinds else ()
    met = any(_is_made_as(view, t, kind) for t in said for kind in kinds)
    return said if met else tuple(t for _, value in values for t in value)


def _is_made_as(view: View, term: Term, kind: Term) -> bool:
    """Whether it is known how an object of a type was made."""
    match term, kind:
        case Made(creation=Creation()), Made(callee=callee):
            return bool(set(view.names_of(term.callee)) & set(view.names_of(callee)))
        case Instance(scope=scope, creation=Creation()), Instance(scope=base):
            return Class(base) in view.mro(scope)
        case _:
            return False


def _is_placeholder(binding: Binding) -> bool:
    return isinstance(binding.value, ir.Constant) and binding.value.value is None


def is_silent(view: View, value: Value) -> bool:
    """Whether a value says nothing of what it is: not known, None, or made by a library that no plugin speaks of."""
    return all(_is_silent(view, t) for t in value)


def _is_silent(view: View, term: Term) -> bool:
    match term:
        case Unknown() | Literal(value=None):
            return True
        case Made() | Member() | Element() | Symbol():
            return not depends(term) and not _is_own(term) and not view.is_known(term)
        case _:
            return False


def _is_own(term: Term) -> bool:
    """Whether it comes of something of the language or the scan: a builtin, an object of a scanned class."""
    while isinstance(term, Made | Member | Element):
        term = term.callee if isinstance(term, Made) else term.owner
    return not isinstance(term, Symbol) or term.name.startswith("builtins.")


def of_parameter(view: View, declared: Declared, place: Place) -> Value:
    """What the annotation of a parameter promises; that of `*args` and `**kwargs` is their elements'."""
    promised = instance_of(view, declared.annotation, place) if declared.annotation is not None else ()
    if not promised or declared.kind not in {"star", "double_star"}:
        return promised
    element = ready(promised)
    return (Elements((element,), open=True),) if declared.kind == "star" else (Entries(((None, element),), open=True),)


def spelled_out(view: View, annotation: ir.Expression | None, place: Place) -> tuple[ir.Expression | None, Place]:
    """An annotation that is a name for another one (`Db = Annotated[Session, Depends(db)]`), with the place where that stands."""
    for _ in range(MAX_ALIASES):
        if not isinstance(annotation, ir.Name):
            break
        found = view.definition_of(annotation.id, place)
        if found is None or not isinstance(found[0], ir.Subscript | ir.Binary | ir.Name):
            break
        annotation, place = found
    return annotation, place


def instance_of(view: View, annotation: ir.Expression | None, place: Place) -> Value:
    """Objects that fit the annotation; empty where it names nothing that could be followed (builtins, Any), and inside an alias
    that is defined by itself (`Json = dict[str, "Json"]`)."""
    if not isinstance(annotation, ir.Name):
        return _instance_of(view, annotation, place)
    meant, there = spelled_out(view, annotation, place)
    key = ("promise", annotation, place.scope, place.frame.id, place.mark)
    return view.guarded(key, lambda: _instance_of(view, meant, there), ())


def _instance_of(view: View, annotation: ir.Expression | None, place: Place) -> Value:
    match annotation:
        case ir.Constant(value=str() as text):
            return instance_of(view, _parsed(text), place)
        case ir.Name() | ir.Attribute():
            return bounded(t for kind in view.values(annotation, place) for t in object_of(view, kind))
        case ir.Binary(left=left, operator="|", right=right):
            return bounded((*instance_of(view, left, place), *instance_of(view, right, place)))
        case ir.Subscript(value=generic, index=index):
            return _generic(view, generic, index, place)
        case _:
            return ()


def object_of(view: View, kind: Term) -> Value:
    """An object of a class, or of what bounds a type variable; nothing of what is no class, or a builtin one."""
    match kind:
        case Class(scope=scope):
            return () if view.is_enum(scope) else (Instance(scope),)
        case Symbol(name=name) if not name.startswith("builtins.") and name not in NO_TYPES:
            return (Made(kind),)
        case Supplier(gives=given):
            return given
        case Made():
            found = ((d.expression, d.place) for d in bounds(kind))
            return bounded(t for bound, place in found if place is not None for t in instance_of(view, bound, place))
        case _:
            return ()


def supplied(view: View, value: Value) -> Value:
    """What functions and classes of the scan give when they are called with nothing."""
    makers = (t for t in value if isinstance(t, Function | Partial | Class))
    return bounded(t for maker in makers for t in view.apply(maker, Link(None, ()), None))


def _generic(view: View, generic: ir.Expression, index: ir.Expression, place: Place) -> Value:
    name = last_name(generic)
    inner = index.elements if isinstance(index, ir.Sequence) else (index,)
    if not inner:
        return ()
    if name in CARRIERS:
        return instance_of(view, inner[0], place)
    if name == "Union":
        return bounded(t for part in inner for t in instance_of(view, part, place))
    if name in {"type", "Type"}:
        return bounded(t for kind in view.values(inner[0], place) for t in _bounded_by(view, kind))
    if name in COLLECTIONS:
        element = instance_of(view, inner[0], place)
        return (Elements((ready(element),), open=True),) if element else ()
    if name in MAPPINGS:
        value = instance_of(view, inner[-1], place)
        return (Entries(((None, ready(value)),), open=True),) if value else ()
    if name == "Callable":
        gives = instance_of(view, inner[-1], place) if len(inner) > 1 else ()
        return (Supplier(gives),) if gives else ()
    return instance_of(view, generic, place)


def _bounded_by(view: View, kind: Term) -> Value:
    """The class itself, or those that bound a type variable."""
    return bounded(t for d in bounds(kind) for t in view.force(d)) if is_variable(kind) else (kind,)


def last_name(node: ir.Expression) -> str:
    """The name of a generic type without where it comes from."""
    return node.id if isinstance(node, ir.Name) else node.attr if isinstance(node, ir.Attribute) else ""


def _parsed(text: str) -> ir.Expression | None:
    """A forward reference; only dotted names and one level of `Generic[...]` are read."""
    text = text.strip()
    head, bracket, rest = text.partition("[")
    if bracket and rest.endswith("]"):
        base, inner = _parsed(head), _parsed(rest[:-1].split(",")[0])
        return ir.Subscript(base, inner) if base and inner else None
    names = text.split(".")
    if not all(n.isidentifier() for n in names):
        return None
    node: ir.Expression = ir.Name(names[0])
    for attr in names[1:]:
        node = ir.Attribute(node, attr)
    return node
