"""Services that nothing deploys: folders that are projects of their own, and the programs in them or in folders without any sign.

Deliberately conservative: what others import and nobody starts is a library, what lies in folders of scripts is a tool, and
a folder around services is one itself only if a program of its own takes part.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flowmap.model.location import Evidence, Location
from flowmap.project.drafts import Draft
from flowmap.project.imports import Imports, imported_from_outside
from flowmap.project.index import below, beside
from flowmap.project.installed import installed_programs, scripts_of
from flowmap.project.lexical import is_django
from flowmap.project.marked import is_helper, is_of_others, marker_of
from flowmap.project.paths import above, base, common_folder, parent, parts, relative, within
from flowmap.project.programs import Cluster, clusters_of, is_main, main_of, programs_of
from flowmap.project.recipes import Recipes, recipes_by_folder

if TYPE_CHECKING:
    from flowmap.project.world import World

# More independent programs of one project are its tools or examples.
_MOST_PROGRAMS = 10

# Folders of what is shown to others, or comes from them, beside services.
_SHOWN = frozenset({"contrib", "demo", "demos", "example", "examples", "sample", "samples"})
# Files of platforms that run what is in their folder.
_DEPLOYABLE = ("host.json", "serverless.yml", "serverless.yaml", "bentofile.yaml", "bentofile.yml")


def undeployed(taken: list[Draft], world: World, imports: Imports) -> list[Draft]:
    """The services that no deployment names, outside the folders of those that one does."""
    found: list[Draft] = []
    recipes = recipes_by_folder(world)
    for folder in sorted(world.marked, key=lambda f: (-len(f), f)):
        covered = any(within(folder, d.root) and (d.root != "." or folder == ".") for d in taken)
        if not (covered or _is_started_above(folder, recipes)) and not _is_aside(folder, taken, world):
            files = _own_files(folder, [d.root for d in (*taken, *found)], world)
            found += _of_project(folder, files, recipes.get(folder), world, imports)
    found += _loose(found, taken, world, imports)
    if not taken and not found and world.index.paths:
        first = world.index.paths[0]
        entry = first if len(world.index.paths) == 1 else None
        found.append(
            Draft(".", entry, evidence=(Evidence(Location(first, 1, 1), "the only program of the scan"),), own_folder=True)
        )
    return found


def _is_started_above(folder: str, recipes: dict[str, Recipes]) -> bool:
    """Whether the image of a folder around this one runs a file in it, and so is what is deployed of it."""
    around = (draft for f in above(folder) if f in recipes and folder not in recipes for draft in recipes[f].starts)
    return any(draft.entry is not None and within(draft.entry, folder) for draft in around)


def _is_aside(folder: str, taken: list[Draft], world: World) -> bool:
    """Whether a marked folder holds what people run by hand, what is no service in Python, or what is shown beside services."""
    return is_helper(folder) or is_of_others(folder, world.index) or (bool(taken) and any(map(_is_shown, parts(folder))))


def _is_shown(name: str) -> bool:
    """Whether a folder's name says that what is in it is for others to look at (`demo`, `sqs-example`)."""
    return name in _SHOWN or not {"example", "examples"}.isdisjoint(re.split(r"[-_.]", name.lower()))


def _own_files(folder: str, others: list[str], world: World) -> list[str]:
    """Files of the folder that lie in no other service, in no folder of tools, and, beside services, of nothing to be shown."""
    inner = [o for o in others if o != folder and within(o, folder)]
    own = [p for p in below(world.index, folder) if not any(within(p, o) for o in inner) and not is_helper(parent(p))]
    return [p for p in own if not others or not any(map(_is_shown, parts(relative(parent(p), folder))))]


