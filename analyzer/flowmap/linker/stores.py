"""What stores outside the code hold: entries of the parameter store and secrets, asked for by names that may have holes, and the
fields of secrets that are JSON.

A secret that the deployment writes is as known as its files; of one that nobody in the scan writes, the name of the field is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flowmap.linker.making import making
from flowmap.linker.subjects import given, of_last_call
from flowmap.linker.terms import Element, Frame, Link, Literal, Made, Member, Symbol, Template, Term, Unset, Value
from flowmap.linker.texts import bounded, named, text_of
from flowmap.linker.waiting import depends

if TYPE_CHECKING:
    from flowmap.linker.view import View

PARAMETER, SECRET, FIELD, HOLE = "ssm:", "secret:", "::", "{}"
PARSERS = {"json.loads", "orjson.loads", "ujson.loads", "simplejson.loads"}
_ARN = re.compile(r"arn:[^:]*:secretsmanager:[^:]*:[^:]*:secret:")


def entry_name(view: View, prefix: str, asked: Term) -> str | None:
    """The name of the one entry that is asked for, `prefix` in front; None if a computed name fits none or several."""
    shape = _shape(asked)
    if shape is None:
        return None
    name = prefix + _ARN.sub("", shape)
    if name in view.environment:
        return name
    fitting = [e for e in view.environment if e.startswith(prefix) and HOLE in e + name and _same(e, name)]
    if len(fitting) == 1:
        return fitting[0]
    return name if isinstance(asked, Literal) else None


def _shape(asked: Term) -> str | None:
    match asked:
        case Literal(value=str()):
            return text_of(asked)
        case Template(parts=parts) if not depends(asked) and any(isinstance(p, str) and any(c.isalnum() for c in p) for p in parts):
            return "".join(p if isinstance(p, str) else HOLE for p in parts)
        case _:
            return None


def _same(one: str, other: str) -> bool:
    """Whether two names are the same but for their holes, none of which stands for more than a piece between slashes."""
    return any(
        re.fullmatch("[^:/]+".join(map(re.escape, a.split(HOLE))), b.replace(HOLE, "x")) for a, b in ((one, other), (other, one))
    )


def is_read_in(view: View, term: Element, frame: Frame) -> bool:
    """Whether an item is an entry whose name a caller of this activation gives."""
    call = of_last_call(view, term)
    here = call is not None and call.place is not None and call.place.frame is frame
    return here and any(view.knowledge.read_of(name) is not None for name in view.plain_names_of(term))


def field(view: View, owner: Term, key: Term) -> Value:
    """A field of a secret: of one whose text the deployment writes; of one that nobody does, by its name."""
    if not isinstance(key, Literal) or not isinstance(key.value, str):
        return ()
    if not (isinstance(owner, Made) and isinstance(owner.callee, Symbol) and owner.callee.name in PARSERS and owner.creation):
        return ()
    told = given(view, making(owner.creation), 0)
    secrets = [t for t in told if isinstance(t, Unset) and t.name.startswith(SECRET)]
    return bounded(Unset(_field_name(t.name, key.value)) for t in secrets) if secrets and len(secrets) == len(told) else ()


def method(view: View, callee: Member, link: Link) -> Value | None:
    """`get` of a secret's fields; None for anything else."""
    found = bounded(t for key in given(view, link, 0) for t in field(view, callee.owner, key)) if callee.name == "get" else ()
    return found or None


def _field_name(secret: str, key: str) -> str:
    """What a field of a secret goes by: its own name, if that says more than one word."""
    return key if len(re.findall(r"[A-Za-z][a-z]+|[A-Z]+", key)) > 1 else f"{secret}{FIELD}{key}"


def of_any_secret(view: View, name: str) -> Value:
    """What the secrets that the deployment writes hold in a field of this name, where just one of them has it."""
    found = {s for e, s in view.environment.items() if e.startswith(SECRET) and e.endswith(f"{FIELD}{name}")}
    return kept(found.pop(), name) if len(found) == 1 else ()


def kept(said: str, name: str) -> Value:
    """The text of a field; one that only whoever deploys knows is the field's name."""
    return (Unset(name),) if said == HOLE else named((Literal(said),), name)
