"""What a user can do about a destination that is not known: one sentence for each kind of reason."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flowmap.model.project import Service

NO_DEPLOYMENT = (".py", ".sh", "pyproject.toml", "setup.cfg", "setup.py", "/")
"""Ends of the paths that say that something is a service, and cannot give it an environment or a command."""
_EXTERNAL = "name who is at the other end under [[externals]] in flowmap.toml"
_REMEDIES = (
    (r"nothing in the scan calls$", "dead code, or called from outside: scan its callers too"),
    (r"given from outside the scan$", "a framework or library passes it: scan the code that decides it, or make it a constant"),
    (r"of the command line$", "give it in the start command{at}"),
    (r"library that is not in the scan$", "scan the library with --environment, or state it under [[wrappers]] in flowmap.toml"),
    (r"cannot be parsed", "mend the file: nothing of it is known"),
    (r"not in the scan$", "add what it names to the scan, or take it out of `exclude`"),
    (r"listens on .*:", "give it to a service as one of its `hosts` in flowmap.toml, or name it under [[externals]]"),
    (r"without a host$|no address", "give the client a base URL in a constant, a setting or the environment"),
    (r"broker chooses$", "nothing: such a name exists at run time alone"),
    (r"empty text$", "give it a value where it is set, or a default that is not empty"),
    (r"^no (channel|value$|index|number)", "the call names none: nothing, if the library chooses one itself"),
    (r"work of one handler$", "`exclude` code that takes no part, or split the handler"),
    (r"too many|too deeply|more than \d+", "state values closer to the call, or `exclude` code that takes no part"),
    (r"sees as None only$", "something outside the scan sets it: scan that too, or give it a default"),
    (r"subclass", "scan the code with its subclasses too"),
    (r"stored .* objects$", "scan the code that makes these objects too"),
    (
        r"defined nowhere|has no |does not define|`super",
        "nothing in the scan defines it: scan what does, or define it there",
    ),
    (r"mapping$|collection$|known ones$|elsewhere$", "fill it where it is made, or with constant keys in the same module"),
    (r"", f"only the running program knows it: make it a constant or a setting, or {_EXTERNAL}"),
)
"""Of these the first fits."""


def to_set(service: Service | None) -> str:
    """Where a variable that nothing sets could be set."""
    place = _declared(service)
    return f"add it to the service at {place}" if place else "state it in `environment` of the service in flowmap.toml"


def remedy(reason: str, service: Service | None) -> str:
    """What to do about a reason; `service` is the one that has the site."""
    if reason.startswith("environment variable") or "unset `" in reason:
        return to_set(service)
    place = _declared(service)
    return next(text for pattern, text in _REMEDIES if re.search(pattern, reason)).format(at=f" at {place}" if place else "")


def _declared(service: Service | None) -> str:
    """The first place in a deployment file that starts the service."""
    places = (e.location for e in service.evidence if not e.location.path.endswith(NO_DEPLOYMENT)) if service is not None else ()
    return next(map(str, places), "")
