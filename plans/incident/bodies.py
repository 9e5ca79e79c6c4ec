"""Which body a placeholder of the plan (事发镇街) is here: named by the report or the duty seat, and called."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from plans.bodies import body_of, mentioned, placeholder, standing
from plans.core import keys
from plans.core.command import Command
from plans.core.event import Event, Recorded
from plans.core.keys import SEAT, Key, to_head, to_unit
from plans.core.notice import Notice, buttons
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides, guards, revises, tells
from plans.incident.calling import UnitCalled, called_units
from plans.incident.case import Case, NoticeContext
from plans.incident.records_said import BodyMention, MentionedBody
from plans.incident.revisions import running
from plans.incident.state import KIND, Incident
from plans.model import Response

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class NameBody(Command):
    """Say which body a placeholder of the plan (事发镇街) is at this incident.

    Attributes:
        mentions: where it is a listed body, that body (``mention_data``), so that the log knows it.
        unreachable: units that nobody answers for who can be written to.
    """

    unit: str
    body: str
    mentions: tuple[dict[str, Any], ...] = ()
    unreachable: frozenset[str] = frozenset()


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class BodiesMentioned(Event, name="bodies-mentioned"):
    """Words of the report, or of what followed, name bodies that the office has listed.

    Attributes:
        mentions: as ``mention_data`` makes them.
    """

    mentions: tuple[dict[str, Any], ...]

    touches = ("scene",)


@dataclass(frozen=True, kw_only=True, slots=True)
class BodyNamed(Event, name="body-named"):
    """Which body a placeholder stands for at this incident; a call that nobody answered goes over to it.

    Attributes:
        by: whoever said so; empty = read in the report's own words.
    """

    unit: str
    body: str
    by: str = ""

    touches = ("body:{unit}",)


@dataclass(frozen=True, kw_only=True, slots=True)
class BodyAsked(Event, name="body-asked"):
    """A placeholder (事发镇街) was called and it is not plain which body it is: the seat is asked.

    Attributes:
        among: units that it may be, the likelier first.
    """

    unit: str
    among: tuple[str, ...]


# --- what may happen


@decides(NameBody)
def name_body(case: Case, command: NameBody) -> Refusal | None:
    """The duty seat says which body a placeholder is; where it was called, that body is called."""
    if not case.staff:
        return Refusal(key="staff_only", who=("duty",))
    unit = placeholder(case.plan, command.unit)
    listed = mentioned(case.incident, command.body) is not None or any(
        body["id"] == command.body for mention in command.mentions for body in mention["bodies"]
    )
    if unit is None or not (command.body in unit.standing_for or (listed and not unit.standing_for)):
        return Refusal(key="unknown_unit", params={"given": [command.body]})
    if case.incident.bodies.get(command.unit) == command.body:
        return Refusal(key="already_called", params={"unit": command.body})
    note_mentions(case, command.mentions)
    before = case.incident.calls.get(command.unit)
    owed = command.unit in case.incident.stood or (before is not None and before.round > 0)
    case.record(BodyNamed(unit=command.unit, body=command.body, by=case.actor.id))
    level, call = case.incident.response_level, case.incident.calls.get(command.body)
    if owed and case.incident.state == "responding" and level is not None and (call is None or not call.round):
        case.record(
            UnitCalled(
                unit=command.body,
                round=max(1, case.incident.rounds),
                level=level,
                reachable=not {command.body, command.unit} <= command.unreachable,
            )
        )
    return None


def note_mentions(case: Case, mentions: tuple[dict[str, Any], ...]) -> None:
    """Note the listed bodies that words name, unless they are on record already."""
    before = set(case.incident.mentions)
    fresh = tuple(item for item in mentions if mention_of(item) not in before)
    if fresh:
        case.record(BodiesMentioned(mentions=fresh))


def name_bodies(case: Case, units: tuple[str, ...]) -> None:
    """Note which bodies are called for placeholders, where the report's own words tell it."""
    for unit in dict.fromkeys(units):
        body = body_of(case.plan, case.incident, unit)
        if body != unit and case.incident.stood.get(unit) != body:
            case.record(BodyNamed(unit=unit, body=body))


