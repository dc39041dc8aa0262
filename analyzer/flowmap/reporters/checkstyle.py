"""Checkstyle's XML, which Jenkins, Bitbucket and many review bots read: files, and what is wrong in each."""

from __future__ import annotations

from collections import defaultdict
from xml.etree import ElementTree as ET

from flowmap.model.flow import Finding, Severity
from flowmap.reporter_api import Report, Reporter
from flowmap.reporters.verdict import counting, place, remarks
from flowmap.reporters.xml_text import document
from flowmap.visible import visible

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "info"}


def render(report: Report) -> str:
    """The findings that count, by file, and the remarks."""
    files: dict[str, list[Finding]] = defaultdict(list)
    for finding in counting(report):
        files[place(finding).path].append(finding)
    root = ET.Element("checkstyle", version="4.3")
    for path, findings in sorted(files.items()):
        file = ET.SubElement(root, "file", name=visible(path))
        for finding in sorted(findings, key=lambda f: (place(f).line, f.code, f.subject)):
            where = place(finding)
            ET.SubElement(
                file,
                "error",
                line=str(where.line),
                column=str(where.column),
                severity=_LEVELS[finding.severity],
                message=visible(finding.message),
                source=f"flowmap.{finding.code}.{finding.slug}",
            )
    for remark in remarks(report):
        file = ET.SubElement(root, "file", name=visible(remark.path))
        source = remark.title.replace(" ", ".")
        ET.SubElement(file, "error", line="1", severity="error", message=visible(remark.said), source=source)
    return document(root)


REPORTER = Reporter("checkstyle", "the findings as Checkstyle XML", render, opened=True)
