"""Facts of an incident that a plan asks for, and the table that turns them into an event level."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from pydantic import Field, field_validator

from plans.casualties import LABELS
from plans.model.base import Frozen, Reading
from plans.model.condition import Condition

_HOURS = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d-(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)")


class Choice(Frozen):
    """One answer of a fact of type ``choice``; a judgement (研判) clause is such an answer.

    Attributes:
        said_by: for intake: phrases that say that it is this one; see `Fact`.
    """

    id: str
    label: str
    clause: str = ""
    said_by: tuple[str, ...] = ()


class Calendar(Frozen):
    """When a flag is so by the clock: the moment of the occurrence decides (工作日, 高峰时段).

    Attributes:
        days: ``workday`` (调休 counted), ``free`` (not worked), or any day.
        hours: spans of Beijing time, ``07:00-09:00``; the end is out, and a span may pass midnight; empty = all day.
    """

    days: Literal["workday", "free", "any"] = "any"
    hours: tuple[str, ...] = ()

    @field_validator("hours")
    @classmethod
    def _spans(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if any(_HOURS.fullmatch(item) is None for item in value):
            raise ValueError("时段，如 [07:00-09:00, 17:00-19:00]")
        return value


class Fact(Frozen):
    """One fact (事实): how it is called, counted and asked for.

    Attributes:
        type: ``count`` (whole, from 0), ``number``, ``flag`` or ``choice``.
        open: unmentioned, it may still be anything; a closed one is taken as not so until raised.
        includes: facts that count into this one (the missing into the dead).
        raised_by: words that raise a closed fact, so that it becomes open; or ids of other facts that raise it when
            they are so (a flag that is true, a count above zero).
        judgement: it is no observation but a named person's recorded judgement.
        at_least, at_most: what the quantity can be at all (a share in percent ends at 100); null = no limit.
        words, per: for intake: words before the number, and the unit behind it.
        said_by: for intake: phrases that say of a flag that it is so (主要线路停运); what is less plain only raises it.
            In a phrase ``…`` stands for a few characters of the same clause, ``……`` for more, commas too, and ``/``
            parts words of which one is enough: ``公交/线路…停运/停驶``. A judgement is only raised by them.
        denied_by: for intake: phrases that say of a flag that it is not so, where no word of denial does (恢复运营).
        not_said: why nobody says it in plain words, where a flag or choice has no ``said_by``.
        excess: the number is what lies beyond a base: 平均水平的2倍 is an excess of 1.
        of, not_of, named_only: for intake: whose number it is. The last of these names before or beside the number
            decides (the share of one county's users is not the whole city's); ``named_only`` needs one of ``of``.
        classes: the event classes whose events it measures; among others it is not offered as a question.
        ticks: a length of time that goes on growing by itself from when it was said, until ``stopped_by`` is so.
        stopped_by: the flag that ends it (恢复运行).
        calendar: a flag that the clock answers.
    """

    label: str = ""
    type: Literal["count", "number", "flag", "choice"] = "count"
    unit: str = "人"
    open: bool = False
    includes: tuple[str, ...] = ()
    raised_by: tuple[str, ...] = ()
    said_by: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()
    not_said: str = ""
    words: tuple[str, ...] = ()
    per: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    not_of: tuple[str, ...] = ()
    named_only: bool = False
    excess: bool = False
    classes: tuple[str, ...] = ()
    judgement: bool = False
    judged_by: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    question: str = ""
    at_least: float | None = 0
    at_most: float | None = None
    ticks: bool = False
    stopped_by: str = ""
    calendar: Calendar | None = None
    clause: str = ""
    reading: Reading | None = None


CORE_FACTS: dict[str, Fact] = {
    "deaths": Fact.model_construct(label=LABELS["deaths"], open=True, question="目前确认死亡几人？"),
    "missing": Fact.model_construct(label=LABELS["missing"], open=True, question="目前失联几人？"),
    "trapped": Fact.model_construct(label=LABELS["trapped"], question="还有几人被困？"),
    "injuries": Fact.model_construct(label=LABELS["injuries"], open=True, question="共有几人受伤？"),
    "serious_injuries": Fact.model_construct(label=LABELS["serious_injuries"], open=True, question="其中重伤几人？"),
    "ill": Fact.model_construct(label=LABELS["ill"], open=True, question="共有几人中毒或发病？"),
    "endangered": Fact.model_construct(label=LABELS["endangered"], open=True, question="共有几人涉险？"),
}
"""The facts that every plan knows under the same names; a plan file says only what differs."""


def merge_facts(own: Mapping[str, Fact], *, casualties: bool = True) -> dict[str, Fact]:
    """Return the core facts with what a plan says differently, followed by the plan's own facts.

    Args:
        casualties: the plan asks for casualties; else silence about them means that there are none.
    """
    merged = dict(CORE_FACTS)
    if not casualties:
        merged = {name: fact.model_copy(update={"open": False}) for name, fact in CORE_FACTS.items()}
    for name, fact in own.items():
        core = merged.get(name)
        if core is not None:
            fact = core.model_copy(update={key: getattr(fact, key) for key in fact.model_fields_set})
        merged[name] = fact
    return merged


class Constraint(Frozen):
    """``smaller`` never exceeds ``larger`` (重伤 ≤ 受伤); a fact that includes others counts with them."""

    smaller: str
    larger: str


CORE_CONSTRAINTS = (
    Constraint.model_construct(smaller="serious_injuries", larger="injuries"),
    Constraint.model_construct(smaller="deaths", larger="endangered"),
)
"""What holds of the core facts in every plan; a plan file may add more."""


class EventClass(Frozen):
    """A class of events (事件类别) and the words that speak for it.

    Attributes:
        kinds: the kinds of event (traffic, fire) that belong to it; they speak where no strong word does.
        levels: the event levels that this class knows, where it knows not all of the plan's (考试安全 has no 一般).
        category: the broad class (自然灾害), where the plan sorts many kinds into a few.
    """

    id: str
    name: str
    clause: str = ""
    words: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    category: str = ""
    reading: Reading | None = None


class LevelRow(Frozen):
    """One row of a level table.

    Attributes:
        classes: ids of the classes it belongs to; empty = every class.
        evidence: the short figure phrase of the source, at most 40 characters.
        text: the row in short words of our own, for people.
    """

    id: str
    level: str
    clause: str
    when: Condition
    evidence: str = Field(default="", max_length=40)
    text: str = ""
    classes: tuple[str, ...] = ()
    reading: Reading | None = None


class Raise(Frozen):
    """What makes an event one level higher, or more, than its row says (敏感时期的，提高一级).

    Attributes:
        by: levels; the plan's highest is not passed.
        text: in short words of our own, for people.
        classes: ids of the classes it belongs to; empty = every class.
    """

    id: str
    clause: str
    when: Condition
    by: int = Field(default=1, ge=1, le=3)
    text: str
    classes: tuple[str, ...] = ()
    reading: Reading | None = None


class LevelTable(Frozen):
    """Rows; the highest level that holds wins, and ``basis`` says where that rule comes from.

    Attributes:
        raises: what makes the level of any row higher.
    """

    rule: Literal["highest"] = "highest"
    basis: Literal["cited", "derived"] = "derived"
    clause: str = ""
    reading: Reading | None = None
    rows: tuple[LevelRow, ...] = ()
    raises: tuple[Raise, ...] = ()
