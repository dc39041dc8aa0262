"""Who a call reaches: by the name it gives, by host and port as the deployment knows them, by the setting it hangs on."""

from __future__ import annotations

import ipaddress
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import takewhile

from flowmap.graph.endpoints import NOTHING, Served, by_service
from flowmap.graph.gateways import Gateways, by_gateway, passed_on
from flowmap.graph.matching import delivers
from flowmap.graph.meeting import Ends
from flowmap.model.interaction import Confidence, Endpoint, Interaction, Role
from flowmap.model.project import Project

LOCAL = {"localhost", "127.0.0.1", "0.0.0.0", "::1", "host.docker.internal", "docker.for.mac.localhost", "gateway.docker.internal"}  # noqa: S104
INTERNAL = (".svc.cluster.local", ".svc", ".cluster.local", ".local", ".internal", ".consul")
NAMELESS = {"", "http", "https", "base", "api", "url", "host", "backend", "remote", "target", "default", "local", "server"}
"""What is left of the name of a setting that does not say whose address it holds."""
_NOBODY = {"callback", "webhook", "redirect", "proxy", "frontend", "site", "app", "public", "internal", "external", "upstream"}
"""Words of settings for addresses that are anybody's."""
_HOOKED = {"discord", "mattermost", "opsgenie", "pagerduty", "rocketchat", "slack", "teams", "telegram", "zapier"}
"""Products that hand out such addresses of their own."""
MOST_GATEWAYS = 3
"""How many gateways may stand between a call and the service that it reaches."""
_HINT_ENDS = re.compile(
    r"(?:_?(?:base|api|svc|http|https|rest|grpc|internal|public|server|client|service))*"
    r"_?(?:url|uri|host|hostname|host_name|addr|address|endpoint|domain|base|api|client|server|port)$"
)


def folded(name: str) -> str:
    """A name without case and separators."""
    return re.sub(r"[\W_]+", "", name).lower()


def stem(name: str) -> str:
    """A service's name without the words that say that it is one."""
    return re.sub(r"(?:service|svc|api|server|app)+$", "", folded(name)) or folded(name)


@dataclass(frozen=True, slots=True)
class Directory:
    """Names and addresses of everything that the deployment knows; values are services or `external:<name>`. `stated` are the
    deployment files that speak of a service."""

    names: dict[str, str]
    hosts: dict[str, set[str]]
    ports: dict[int, set[str]]
    served: dict[str, Served]
    subscribed: Ends
    gateways: Gateways
    stated: dict[str, frozenset[str]]


def directory(project: Project, interactions: tuple[Interaction, ...]) -> Directory:
    """The directory of a project, with what each service serves."""
    names: dict[str, str] = {}
    hosts: dict[str, set[str]] = defaultdict(set)
    ports: dict[int, set[str]] = defaultdict(set)
    known = [(s.name, s.addresses) for s in project.services] + [(f"external:{e.name}", e.addresses) for e in project.externals]
    for name, addresses in known:
        for address in addresses:
            if address.host in LOCAL and address.port is not None:
                ports[address.port].add(name)
            elif address.host not in LOCAL:
                hosts[address.host].add(name)
    for service in project.services:
        for alias in (service.name, *service.aliases):
            names.setdefault(folded(alias), service.name)
    for short, name in _less_family([s.name for s in project.services]).items():
        names.setdefault(folded(short), name)
    subscribed = Ends(i for i in interactions if i.role is Role.SUBSCRIBE)
    stated = {s.name: frozenset(a.location.path for a in s.addresses) for s in project.services}
    return Directory(names, dict(hosts), dict(ports), by_service(interactions), subscribed, by_gateway(project.routes), stated)


def _less_family(services: list[str]) -> dict[str, str]:
    """The names without the words that all begin with: people leave them out where they are understood (`acme-shop-orders`,
    `acme-shop-stock`); what is left over when only some of them are left out counts too."""
    split = [re.split(r"[-_.]", name) for name in services]
    columns = enumerate(zip(*split, strict=False))
    shared = next((n for n, words in columns if len(set(words)) > 1), 0) if len(split) > 1 else 0
    pairs = list(zip(split, services, strict=True))
    return {"-".join(words[n:]): name for n in range(1, shared + 1) for words, name in pairs}


def resolve(call: Interaction, known: Directory, gateways: int = 0) -> Interaction:
    """The call with its target, or with the reason why there is none; what a gateway passes on reaches the service behind it."""
    found = _asked(call, known)
    behind = passed_on(call, found.target, known.gateways) if gateways < MOST_GATEWAYS else []
    reached = [resolve(further, known, gateways + 1) for further in behind]
    return next((r for r in reached if r.target not in (None, found.target)), found)


