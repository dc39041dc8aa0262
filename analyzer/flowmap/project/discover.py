"""The discover stage from end to end: the scanned folders in, a `Project` out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.errors import PathError
from flowmap.model.project import Project
from flowmap.project.by_hand import left_out, run_by_hand
from flowmap.project.configured import configured_roots, with_configured
from flowmap.project.data_files import data_files
from flowmap.project.described import parties_of, with_described
from flowmap.project.descriptors import read_descriptors
from flowmap.project.domains import with_domains
from flowmap.project.elsewhere import elsewhere
from flowmap.project.exports import filled, stored
from flowmap.project.externals import externals_of
from flowmap.project.facts import facts_of, is_outside, stated_facts, with_facts
from flowmap.project.files import looking, walk
from flowmap.project.folders import undeployed
from flowmap.project.gateways import routes_of
from flowmap.project.grouping import grouped
from flowmap.project.imports import imports_of
from flowmap.project.index import index_of
from flowmap.project.joining import joined, with_stated
from flowmap.project.ownership import with_owners
from flowmap.project.processes import Foreign, Running, placed
from flowmap.project.services import services_of
from flowmap.project.start_scripts import started_by_hand
from flowmap.project.suppressions import suppressions
from flowmap.project.talking import talking
from flowmap.project.world import world_of

if TYPE_CHECKING:
    from pathlib import Path

    from flowmap.descriptor_api import DescriptorReader
    from flowmap.plugin_api import Plugin
    from flowmap.project.systems import Repository, System


def discover(
    system: System, readers: tuple[DescriptorReader, ...], plugins: tuple[Plugin, ...], given: tuple[Path, ...] = ()
) -> Project:
    """Everything that the later stages need of the disk; `plugins` tell which libraries talk, `given` are files and folders of
    facts. Raises PathError if there is nothing to scan, ConfigError if the configuration names what is not there, ExtensionError
    if a reader fails."""
    talks = talking(plugins)
    if len(system.repositories) == 1:
        (only,) = system.repositories
        return _of_one(only, readers, talks, given)
    everywhere = (*stated_facts(system), *given)
    project = joined([(r.name, _of_one(r, readers, talks, everywhere)) for r in system.repositories])
    if not project.files:
        raise PathError(f"There are no Python files in {', '.join(str(r.path) for r in system.repositories)}.")
    return with_stated(project, system.config)


def _of_one(
    repository: Repository, readers: tuple[DescriptorReader, ...], talks: frozenset[str], given: tuple[Path, ...]
) -> Project:
    """A repository by itself; one of several may hold nothing but files of deployment."""
    config = repository.config
    tree = walk(repository.path, config, without_python=repository.name != "")
    index = index_of(tree, looking(tree.root))
    facts = facts_of(tree.root, config, given, readers)
    declared = filled(with_facts(read_descriptors(index, readers), facts))
    world = world_of(index, declared, talks)
    processes = [placed(process, world) for process in declared.processes]
    deployed = grouped([p for p in processes if isinstance(p, Running)], world)
    imports = imports_of(index, talks)
    deployed += started_by_hand(deployed, world, imports)
    drafts = [*deployed, *undeployed(deployed, world, imports)]
    owned = with_owners(with_configured(services_of(drafts, world), config, index), declared)
    services = with_domains(owned, config)
    foreign = [p for p in processes if isinstance(p, Foreign)]
    declared = with_described(declared, facts.paths, parties_of(services, foreign, declared, config), index)
    suppressed, misspelt = suppressions(tree.sources)
    aside = run_by_hand(deployed, services, imports, index)
    return Project(
        files=tuple(f for f in tree.sources if f.path not in aside),
        services=services,
        externals=externals_of(foreign, services, declared, config),
        left_out=(*tree.left_out, *left_out(aside)),
        diagnostics=(*tree.diagnostics, *misspelt, *declared.diagnostics, *dict.fromkeys(world.faults)),
        wires=declared.wires,
        forwards=declared.forwards,
        existing=declared.existing,
        elsewhere=elsewhere(index),
        disposals=declared.disposals,
        stored=stored(declared),
        routes=routes_of(foreign, world),
        documents=tuple(d for d in declared.documents if not is_outside(d.path)),
        described=declared.described,
        roots=configured_roots(config, index),
        data=data_files(index),
        suppressions=suppressed,
    )
