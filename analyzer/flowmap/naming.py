"""What a name says by its grammar: a fact, an instruction, a request. English only; other words say nothing.

Words are told apart by a lexicon and by endings. A word that is noun and verb alike (`order`, `report`) counts as a verb only in
front of an object and never beside a participle, and then for less than one that is a verb only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

IRREGULAR = frozenset(
    "begun borne bought bound broken brought built cast caught chosen cut dealt done drawn driven eaten fallen felt flown "
    "forbidden forgiven forgotten found frozen given gone gotten grown held hidden hit hurt kept known laid led left lent "
    "let lost made meant met mistaken overdrawn overpaid overridden paid prepaid proven put quit read rebuilt redone "
    "redrawn repaid resent reset resold rethrown rewritten ridden risen run said sat seen sent set shaken shown shrunk shut "
    "slept sold spent split stolen stopped struck stuck sunk swept taken taught thrown told torn undergone "
    "understood undone unset unsold upheld withdrawn withheld woken won worn written".split()
)
NOT_PAST = frozenset(
    "bed breed deed embed exceed feed greed hundred indeed infrared naked need proceed red sacred seed shed shred sled "
    "speed steed succeed unified-id weed".split()
)
VERBS = frozenset(
    "accept acknowledge activate add adjust allocate allow analyse analyze append apply approve archive assign attach "
    "authenticate authorise authorize backfill bind book bring bump calculate cancel capture check classify clean "
    "clear close collect commit compensate complete compress compute configure confirm connect convert copy crawl create "
    "deactivate debit decline decode decrease decrypt deduct delete deliver deny deploy deprovision destroy detach "
    "detect disable disconnect dispatch do download enable encode encrypt enqueue enrich ensure evaluate evict execute "
    "expire export extract fail fetch finalise finalize finish fulfil fulfill generate get give grant handle hide import "
    "increase index infer ingest initialise initialize initiate insert inspect install invalidate invite invoke issue "
    "kill launch load lock login logout make mark match merge migrate mint modify move notify obtain offboard onboard open "
    "pack parse pause pay perform persist pick populate post predict prepare print provision publish pull purge push put "
    "queue read reassign rebuild recalc recalculate recompute reconcile redeliver regenerate register reindex reject remove "
    "rename render renew reopen replace reprocess requeue rerun reschedule resend reserve reset resize resolve restart "
    "restore resubmit resume resync retrieve retry reverse revoke rollback rotate run save scrape sell send set settle "
    "show shutdown sign simulate spawn split start stop store submit subscribe summarise summarize suspend sync synchronise "
    "synchronize take tell terminate transcode transcribe transform translate trigger unassign unblock undo uninstall "
    "unlock unregister unreserve unset unsubscribe upload upsert validate verify wait withdraw write".split()
)
RATHER_VERBS = frozenset(
    "bill build call change charge display escalate estimate exit forward hold place process produce refresh refund release "
    "scan schedule ship sort track transfer update use".split()
)
"""Nouns as well, but in front of another noun mostly verbs."""
RATHER_NOUNS = frozenset(
    "answer audit block claim command contact cost count credit document email file flag fund host invoice label link "
    "list log mail map message name note offer order parcel patch plan quote rank rate receipt record reply report "
    "request return review route sale score search shop stamp stock stream tag target task test text trade train "
    "transport trial value view visit work".split()
)
"""Verbs as well, but in front of another noun mostly its first half (`order status`)."""
ASPECTS = frozenset(
    "change changes count counts data detail details error errors failure failures feed history id ids info "
    "information items level levels lines list log logs metrics number response responses result results snapshot "
    "snapshots state states stats status summary template templates total totals type types update updates".split()
)
"""What one knows of a thing rather than what one does something to: `invoice data` is no instruction."""
TALK = frozenset("close connect disconnect login logout open publish subscribe unsubscribe".split())
"""What the two ends of a connection say to each other: alone, none of these is an instruction to a service."""
SAME_IN_THE_PAST = frozenset("cast cut let put quit read reset run set shut split unset".split())
"""Verbs whose participle looks like them: an instruction in front of an object, a fact behind it."""
NOUNS_BEHIND = frozenset(
    "block check commit copy crawl debit delete download export grant import index issue launch load lock make match "
    "move pack pause pick post pull push queue restart restore retry save scan start stop store sync take transform upload "
    "wait".split()
)
"""Verbs that behind another word are as often a noun: `event-store`, `nightly-export`."""
DEEDS = frozenset("download export import upload".split())
"""Verbs that alone behind a dot are as often what was done as what is to be done: `evaluator.upload`."""
DEAD_LETTERS = frozenset("dead dlq dlt dlx".split())
"""Words of a channel that takes what could not be handled."""
PHASES = frozenset("after before on post pre".split())
"""Words that in front of a verb say when something runs: `post-validate`."""
ANSWER_ENDS = frozenset("ack acks answer answers reply replies response responses result results".split())
"""Last words of what comes back, whatever was asked: `publish-video.response`."""
REQUEST_ENDS = frozenset({"request", "requests", "requested", "command", "commands", "cmd", "instruction"})
COMMAND_STARTS = frozenset({"do", "trigger", "please", "execute", "invoke", "perform", "run"})
NOISE = frozenset(
    "event events topic topics queue queues channel stream streams message messages msg exchange key dev prod staging test "
    "v".split()
)

CHANGES = frozenset("altered changed edited modified synced synchronised synchronized touched updated".split())
"""Participles that say that something changed, and not what."""
VAGUE_ENDS = frozenset("event sync synchronisation synchronization".split())
"""Last words that say no more than that there is something to know."""
PARTICULARS = frozenset(
    "address amount attribute attributes availability avatar balance capacity category config configuration content count "
    "credentials currency date deadline description details dimensions duration email flag frequency height language level "
    "limit locale location mail membership metadata mode name number owner ownership password payload phase phone plan "
    "position preference preferences price pricing priority privileges profile progress quantity quota rate rating role "
    "roles score settings size stage state status subject threshold time title tier timezone url usage value version "
    "visibility weight".split()
)
"""What a thing has and what may change of it: with one of these a change is told, not only noted."""
STATES = frozenset(
    "alert arrival departure disconnect end error failure finish heartbeat login logout loss missing offline online ready "
    "result start success timeout up down".split()
)
"""Nouns and adjectives that tell what happened without a verb: `PodReadyEvent`."""
NOUNS = frozenset(
    "account action address app application article asset balance basket bill box brand campaign candidate card cargo carrier "
    "cart case catalog category chat client comment company coupon course courier customer dataset debt delivery device "
    "discount dispatch driver employee entry event expense game group guest hotel image info inventory item job journey key "
    "ledger loan location lot machine member merchant model news notification number package page parcel partner passenger "
    "patient payload payment payroll person phone photo player policy portfolio price product profile project promotion "
    "property purchase quantity question rating refund reservation resource ride role room route schedule seat sensor service "
    "session shipment shop signal station status student subscription supplier survey team tenant ticket token tour "
    "transaction trip upload user vehicle vendor video voucher wallet warehouse website".split()
)
"""Things that businesses have; words of other languages are not among them."""
_STEMS = frozenset(v[:5] for v in VERBS if len(v) > 4)
ENDINGS = frozenset("completion expiration interruption rejection termination".split())
"""Nouns that are made of a verb and tell how something ended."""
WRAPPINGS = frozenset("notification notifications schema dto model payload body data record".split())
"""Last words of a name that speak of the message rather than of what it says."""
_THINGS = NOUNS | RATHER_NOUNS | ASPECTS
_TELLING = PARTICULARS | STATES
_LEXICON = IRREGULAR | VERBS | RATHER_VERBS | RATHER_NOUNS | ASPECTS | REQUEST_ENDS | COMMAND_STARTS | NOISE


@dataclass(frozen=True, slots=True)
class Mood:
    """The reading of a name: `kind` is instruction, request, deed (what is to be done or was done: `registration`), fact or thing;
    `word` decided it; `weight` is 3 where the word can hardly mean anything else, down to 1 where it is mostly a noun."""

    kind: str
    word: str = ""
    weight: int = 3


@dataclass(frozen=True, slots=True)
class Domain:
    """What the words of a business mean beyond the lexicon: `verbs` instruct, `nouns` name things although they may be verbs,
    `facts` are participles that do not look like one."""

    verbs: frozenset[str] = frozenset()
    nouns: frozenset[str] = frozenset()
    facts: frozenset[str] = frozenset()


PLAIN = Domain()


def words(name: str) -> list[str]:
    """The words of a camel-case, snake, kebab, dotted or slashed name, in lower case, versions and holes left out."""
    plain = name.replace("{}", " ")
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", plain)
    found = [w.lower() for w in re.split(r"[\W_]+", spaced) if w]
    return [w for w in found if not re.fullmatch(r"v?\d+", w)]


def takes_dead_letters(*names: str) -> bool:
    """Whether the words of a channel say that what could not be handled ends there."""
    return not DEAD_LETTERS.isdisjoint(w for name in names for w in words(name))


def is_past(word: str) -> bool:
    """Whether the word is a past participle."""
    bare = re.sub(r"^(?:under|over|out|mis|un|re)(?=\w{4})", "", word)
    return word in IRREGULAR or bare in IRREGULAR or (len(word) > 3 and word.endswith("ed") and word not in NOT_PAST)


def is_verb(word: str, domain: Domain = PLAIN) -> bool:
    """Whether the word is an instruction and hardly ever a noun."""
    if word in domain.verbs:
        return True
    return word in VERBS and word not in SAME_IN_THE_PAST and word not in domain.nouns


def is_known(word: str) -> bool:
    """Whether the lexicon has the word, or the verb of which it is the participle."""
    return word in _LEXICON or (is_past(word) and bool({word[:-1], word[:-2], word[:-3]} & _LEXICON))


def is_thing(name: str) -> bool:
    """Whether a name consists of nouns alone that are surely English: `order`, `payment-info`."""
    spoken = [w for w in words(name) if w not in NOISE]
    return bool(spoken) and all({w, w.removesuffix("s"), f"{w.removesuffix('ies')}y"} & _THINGS for w in spoken)


def vague(name: str) -> str | None:
    """The word by which a name says that something happened and not what: `updated` in `OrderUpdated`, `event` in `OrderEvent`;
    None if it says what, as `order.status.changed`, `PaymentFailedEvent` and `PodReadyEvent` do, or if a part of it varies."""
    if "{}" in name:
        return None
    spoken = [w for w in words(name) if w not in NOISE or w == "event"]
    while len(spoken) > 1 and spoken[-1] in WRAPPINGS:
        spoken.pop()
    if not spoken or {v for w in spoken for v in (w, w.removesuffix("s"))} & _TELLING or any(map(_tells, spoken)):
        return None
    rest = spoken[:-1] if spoken[-1] == "event" else spoken
    if rest and rest[-1] in CHANGES:
        return rest[-1]
    of_something = len(spoken) > 1 and all(w in _THINGS or w.removesuffix("s") in _THINGS for w in spoken[:-1])
    return spoken[-1] if of_something and spoken[-1] in VAGUE_ENDS else None


def _tells(word: str) -> bool:
    """Whether the word names a happening: `running`, `creation`, but not `updating`."""
    return (word.endswith("ing") and len(word) > 5) or (word.endswith("ion") and word not in VAGUE_ENDS | NOUNS)


def style(name: str) -> str | None:
    """How the words of a name are put together: `dotted`, `slashed/name`, `colon:separated`, `kebab-case`, `snake_case`,
    `UPPER_CASE`, `camelCase`, `PascalCase`; None for a single word, which is of every style."""
    plain = re.sub(r"^(\{\}[._/:-]?)+|([._/:-]?\{\})+$", "", name).replace("{}", "x")
    pieces = [p for p in re.split(r"[\W_]+", plain) if p]
    if len(pieces) < 2:
        camel = len(words(plain)) > 1
        return ("PascalCase" if plain[:1].isupper() else "camelCase") if camel else None
    for separator, found in ((".", "dotted"), ("/", "slashed/name"), (":", "colon:separated")):
        if separator in plain:
            return found
    if plain.count("-") > plain.count("_"):
        return "kebab-case"
    if "_" in plain:
        return "UPPER_CASE" if plain.isupper() else "snake_case"
    return None


def mood(name: str, domain: Domain = PLAIN) -> Mood:
    """How a name reads: `send-email` instructs, `payment.requested` requests, `OrderPlaced` states, `payment-info` names. What
    calls itself a remote call is one."""
    all_words = words(name)
    spoken = [w for w in all_words if w not in NOISE] or all_words
    if not spoken or "rpc" in spoken or (spoken[-1] in ANSWER_ENDS and len(spoken) > 1):
        return Mood("thing")
    if spoken[-1] in REQUEST_ENDS and len(spoken) > 1:
        return Mood("request", spoken[-1], 2 if spoken[-1] == "requested" else 3)
    if len(spoken) > 1 and spoken[0] in SAME_IN_THE_PAST and not is_past(spoken[-1]):
        return Mood("instruction", spoken[0])
    past = next((w for w in reversed(spoken) if is_past(w) or w in domain.facts), None)
    if past is not None and not (is_verb(spoken[0], domain) and spoken[-1] != past):
        return Mood("fact", past)
    found = _instruction(name, spoken, domain)
    if found.word == spoken[-1] == "complete":
        return Mood("fact", "complete")
    return Mood("deed", spoken[-1], 1) if found.kind == "thing" and len(spoken) > 1 and _is_deed(spoken[-1]) else found


def _weight(verb: str, part: list[str], *, alone: bool) -> int:
    """How surely a verb instructs with which a part of a name begins, or which stands `alone` behind a dot."""
    if alone:
        return 1 if verb in DEEDS else 2 if verb in NOUNS_BEHIND else 3
    return 2 if part[-1] == "model" else 3


def _is_deed(word: str) -> bool:
    """Whether a noun is made of a verb: `registration`, `deletion`."""
    return word.endswith("ion") and word not in NOUNS | PARTICULARS | ENDINGS and word[:5] in _STEMS


def _instruction(name: str, spoken: list[str], domain: Domain) -> Mood:
    """A verb first (of the whole name or of its last dotted part), or a bare verb behind what it acts on."""
    last_part = [w for w in words(re.split(r"[./:]", name)[-1]) if w not in NOISE]
    if len(last_part) == 1 < len(spoken) and last_part[0] in ASPECTS:
        return Mood("thing")
    if len(spoken) == 1 and spoken[0] in TALK:
        return Mood("thing")
    for part in (spoken, last_part):
        if not part:
            continue
        first = part[0]
        if first in COMMAND_STARTS and len(part) > 1:
            return Mood("instruction", first)
        if first in PHASES and part[1:2] and is_verb(part[1], domain):
            return Mood("thing")
        if is_verb(first, domain):
            return Mood("instruction", first, _weight(first, part, alone=len(part) == 1 < len(spoken)))
        nominal = first in domain.nouns or any(w in VERBS | ASPECTS for w in part[1:])
        if first in RATHER_VERBS | RATHER_NOUNS and len(part) > 1 and not nominal:
            return Mood("instruction", first, 2 if first in RATHER_VERBS else 1)
    if len(spoken) > 1 and is_verb(spoken[-1], domain):
        clear = spoken[-1] not in NOUNS_BEHIND and words(name)[-1] == spoken[-1]
        return Mood("instruction", spoken[-1], 3 if clear else 1)
    return Mood("thing")


def event_name(name: str) -> str:
    """A type of messages in the one spelling that `OrderPlaced`, `order.placed` and `OrderPlacedEvent` share."""
    plain = re.sub(r"[\W_]+", "", name).lower()
    return plain.removesuffix("event") or plain
