"""Who commands, who is called, and what a response level means."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from plans.model.base import Frozen, Reading
from plans.model.condition import Condition


class Role(Frozen):
    """An office that the plan gives authority to.

    Attributes:
        title: 指挥长, 副指挥长, 办公室主任 …
        holders: the posts that hold it (区教育局局长), never a person's name.
        rank: 0 is the highest; "谁启动谁终止" reaches to the declaring role or one of a lower number.
        also: roles that the same holder has too (the office director is also a deputy commander).
    """

    title: str
    rank: int
    holders: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    clause: str = ""
    duty: str = ""
    reading: Reading | None = None


class StartCondition(Frozen):
    """One numbered condition under which a response level starts."""

    clause: str
    text: str
    when: Condition
    evidence: str = Field(default="", max_length=40)
    judgement: bool = False
    reading: Reading | None = None


class Pick(Frozen):
    """Units to call for some event classes where the plan leaves the choice open (适时通知)."""

    classes: tuple[str, ...] = ()
    units: tuple[str, ...]


class Calls(Frozen):
    """Whom a response calls.

    Attributes:
        units: ``all``; ``picked`` (by the incident's class, see ``picks``; the declarer sees and changes the pick).
        rest: what happens to member units that are not called: informed silently, or nothing.
    """

    units: Literal["all", "picked", "none"] = "all"
    groups: Literal["all", "none"] = "none"
    picks: tuple[Pick, ...] = ()
    always: tuple[str, ...] = ()
    rest: Literal["inform", "none"] = "none"
    clause: str = ""
    reading: Reading | None = None


class FirstAction(Frozen):
    """Who acts first at the scene (先期处置): asked at every level, whatever else the level calls."""

    units: tuple[str, ...]
    clause: str
    reading: Reading | None = None


class Response(Frozen):
    """A response level (响应级别): when it starts, who declares and ends it, what it demands.

    Attributes:
        conditions: any one of them suffices.
        declared_by: role ids; the highest rank first.
        jointly: they decide together (共同研究决定): it starts when each of them has said so.
        ended_by: ``declarer_or_above`` or role ids.
        adjusted_by: roles that may lower to this level besides; where there is :class:`Adjusting`, that counts alone.
        event_levels: hint of the event levels that it usually serves, where the plan says so.
    """

    level: str
    clause: str
    conditions: tuple[StartCondition, ...] = ()
    declared_by: tuple[str, ...]
    jointly: bool = False
    ended_by: Literal["declarer_or_above"] | tuple[str, ...] = "declarer_or_above"
    adjusted_by: tuple[str, ...] = ()
    proposed_by: str = ""
    measures: tuple[str, ...] = ()
    calls: Calls = Calls.model_construct()
    note: str = ""
    external: bool = False
    reading: Reading | None = None


class Adjusting(Frozen):
    """Who changes the level of a response that runs (响应调整): one rule for every pair of levels.

    A higher level begins with the word of whoever may declare it, whatever ran before.

    Attributes:
        lowered_by: ``declarer_or_above`` (the role that declared the level that runs, or one above it) or role ids.
    """

    clause: str
    lowered_by: Literal["declarer_or_above"] | tuple[str, ...] = "declarer_or_above"
    text: str = ""
    reading: Reading | None = None


class MayRaise(Frozen):
    """A circumstance for which a response level may be raised by one (可适当提高响应级别), never by itself.

    Attributes:
        fact: a flag that says so. judged_by: role ids that judge it.
    """

    fact: str
    clause: str
    judged_by: tuple[str, ...]
    text: str = ""
    reading: Reading | None = None


class Line(Frozen):
    """A telephone line of an office. Lines of persons (mobiles) are never shipped."""

    number: str
    kind: str = "值班"
    label: str = ""
    clause: str = ""


class Unit(Frozen):
    """A unit (成员单位, or a body that reports go to).

    Attributes:
        member: it belongs to the command body; others are only in the directory or receive reports.
        place_bound: stands for a different unit at each incident (事发学校, 事发镇街).
        duty: in short words of our own.
        medium: by what a recipient hears that has no telephone (社会公众: 媒体、网站); it is never rung.
        rung_at: the unit whose lines reach this one too, where the source prints one line for both.
    """

    id: str
    name: str = ""
    aliases: tuple[str, ...] = ()
    duty: str = ""
    lines: tuple[Line, ...] = ()
    member: bool = True
    place_bound: bool = False
    standing_for: tuple[str, ...] = ()
    rung_at: str = ""
    medium: str = ""
    clause: str = ""
    reading: Reading | None = None


class Group(Frozen):
    """A work group (工作组) with its lead and member units."""

    name: str
    lead: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    duty: str = ""
    clause: str = ""
    classes: tuple[str, ...] = ()
    reading: Reading | None = None
