"""Duties of every day (日常职责): who, what, how often by the calendar, and what shows that it was done."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from plans.model.base import Frozen, Reading
from plans.times.yearly import year_day

Unit = Literal["year", "half-year", "quarter", "month", "half-month", "week", "term", "day", "workday", "school-day"]

Evidence = Literal["none", "text", "photo", "file", "minutes"]


def _day_of_each_year(text: str) -> str:
    year_day(text)
    return text


YearDayText = Annotated[str, AfterValidator(_day_of_each_year)]
"""5月12日, 3月最后一个周一."""


class ThemeDay(Frozen):
    """A day with a theme (主题日): 全国防灾减灾日, 5月12日. The office's calendar may move it in a year."""

    name: str
    date: YearDayText


class Every(Frozen):
    """How often, by the calendar: ``every: quarter`` is short for ``every: {unit: quarter}``.

    Attributes:
        unit: once in each.
        by: within a year, the day by which it is due (每年第一季度: 3月31日).
        school: a period without a single lesson is left out (a drill in the long holiday).
        years: once in so many, counted from when the plan came into force or from the day it was last done.
        theme_days: once for each.
        after: once after each time that something happens (印发, 放假, or what the office's calendar names), within so
            many ``workdays`` or ``days``.
        before: once before it (开学, 汛期), beginning so many ``days`` ahead.
    """

    unit: Unit | None = None
    by: YearDayText | None = None
    school: bool = False
    years: int | None = Field(default=None, ge=2, le=10)
    theme_days: tuple[ThemeDay, ...] = ()
    after: str = ""
    before: str = ""
    workdays: int | None = Field(default=None, ge=1, le=250)
    days: int | None = Field(default=None, ge=1, le=366)

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        return {"unit": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _one_kind(self) -> Every:
        given = [self.unit, self.years, self.theme_days, self.after, self.before]
        if sum(bool(item) for item in given) != 1:
            raise ValueError("unit、years、theme_days、after、before 五者恰有其一，如 quarter，或 {years: 3}")
        if self.by is not None and self.unit != "year":
            raise ValueError("by 只与 unit: year 同用，如 {unit: year, by: 3月31日}")
        if self.school and self.unit not in ("quarter", "month", "half-month", "week"):
            raise ValueError("school 只与 quarter、month、half-month、week 同用，如 {unit: month, school: true}")
        if self.after and (self.workdays is None) == (self.days is None):
            raise ValueError("after 与 workdays、days 之一同用，如 {after: 印发, workdays: 20}")
        if self.before and (self.days is None or self.workdays is not None):
            raise ValueError("before 与 days 同用，如 {before: 开学, days: 14}")
        if not (self.after or self.before) and (self.days is not None or self.workdays is not None):
            raise ValueError("days、workdays 只与 after、before 同用，如 {after: 印发, workdays: 20}")
        return self

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        whole = handler.resolve_ref_schema(handler(core))
        names = next(item["enum"] for item in whole["properties"]["unit"]["anyOf"] if "enum" in item)
        return {"anyOf": [{"type": "string", "enum": names}, whole]}


class Duty(Frozen):
    """A duty of every day (日常职责): it recurs by the calendar, or stands.

    Attributes:
        bearer: a role, a unit, the office or the command body; with ``each`` only what the document calls them.
        each: kinds of bodies (学校, 幼儿园, 镇街); every body of them bears it for itself.
        period: the document's own words for how often; empty where it has none.
        every: the rule by which it is chased.
        standing: it holds all the time (经常, 定期, 随时): shown, never chased.
        evidence: what its bearer hands in.
        drill: an exercise held with ``/drill`` fulfils it.
        upkeep: it keeps the plan itself in order.
        applies: when or for whom, in words.
    """

    id: str = ""
    clause: str
    bearer: str
    each: tuple[str, ...] = ()
    text: str
    period: str = Field(default="", max_length=40)
    every: Every | None = None
    standing: bool = False
    evidence: Evidence = "none"
    drill: bool = False
    upkeep: Literal["", "review", "drill", "contacts", "training"] = ""
    applies: str = ""
    reading: Reading | None = None

    @model_validator(mode="after")
    def _recurs_or_stands(self) -> Duty:
        if self.every is not None and self.standing:
            raise ValueError("every 和 standing 只写其一：有周期的写 every，经常、定期、随时的写 standing: true")
        return self
