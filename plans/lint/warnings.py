"""Warnings: whom each level calls is chosen, by kinds that an office's list tells apart."""

from __future__ import annotations

from plans.bearers import KINDS
from plans.lint.finding import Report
from plans.load.document import Path


def check_warnings(report: Report) -> None:
    """Check that it is said of every warning level which bodies of the area are called."""
    plan = report.plan
    for index, call in enumerate(plan.warning_calls):
        for place, kind in enumerate(call.kinds):
            if kind not in KINDS:
                path: Path = ("warning_calls", index, "kinds", place)
                message = f"“{kind}”要在单位名册的类别里才有；常用的是{'、'.join(KINDS)}，用别的请写解读"
                report.add("warning-call", "warning", path, message, clause=call.clause, reading=call.reading)
    for index, item in enumerate(plan.warnings):
        if not any(not call.levels or item.level in call.levels for call in plan.warning_calls):
            message = f"没有写{item.level}叫应区域内哪些单位；应有 warning_calls，全部都叫的不写 kinds"
            report.add("warning-call", "warning", ("warnings", index), message, clause=item.clause)
