"""The discover stage from end to end: the scanned folder in, a `Project` out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.model.project import Project
from flowmap.project.configured import configured_roots, with_configured
from flowmap.project.data_files import data_files
from flowmap.project.descriptors import read_descriptors
from flowmap.project.exports import filled, stored
from flowmap.project.externals import externals_of
from flowmap.project.files import looking, walk
from flowmap.project.folders import undeployed
from flowmap.project.gateways import routes_of
from flowmap.project.grouping import grouped
from flowmap.project.imports import imports_of
from flowmap.project.index import index_of
from flowmap.project.ownership import with_owners
from flowmap.project.processes import Foreign, Running, placed
from flowmap.project.services import services_of
from flowmap.project.start_scripts import started_by_hand
from flowmap.project.world import world_of

if TYPE_CHECKING:
    from pathlib import Path

    from flowmap.config import Config
    from flowmap.descriptor_api import DescriptorReader


def discover(root: Path, config: Config, readers: tuple[DescriptorReader, ...]) -> Project:
    """Everything that the later stages need of the disk. `root` is a folder or one Python file; raises PathError if there is
    nothing to scan, ConfigError if the configuration names what is not there, ExtensionError if a reader fails."""
    tree = walk(root, config)
    index = index_of(tree, looking(tree.root))
    declared = filled(read_descriptors(index, readers))
    world = world_of(index, declared)
    processes = [placed(process, world) for process in declared.processes]
    deployed = grouped([p for p in processes if isinstance(p, Running)], world)
    imports = imports_of(index)
    deployed += started_by_hand(deployed, world, imports)
    drafts = [*deployed, *undeployed(deployed, world, imports)]
    services = with_owners(with_configured(services_of(drafts, world), config, index), declared)
    foreign = [p for p in processes if isinstance(p, Foreign)]
    return Project(
        files=tree.sources,
        services=services,
        externals=externals_of(foreign, services, declared, config),
        left_out=tree.left_out,
        diagnostics=(*tree.diagnostics, *declared.diagnostics),
        wires=declared.wires,
        forwards=declared.forwards,
        stored=stored(declared),
        routes=routes_of(foreign, world),
        documents=declared.documents,
        roots=configured_roots(config, index),
        data=data_files(index),
    )
