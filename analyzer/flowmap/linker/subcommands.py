"""Functions that `set_defaults` gives to the parts of a parser: those of parts that a service is not started with are not what it
does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.linker.activations import Caller, last_name
from flowmap.linker.callers import SETTING
from flowmap.linker.commands import is_another_part
from flowmap.linker.terms import Member, Place

if TYPE_CHECKING:
    from flowmap.linker.view import View


def is_another(view: View, caller: Caller) -> bool:
    """Whether a function is given to a part of a parser, and the service is started with another part."""
    if caller.site is None or last_name(caller.site.call.callee) != SETTING:
        return False
    place = Place(view.symbolic_place(caller.scope).frame, caller.scope, caller.site.position)
    parts = [t.owner for t in view.values(caller.site.call.callee, place) if isinstance(t, Member)]
    return bool(parts) and all(is_another_part(view, t) for t in parts)
