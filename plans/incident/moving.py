"""What waits when its case goes into another: choices are asked of that seat, calls for help wait there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from plans.core.event import Recorded
from plans.incident.aid import AidAsked, said_of
from plans.incident.case import Case
from plans.incident.records_said import Edit, ReadTwice, Unsure
from plans.incident.state import Incident
from plans.values import as_data, parse

_KEEP = {"keep": True}


def still_open(incident: Incident) -> tuple[dict[str, dict[str, Any]], dict[str, str]]:
    """Return what nobody has chosen yet as plain data, and the words of it, both by its key.

    Readings of a message that differ, and edited messages that wait to be adopted, go on as choices of their figures.
    """
    moving = (
        *((item.key, item) for item in incident.unsure.values()),
        *((f"twice.{item.fact}", _twice(incident, item)) for item in incident.read_twice.values() if item.total),
        *(pair for edit in incident.edits.values() for pair in _edited(incident, edit)),
    )
    unsure = {
        key: {
            "fact": item.fact,
            "why": item.why,
            "options": [dict(option) for option in item.options],
            "over": None if item.over is None else as_data(item.over),
            "source": f"{incident.number}号·{item.source}",
            "by": item.by,
            "at": item.at.isoformat(),
        }
        for key, item in moving
    }
    return unsure, {key: item.words for key, item in moving if item.words}


def arrived(
    incident: Incident, unsure: Mapping[str, Mapping[str, Any]], words: Mapping[str, str], item: Recorded
) -> None:
    """Write down what waits for somebody to choose and came with another case."""
    for name, data in unsure.items():
        key = f"{item.sequence}.{name}"
        incident.unsure[key] = Unsure(
            key=key,
            fact=data["fact"],
            why=data["why"],
            options=tuple(data["options"]),
            over=None if data["over"] is None else parse(data["over"]),
            words=words.get(name, ""),
            source=data["source"],
            by=data["by"],
            at=datetime.fromisoformat(data["at"]),
            sequence=item.sequence,
            from_other=True,
        )


def calls_for_help(incident: Incident) -> tuple[Mapping[str, Any], ...]:
    """Return the requests that still wait, as what another incident takes over when this one goes into it."""
    return tuple(
        {"to": item.to, "unit": item.unit, "what": item.what, "at": item.at, "status": item.status, "by": item.by}
        for item in incident.aid.values()
        if item.waits
    )


def help_arrived(case: Case, requests: tuple[Mapping[str, Any], ...], number: int) -> None:
    """Record the requests of an incident that came into this one: nobody stops waiting because two were one."""
    for item in requests:
        rule = said_of(case.plan, case.incident, to=item["to"], unit=item["unit"])
        case.record(
            AidAsked(
                to=item["to"],
                unit=item["unit"],
                what=item["what"] or None,
                at=item["at"],
                clause=rule.clause if rule is not None else "",
                by=case.actor.id,
                name=item["by"] or None,
                status=item["status"],
                moved=number,
            )
        )


def _twice(incident: Incident, item: ReadTwice) -> Unsure:
    """Return two readings of a message as a choice between their figures."""
    said = incident.events[item.of - 1]
    source = getattr(said.event, "source", incident.source)
    options = [{"value": value} for value in (item.first, item.second) if value is not None]
    kept = options if item.first is not None else [*options, _KEEP]
    return Unsure(
        item.fact, item.fact, "read", tuple(kept), None, item.words, source, said.actor, said.at, item.sequence
    )


def _edited(incident: Incident, edit: Edit) -> Iterator[tuple[str, Unsure]]:
    """Yield the figures of an edited message as choices; what it says otherwise of place and time stays behind."""
    noted = incident.events[edit.sequence - 1]
    for fact, value in edit.facts.items():
        key = f"{edit.sequence}.{fact}"
        options, sequence = ({"value": value}, _KEEP), edit.sequence
        yield key, Unsure(key, fact, "fall", options, None, edit.text, edit.source, noted.actor, noted.at, sequence)
