"""Two services open the same database.

What: Services that are deployed each by itself read and write one database, or do so by the same code.

Why: A table is then a contract that nobody wrote: either service can break the other by a migration, a lock or a wrong row, and
neither can say what the data means. What looks like two services is one, with two deployments.

How: The address with which a service opens a database (a URL, a setting that a framework reads, as Django's `DATABASES`, or the
client of MongoDB with the name that is asked of it), resolved with the environment of its deployment, or the same line of shared
code that writes. A project that takes no part itself and only lends its code to others is none of them. Services of one folder, or
of folders inside one another, are processes of the same code and may share what they keep. A file on the machine (SQLite) is no
shared database, and an address on the machine itself (`localhost`) says nothing of where the service is deployed.

Bad:
    create_engine("postgresql://db/shop")        # in orders and in billing

Good:
    create_engine("postgresql://db/orders")      # billing asks orders, or keeps a copy that events feed

Fix: Give the data to one of them; the other asks it, or keeps what it needs from its events. A schema of its own for each service,
with rights that hold, is a first step.

Configure: nothing.

Ignore: When the services are one team's processes of one application.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from flowmap.rule_api import Does, Effect, Evidence, Finding, FlowGraph, Rule, RuleContext, Severity, counted, list_of

LOCAL = ("localhost", "127.0.0.1", "0.0.0.0", "host.docker.internal")  # noqa: S104  names in scanned code, nothing listens
SHOWN = 5
"""Places of one finding that are shown."""


def check(context: RuleContext, rule: Rule) -> Iterable[Finding]:
    """A finding per database, and one per group of services that write by the same code."""
    databases: dict[str, dict[str, Effect]] = defaultdict(dict)
    for effect in context.graph.effects:
        if effect.does is Does.OPENS and effect.about and not effect.about.startswith(LOCAL):
            databases[effect.about].setdefault(effect.service, effect)
    known = {service: name for name, users in databases.items() for service in users}
    for name, users in databases.items():
        if _apart(context.graph, users):
            yield rule.finding(
                subject=name,
                services=sorted(users),
                message=f"{list_of(sorted(users))} open the same database, {name}",
                evidence=[Evidence(e.location, f"{s} opens {name}", e.function) for s, e in sorted(users.items())],
                confidence=min((e.confidence for e in users.values()), key=lambda c: c.rank),
            )
    for together, shared in _by_code(context, known):
        models = list_of(sorted({e.about for e in shared}))
        yield rule.finding(
            subject=models,
            services=together,
            message=f"{list_of(together)} write {models} by the same code, so into one database",
            evidence=[
                Evidence(e.location, f"writes {e.about} for {counted(len(together), 'service')}", e.function)
                for e in shared[:SHOWN]
            ],
            confidence=min((e.confidence for e in shared), key=lambda c: c.rank),
        )


def _by_code(context: RuleContext, known: dict[str, str]) -> Iterator[tuple[tuple[str, ...], list[Effect]]]:
    """Services that write the same models at the same lines, unless they are known to open different databases."""
    places: dict[tuple[object, str], dict[str, Effect]] = defaultdict(dict)
    takes_part = {i.service for i in context.graph.flow.interactions}
    roots = {s.name: s.root for s in context.graph.flow.services}
    for effect in context.graph.effects:
        lends = effect.service not in takes_part and effect.location.path.startswith(f"{roots.get(effect.service)}/")
        if effect.does is Does.WRITES and effect.about and not lends:
            places[effect.location, effect.about].setdefault(effect.service, effect)
    groups: dict[tuple[str, ...], list[Effect]] = defaultdict(list)
    for users in places.values():
        if _apart(context.graph, users) and not any(s in known for s in users):
            groups[tuple(sorted(users))].append(next(iter(users.values())))
    yield from groups.items()


def _apart(graph: FlowGraph, services: Iterable[str]) -> bool:
    """Whether some two services are not processes of the same code."""
    return any(not graph.same_code(one, other) for one, other in combinations(sorted(services), 2))


RULE = Rule(
    code="T309",
    slug="shared-database",
    severity=Severity.WARNING,
    why="Either service can break the other through its tables, and neither can say what the data means.",
    instead="Give the data to one service; the others ask it, or keep copies that its events feed.",
    check=check,
)