def call_what_became_plain(case: Case, unreachable: frozenset[str]) -> None:
    """Call the units that a class or place stated since the declaration asks for; ask which body is meant."""
    incident, response = case.incident, case.response(case.incident.response_level)
    if incident.state != "responding" or response is None:
        return
    waiting = {unit for unit, call in incident.calls.items() if call.round and call.silent}
    for unit in dict.fromkeys((*waiting, *incident.stood)):
        stand = standing(case.plan, case.incident, unit)
        if stand.body and stand.body != unit and (unit in waiting or incident.stood[unit] != stand.body):
            case.record(BodyNamed(unit=unit, body=stand.body))
            # Whoever answers for the placeholder answers for the body that it is.
            _call(case, response, (stand.body,), unreachable if unit in unreachable else unreachable - {stand.body})
        elif unit in waiting and stand.among and unit not in incident.bodies_asked:
            case.record(BodyAsked(unit=unit, among=stand.among))
    if incident.units_asked == response.level and incident.event_class:
        _call(case, response, called_units(case.plan, case.incident, response), unreachable)


def _call(case: Case, response: Response, units: tuple[str, ...], unreachable: frozenset[str]) -> None:
    calls = case.incident.calls
    case.record(
        *(
            UnitCalled(
                unit=unit, round=max(1, case.incident.rounds), level=response.level, reachable=unit not in unreachable
            )
            for unit in units
            if unit not in calls or not calls[unit].round
        )
    )


# --- what it does to the incident


def mention_data(mention: BodyMention) -> dict[str, Any]:
    """Return a mention as the log keeps it."""
    bodies = [
        {
            "id": body.id, "name": body.name, "families": sorted(body.families), "township": body.township,
            "office": body.office, "office_name": body.office_name,
        }
        for body in mention.bodies
    ]  # fmt: skip
    return {"words": mention.words, "sure": mention.sure, "bodies": bodies}


def mention_of(data: dict[str, Any]) -> BodyMention:
    """Return a mention that ``mention_data`` wrote down."""
    bodies = tuple(
        MentionedBody(
            id=str(body["id"]), name=str(body["name"]), families=frozenset(body.get("families", ())),
            township=str(body.get("township", "")), office=str(body.get("office", "")),
            office_name=str(body.get("office_name", "")),
        )
        for body in data["bodies"]
    )  # fmt: skip
    return BodyMention(words=str(data["words"]), bodies=bodies, sure=bool(data["sure"]))


@applies(BodiesMentioned)
def _on_mentioned(incident: Incident, event: BodiesMentioned, item: Recorded) -> None:
    incident.mentions += tuple(mention_of(data) for data in event.mentions)


@applies(BodyAsked)
def _on_asked(incident: Incident, event: BodyAsked, item: Recorded) -> None:
    incident.bodies_asked |= {event.unit}


@applies(BodyNamed)
def _on_named(incident: Incident, event: BodyNamed, item: Recorded) -> None:
    if event.by:
        incident.bodies[event.unit] = event.body
    call = incident.calls.get(event.unit)
    if call is not None and (call.silent or not call.round):
        del incident.calls[event.unit]
    before = incident.stood.get(event.unit, "")
    incident.stood[event.unit] = event.body
    if before != event.body and before not in incident.stood.values() and mentioned(incident, before) is not None:
        incident.calls.pop(before, None)  # a listed body is called only as what it was taken for


@revises(KIND, "body")
def _revision(incident: Incident, of: str) -> int | None:
    return None if of in incident.stood else running("body:{}", "scene")(incident, of)


@guards(KIND)
def _open(incident: Incident) -> Iterator[Key]:
    yield from (keys.body(unit) for unit in incident.bodies_asked - incident.stood.keys())


# --- who is told


@tells(BodyAsked)
def _tell_asked(event: BodyAsked, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    guard = keys.body(event.unit)
    presses = [("name_body", f"body:{name}", guard, {"unit": event.unit, "body": name}) for name in event.among]
    yield Notice(
        kind="asked",
        key="which_body",
        to=SEAT,
        priority=1,
        ring=True,
        guard=guard,
        params={"unit": event.unit},
        buttons=buttons(*presses),
    )


@tells(BodyNamed)
def _tell_named(event: BodyNamed, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    """A listed body that was called for another one learns that it is not meant."""
    before = context.before.stood.get(event.unit, "") if context.before is not None else ""
    was_called = context.before is not None and before in context.before.calls
    if was_called and before not in context.after.calls and before != event.body:
        for to in (to_unit(before), to_head(before)):
            yield Notice(kind="note", key="not_meant", to=to, priority=2, params={"unit": before, "body": event.body})
