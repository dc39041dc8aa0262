"""A workflow for a person at a terminal: how it is led, its steps in order, how its state can be known, how it ends and fails."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from flowmap.graph.trace import Ending
from flowmap.graph.workflows import Step
from flowmap.model.flow import EdgeKind
from flowmap.model.interaction import Interaction, Role
from flowmap.reporters.console import BOLD, DIM, NAME, REACT, WAIT, line, party
from flowmap.reporters.text_flows import grid, heading, indented
from flowmap.reporters.text_patience import waits
from flowmap.views.knowing import State
from flowmap.views.outcomes import Failure, is_event, name_of
from flowmap.views.portrait import Portrait
from flowmap.views.styles import Part, Style, targets
from flowmap.visible import counted, ending, listed, shortened, visible

_STEPS, _PLACES, _NAMES, _ROWS = 60, 4, 6, 40
_INDENT = 2
_LABEL = {Style.ORCHESTRATION: "orchestrated", Style.CHAIN: "called", Style.CHOREOGRAPHY: "choreographed"}


def portrayed(told: Portrait, width: int) -> Iterator[RenderableType]:
    """All that is said of a workflow."""
    flow = told.workflow
    yield line((flow.name, BOLD), ("  ", ""), (str(flow.trigger.location), "cyan"))
    table = grid(0, 1)
    table.add_row(line(("starts in", DIM)), line((party(flow.trigger.service), NAME)))
    table.add_row(line(("services", DIM)), line(listed([party(s) for s in flow.services], 2 * _NAMES)))
    table.add_row(line(("owner", DIM)), line(", ".join(told.owners) or "nobody is named (CODEOWNERS, Backstage catalogue)"))
    yield indented(table)
    yield from heading("style", told.style.value)
    yield from _blocks([(_leader(p), _led(p), _sites(p.steps)) for p in told.parts], width)
    yield from _steps(told, width)
    yield from heading("state", "how anybody could know where it stands")
    yield from _blocks([(_who(s), s.why, s.sites) for s in told.state], width)
    if not told.state:
        yield indented(line(("nothing leaves the service", DIM)))
    yield from _outcomes(told)


def _blocks(rows: list[tuple[str, str, tuple[Interaction, ...]]], width: int) -> Iterator[RenderableType]:
    """A sentence with its heading, and the places that it stands on below it, one on a line."""
    table = grid(0, 1)
    room = width - 4 - max((cell_len(visible(title)) for title, _, _ in rows), default=0)
    for title, said, sites in rows:
        table.add_row(line((title, BOLD)), line(said))
        places = list(dict.fromkeys(str(s.location) for s in sites))
        for place in places[:_PLACES]:
            table.add_row("", line((ending(place, room), "cyan")))
        if len(places) > _PLACES:
            table.add_row("", line((f"and {counted(len(places) - _PLACES, 'more place')}", DIM)))
    if table.row_count:
        yield indented(table)


def _sites(steps: tuple[Step, ...]) -> tuple[Interaction, ...]:
    return tuple(step.sites[0] for step in steps)


def _leader(part: Part) -> str:
    several = len({step.sites[0].service for step in part.steps}) > 1
    return _LABEL[part.style] if several or not part.by else f"{_LABEL[part.style]} by {part.by}"


def _led(part: Part) -> str:
    """Who is led in which way."""
    names = listed([party(s) for s in part.services], _NAMES)
    if part.style is Style.CHOREOGRAPHY:
        events = listed(list(dict.fromkeys(name_of(s.sites[0]) for s in part.steps)), _NAMES)
        return f"{names} react to one another: {events}"
    if part.engine:
        return f"an engine carries out its plan of {counted(len(part.steps), 'step')}{f', with {names}' if names else ''}"
    waited = [s for s in part.steps if s.kind is EdgeKind.COORDINATION]
    does = "waits for" if len(waited) == len(part.steps) else "gives work to" if not waited else "waits for and gives work to"
    if part.style is Style.CHAIN and len(_pairs(part.steps)) == 1:
        return f"it {does} {names} alone"
    if part.style is Style.CHAIN:
        return f"one {does} the next, and nobody directs: {listed(_pairs(part.steps), _NAMES)}"
    return f"it {does} {names}"


def _pairs(steps: tuple[Step, ...]) -> list[str]:
    pairs = (f"{s.sites[0].service} → {party(name)}" for s in steps for name in targets(s))
    return list(dict.fromkeys(pairs))


def _who(state: State) -> str:
    return f"{state.means.value}{f': {state.who}' if state.who else ''}"


def _steps(told: Portrait, width: int) -> Iterator[RenderableType]:
    """The steps in the order of the code, those that follow from another one further in."""
    flow = told.workflow
    yield from heading("steps", "⇒ waits, → does not")
    for step in flow.steps[:_STEPS]:
        indent = 2 + _INDENT * min(step.depth, 12)
        yield Padding(_step(step, width - indent), (0, 0, 0, indent))
    if len(flow.steps) > _STEPS or flow.cut:
        more = f"and {len(flow.steps) - _STEPS} more" if len(flow.steps) > _STEPS else "cut here: too much to follow"
        yield indented(line((more, DIM)))


def _step(step: Step, width: int) -> Text:
    site = step.sites[0]
    waited = step.kind is EdgeKind.COORDINATION
    arrow = ("⇒", WAIT) if waited else ("→", REACT)
    reached = [party(s) for s in dict.fromkeys(s.service for s in step.reached)]
    ends = listed(reached, _NAMES) or (party(site.target) if site.target else step.ending) or "nobody"
    kind = "" if waited or is_event(step) else f" ({'command' if site.role is Role.CALL else site.kind.value})"
    said = line((party(site.service), NAME), " ", arrow, f" {ends}  ", (name_of(site), arrow[1]), (kind, DIM))
    place = str(site.location)
    return line(said, (f"  {ending(place, width - said.cell_len - 2)}", DIM))


def _outcomes(told: Portrait) -> Iterator[RenderableType]:
    yield from heading("outcomes")
    table = grid(0, 1)
    ends = [f"{name_of(s.sites[0])} by {s.sites[0].service}, heard by {_heard(s)}" for s in told.endings]
    for number, end in enumerate(ends[:_NAMES] or ["no event: it is over when the last handler is"]):
        table.add_row(line(("ends with" if not number else "", DIM)), line(end))
    if len(ends) > _NAMES:
        table.add_row("", line((f"and {len(ends) - _NAMES} more", DIM)))
    for failure in told.failures:
        _failed(table, failure)
    if not told.failures:
        table.add_row(line(("fails with", DIM)), line("no failure is announced"))
    if told.undoing:
        names = [f"{s.sites[0].service} {_arrow(s)} {name_of(s.sites[0])}" for s in told.undoing]
        table.add_row(line(("undoes with", DIM)), line(listed(names, _NAMES), ("  by their names", DIM)))
    table.add_row(line(("waits", DIM)), line(_waited(told.wait)))
    yield indented(table)


def _arrow(step: Step) -> str:
    return "⇒" if step.kind is EdgeKind.COORDINATION else "→"


def _heard(step: Step) -> str:
    outside = [party(name) for name in targets(step) if name not in {s.service for s in step.reached}]
    known = listed([*dict.fromkeys(s.service for s in step.reached), *outside], _NAMES)
    return known or ("somebody outside the scan" if step.ending == Ending.OUTSIDE else "nobody")


def _failed(table: Table, failure: Failure) -> None:
    site = failure.step.sites[0]
    table.add_row(line(("fails with", DIM)), line((name_of(site), REACT), f" by {site.service}", (f"  {site.location}", "cyan")))
    for reaction in failure.reactions:
        sends = listed([name_of(s) for s in reaction.sends], _NAMES)
        does = f" → {sends}" if sends else ""
        word = "undoes" if reaction.undoes else "hears"
        table.add_row("", line(f"{reaction.heard.service} {word}: {name_of(reaction.heard)}{does}"))
    if not failure.reactions:
        table.add_row("", line((f"heard by {_heard(failure.step)}", "bold yellow")))


def _waited(steps: tuple[Step, ...]) -> str:
    """The longest path of calls that are waited for, and for how long at most."""
    if not steps:
        return "nobody waits for another service"
    first = steps[0].sites[0]
    path = " ⇒ ".join([first.service, *(party(s.sites[0].target or "?") for s in steps)])
    bound = f", at most {waits(first.timeout)}" if first.timeout is not None and first.timeout.seconds is not None else ""
    return f"{counted(len(steps), 'hop')} at most: {path}{bound}"


def overview(told: list[Portrait], inside: int, width: int) -> Iterator[RenderableType]:
    """The workflows of a system in a line each; `inside` more stay in one service."""
    table = grid(0, 0, 0, 0, 1)
    if told:
        table.add_row(*(line((title, DIM)) for title in ("starts with", "in", "style", "spans", "state known by")))
    for one in told[:_ROWS]:
        flow = one.workflow
        name = shortened(visible(flow.name), max(width // 3, 20))
        means = ", ".join(dict.fromkeys(s.means.value for s in one.state))
        table.add_row(
            line((name, BOLD)),
            line((shortened(visible(flow.trigger.service), max(width // 5, 12)), NAME)),
            line(one.style.value),
            line((counted(len(flow.services), "service"), DIM)),
            line((means, DIM)),
        )
    yield table
    if len(told) > _ROWS:
        yield line((f"and {len(told) - _ROWS} more: flowmap scan --format json lists all", DIM))
    if inside:
        yield line((f"{counted(inside, 'workflow')} more {'stays' if inside == 1 else 'stay'} within one service", DIM))
