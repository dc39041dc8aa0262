"""Hosting: what a library runs of what is written for it, without a call being written."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Runs:
    """The library runs `methods` on an object of a scanned class below `base` (`*` stands for any piece of one name). A method is
    told by its name (`validate_*`; `get_{}` where the class has an attribute of the rest of the name) or by a decorator
    (`@library.validator`). Where a function that uses the object names attributes that tell for what (`by`, those of its own object
    with `self.` before them), it runs only the methods which these stand for. `always`: it runs them whatever is done with the
    object, before every public method of the class that uses it."""

    base: str
    methods: tuple[str, ...]
    by: tuple[str, ...] = ()
    always: bool = False
