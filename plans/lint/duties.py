"""Duties: each recurs by a rule that its words bear out, or stands; its bearer is somebody; something shows it."""

from __future__ import annotations

import re

from plans.bearers import KINDS, MEMBERS, bearers
from plans.lint.figures import times
from plans.lint.finding import Report
from plans.load.document import Path
from plans.measures import value_of
from plans.model import Duty, Every

_SAYS = {
    "year": r"每1?年|年度|年初|年终|每年",
    "half-year": r"每半年|半年",
    "quarter": r"每1?个?季度?|季度",
    "month": r"每1?个?月|月度",
    "half-month": r"每半个?月|半月",
    "week": r"每1?个?(?:周|星期)|周(?:例|报)",
    "term": r"每个?学期|学期",
    "day": r"每[日天]|逐日|日报",
    "workday": r"每个?工作日|每[日天]",
    "school-day": r"每个?(?:上课|教学)[日天]|每[日天]",
}
"""The words that bear out each unit."""

_YEARS = re.compile(
    r"每?([0-9一二两三四五六七八九十]+)年(?:至少|组织|开展|进行|评估|修订|演练|[^，。；]{0,4}?)?[一1]次"
)
_EACH_YEARS = re.compile(r"每([0-9二两三四五六七八九十]+)年")
_RECURS = re.compile(r"每(?:[0-9一二两三四五六七八九十]|半|个)*(?:年|季|月|周|星期|日|天)")

_DAILY = ("day", "workday", "school-day")


def check_duties(report: Report) -> None:
    """Check that every duty can be chased, or need not be."""
    for index, duty in enumerate(report.plan.duties):
        path: Path = ("duties", index)
        _bearer(report, path, duty)
        _rule(report, path, duty)
        _shown(report, path, duty)
    _review(report)


def _bearer(report: Report, path: Path, duty: Duty) -> None:
    for place, kind in enumerate(duty.each):
        if kind not in (*KINDS, MEMBERS):
            message = f"“{kind}”要在单位名册的类别里才有；常用的是{'、'.join((*KINDS, MEMBERS))}"
            report.add("duty-bearer", "warning", (*path, "each", place), message, clause=duty.clause)
    if not duty.bearer.strip() and not duty.each:
        report.add("duty-bearer", "error", path, "没有写由谁承担", clause=duty.clause)
    elif not bearers(report.plan, duty):
        message = f"“{duty.bearer}”不知道是谁；应为职务或单位名录里的名称，每次不同的单位另写 each: [学校]"
        report.add("duty-bearer", "error", (*path, "bearer"), message, clause=duty.clause)


def _rule(report: Report, path: Path, duty: Duty) -> None:
    if duty.every is None:
        if not duty.standing:
            message = "没有写多久一次；应有 every，经常、定期、随时的写 standing: true"
            report.add("duty-rule", "error", path, message, clause=duty.clause)
        elif _RECURS.search(duty.period):
            message = f"“{duty.period}”有周期，却写作 standing；应写 every"
            report.add("duty-rule", "error", (*path, "standing"), message, clause=duty.clause, reading=duty.reading)
        elif not duty.period:
            report.add("duty-period", "info", path, f"原文没有说多久一次，作常设：{duty.text}", clause=duty.clause)
        return
    if not duty.period:
        message = "没有原文怎样说多久一次；应有 period，照原文的字句"
        report.add("duty-period", "error", path, message, clause=duty.clause, reading=duty.reading)
    elif not _borne_out(duty.every, duty.period):
        message = f"every 与原文“{duty.period}”不一致"
        report.add("duty-period", "error", (*path, "every"), message, clause=duty.clause, reading=duty.reading)


def _borne_out(every: Every, words: str) -> bool:
    if every.unit is not None:
        return re.search(_SAYS[every.unit], words) is not None
    if every.years is not None:
        said = [value_of(match[1]) for form in (_YEARS, _EACH_YEARS) for match in form.finditer(words)]
        return every.years in said
    if every.theme_days:
        return words.count("日") >= len(every.theme_days)
    if every.workdays is not None:
        return every.workdays in times(words).workdays
    return (every.after or every.before) in words


def _shown(report: Report, path: Path, duty: Duty) -> None:
    """What recurs leaves something behind, but what is a tap each day need not; what is drilled is held by /drill."""
    if duty.every is not None and duty.evidence == "none" and duty.every.unit not in _DAILY:
        message = "没有写办完交什么；应有 evidence：text、photo、file 或 minutes"
        report.add("duty-evidence", "warning", path, message, clause=duty.clause, reading=duty.reading)
    if duty.upkeep == "drill" and not duty.drill:
        message = "upkeep: drill 应同时写 drill: true：用 /drill 演练即算完成"
        report.add("duty-evidence", "error", path, message, clause=duty.clause)


def _review(report: Report) -> None:
    """The review that the document prescribes for itself is a duty, with the same length."""
    review = report.plan.review
    if review is None:
        return
    own = [(index, duty) for index, duty in enumerate(report.plan.duties) if duty.upkeep == "review"]
    if not own:
        message = "有 review，却没有 upkeep: review 的日常职责，到期没人催办"
        report.add("duty-upkeep", "warning", ("review",), message, clause=review.clause)
    for index, duty in own:
        if duty.every is not None and duty.every.years is not None and review.every != f"P{duty.every.years}Y":
            message = f"每{duty.every.years}年，与 review 的 {review.every} 不一致"
            report.add("duty-upkeep", "error", ("duties", index, "every"), message, clause=duty.clause)
