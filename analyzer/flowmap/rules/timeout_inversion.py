"""The caller gives up before its callee can.

What: A call has a shorter timeout than the time that the handler it calls may itself spend in waiting for others.

Why: The caller has gone, told its user of a failure, perhaps begun anew, while the callee is still working on an answer that nobody
will read. Work is done twice, and each side has another idea of what happened.

How: What the callee may take is the sum of the timeouts of its calls, each as often as it may be tried: calls one after the other
are added, of calls at the same time and of branches the longest counts, a loop counts once. Where several endpoints may be meant,
all of them must take longer. Timeouts that could not be resolved count as nothing, so what is reported is the least. The message
prints the arithmetic.

Bad:
    requests.get("http://pricing/quote", timeout=3)      # pricing waits 2 x 5 s for promotions

Good:
    requests.get("http://pricing/quote", timeout=3)      # pricing gives promotions one second

Fix: Hand a deadline down with the request, or set timeouts from the bottom up: each longer than the sum below it.

Configure: nothing.

Ignore: When the callee is stopped as soon as its caller has gone.
"""

from collections.abc import Iterable

from flowmap.rule_api import Evidence, Finding, Interaction, Role, Rule, RuleContext, Severity, evidence, named, waits_for, weakest


def check(context: RuleContext, rule: Rule) -> Iterable[Finding]:
    """A finding per caller, callee and arithmetic, with all calls that it holds for."""
    waiting = context.graph.waiting
    found: dict[tuple[str, str, str], list[tuple[Interaction, Interaction]]] = {}
    for call in context.graph.role(Role.CALL):
        if not call.waits or call.timeout is None or call.timeout.seconds is None or call.target == call.service:
            continue
        met = [(waiting.time_of(e), e) for e in context.graph.endpoints_of(call)]
        time, endpoint = min(met, key=lambda pair: pair[0].seconds, default=(None, None))
        if time is not None and endpoint is not None and time.seconds > call.timeout.seconds:
            arithmetic = f"{time.sum} = {time.seconds:g} s" if " " in time.sum.removesuffix(" s") else time.sum
            message = f"{call.service} gives up after {call.timeout.seconds:g} s, while {named(call.target)} may wait {arithmetic}"
            found.setdefault((call.service, endpoint.service, message), []).append((call, endpoint))
    for (caller, callee, message), pairs in found.items():
        below = list({t.site.id: t.site for _, endpoint in pairs for t in waiting.calls(endpoint)}.values())
        yield rule.finding(
            subject=f"{caller} → {callee}",
            services=(caller, callee, *(c.target for c in below if c.target is not None)),
            message=f"{message}{f', in {len(pairs)} calls' if len(pairs) > 1 else ''}",
            evidence=[*(hop for pair in pairs for hop in _hops(*pair)), *(waits_for(c) for c in below)],
            confidence=weakest([*(site for pair in pairs for site in pair), *below]),
        )


def _hops(call: Interaction, endpoint: Interaction) -> tuple[Evidence, Evidence]:
    return (
        evidence(call, f"{call.service} waits for {named(call.target)}: {call.operation or call.channel}"),
        evidence(endpoint, f"{endpoint.service} answers {endpoint.operation or endpoint.channel}"),
    )


RULE = Rule(
    code="C108",
    slug="timeout-inversion",
    severity=Severity.WARNING,
    why="The callee goes on working for somebody who has gone, and both have another idea of what happened.",
    instead="Set timeouts from the bottom up, each longer than the sum below it, or hand a deadline down.",
    check=check,
)
