"""All notices of one command, those due together for one audience as one message."""

from __future__ import annotations

from plans import events as e
from plans.incident import Incident
from plans.model import Plan
from plans.notices import choosing, completing, doubting, filing, knowing, levels, repairs, units  # noqa: F401  each registers what its events tell
from plans.notices.notice import Notice
from plans.notices.registry import MAKERS, Told

_JOINED = {
    "reminder": "reminder",
    "reminder_possible": "reminder",
    "ring_units": "ring_units",
    "raised": "raised",
    "level_late": "level_late",
    "due_moved": "due_moved",
}
"""Notices that are one message for one audience, with what they then are together."""


def notices(plan: Plan, before: Incident | None, after: Incident, events: tuple[e.Recorded, ...]) -> list[Notice]:
    """Return all notices of one command's events; the live card and the worksheet come last."""
    told = Told(plan, before, after, events)
    found: list[Notice] = []
    for item in events:
        maker = MAKERS.get(type(item.event))
        if maker is not None:
            found.extend(maker(item.event, item, told))
    found = _together(found)
    if events:
        found.append(Notice(kind="card", key="card", to="group", priority=3, edits=True))
        found.append(Notice(kind="card", key="worksheet", to="seat", priority=3, edits=True))
    return found


def _together(found: list[Notice]) -> list[Notice]:
    merged: list[Notice] = []
    for notice in found:
        at = next((i for i, item in enumerate(merged) if _joins(item, notice)), None)
        if at is None:
            merged.append(notice)
        else:
            merged[at] = _join(merged[at], notice)
    return merged


def _joins(one: Notice, other: Notice) -> bool:
    return one.to == other.to and one.key in _JOINED and _JOINED[one.key] == _JOINED.get(other.key)


def _join(one: Notice, other: Notice) -> Notice:
    params = {
        name: tuple(dict.fromkeys((*one.params.get(name, ()), *other.params.get(name, ()))))
        for name in dict.fromkeys((*one.params, *other.params))
    }
    return Notice(
        kind="overdue" if "overdue" in (one.kind, other.kind) else one.kind,
        key=one.key if one.key == other.key else _JOINED[one.key],
        to=one.to,
        params=params,
        priority=min(one.priority, other.priority),
        ring=one.ring or other.ring,
        guard=one.guard if one.guard == other.guard else "",
        obligations=tuple(dict.fromkeys((*one.obligations, *other.obligations))),
        buttons=one.buttons or other.buttons,
    )
