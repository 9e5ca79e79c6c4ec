"""The duties of a plan as a page: how each bearer stands this quarter, in words as well as in colours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.render.pages.names import shown
from bot.render.times import day
from bot.texts import duty as duty_texts
from bot.texts import pages as t
from plans.model import Plan

ORDER = ("missed", "returned", "late", "open", "done", "not_applicable")
"""Where a duty can stand, what asks for something first."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DutyTable:
    """One plan's duties.

    Attributes:
        columns: (status, word) of those that stand in the table. rows: bearer, and how many stand how.
    """

    title: str
    note: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]


def duty_table(
    plan: Plan, titles: Sequence[str], counts: Mapping[str, Counter[str]], since: datetime, now: datetime
) -> DutyTable:
    """Return how the bearers of a plan stand.

    Args:
        titles: of the bearers, in order. counts: by bearer, how many duties stand how.
    """
    used = [status for status in ORDER if any(counts[title][status] for title in titles if title in counts)]
    rows = [
        (shown(title, 30), tuple(counts[title][status] for status in used)) for title in titles if title in counts
    ]  # fmt: skip
    worst = used[:1] if used and used[0] in ("missed", "returned") else []
    if worst:
        rows.sort(key=lambda row: -row[1][0])
    return DutyTable(
        title=t.DUTIES_TITLE.format(plan=plan.title),
        note=t.DUTIES_SINCE.format(since=day(since, now)),
        columns=tuple((status, duty_texts.STATUS[status]) for status in used),
        rows=tuple(rows),
    )
