"""Which stage a report is of: first, follow-up, final; plans call them by different names, which are kept beside it.

A name that no plan had so far is ``other`` and is counted under its own name: nothing is left out for its name.
"""

from __future__ import annotations

from typing import Literal

Stage = Literal["first", "follow_up", "final", "correction", "other", "task"]

STAGES: tuple[Stage, ...] = ("first", "follow_up", "final", "correction", "other", "task")
"""In the order in which they are told. ``task``: what a plan demands after the end (善后, 总结评估)."""

_ENDINGS: dict[Stage, tuple[str, ...]] = {
    "first": (
        "首报", "首次报告", "初报", "初次报告", "快报", "事发报告", "事故报告", "逐级上报", "值班室上报", "险情报告",
    ),
    "follow_up": ("续报", "日报", "进程报告", "阶段报告"),
    "final": ("终报", "终结报告", "结案报告", "结果报告"),
    "correction": ("更正",),
}  # fmt: skip


def stage_of(report: str, *, task: bool = False) -> Stage:
    """Return the stage of a report by its name: 县级首报 is a first one.

    Args:
        task: the rule is a task after the end, whatever it is called.
    """
    if task:
        return "task"
    return next((stage for stage, endings in _ENDINGS.items() if report.endswith(endings)), "other")
