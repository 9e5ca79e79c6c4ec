"""What a script expects that the program sees by itself: levels, by whose word, answers in time, reports, figures.

It is looked at in the incidents that the script brought about, when the look has come, and after that whenever one of
them changes until it is so: done then is done late. Everything else is seen by those who evaluate, whose word counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from plans.core.command import Command
from plans.core.event import Event, Recorded
from plans.core.notice import Notice
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides, tells
from plans.desk.case import Case, NoticeContext
from plans.desk.drill_items import look_asked
from plans.desk.drill_state import LOOK, Checked, Drill, Item
from plans.incident.drills import clock_time
from plans.incident.figures import effective
from plans.incident.state import Incident
from plans.values import as_data, parse

SEEN = (
    "state", "event_level", "response_level", "proposal", "declared_by", "facts", "statuses", "answered"
)  # fmt: skip
"""What of an ``expect`` the program sees while a drill is played."""

_BY_ONE = frozenset({"facts", "statuses", "answered"})
"""Of these each entry is looked at by itself."""


NOTHING_SEEN = Checked(done=False)
"""What is seen before anybody looks."""


@dataclass(frozen=True, slots=True)
class _Part:
    """One thing that is expected: so by now or not, since when, and whether that was later than it was to be."""

    name: str
    so: bool
    at: datetime | None = None
    late: bool = False


def check(item: Item, incident: Incident | None, now: datetime) -> Checked:
    """Return how far what a look expects is so in its incident, at an own moment of that.

    Args:
        incident: None where it has not begun.
    """
    parts = list(_parts(item.expects, incident, now))
    lacking = tuple(part.name for part in parts if not part.so)
    if lacking or incident is None:
        return Checked(done=False, lacking=lacking)
    times = [clock_time(incident, part.at) for part in parts if part.at is not None]
    return Checked(done=True, at=max(times, default=None), late=any(part.late for part in parts))


def _parts(expects: Mapping[str, Any], incident: Incident | None, now: datetime) -> Iterator[_Part]:
    for kind in (name for name in SEEN if name in expects):
        wanted = expects[kind]
        for of, value in wanted.items() if kind in _BY_ONE else (("", wanted),):
            name = f"{kind}:{of}" if of else kind
            yield _Part(name, False) if incident is None else _seen(name, value, incident, now)


def _seen(name: str, wanted: Any, incident: Incident, now: datetime) -> _Part:
    kind, _, of = name.partition(":")
    match kind:
        case "facts":
            claims = incident.claims.get(of, ())
            value = effective(incident).get(of)
            so = value is not None and as_data(value) == as_data(parse(wanted))
            return _Part(name, so, max((claim.at for claim in claims), default=None))
        case "statuses":
            return _filed(name, tuple(wanted), incident, now)
        case "answered":
            call = incident.calls.get(of)
            if call is None or call.answered_at is None:
                return _Part(name, False)
            took = call.answered_at - call.called_at  # the clock of the incident stands while the drill is held
            return _Part(name, True, call.answered_at, took > timedelta(seconds=wanted))
        case "declared_by":
            word = next((item for item in reversed(incident.decisions) if item.kind in ("declare", "adjust")), None)
            said = word is not None and bool({word.role, word.spoken_role} & set(wanted))
            return _Part(name, said, word.at if word is not None else None)
        case "proposal":
            return _proposed(name, wanted, incident)
    stands: dict[str, tuple[str | None, datetime | None]] = {
        "state": (incident.state, _since(incident)),
        "event_level": (incident.event_level, incident.determined_at),
        "response_level": (incident.response_level, incident.response_adjusted_at or incident.response_started_at),
    }
    actual, at = stands[kind]
    return _Part(name, actual == wanted, at)


def _proposed(name: str, wanted: str | None, incident: Incident) -> _Part:
    """A level that is proposed, or was declared since: nobody waits with it for those who evaluate."""
    proposal = incident.proposal if incident.proposal and not incident.proposal.declined else None
    if (proposal.level if proposal else None) == wanted:
        return _Part(name, True, proposal.at if proposal else None)
    word = next(
        (item for item in incident.decisions if item.kind in ("declare", "adjust") and item.level == wanted), None
    )
    return _Part(name, word is not None, word.at if word is not None else None)


def _since(incident: Incident) -> datetime | None:
    """Return since when an incident stands as it does."""
    return {
        "reported": incident.reported_at, "responding": incident.response_started_at, "ended": incident.ended_at,
        "closed": incident.closed_at,
    }.get(incident.state)  # fmt: skip


def _filed(name: str, wanted: tuple[str, ...], incident: Incident, now: datetime) -> _Part:
    """Reports of a rule: one that was filed behind its own deadline is there, and late."""
    rule = name.partition(":")[2]
    instances = sorted(
        (item for item in incident.instances.values() if item.rule == rule), key=lambda item: (item.due, item.key)
    )
    actual = tuple(item.status_at(now) for item in instances)
    so = len(actual) == len(wanted) and all(
        is_now == to_be or (to_be, is_now) == ("filed", "late") for is_now, to_be in zip(actual, wanted, strict=True)
    )
    filed = [item for item in instances if item.filed_at is not None]
    late = any(item.late for item in filed)
    return _Part(name, so, max((item.filed_at for item in filed if item.filed_at is not None), default=None), late)


# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class NoteIncident(Command):
    """The script has brought about an incident."""

    incident: str
    incident_number: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckLook(Command):
    """Look now; ``checked``: what the program sees, given by the shell, which reads the incident."""

    number: int
    checked: Checked = NOTHING_SEEN


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class IncidentNoted(Event, name="drill-incident-noted"):
    """The script has brought about this incident."""

    incident: str
    incident_number: int


@dataclass(frozen=True, kw_only=True, slots=True)
class LookChecked(Event, name="drill-look-checked"):
    """The program has looked; ``since``: since when it is so, ``lacking``: what is not so yet."""

    number: int
    done: bool
    since: datetime | None = None
    late: bool = False
    lacking: tuple[str, ...] = ()


# --- what may happen


@decides(NoteIncident)
def note_incident(case: Case[Drill], command: NoteIncident) -> Refusal | None:
    """By the program alone."""
    if "system" not in case.actor.roles:
        return Refusal(key="drill_not_directing")
    case.record(IncidentNoted(incident=command.incident, incident_number=command.incident_number))
    return None


@decides(CheckLook)
def check_look(case: Case[Drill], command: CheckLook) -> Refusal | None:
    """By the program alone: when the look has come, and once more when what lacked is there."""
    if "system" not in case.actor.roles:
        return Refusal(key="drill_not_evaluating")
    item, seen = case.state.items.get(command.number), command.checked
    if item is None or item.kind != LOOK or item.played_at is None or not item.expects:
        return Refusal(key="drill_no_look")
    if item.checked is not None and (item.checked.done or not seen.done):
        return None
    event = LookChecked(
        number=item.number, done=seen.done, since=(seen.at or case.now) if seen.done else None, late=seen.late,
        lacking=seen.lacking,
    )  # fmt: skip
    case.record(event)
    return None


# --- what it does to the drill


@applies(IncidentNoted)
def _on_noted(state: Drill, event: IncidentNoted, item: Recorded) -> None:
    state.incidents[event.incident] = event.incident_number


@applies(LookChecked)
def _on_checked(state: Drill, event: LookChecked, item: Recorded) -> None:
    seen = Checked(done=event.done, at=event.since, late=event.late, lacking=tuple(event.lacking))
    state.items[event.number] = replace(state.items[event.number], checked=seen)


# --- who is told


@tells(LookChecked)
def _tell_checked(event: LookChecked, item: Recorded, context: NoticeContext[Drill]) -> Iterator[Notice]:
    before = context.before.items.get(event.number) if context.before is not None else None
    if before is None or before.checked is None:
        yield from look_asked(context, event.number)
