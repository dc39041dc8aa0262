"""Requests to a gateway or sidecar that carries them on: what such a request is, by its path or a header."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from flowmap.plugin_api import Addressed


@dataclass(frozen=True, slots=True)
class Carried:
    """What a request is to whoever gets it: a publication to `channel` of `transport`, whose type the header `event` may state, a
    call of `service` at `path`, or nothing to anybody but the gateway."""

    channel: str | None = None
    transport: str = ""
    event: str = ""
    service: str | None = None
    path: str = ""


def carried(forms: Iterable[Addressed], host: str, path: str, headers: dict[str, str]) -> Carried | None:
    """What the request with this host, path template and these headers is by the first form that fits; None for a plain request."""
    for form in forms:
        there = _pattern(form.host, r"(?=\.|\Z)" if form.host else "").match(host)
        if there is None:
            continue
        if form.header:
            if (service := headers.get(form.header.lower())) is not None:
                return Carried(service=service, path=path)
        elif (found := _pattern(form.path, r"(?=/|\Z)").match(path)) is not None:
            fields = there.groupdict() | found.groupdict()
            if "channel" in fields:
                return Carried(channel=fields["channel"], transport=form.transport, event=form.event)
            if "service" not in fields:
                return Carried()
            return Carried(service=fields["service"], path="/" + path[found.end() :].lstrip("/"))
    return None


@lru_cache(maxsize=128)
def _pattern(form: str, end: str) -> re.Pattern[str]:
    """A template of a beginning, with what must follow it; a name in braces is one segment, which the code must know."""
    pieces = re.split(r"\{(\w+)\}", form)
    return re.compile("".join(rf"(?P<{p}>[^/{{}}]+)" if n % 2 else re.escape(p) for n, p in enumerate(pieces)) + end)
