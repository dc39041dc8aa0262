"""Values whose hash is worked out once: terms are keys everywhere, and large ones hold others many levels deep."""

from __future__ import annotations


class Hashed:
    """A base for frozen, slotted dataclasses; what is generated for them is asked once per object."""

    __slots__ = ("_hash",)
    _hash: int

    def __init_subclass__(cls) -> None:
        compute = cls.__dict__.get("__hash__")
        if compute is None:
            return  # not yet: a slotted dataclass is made twice, and has its hash the second time

        def remembered(self: Hashed) -> int:
            try:
                return self._hash
            except AttributeError:
                found: int = compute(self)
                object.__setattr__(self, "_hash", found)
                return found

        cls.__hash__ = remembered  # type: ignore[assignment]
