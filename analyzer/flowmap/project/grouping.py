"""Which processes are one service: replicas, the same process in several deployments, and processes that cannot be told apart."""

from __future__ import annotations

from dataclasses import replace
from string import digits
from typing import TYPE_CHECKING

from flowmap.project.drafts import Draft, draft_of, folded_names, merged
from flowmap.project.index import below, beside
from flowmap.project.lexical import facts_of, is_django
from flowmap.project.locate import COMMANDS
from flowmap.project.marked import is_helper
from flowmap.project.options import positionals
from flowmap.project.paths import is_for_work, parent, within
from flowmap.project.world import folded

if TYPE_CHECKING:
    from flowmap.project.processes import Running
    from flowmap.project.world import World

# Formats whose file, lying in a folder, speaks of that folder alone.
_OF_ONE_FOLDER = ("compose", "procfile")
# Formats that people often leave behind when they move to containers.
_OF_A_HOST = ("supervisord", "systemd")
# Formats of which one file says what a single machine or container runs.
_OF_ONE_MACHINE = ("procfile", *_OF_A_HOST)


def grouped(running: list[Running], world: World) -> list[Draft]:
    """The services that the processes are, in the order of their folders."""
    told = [_beside_others(r, running) for r in _told_by_containers(running)]
    strongest_first = sorted(told, key=lambda r: (-r.process.rank, r.process.location))
    by_root: dict[str, list[Draft]] = {}
    for process in strongest_first:
        by_root.setdefault(process.root, []).append(draft_of(process))
    drafts = [draft for root in sorted(by_root) for draft in _of_root(root, by_root, world)]
    return _with_own_code(_same_entry(drafts), world)


def _told_by_containers(running: list[Running]) -> list[Running]:
    """Without processes of a host's own supervision where containers, or anything else, run the same folder."""
    others = [r.root for r in running if r.process.system not in _OF_A_HOST]
    return [
        r for r in running if r.process.system not in _OF_A_HOST or not any(within(o, r.root) or within(r.root, o) for o in others)
    ]


def _beside_others(worker: Running, running: list[Running]) -> Running:
    """A worker that is told nothing of where its tasks are has its code where others of the same image have theirs."""
    if not worker.worker:
        return worker
    roots = {r.root for r in running if not r.worker and r.places == worker.places and within(r.root, worker.root)}
    return replace(worker, root=roots.pop()) if len(roots) == 1 else worker


def _of_root(root: str, by_root: dict[str, list[Draft]], world: World) -> list[Draft]:
    drafts = [d for d in by_root[root] if not d.idle and not d.for_tests]
    if not drafts:
        # A container to work in, or to test with, says where code is, but not what runs.
        return [replace(merged(by_root[root], keep_entry=False), command=(), own_folder=True)]
    if _is_django(root, world):
        # Which code runs is decided by settings, not by what the entry imports; a command that talks to others is a program.
        own = [d for d in drafts if _is_worker(d, world)]
        rest = [d for d in drafts if d not in own]
        return [*([merged(rest, keep_entry=False)] if rest else []), *_told_apart(own)]
    own = [d for d in drafts if _speaks_of_one_folder(d, by_root)] if _is_a_part(root, world) else []
    if own:
        one = len({(d.entry, d.arguments) for d in drafts}) == 1
        return [replace(merged([*own, *(d for d in drafts if d not in own)], keep_entry=one), own_folder=True)]
    return _told_apart(drafts)


def _is_django(root: str, world: World) -> bool:
    contents = (world.index.contents.get(beside(root, path), b"") for path in ("manage.py", "src/manage.py"))
    return any(is_django(content) for content in contents)


def _is_worker(draft: Draft, world: World) -> bool:
    """Whether a container runs a command of Django's that uses a library that talks to others, itself or in a module that it
    imports."""
    if draft.entry is None or f"/{COMMANDS}" not in draft.entry or (draft.deployment or ("",))[0] in _OF_ONE_MACHINE:
        return False
    facts = facts_of(world.index.contents[draft.entry], world.talking)
    imported = (world.index.contents.get(f"{name.replace('.', '/')}.py") for name in facts.imports)
    return facts.talks or any(facts_of(content, world.talking).talks for content in imported if content is not None)


def _is_a_part(root: str, world: World) -> bool:
    """Whether there is Python outside the folder, tools left out: a folder that holds all of it is the system, not a part."""
    return any(not within(p, root) and not is_helper(parent(p)) for p in world.index.paths)


def _speaks_of_one_folder(draft: Draft, by_root: dict[str, list[Draft]]) -> bool:
    """Whether the draft's deployment file lies in the folder, below the scan root, and runs nothing but that folder; one for those
    who work on the code tells nothing."""
    if draft.deployment is None or draft.deployment[0] not in _OF_ONE_FOLDER or draft.root == ".":
        return False
    folder = draft.deployment[1]
    if not within(folder, draft.root) or is_for_work(folder):
        return False
    if _lies_in(draft, folder) and any(d.entry and not _lies_in(d, folder) for d in by_root[draft.root]):
        return False  # it speaks of a part of the folder, and others run the rest
    return not any(d.deployment == draft.deployment for root, drafts in by_root.items() if root != draft.root for d in drafts)


