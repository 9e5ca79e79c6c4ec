"""Words for when the program itself cannot go on: to whoever reported, to the seat, to the administrators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.render.message import Message
from bot.render.naming import in_list
from bot.render.text import written, written_block
from bot.render.times import at
from bot.texts import rescue as t

LONGEST = 1500
"""Characters of a report that an alarm shows; all of it is kept."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Why:
    """Why something could not be worked off.

    Attributes:
        kind: ``plan`` a bound plan is not installed, ``stored`` that of a running incident cannot be read, ``other``.
        plan: its id.
    """

    kind: str = "other"
    plan: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Unusable:
    """A plan that is in use and cannot be worked with.

    Attributes:
        kind: ``bound`` not installed, ``moved`` to another jurisdiction, ``running`` of open incidents, ``file``.
        plan: its id, or the file's name. place: the group's title.
        then: the jurisdiction in which it is used. now: to which it belongs by its file.
        reason: for the engineer.
    """

    kind: str
    plan: str
    place: str = ""
    then: str = ""
    now: str = ""
    count: int = 0
    reason: str = ""


def kept(line: str, *, rung: bool) -> Message:
    """Return what whoever reported is told: the text is kept, ring the duty line."""
    return Message((t.KEPT_RUNG if rung else t.KEPT).format(line=line or t.NO_LINE))


def not_done(line: str) -> Message:
    """Return what is told of a command or press that could not be worked off."""
    return Message(t.NOT_DONE.format(line=line or t.NO_LINE))


def alarm(text: str, who: str, place: str, said_at: datetime, now: datetime, why: Why, *, admin: bool) -> Message:
    """Return what rings the seat and the administrators: who said what, why it is stuck, what to do."""
    where = t.ALARM_IN.format(place=written(place, 64)) if place else ""
    lines = [t.ALARM, t.ALARM_FROM.format(time=at(said_at, now), who=written(who, 32) or t.SOMEBODY, where=where)]
    lines.append(t.ALARM_TEXT.format(text=written_block(text, LONGEST)) if text else t.ALARM_FILE)
    lines += [_why(why), t.ALARM_DO]
    if admin:
        lines.append(t.ADMIN_PLAN.format(plan=why.plan) if why.kind == "plan" else t.ADMIN_OTHER)
    return Message("\n".join(lines))


def stuck(number: int, drill: bool, why: Why) -> Message:
    """Return what is told of an incident whose clocks cannot be served."""
    name = in_list(number, drill=drill)
    return Message(f"{t.ALARM_WAKE.format(number=name)}\n{_why(why)}")


def unusable(plans: Sequence[Unusable]) -> Message:
    """Return what administrators read of plans that are in use and cannot be worked with."""
    lines = {
        "bound": t.MISSING_BOUND, "moved": t.MISSING_MOVED, "running": t.MISSING_RUNNING, "file": t.MISSING_FILE,
    }  # fmt: skip
    entries = [
        lines[item.kind].format(
            plan=item.plan, place=written(item.place, 40) or t.UNNAMED_PLACE, then=item.then, now=item.now,
            count=item.count, name=item.plan,
        )
        for item in plans
    ]  # fmt: skip
    return Message("\n".join([t.MISSING_HEAD, *entries]))


def _why(why: Why) -> str:
    words = {"plan": t.WHY_PLAN, "stored": t.WHY_STORED}.get(why.kind, t.WHY_OTHER)
    return words.format(plan=why.plan)
