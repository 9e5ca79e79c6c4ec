"""What other systems are told (推送): each kind of message with its data, made of what a command came to.

No name, number or word of a person stands in it, also none of the report: the data is what everybody may know who
looks at the jurisdiction's wall. ``docs/webhooks.md`` lists the kinds; a kind's data never loses a field.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.clock import SHANGHAI
from bot.render import pushed_duties
from bot.render.pages.names import shown
from plans.core.event import Event, Recorded, Undone
from plans.core.outcome import CaseOutcome
from plans.duty.state import DutyBook
from plans.incident import closing, conflicts, corrections, edits, facts, judging, levels, merging, owed, scene, units
from plans.incident.bodies import BodyNamed
from plans.incident.calling import UnitCalled
from plans.incident.ending import Ended
from plans.incident.figures import figures
from plans.incident.filing import Filed
from plans.incident.plan_choice import PlanChosen
from plans.incident.raising import RaisingJudged
from plans.incident.reminders import Reminded
from plans.incident.reporting import Reported
from plans.incident.second_reading import ReadingSettled
from plans.incident.state import Incident
from plans.incident.unsure import FigureChosen
from plans.model import Plan
from plans.warning.issuing import WarningIssued
from plans.warning.state import WarningCase

TEST = "webhook.test"
TYPES = (
    "incident.opened",
    "incident.updated",
    "incident.level_determined",
    "incident.level_declared",
    "incident.ended",
    "incident.closed",
    "incident.reopened",
    "clock.opened",
    "clock.due",
    "clock.overdue",
    "report.filed",
    "unit.called",
    "unit.answered",
    "warning.issued",
    "warning.changed",
    "warning.lifted",
    *pushed_duties.TYPES,
)
"""Everything that an address may be told of; beside it ``webhook.test``, which an administrator asks for."""

GROUPS = tuple(dict.fromkeys(type_.partition(".")[0] for type_ in TYPES))
"""What people choose among: the beginnings of the kinds."""

_UPDATES = (
    facts.FactsStated, conflicts.FactResolved, corrections.Corrected, scene.SceneStated, scene.OccurrenceChanged,
    judging.Judged, judging.Verified, merging.Absorbed, edits.EditSettled, FigureChosen, ReadingSettled, PlanChosen,
    BodyNamed, RaisingJudged, Undone,
)  # fmt: skip
_PLAIN: dict[type[Event], str] = {
    Reported: "incident.opened",
    judging.LevelDetermined: "incident.level_determined",
    levels.Declared: "incident.level_declared",
    Ended: "incident.ended",
    closing.Closed: "incident.closed",
    closing.Rejected: "incident.closed",
    merging.Merged: "incident.closed",
    closing.Reopened: "incident.reopened",
    **dict.fromkeys(_UPDATES, "incident.updated"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Pushed:
    """One thing that other systems are told.

    Attributes:
        at: the case's own moment, of a drill that was jumped ahead of the clock. sequence: of the event that it tells.
    """

    type: str
    at: datetime
    sequence: int
    data: dict[str, Any]


def pushed(plan: Plan, outcome: CaseOutcome[Any]) -> list[Pushed]:
    """Return what a command came to for other systems: nothing of most commands, each kind once."""
    case = outcome.after
    if isinstance(case, Incident):
        return _of_incident(plan, case, outcome.recorded)
    if isinstance(case, WarningCase):
        return [_of_warning(plan, case, item, item.event) for item in outcome.recorded if _issues(item.event)]
    if isinstance(case, DutyBook):
        return [
            Pushed(type=type_, at=item.at, sequence=item.sequence, data=data)
            for type_, item, data in pushed_duties.of_book(plan, case, outcome.recorded)
        ]
    return []


def _issues(event: Event) -> bool:
    return isinstance(event, WarningIssued)


_TELLING: tuple[type[Event], ...] = (
    *_PLAIN, owed.ObligationOpened, Reminded, Filed, UnitCalled, units.UnitAnswered, WarningIssued,
    *pushed_duties.TELLING,
)  # fmt: skip


def tells(outcome: CaseOutcome[Any]) -> bool:
    """Return whether a command came to anything of which other systems may be told: before anybody is asked."""
    return any(isinstance(item.event, _TELLING) for item in outcome.recorded)


def _of_incident(plan: Plan, incident: Incident, recorded: Iterable[Recorded]) -> list[Pushed]:
    found: dict[str, tuple[Recorded, dict[str, Any]]] = {}
    for item in recorded:
        for type_, more in _told(incident, item.event):
            known = found.get(type_)
            if known is None:
                found[type_] = (item, more)
                continue
            lists = {name: [*known[1][name], *value] for name, value in more.items() if isinstance(value, list)}
            found[type_] = (item, {**more, **lists})
    if "incident.opened" in found:  # what was said with the report is in it
        found.pop("incident.updated", None)
    if not found:
        return []
    shared = incident_data(plan, incident)
    return [
        Pushed(type=type_, at=item.at, sequence=item.sequence, data={"incident": shared, **more})
        for type_, (item, more) in found.items()
    ]


def _told(incident: Incident, event: Event) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield of which kinds an event is, each with what it says beside the incident; lists are joined."""
    if isinstance(event, judging.LevelDetermined):
        yield _PLAIN[type(event)], {"level": event.level, "previous": event.previous, "clause": event.clause}
    elif isinstance(event, levels.Declared):
        yield _PLAIN[type(event)], {"level": event.level, "previous": event.previous or None, "clause": event.clause}
    elif type(event) in _PLAIN:
        yield _PLAIN[type(event)], {}
    elif isinstance(event, owed.ObligationOpened):
        yield "clock.opened", {"clocks": _clocks(incident, [event.key])}
    elif isinstance(event, Reminded):
        for type_, keys in (
            ("clock.overdue", [key for key in event.keys if key in event.overdue]),
            ("clock.due", [key for key in event.keys if key not in event.overdue]),
        ):
            if clocks := _clocks(incident, keys):
                yield type_, {"clocks": clocks}
    elif isinstance(event, Filed):
        filed = {"report": event.report, "recipient": event.recipient, "channel": event.channel}
        yield "report.filed", {"filed": [filed | {"at": _iso(event.called_at)}]}
    elif isinstance(event, UnitCalled):
        yield "unit.called", {"units": [{"unit": event.unit, "round": event.round, "level": event.level}]}
    elif isinstance(event, units.UnitAnswered):
        yield "unit.answered", {"units": [{"unit": event.unit, "answer": event.status, "recorded": event.recorded}]}