def _asked(call: Interaction, known: Directory) -> Interaction:
    """The call with whom it asks itself."""
    if call.target is not None:
        return replace(
            call, target=_named(call.target, known) or _by_hint(call.target, known) or f"external:{call.target}", unresolved=None
        )
    endpoint = call.endpoint
    if endpoint is None or call.unreached:
        return call
    if call.channel is not None and (server := _by_channel(call, known)) is not None:
        operation = f"{_queue_stem(call.channel)}.{endpoint.operation}" if endpoint.operation != call.channel else call.channel
        return replace(call, target=server, endpoint=replace(endpoint, operation=operation), unresolved=None)
    if call.transport in {"grpc", "rpc"} and (server := _by_operation(call, known)) is not None:
        return replace(call, target=server, unresolved=None)
    if endpoint.host is not None:
        target = _by_host(call, endpoint, known)
        if target is None and endpoint.host in LOCAL and (beside := _beside(call, endpoint, known)) is not None:
            return beside
        if target is None:
            return replace(call, unresolved=f"nothing in the scan listens on {endpoint.host}:{endpoint.port or '?'}")
        return _agreeing(replace(call, target=target, unresolved=None), known)
    target = _by_hint(endpoint.hint, known) or _outside(endpoint.hint, call.service, known) if endpoint.hint else None
    if target in (None, call.service):  # `server_url` in a service called server is anybody's
        return call
    meant = _with_longer_name(call, target, known)
    return _agreeing(replace(call, target=meant, confidence=Confidence.GUESS, unresolved=None), known)


def _with_longer_name(call: Interaction, target: str, known: Directory) -> str:
    """Whom a setting names (`DELIVERY_API_URL`): the service of that name, unless just another one, whose name goes on
    (`delivery-pricing`), has what is asked for."""
    server = None if known.served.get(target, NOTHING).meant_by(call) else _serving(call, known)
    return server if server is not None and stem(server).startswith(stem(target)) else target


def _agreeing(call: Interaction, known: Directory) -> Interaction:
    """A guessed call that meets an endpoint of its target is no guess any more."""
    if call.confidence is Confidence.GUESS and known.served.get(call.target or "", NOTHING).meant_by(call):
        return replace(call, confidence=Confidence.DERIVED)
    return call


def in_the_words_of_its_endpoint(call: Interaction, known: Directory) -> Interaction:
    """An HTTP call with `{}` wherever the one endpoint that it meets has a variable part: what stands there is data, unless the
    endpoint is nothing but variable, and takes all that there is."""
    met = known.served.get(call.target or "", NOTHING).meant_by(call) if call.transport == "http" else []
    mine, theirs = (call.operation or "").split("/"), (met[0].operation or "").split("/") if met else []
    if call.endpoint is None or len({m.operation for m in met}) != 1 or len(mine) != len(theirs):
        return call
    if {*theirs[1:]} == {"{}"}:
        return call
    parts = ["{}" if pattern == "{}" else part for part, pattern in zip(mine, theirs, strict=True)]
    return replace(call, endpoint=replace(call.endpoint, operation="/".join(parts)))


def _named(name: str, known: Directory) -> str | None:
    return known.names.get(folded(name))


def _by_operation(call: Interaction, known: Directory) -> str | None:
    """The one service that serves an RPC operation."""
    servers = [name for name, served in sorted(known.served.items()) if served.meant_by(call)]
    return servers[0] if len(servers) == 1 else None


def _beside(call: Interaction, endpoint: Endpoint, known: Directory) -> Interaction | None:
    """The call with what runs beside the caller on one machine, as a guess: whom the setting names, or the service that serves what
    is asked for, where the setting names nobody, or by a part of the service's name."""
    named = _running_beside(endpoint.hint, known) if endpoint.hint else None
    outside = stem((named or "").removeprefix("external:")) if named is None or named.startswith("external:") else None
    if outside is not None and (server := _serving_beside(call, known)) is not None and outside in folded(server):
        return replace(call, target=server, confidence=Confidence.GUESS, unresolved=None)
    return _agreeing(replace(call, target=named, confidence=Confidence.GUESS, unresolved=None), known) if named else None


def _answering(call: Interaction, listening: str, known: Directory) -> str | None:
    """Who answers at a port of a developer's machine: whoever is known to listen there, unless just another one has what is asked
    for, or the setting names somebody else. Several are told to listen at the same port where each has a machine of its own."""
    if listening.startswith("external:") or known.served.get(listening, NOTHING).meant_by(call):
        return listening
    whose = _whose(call.endpoint.hint) if call.endpoint is not None and call.endpoint.hint else None
    named = {w for w in (whose or "").split("-") if len(w) > 2} - NAMELESS
    of_another = bool(named) and not any(w in folded(alias) for w in named for alias, s in known.names.items() if s == listening)
    return _serving(call, known) or (None if of_another else listening)


def _serving(call: Interaction, known: Directory) -> str | None:
    """The one service that has the path that is asked for, if there is a name in it."""
    server = _by_operation(call, known) if call.transport == "http" else None
    met = known.served.get(server or "", NOTHING).meant_by(call)
    return server if any(re.search(r"/[^/{}]", m.operation or "") for m in met) else None


