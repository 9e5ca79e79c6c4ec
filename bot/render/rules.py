"""How often a duty recurs, in words."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from bot.texts import rules as t
from plans.bearers import named
from plans.model import Duty, Every, Plan


def often(every: Every) -> str:
    """Return a calendar rule in words: 每季度, 每3年, 印发后20个工作日内."""
    if every.by is not None:
        return t.BY.format(day=every.by)
    if every.unit is not None:
        words = t.UNITS[every.unit]
        if not every.school:
            return words
        return (t.SCHOOL if every.unit == "month" else t.SCHOOL_OTHER).format(often=words)
    if every.years is not None:
        return t.YEARS.format(years=every.years)
    if every.theme_days:
        days = (t.THEME_DAY.format(name=item.name, day=item.date) for item in every.theme_days)
        return t.THEME_DAYS.format(days="、".join(days))
    if every.before:
        return t.BEFORE.format(event=every.before)
    if every.workdays is not None:
        return t.AFTER_WORKDAYS.format(event=every.after, count=every.workdays)
    return t.AFTER_DAYS.format(event=every.after, count=every.days)


def period(first: date, last: date, name: str = "") -> str:
    """Return a period as people call it: 9月, 9月下半月, 第3季度, 下半年, 2026年, or its own name."""
    if name:
        return name
    if first == last:
        return _day(first)
    ends, months = last.day == monthrange(last.year, last.month)[1], last.month - first.month + 1
    if first.year != last.year:
        return t.FROM_TO.format(first=_day(first, t.WHOLE_DAY), last=_day(last, t.WHOLE_DAY))
    if not (ends or (first.day, last.day, months) == (1, 15, 1)):
        return t.FROM_TO.format(first=_day(first), last=_day(last))
    if months == 1 and (first.day, last.day) == (1, 15):
        return t.HALF_MONTHS[0].format(month=first.month)
    if months == 1 and first.day == 16:
        return t.HALF_MONTHS[1].format(month=first.month)
    if first.day == 1 and (first.month - 1) % months == 0:
        match months:
            case 1:
                return t.MONTH.format(month=first.month)
            case 3:
                return t.QUARTER.format(quarter=last.month // 3)
            case 6:
                return t.HALVES[last.month // 6 - 1]
            case 12:
                return t.YEAR.format(year=first.year)
    return t.FROM_TO.format(first=_day(first), last=_day(last))


def _day(day: date, form: str = t.DAY) -> str:
    return form.format(year=day.year, month=day.month, day=day.day)


def rhythm(duty: Duty) -> str:
    """Return how often a duty recurs, or that it stands, with the document's word for it."""
    if duty.every is not None:
        return often(duty.every)
    return t.STANDING_SAID.format(said=duty.period) if duty.period else t.STANDING


def evidence(duty: Duty) -> str:
    """Return what shows that a duty was done: 照片；演练即算完成."""
    parts = (t.EVIDENCE[duty.evidence], t.DRILL if duty.drill and duty.every is not None else "")
    return "；".join(part for part in parts if part)


def borne_by(plan: Plan, duty: Duty) -> str:
    """Return who bears a duty, in words: 学校安全科, 学校领导班子（各学校、幼儿园）."""
    bearer = named(plan, duty)
    if not duty.each or t.ALL in bearer or bearer in duty.each:
        return bearer
    each = t.EACH.format(kinds="、".join(duty.each))
    return t.BORNE.format(bearer=bearer, each=each) if bearer else each
