"""A workflow of many services has no owner.

What: A workflow spans at least `min-workflow-services` (4) services over events, and the service that starts it has no owner.

Why: Every service has somebody who repairs it, the workflow has nobody: what got stuck between two of them is put right, if at
all, by whoever notices first. Reconciliation has to be somebody's work.

How: Owners are those that CODEOWNERS or a Backstage catalogue name for the folder of the service. The one that starts the
workflow answers for it, unless all services that take part have an owner in common. One event that many hear is no workflow; that
something is announced because of it makes it one.

Bad:
    # CODEOWNERS says nothing of services/orders, which publishes order.placed

Good:
    services/orders/  @shop/order-flow

Fix: Name the team that reconciles the workflow as the owner of the service where it starts.

Configure: `min-workflow-services` (4).

Ignore: When ownership is recorded elsewhere. The rule is off unless it is selected, because most repositories name no owners.
"""

from collections.abc import Iterable

from flowmap.rule_api import (
    MIN_WORKFLOW_SERVICES,
    Finding,
    Rule,
    RuleContext,
    Sequel,
    Severity,
    context_of,
    evidence,
    sequels,
    weakest,
)


def check(context: RuleContext, rule: Rule) -> Iterable[Finding]:
    """A finding per workflow."""
    owners = {s.name: frozenset(s.owners) for s in context.graph.flow.services}
    for sequel in context.graph.once(sequels):
        count = len(set(context_of(context.graph, sequel.sites).values()))
        several = len(sequel.announcements) > 1 and count >= context.options[MIN_WORKFLOW_SERVICES]
        if several and not _is_owned(sequel, owners):
            yield rule.finding(
                subject=sequel.start.name,
                services=sequel.services,
                message=f"nobody owns the workflow of {count} services that {sequel.start.service} starts with {sequel.start.name}",
                evidence=[
                    evidence(a.sites[0], f"{a.service} announces {a.name}{_owned_by(owners, a.service)}")
                    for a in sequel.announcements
                ],
                confidence=weakest(a.sites[0] for a in sequel.announcements),
            )


def _is_owned(sequel: Sequel, owners: dict[str, frozenset[str]]) -> bool:
    own = [owners.get(name, frozenset()) for name in sequel.services]
    return bool(owners.get(sequel.start.service)) or bool(frozenset.intersection(*own))


def _owned_by(owners: dict[str, frozenset[str]], service: str) -> str:
    known = sorted(owners.get(service, ()))
    return f", owned by {', '.join(known)}" if known else ""


RULE = Rule(
    code="T308",
    slug="unowned-workflow",
    severity=Severity.ADVICE,
    why="What gets stuck between two services is nobody's work to put right.",
    instead="Name the team that reconciles the workflow as the owner of the service where it starts.",
    check=check,
    on=False,
    thresholds=(MIN_WORKFLOW_SERVICES,),
)
