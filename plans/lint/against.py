"""A plan file held against the official text that an installation has attached: evidence, clauses, chapters."""

from __future__ import annotations

from collections.abc import Iterator

from plans.lint.finding import Report
from plans.load.document import Path
from plans.model import Plan
from plans.official import OfficialText


def check_against(report: Report, official: OfficialText) -> None:
    """Check that the evidence stands where it is said to stand, and that no chapter was left out."""
    for path, clause, evidence in _evidence(report.plan):
        if not evidence or official.holds(evidence, clause):
            continue
        if path[0] == "duties" and official.holds(evidence, _above(clause)):
            continue
        if official.holds(evidence):
            message = f"“{evidence}”在官方文本里，但不在{clause}条；应核对条款编号"
            report.add("evidence-clause", "warning", path, message, clause=clause, kinds=("numbering",))
        else:
            message = f"官方文本里没有“{evidence}”；应照原文的字句，略去的用……"
            report.add("evidence-text", "error", path, message, clause=clause, kinds=("garbled",))
    for number, title in official.unlisted(report.plan):
        message = f"官方文本有“{number} {title}”，条款表里没有；应加一条，哪怕是 narrative"
        report.add("chapter-missing", "warning", ("clauses",), message, clause=number, kinds=("numbering",))
    for number in report.plan.clauses:
        if official.section(number) is None:
            message = f"官方文本里找不到{number} {report.plan.clauses[number].title}；应核对编号和标题"
            report.add("clause-text", "info", ("clauses", number), message, clause=number)


def _above(clause: str) -> str:
    """Return what an item lies in, whose first words say how often for all of them: 6.2 of 6.2(1)."""
    return clause.rpartition("(")[0] or clause


def _evidence(plan: Plan) -> Iterator[tuple[Path, str, str]]:
    for index, row in enumerate(plan.levels.rows if plan.levels else ()):
        yield ("levels", "rows", index, "evidence"), row.clause, row.evidence
    for number, response in enumerate(plan.responses):
        for index, item in enumerate(response.conditions):
            yield ("responses", number, "conditions", index, "evidence"), item.clause, item.evidence
    for index, rule in enumerate(plan.obligations):
        if not rule.local:
            yield ("obligations", index, "evidence"), rule.clause, rule.evidence
    for index, duty in enumerate(plan.duties):
        yield ("duties", index, "period"), duty.clause, duty.period
