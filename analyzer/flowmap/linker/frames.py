"""Activations of scopes and the places in them: who is told apart from whom while values are worked out."""

from __future__ import annotations

from flowmap.linker.memo import Memo
from flowmap.linker.terms import Frame, Instance, Link, Place, Term
from flowmap.linker.units import ScopeRef, Unit, Units
from flowmap.model.summary import Scope

MAX_DEPTH = 9
"""Scanned functions that call each other while one value is worked out."""
END = 1 << 30
"""The position behind the last statement of a scope."""


class Frames(Memo):
    """The modules of a program and the frames of their scopes; equal frames are identical."""

    def __init__(self, units: Units) -> None:
        super().__init__()
        self.units = units
        self._frames: dict[object, Frame] = {}

    def unit(self, path: str) -> Unit:
        return self.units.by_path[path]

    def scope(self, ref: ScopeRef) -> Scope:
        return self.unit(ref.path).scope(ref.index)

    def frame(self, scope: ScopeRef, link: Link | None, closure: Frame | None = None, receiver: Term | None = None) -> Frame:
        """The activation of a scope; the same one for the same arguments. Beyond `MAX_DEPTH` callers nothing is told apart."""
        if link is not None and link.place is not None and link.place.frame.depth >= MAX_DEPTH:
            self.bounded_out("calls nested too deeply")
            link, receiver = None, self.generalised(receiver)
        key = (scope, link.key if link else None, closure.id if closure else None, receiver)
        found = self._frames.get(key)
        if found is None:
            found = self._frames[key] = Frame(len(self._frames) + 1, scope, link, closure, receiver)
        return found

    def generalised(self, receiver: Term | None) -> Term | None:
        """The object as one of its class, whoever made it."""
        return Instance(receiver.scope) if isinstance(receiver, Instance) else receiver

    def symbolic_place(self, ref: ScopeRef, position: int = END) -> Place:
        """A place in a scope with nothing fixed; a class body lies in the frame of what surrounds it."""
        owner = ref
        while self.scope(owner).kind == "class":
            owner = ScopeRef(owner.path, max(self.scope(owner).parent, 0))
        return Place(self.frame(owner, None), ref, position)

    def enclosing_frame(self, frame: Frame) -> Frame:
        """The frame in which the frame's function was defined."""
        if frame.closure is not None:
            return frame.closure
        index = self.scope(frame.scope).parent
        while index > 0 and self.unit(frame.scope.path).scope(index).kind == "class":
            index = self.unit(frame.scope.path).scope(index).parent
        return self.frame(ScopeRef(frame.scope.path, max(index, 0)), None)

    def definition_place(self, frame: Frame) -> Place:
        """Where the frame's function is defined: its defaults, annotations and decorators are evaluated there."""
        outer = self.enclosing_frame(frame)
        return Place(outer, ScopeRef(frame.scope.path, max(self.scope(frame.scope).parent, 0)), END)
