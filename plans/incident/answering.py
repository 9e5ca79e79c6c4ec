"""Words that answer an incident's call: 「收到，马上出发」 is a unit's answer, 「收到，食堂也着火了」 a report."""

from __future__ import annotations

import re
from datetime import datetime

from plans.incident.calling import RECEIVED
from plans.incident.state import Incident
from plans.intake.numerals import normalise
from plans.intake.with_plan import read_for
from plans.measures import value_of
from plans.model import Plan

LONGEST = 60
"""Characters of an answer; what is longer is an account of something."""

_WE = r"(?:我们?|我[局队所院校办方]|俺们?|咱们?|大队|中队|人员|车辆?)?(?:现在|现|都|已经?)?"
_ANSWERS = (
    ("来不了", re.compile(rf"{_WE}(?:[来去到过]不[了成]|[派抽]不出)")),
    ("已到场", re.compile(rf"{_WE}(?:到场|到达|抵达|到现场|到了(?=现场|[\s，,。!！]|$))(?!后|以后|之后|再)")),
    ("已出发", re.compile(rf"{_WE}(?:出发了|在路上|正?在[赶往]|正赶)|已经?出发")),
    (RECEIVED, re.compile(r"(?:已经?)?(?:收到|收悉|知悉|知道了|明白|好的)")),
    (RECEIVED, re.compile(r"(?:我们?)?(?:马上|这就|立即|立刻)(?:[到来去]|出发|过[来去])")),
)
"""Each answer by the words that a message begins with; on its way or on the spot only where it is plainly said."""

_EXCUSES = re.compile(r"车(?:坏|抛锚|出去|不在)了?|堵[车住死]了?|修车|没车|没油|路不通")
"""Why a unit cannot come, or comes late: no event of its own."""


_SPAN = re.compile(
    r"(?P<half>半个?(?:小时|钟头))|(?P<n>\d{1,3}|[一二三四五六七八九十两]{1,4})(?:个?(?P<hours>小时|钟头)|个?(?P<more>半)(?:小时|钟头)|分钟|分(?!钟))"
    r"(?!以?之?前)"
)


def minutes_of(text: str) -> int | None:
    """Return in how many minutes somebody will be there by his words (20分钟, 半小时), or None."""
    found = _SPAN.search(normalise(text))
    if found is None:
        return None
    if found["half"]:
        return 30
    number = int(value_of(found["n"]) or 0)
    return number * 60 if found["hours"] else number * 60 + 30 if found["more"] else number


def answer_of(text: str) -> str | None:
    """Return the answer that a message begins with, by its form alone."""
    plain = text.strip()
    if len(plain) > LONGEST:
        return None
    return next((answer for answer, words in _ANSWERS if words.match(plain)), None)


def tells_of_another(plan: Plan, incident: Incident, text: str, now: datetime) -> bool:
    """Whether words name a place or a kind of event that is not the incident's: these are a report of their own."""
    reading = read_for(plan, _EXCUSES.sub("", text), now=now)
    known = {incident.event_class, *incident.candidates}
    return bool(reading.place) or not known.issuperset(reading.class_candidates)
