"""Functions that run with an application: `@app.before_request`, `@app.middleware("http")`, `@app.on_event("startup")`.

A decorator of an application or router that makes no endpoint says when the library runs the function: only where it answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.linker.drafts import key_of
from flowmap.linker.terms import Made, Member
from flowmap.plugin_api import Serves

if TYPE_CHECKING:
    from flowmap.linker.view import View


def around_requests(view: View) -> frozenset[str]:
    """The functions of a view that its applications run beside their endpoints, by their keys as handlers."""
    nobody: frozenset[str] = frozenset()
    return view.aside(("around requests",), lambda: _all(view), nobody)


def _all(view: View) -> frozenset[str]:
    patterns = view.knowledge.patterns
    serving = {target for target, known in patterns.items() if any(isinstance(p, Serves) for _, p in known)}
    owners = {target.rpartition(".")[0] for target in serving}
    return frozenset(
        key_of(ref)
        for ref in view.scopes
        if view.scope(ref).kind == "function" and view.scope(ref).decorators
        for term in view.decorators(ref)
        if isinstance(method := term.callee if isinstance(term, Made) else term, Member)
        and not owners.isdisjoint(view.plain_names_of(method.owner))
    )
