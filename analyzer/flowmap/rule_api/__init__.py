"""What a rule is, what it is given, and how it says what it found. The only module of flowmap that a rule imports.

A rule's module docstring is its documentation page: a first line, then paragraphs headed `What:`, `Why:`, `How:`, `Bad:`,
`Good:`, `Fix:`, `Configure:`, `Ignore:`.
"""

from flowmap.config import (
    AllowedOnlyContract,
    AnyContract,
    BudgetContract,
    ForbiddenContract,
    IndependenceContract,
    LayersContract,
    OwnershipContract,
)
from flowmap.graph.agreements import Agreed, edges, is_over, members, proof, ways
from flowmap.graph.agreements import names as is_named
from flowmap.graph.budgets import measured
from flowmap.graph.contexts import context_of, deciders
from flowmap.graph.contracts import Unmet
from flowmap.graph.courses import Taken, tries
from flowmap.graph.cycles import Cycle, event_cycles
from flowmap.graph.destinations import Destination, destinations
from flowmap.graph.endings import Ending
from flowmap.graph.flowgraph import FlowGraph, LooseEnd
from flowmap.graph.instructions import scored
from flowmap.graph.messages import Message, handles_several, messages
from flowmap.graph.near_misses import NearMiss, near_misses
from flowmap.graph.purposes import WAITING_WORK, can_wait, reads, word_of
from flowmap.graph.reactions import Announcement, Sequel, sequels
from flowmap.graph.styles import Styles, styles
from flowmap.graph.waiting import Waited
from flowmap.model.effect import Beside, Does, Effect
from flowmap.model.flow import Chain, Edge, EdgeKind, Finding, Severity
from flowmap.model.gate import Baseline, identity_of_edge
from flowmap.model.interaction import Confidence, Interaction, Kind, Role
from flowmap.model.location import Evidence, Location
from flowmap.model.payload import Field, Payload
from flowmap.model.step import Surrounding
from flowmap.model.suppression import How, Unused
from flowmap.naming import SAME_IN_THE_PAST, is_thing, mood, takes_dead_letters, vague, words
from flowmap.rule_api.agreements import broken, joined
from flowmap.rule_api.core import MIN_WORKFLOW_SERVICES, WORDS, Rule, RuleContext
from flowmap.rule_api.loose import LISTENING, PUBLISHING, loose_findings
from flowmap.rule_api.wording import (
    all_named,
    cannot_tell,
    entry,
    evidence,
    list_of,
    named,
    services,
    settled,
    waits_for,
    weakest,
    whoever_answers,
)
from flowmap.thresholds import AVAILABILITY, DEFERRABLE, MAX_SYNC_FAN_OUT, MAX_SYNC_HOPS, Options, Threshold
from flowmap.visible import counted

__all__ = [
    "AVAILABILITY",
    "DEFERRABLE",
    "LISTENING",
    "MAX_SYNC_FAN_OUT",
    "MAX_SYNC_HOPS",
    "MIN_WORKFLOW_SERVICES",
    "PUBLISHING",
    "SAME_IN_THE_PAST",
    "WAITING_WORK",
    "WORDS",
    "Agreed",
    "AllowedOnlyContract",
    "Announcement",
    "AnyContract",
    "Baseline",
    "Beside",
    "BudgetContract",
    "Chain",
    "Confidence",
    "Cycle",
    "Destination",
    "Does",
    "Edge",
    "EdgeKind",
    "Effect",
    "Ending",
    "Evidence",
    "Field",
    "Finding",
    "FlowGraph",
    "ForbiddenContract",
    "How",
    "IndependenceContract",
    "Interaction",
    "Kind",
    "LayersContract",
    "Location",
    "LooseEnd",
    "Message",
    "NearMiss",
    "Options",
    "OwnershipContract",
    "Payload",
    "Role",
    "Rule",
    "RuleContext",
    "Sequel",
    "Severity",
    "Styles",
    "Surrounding",
    "Taken",
    "Threshold",
    "Unmet",
    "Unused",
    "Waited",
    "all_named",
    "broken",
    "can_wait",
    "cannot_tell",
    "context_of",
    "counted",
    "deciders",
    "destinations",
    "edges",
    "entry",
    "event_cycles",
    "evidence",
    "handles_several",
    "identity_of_edge",
    "is_named",
    "is_over",
    "is_thing",
    "joined",
    "list_of",
    "loose_findings",
    "measured",
    "members",
    "messages",
    "mood",
    "named",
    "near_misses",
    "proof",
    "reads",
    "scored",
    "sequels",
    "services",
    "settled",
    "styles",
    "takes_dead_letters",
    "tries",
    "vague",
    "waits_for",
    "ways",
    "weakest",
    "whoever_answers",
    "word_of",
    "words",
]  # fmt: skip
