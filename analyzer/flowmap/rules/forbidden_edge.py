"""An edge that a contract forbids.

What: A service reaches another one, or publishes what another one owns, although a contract of type `forbidden`, `independence` or
`ownership` says that it may not.

Why: What a team has agreed holds only as long as somebody looks. An edge that nobody wanted is cheap to take out on the day on
which it appears, and part of three other services a year later.

How: Contracts name services by globs (`billing-*`), what lies outside the scan too, or by their domain (`domain:billing`); channels
and types of messages by globs. `kind` is `sync` (the caller waits), `async` (nobody does) or `any`. With `indirect`, a way through
other services counts as well, and the shortest is shown. Of each broken contract there is one finding per pair of services, or
per channel between them.

Bad:
    # flowmap.toml: billing may not wait for crm
    requests.get("http://crm/customers/7", timeout=2)       # in billing

Good:
    # billing keeps the names that it prints from `customer.renamed`

Fix: Take the edge out, or talk to the owner of the contract, whom the finding names.

Configure: `[[contracts]]` with `type = "forbidden"` (`from`, `to`, `kind`, `channels`, `indirect`), `"independence"` (`services`,
`kind`) or `"ownership"` (`channels`, `publishers`); each with a `name`, a `reason` and an `owner`.

Ignore: When the edge is there for a while and goes again: `[[ignore]]` with the reason, or the baseline.
"""

from collections.abc import Iterable, Iterator

from flowmap.rule_api import (
    Agreed,
    Finding,
    ForbiddenContract,
    IndependenceContract,
    OwnershipContract,
    Role,
    Rule,
    RuleContext,
    Severity,
    broken,
    edges,
    evidence,
    is_named,
    joined,
    members,
    named,
    ways,
    weakest,
)


def check(context: RuleContext, rule: Rule) -> Iterable[Finding]:
    """The findings of every contract in turn."""
    for agreed in context.agreed:
        match agreed.contract:
            case ForbiddenContract():
                yield from _forbidden(context, rule, agreed, agreed.contract)
            case IndependenceContract():
                yield from _dependent(context, rule, agreed, agreed.contract)
            case OwnershipContract():
                yield from _published(context, rule, agreed, agreed.contract)


def _forbidden(context: RuleContext, rule: Rule, agreed: Agreed, contract: ForbiddenContract) -> Iterator[Finding]:
    sources, targets = members(context.graph, contract.from_), members(context.graph, contract.to)
    found = edges(context.graph, contract.kind, contract.channels)
    for edge in found:
        if edge.source in sources and edge.target in targets:
            yield broken(context, rule, agreed, (edge,))
    if contract.indirect:
        for way in ways(found, sorted(sources)):
            if len(way) > 1 and way[-1].target in targets:
                yield broken(context, rule, agreed, way)


def _dependent(context: RuleContext, rule: Rule, agreed: Agreed, contract: IndependenceContract) -> Iterator[Finding]:
    groups = [members(context.graph, [name]) for name in contract.services]
    for edge in edges(context.graph, contract.kind):
        own = [n for n, group in enumerate(groups) if edge.source in group]
        other = [n for n, group in enumerate(groups) if edge.target in group]
        if own and other and not set(own) & set(other):
            yield broken(context, rule, agreed, (edge,))


def _published(context: RuleContext, rule: Rule, agreed: Agreed, contract: OwnershipContract) -> Iterator[Finding]:
    owners = members(context.graph, contract.publishers)
    sites = [s for s in context.graph.role(Role.PUBLISH) if s.service not in owners and is_named(s, contract.channels)]
    for service, channel in dict.fromkeys((s.service, s.channel or s.event or "") for s in sites):
        own = [s for s in sites if s.service == service and (s.channel or s.event or "") == channel]
        best = min(own, key=lambda s: (-s.confidence.rank, len(s.via), s.location))
        yield joined(
            rule,
            agreed,
            subject=f"{named(service)} → {channel}",
            services=(service,),
            said=f"{named(service)} publishes {channel}, which belongs to {', '.join(contract.publishers)}",
            evidence=[evidence(best, f"{named(service)} publishes {channel}"), *best.via],
            confidence=weakest([best]),
        )


RULE = Rule(
    code="A501",
    slug="forbidden-edge",
    severity=Severity.ERROR,
    why="The system has agreed that this edge may not be.",
    instead="Take the edge out, or change the contract together with its owner.",
    check=check,
)
"""Active where the configuration has such contracts."""
