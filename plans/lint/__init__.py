"""What is wrong with a plan file that loads: every finding names file, line, clause and severity.

Only ``error`` makes ``tocsin plans lint`` fail. What the file's errata or readings acknowledge is ``known``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from plans.classify.outcome import Tables
from plans.lint.against import check_against
from plans.lint.clauses import (
    check_acts,
    check_cites,
    check_clauses,
    check_readings,
    check_review,
    check_version,
    citations,
    coverage,
)
from plans.lint.command import check_command
from plans.lint.duties import check_duties
from plans.lint.evidence import check_evidence
from plans.lint.finding import SEVERITIES, Finding, Report, Severity
from plans.lint.names import check_names
from plans.lint.phrases import check_phrases
from plans.lint.tables import check_tables
from plans.lint.warnings import check_warnings
from plans.load import DATA, digest
from plans.load.document import Document, compose
from plans.model import Plan
from plans.official import OfficialText

__all__ = [
    "SEVERITIES",
    "Finding",
    "Severity",
    "citations",
    "coverage",
    "lint",
    "published_versions",
    "versions_text",
]


def lint(
    plan: Plan,
    *,
    today: date | None = None,
    published: Mapping[str, Mapping[str, str]] | None = None,
    document: Document | None = None,
    official: OfficialText | None = None,
    idle: Iterable[str] = (),
) -> list[Finding]:
    """Return what is wrong with a plan, the gravest first, then by line.

    Args:
        plan: as loaded.
        today: for the review date and the date of coming into force; left out, those are not checked.
        published: for each plan id the SHA-256 of each published version, see :func:`published_versions`.
        document: the plan's YAML with its marks; read again from ``plan.path`` when left out.
        official: the attached official text; left out, evidence is only held against its own bounds.
        idle: the clauses on which nothing acts (:func:`plans.coverage.idle`), which only who has the handlers can tell.
    """
    report = Report(plan=plan, document=document or _document(plan))
    tables = Tables(plan)
    check_evidence(report, tables.space)
    check_tables(report, tables)
    check_command(report)
    check_names(report, today)
    check_duties(report)
    check_warnings(report)
    check_phrases(report)
    check_clauses(report)
    check_acts(report, idle)
    check_cites(report)
    if official is not None:
        check_against(report, official)
    if today is not None:
        check_review(report, today)
    check_version(report, published or {})
    check_readings(report)
    order = {severity: index for index, severity in enumerate(SEVERITIES)}
    return sorted(report.findings, key=lambda finding: (order[finding.severity], finding.line))


def _document(plan: Plan) -> Document | None:
    path = Path(plan.path)
    return compose(path.read_text(encoding="utf-8"), plan.path) if plan.path and path.is_file() else None


def published_versions(folder: Path = DATA) -> dict[str, dict[str, str]]:
    """Return the recorded SHA-256 of each published version of each plan; empty without a ``versions.json``."""
    path = folder / "versions.json"
    if not path.is_file():
        return {}
    data: dict[str, dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    return data


def versions_text(plans: Iterable[Plan], published: Mapping[str, Mapping[str, str]]) -> str:
    """Return the text of ``versions.json`` with the versions of ``plans`` recorded; what is recorded stays as it is."""
    record = {name: dict(versions) for name, versions in published.items()}
    for plan in plans:
        record.setdefault(plan.id, {}).setdefault(plan.version, digest(plan))
    return json.dumps(record, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