def _of_project(folder: str, files: list[str], recipes: Recipes | None, world: World, imports: Imports) -> list[Draft]:
    """What a marked folder is: one service, several, or none."""
    own = [p for p in files if next(f for f in above(p) if f in world.marked) == folder]
    programs = programs_of(own, imports, world.index)
    around_services = len(files) < sum(not is_helper(parent(p)) for p in below(world.index, folder))
    if around_services and not any(imports.facts[p].runs for p in programs):
        return []
    if recipes is not None and recipes.starts:
        return recipes.starts
    installed = installed_programs(folder, programs, world, imports)
    if len(installed) > 1:
        return installed
    if (recipes is not None or _is_deployed(folder, world)) and (programs or not imported_from_outside(folder, imports)):
        return [_project(folder, world)]
    if not _is_program(folder, own, programs, world, imports):
        return []
    clusters = clusters_of(programs, folder, imports)
    if 1 < len(clusters) <= _MOST_PROGRAMS:
        return _split(folder, clusters)
    return [] if around_services and len(clusters) > _MOST_PROGRAMS else [_project(folder, world)]


def _is_deployed(folder: str, world: World) -> bool:
    if any(beside(folder, name) in world.index.others for name in _DEPLOYABLE):
        return True
    if folder in world.functions:
        return True
    return is_django(world.index.contents.get(beside(folder, "manage.py"), b""))


def _is_program(folder: str, files: list[str], programs: tuple[str, ...], world: World, imports: Imports) -> bool:
    """Whether the project is started at all, and is not a library of others."""
    if any(imports.facts[p].handler or is_main(p) for p in programs):
        return True
    started = bool(programs) or any(is_main(p) for p in files) or bool(scripts_of(folder, world))
    return started and not imported_from_outside(folder, imports)


def _project(folder: str, world: World) -> Draft:
    where = Location(marker_of(folder, world.index), 1, 1)
    return Draft(folder, evidence=(Evidence(where, "a project of its own"),), own_folder=True)


def _split(folder: str, clusters: tuple[Cluster, ...]) -> list[Draft]:
    """A service for each cluster of programs."""
    found: list[Draft] = []
    for cluster in clusters:
        main = main_of(cluster)
        evidence = (Evidence(Location(main, 1, 1), "a program that shares nothing with others"),)
        alone = not cluster.shared and cluster.folder != folder
        stem = "" if alone or is_main(main) else base(main).removesuffix(".py")
        entry = None if alone and len(cluster.programs) > 1 else main
        found.append(Draft(cluster.folder, entry, stem=stem, evidence=evidence, own_folder=alone))
    return found


def _loose(found: list[Draft], taken: list[Draft], world: World, imports: Imports) -> list[Draft]:
    """Programs in folders that show no sign of a project and that no deployment covers."""
    roots = [d.root for d in found] + _covered(taken) + [f for f in sorted(world.marked) if is_of_others(f, world.index)]
    if "." in roots:
        return []
    programs = programs_of(_own_files(".", roots, world), imports, world.index)
    if found or taken:
        programs = tuple(p for p in programs if imports.facts[p].talks or imports.facts[p].handler)
    clusters = _loose_clusters(programs, imports)
    return _split(".", clusters) if found or taken or len(clusters) > 1 else []


def _covered(taken: list[Draft]) -> list[str]:
    """For each deployment the folder around its file and all that it runs: it says what there is in there."""
    reach: dict[tuple[str, str], str] = {}
    for draft in taken:
        key = draft.deployment or ("", draft.root)
        reach[key] = common_folder(reach.get(key, key[1]), draft.root)
    return list(reach.values())


def _loose_clusters(programs: tuple[str, ...], imports: Imports) -> tuple[Cluster, ...]:
    """Scripts side by side without a main program are programs of their own, whatever they share."""
    clusters: list[Cluster] = []
    for cluster in clusters_of(programs, ".", imports):
        flat = len({parent(p) for p in cluster.programs}) == 1
        if flat and len(cluster.programs) > 1 and not any(is_main(p) for p in cluster.programs):
            clusters += [Cluster(parent(p), (p,), shared=True) for p in cluster.programs]
        else:
            clusters.append(cluster)
    return tuple(clusters)