def _serving_beside(call: Interaction, known: Directory) -> str | None:
    """What runs beside the caller, by the path that is asked for."""
    server = _serving(call, known)
    return server if server != call.service else None


def _queue_stem(channel: str) -> str:
    """What a request queue is called after: `orders_queue` and `rpc.orders` are `orders`."""
    return re.sub(r"(?i)^rpc[-_.]|[-_.](?:rpc|queue|requests?)$", "", re.sub(r"(?i)[-_.]queue$", "", channel)) or channel


def _by_channel(call: Interaction, known: Directory) -> str | None:
    """The service that takes requests from the channel of a call over a broker."""
    return next((s.service for s in known.subscribed.near(call) if delivers(call, s)), None)


def _by_host(call: Interaction, endpoint: Endpoint, known: Directory) -> str | None:
    host = endpoint.host or ""
    if host in LOCAL:
        listening = _one(call, known.ports.get(endpoint.port or _default_port(endpoint), set()), known)
        return listening if listening is None else _answering(call, listening, known)
    if host in known.hosts:
        return _one(call, _in_its_network(call, known.hosts[host], known), known)
    short = next((host.removesuffix(end).split(".")[0] for end in INTERNAL if host.endswith(end)), host)
    if short in known.hosts:
        return _one(call, _in_its_network(call, known.hosts[short], known), known)
    if (service := _named(short, known)) is not None and "." not in short:
        return service
    return f"external:{host}" if _is_name(host) else None


def _default_port(endpoint: Endpoint) -> int:
    return 443 if endpoint.scheme == "https" else 80


def _is_name(host: str) -> bool:
    """Whether a host is one that a person could look up."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return bool(re.search(r"[a-z]", host)) and host.strip("{}.") != ""
    return True


def _in_its_network(call: Interaction, candidates: set[str], known: Directory) -> set[str]:
    """Those that a deployment file knows by a host name which speaks of the caller too: the same name elsewhere is that of another
    network. All where none does."""
    own = known.stated.get(call.service, frozenset())
    return {c for c in candidates if c != call.service and known.stated.get(c, frozenset()) & own} or candidates


def _one(call: Interaction, candidates: set[str], known: Directory) -> str | None:
    """The candidate; of several, the one that serves what is called, and whose address is stated nearest to the call."""
    if len(candidates) <= 1:
        return next(iter(candidates), None)
    serving = {c for c in candidates if known.served.get(c, NOTHING).meant_by(call)}
    others = serving or candidates - {call.service} or candidates
    return min(others, key=lambda c: (-_nearness(call, known.stated.get(c, frozenset())), c))


def _nearness(call: Interaction, files: frozenset[str]) -> int:
    """How many folders a call has in common with the nearest of some files."""
    own = call.location.path.split("/")[:-1]
    return max(
        (sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(own, f.split("/")[:-1], strict=False))) for f in files),
        default=0,
    )


def _running_beside(hint: str, known: Directory) -> str | None:
    """What a developer's machine runs beside the caller, by the name of the setting: a service of the scan, or one outside."""
    return _by_hint(hint, known) or (f"external:{whose}" if (whose := _whose(hint)) else None)


def _outside(hint: str, caller: str, known: Directory) -> str | None:
    """Whom a variable of the environment names that only the deployment sets, and that nothing in the scan is called after; who
    calls a product may be called after it (`slack-messenger`)."""
    whose = _whose(hint) if hint.isupper() else None
    words = {w for w in (whose or "").split("-") if len(w) > 2} - NAMELESS - {"service"}
    hooked = bool(words & _HOOKED)
    others = [alias for alias, name in known.names.items() if not (hooked and name == caller)]
    alike = any(stem(word) in alias for word in words for alias in others)
    anybodys = words & _NOBODY and not hooked
    return f"external:{whose}" if words and not alike and not anybodys else None


def _whose(hint: str) -> str | None:
    """The name in the name of a setting that holds an address."""
    name = re.sub(r"_(?:internal|external|public|private|local)$", "", hint.lower().replace("-", "_"))
    plain = re.sub(r"(?:_base|_root)?_?(?:base|root|url|uri|host|hostname|addr|address|endpoint|domain|port)$", "", name)
    says_whose = plain != name or bool(re.search(r"(?:service|svc|api|server)$", name))
    return plain.replace("_", "-") if says_whose and stem(plain) not in NAMELESS else None


def _by_hint(hint: str, known: Directory) -> str | None:
    """The service whose name the setting carries: `ORDERS_API_URL` is `orders`. Equal names only, never similar ones; another name
    of a service that answers nothing (its folder's) is none."""
    plain = _HINT_ENDS.sub("", hint.lower()) or hint.lower()
    by_stem: dict[str, set[str]] = defaultdict(set)
    for alias, name in known.names.items():
        by_stem[stem(alias)].add(name)
    found = known.names.get(folded(plain)) or next(iter(by_stem.get(stem(plain), ())), None)
    if found is None or len(by_stem.get(stem(plain), {found})) > 1:
        return None
    return found if found in known.served or stem(plain) in stem(found) else None