def _lies_in(draft: Draft, folder: str) -> bool:
    return draft.entry is not None and within(draft.entry, folder)


def _told_apart(drafts: list[Draft]) -> list[Draft]:
    """One draft per entry and arguments, those with a common name together; what has no entry joins the first, unless it is a
    worker and there are several that it may work for. Where one file tells the same program apart, the services of another file are
    those that they are called after."""
    if len({d.entry for d in drafts if not d.worker}) <= 1:
        drafts = [replace(d, worker=False) for d in drafts]
    groups: list[list[Draft]] = []
    for draft in [*(d for d in drafts if d.entry is not None), *(d for d in drafts if d.entry is None)]:
        others = [d for d in drafts if _told_differently(d, draft)]
        _join(groups, draft, [g for g in groups if _may_run_the_same(g, draft) and not _is_of_another(g, draft, others)])
    return [merged(group) for group in groups]


def _is_of_another(group: list[Draft], draft: Draft, others: list[Draft]) -> bool:
    """Whether what other files deploy is called after one of the others that the draft's own file tells apart from it."""
    elsewhere = [d for d in group if d.deployment != draft.deployment]
    return any(_one_name(other, d) for other in others for d in elsewhere)


def _join(groups: list[list[Draft]], draft: Draft, homes: list[list[Draft]]) -> None:
    """The draft among those of its name, else in the first of its possible homes, else by itself."""
    named = (g for g in groups if any(_one_name(d, draft) for d in g))
    home = next(named, None) or next(iter(homes), None)
    if home is None:
        groups.append([draft])
    else:
        home.append(draft)


def _may_run_the_same(group: list[Draft], draft: Draft) -> bool:
    if draft.worker or group[0].worker:
        return draft.worker and group[0].worker
    return draft.entry is None or group[0].entry is None or _runs_the_same(group, draft)


def _runs_the_same(group: list[Draft], draft: Draft) -> bool:
    alike = [d for d in group if (d.entry, d.arguments) == (draft.entry, draft.arguments)]
    return bool(alike) and not any(_told_differently(d, draft) for d in alike)


def _told_differently(one: Draft, other: Draft) -> bool:
    """Whether one file deploys the same program twice under names of their own, and tells each what to do by a subcommand or by
    its settings; what numbers alone tell apart are replicas."""
    if one.deployment is None or one.deployment != other.deployment:
        return False
    if {n.rstrip(digits) for n in folded_names(one)} & {n.rstrip(digits) for n in folded_names(other)}:
        return False
    return positionals(one.command) != positionals(other.command) or _told(one) != _told(other)


def _told(draft: Draft) -> frozenset[tuple[str, str]]:
    return frozenset((s.name, s.value) for s in draft.environment if not s.value.isdecimal())


def _one_name(one: Draft, other: Draft) -> bool:
    """Whether two drafts have a name in common; deployments that lie apart may each know the other's as a second name."""
    names, others = folded_names(one), folded_names(other)
    if one.deployment != other.deployment:
        return bool((names | {folded(a) for a in one.aliases}) & others or names & {folded(a) for a in other.aliases})
    return bool(names & others)


def _same_entry(drafts: list[Draft]) -> list[Draft]:
    """Deployments that disagree about the folder, but start the same file, run the same service."""
    groups: list[list[Draft]] = []
    for draft in drafts:
        alike = [g for g in groups if draft.entry is not None and (g[0].entry, g[0].arguments) == (draft.entry, draft.arguments)]
        elsewhere = [g for g in alike if all(d.root != draft.root for d in g)]
        _join(elsewhere, draft, elsewhere) if elsewhere else groups.append([draft])
    return [merged(sorted(group, key=lambda d: (_is_for_work(d), -len(d.root)))) for group in groups]


def _is_for_work(draft: Draft) -> bool:
    return draft.deployment is not None and is_for_work(draft.deployment[1])


def _with_own_code(drafts: list[Draft], world: World) -> list[Draft]:
    """Without drafts of a whole folder around others that run nothing known, or whose code all belongs to the others: images that
    hold the repository, or that others start from."""
    kept: list[Draft] = []
    for draft in drafts:
        others = [d.root for d in drafts if d is not draft and d.root != draft.root and within(d.root, draft.root)]
        if draft.entry is None and others and not draft.worker:
            if (not draft.command or draft.root == ".") and not _is_django(draft.root, world):
                continue
            own = [p for p in below(world.index, draft.root) if not any(within(p, o) for o in others) and not is_helper(p)]
            if not own:
                continue
        kept.append(draft)
    return kept
