"""What lint says: one finding per fault, with its place and how grave it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from plans.clauses import same_clause
from plans.load.document import Document, Path
from plans.model import Erratum, Plan, Reading

Severity = Literal["error", "warning", "known", "info"]
"""``error`` changes the exit status; ``known`` is what an erratum or a reading of the file acknowledges."""

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "known", "info")


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One fault of a plan file.

    Attributes:
        rule: the id of the rule that found it.
        line: in the file, from 1; 0 where the file is not at hand.
        clause: of the source document, or empty.
        message: in Chinese.
    """

    rule: str
    severity: Severity
    file: str
    line: int
    clause: str
    message: str

    def as_json(self) -> dict[str, Any]:
        """Return what ``tocsin plans lint --json`` prints."""
        return {name: getattr(self, name) for name in ("rule", "severity", "file", "line", "clause", "message")}


@dataclass
class Report:
    """Collects findings and settles which of them the plan file acknowledges."""

    plan: Plan
    document: Document | None
    findings: list[Finding] = field(default_factory=list)
    used: set[int] = field(default_factory=set)

    def add(
        self,
        rule: str,
        severity: Severity,
        path: Path,
        message: str,
        *,
        clause: str = "",
        reading: Reading | None = None,
        kinds: tuple[str, ...] = (),
    ) -> None:
        """Add a finding; an erratum of its clause and kind, or the statement's own ``reading``, makes it ``known``.

        Args:
            rule: id of the rule; an erratum of this kind acknowledges it.
            path: the place in the file.
            kinds: further kinds of errata that acknowledge it.
            reading: the reading of the statement, where one settles this rule.
        """
        if severity in ("error", "warning"):
            erratum = self.erratum(clause, (rule, *kinds))
            if erratum is not None:
                severity, message = "known", f"{message}（勘误：{erratum.reading}）"
            elif reading is not None:
                severity, message = "known", f"{message}（解读：{reading.taken}）"
        line = self.document.line(path) if self.document is not None else 0
        self.findings.append(
            Finding(rule=rule, severity=severity, file=self.plan.path, line=line, clause=clause, message=message)
        )

    def erratum(self, clause: str, kinds: tuple[str, ...]) -> Erratum | None:
        """Return the erratum of one of ``kinds`` at ``clause``, if any, and note that it was used."""
        for index, erratum in enumerate(self.plan.errata):
            if (not erratum.kind or erratum.kind in kinds) and same_clause(clause, erratum.clause):
                self.used.add(index)
                return erratum
        return None
