"""The JSON report read again, so that the scans of several repositories can be connected as one system."""

from __future__ import annotations

from pydantic import ValidationError

from flowmap.errors import ArtefactError
from flowmap.model.flow import Artefact, Parts
from flowmap.model.project import Diagnostic, External, ExternalKind, LeftOut, Service
from flowmap.model.suppression import How, Suppression
from flowmap.reporters.json_base import place, step
from flowmap.reporters.json_effects import read
from flowmap.reporters.json_models import ExternalModel, ReportModel, ServiceModel
from flowmap.reporters.json_sites import site
from flowmap.reporters.json_wiring import addresses, carried, ended, passed, there


def artefact(content: bytes, name: str) -> Artefact:
    """The scan that a JSON report keeps. Raises ArtefactError, with the file's `name`, for what is none."""
    try:
        report = ReportModel.model_validate_json(content)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        said = first["msg"].removeprefix("Value error, ")
        at = f" ({where}: {said})" if where else f" ({said})"
        message = f"{name} is no report of this flowmap{at}; make it with `flowmap scan -o json=FILE` of the same version."
        raise ArtefactError(message) from error
    if not report.name:
        raise ArtefactError(f"{name} does not say of what it is a report ('name' is empty), so its files could not be told apart.")
    return Artefact(
        name=report.name,
        services=tuple(_service(s) for s in report.services),
        externals=tuple(_external(e) for e in report.externals if _is_known(e)),
        parts=Parts(
            tuple(site(i) for i in (*report.interactions, *report.outside, *report.unconnected)),
            carried(report.wiring.forwards),
            carried(report.wiring.bindings),
            passed(report.wiring.routes),
            there(report.wiring.existing),
            tuple(read(e) for e in report.effects),
            ended(report.wiring.disposals),
            there(report.wiring.elsewhere),
        ),
        problems=tuple(Diagnostic(d.message, place(d.location) if d.location else None) for d in report.diagnostics),
        left_out=tuple(LeftOut(x.reason, x.count, x.example) for x in report.left_out),
        files=report.stats.files,
        lines=report.stats.lines,
        hidden=report.stats.hidden,
        suppressions=tuple(Suppression(How.INLINE, place(s.location), tuple(s.rules), s.reason) for s in report.suppressions),
    )


def _is_known(e: ExternalModel) -> bool:
    """Whether more is known of something outside than that a call names it: that, connecting finds out anew."""
    return bool(e.evidence or e.addresses or e.publishes or e.subscribes)


def _external(e: ExternalModel) -> External:
    return External(
        name=e.name,
        kind=ExternalKind(e.kind),
        addresses=addresses(e.addresses),
        evidence=tuple(step(h) for h in e.evidence),
        publishes=tuple(e.publishes),
        subscribes=tuple(e.subscribes),
        image=e.image,
    )


def _service(s: ServiceModel) -> Service:
    return Service(
        name=s.name,
        root=s.root,
        entry=s.entry,
        description=s.description,
        aliases=tuple(s.aliases),
        addresses=addresses(s.addresses),
        evidence=tuple(step(h) for h in s.evidence),
        owners=tuple(s.owners),
        system=s.system or "",
        domain=s.domain or "",
    )