def _clocks(incident: Incident, keys: Iterable[str]) -> list[dict[str, Any]]:
    found = [incident.instances[key] for key in keys if key in incident.instances]
    return [
        {
            "id": item.key, "rule": item.rule, "clause": item.clause, "report": item.report, "channel": item.channel,
            "due": _iso(item.due), "to": list(item.to), "possible": item.possible,
        }
        for item in found
    ]  # fmt: skip


def incident_data(plan: Plan, incident: Incident) -> dict[str, Any]:
    """Return an incident as other systems know it."""
    names = {item.id: item.name for item in plan.classes}
    return {
        "id": incident.stream.partition(":")[2],
        "number": incident.number,
        "year": incident.year,
        "plan": incident.plan,
        "plan_title": plan.title,
        "jurisdiction": incident.jurisdiction,
        "drill": incident.drill,
        "state": incident.state,
        "merged_into": incident.merged_into.partition(":")[2] or None,
        "class": {"id": incident.event_class, "name": names[incident.event_class]}
        if incident.event_class in names
        else None,
        "event_level": incident.event_level,
        "response_level": incident.response_level,
        "place": shown(incident.place) or None,
        "unit": shown(incident.unit) or None,
        "township": shown(incident.township) or None,
        "occurred_at": _iso(incident.occurred_at),
        "reported_at": _iso(incident.reported_at),
        "response_started_at": _iso(incident.response_started_at),
        "ended_at": _iso(incident.ended_at),
        "figures": figures(incident),
    }


_ACTS: dict[str, str] = {"issue": "warning.issued", "lift": "warning.lifted"}


def _of_warning(plan: Plan, case: WarningCase, item: Recorded, event: Any) -> Pushed:
    data = {"warning": warning_data(plan, case), "act": event.act, "way": event.way, "clause": event.clause}
    return Pushed(type=_ACTS.get(event.act, "warning.changed"), at=item.at, sequence=item.sequence, data=data)


def warning_data(plan: Plan, case: WarningCase) -> dict[str, Any]:
    """Return a warning as other systems know it: what was said last."""
    content = case.content
    return {
        "id": case.stream.partition(":")[2],
        "number": case.number,
        "year": case.year,
        "plan": case.plan,
        "plan_title": plan.title,
        "jurisdiction": case.jurisdiction,
        "drill": case.drill,
        "state": case.state,
        "kind": shown(content.hazard) or None,
        "colour": content.colour or None,
        "level": content.level or None,
        "issuer": shown(content.issuer) or None,
        "from": _iso(content.starts),
        "to": _iso(content.ends),
        "areas": [shown(area) for area in content.areas],
        "stage": len(case.stages),
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.astimezone(SHANGHAI).isoformat(timespec="seconds") if moment is not None else None


def is_type(word: str) -> bool:
    """Return whether a word names a kind, or a group of them."""
    return word in TYPES or word in GROUPS


def wants(types: Iterable[str]) -> Callable[[str], bool]:
    """Return whether an address that chose kinds, or none, is told of one."""
    chosen = frozenset(types)
    return lambda type_: not chosen or type_ in chosen or type_.partition(".")[0] in chosen
