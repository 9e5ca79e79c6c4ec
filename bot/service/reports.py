"""A report as it comes in, before it has a number: what intake reads from it, and which incidents it may repeat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.cases.body_lists import as_data
from plans.incident.records_said import BodyMention
from plans.incident.reporting import Report
from plans.intake.telling import first_telling
from plans.intake.with_plan import read_for
from plans.model import Plan


@dataclass(frozen=True, kw_only=True, slots=True)
class NewReport:
    """Somebody reports an incident.

    Attributes:
        plan_id: the plan that the group is bound to.
        among: where several plans may be meant, their ids; the words decide, and a person where they do not.
        clear: whether they do.
        said_at: the message's own date: 刚才 counts from it.
        source: left out, the core decides by the reporter's office. informant: who rang, where an officer reports.
        place: that the message points at, where its words name none. stated_place: whatever its words may name.
        event_class: of the plan, where the reporter chose it by a key.
        facts: stated values, instead of what intake reads (scenario files, guided form).
        unregistered: by somebody without a role, in private: bounded (``strangers``), and shown as such.
        begins_drill: with ``/drill``, which only the office of the plan may.
        entry, entry_number: of the duty log, from which it is reported.
        route: jurisdictions through which it came up by reporting lines.
        unplaced: he was asked where it is and did not say; it is recorded where it most likely belongs.
    """

    plan_id: str
    jurisdiction: str
    text: str
    said_at: datetime
    place_id: str = ""
    drill: bool = False
    source: str = ""
    informant: str = ""
    unit: str = ""
    occurred_at: datetime | None = None
    facts: dict[str, Any] | None = None
    evidence: tuple[str, ...] = ()
    among: tuple[str, ...] = ()
    clear: bool = True
    place: str = ""
    stated_place: str = ""
    event_class: str = ""
    extra: dict[str, Any] = field(default_factory=dict)
    unregistered: bool = False
    unplaced: bool = False
    begins_drill: bool = False
    entry: str = ""
    entry_number: int = 0
    route: tuple[str, ...] = ()


def to_command(
    new: NewReport,
    plan: Plan,
    *,
    plan_hash: str,
    number: int,
    year: int,
    received_at: datetime,
    duplicates: Sequence[tuple[str, int]],
    titles: Sequence[str] = (),
    mentions: Sequence[BodyMention] = (),
) -> Report:
    """Return the command that opens the incident.

    Args:
        mentions: listed bodies that the words name; the only one is the place where the words tell no better.
    """
    reading = read_for(plan, new.text, now=new.said_at)
    told = first_telling(reading)
    occurred, basis, words = new.occurred_at, "stated", ""
    if occurred is None and reading.occurred is not None and reading.occurred.odd is None:
        occurred, basis, words = (
            reading.occurred.at,
            "vague" if reading.occurred.vague else "stated",
            reading.occurred.text,
        )
    flags = set(reading.flags)
    flags |= {name for name, holds in (("unregistered", new.unregistered), ("unplaced", new.unplaced)) if holds}
    if reading.occurred is not None and reading.occurred.odd is not None:
        words = reading.occurred.text  # not believed, but asked about
        flags.add(reading.occurred.odd)
    if occurred is None:
        occurred, basis = new.said_at, "assumed"
    kinds = (new.event_class,) if new.event_class else tuple(item.name for item in reading.class_candidates)
    return Report(
        plan=plan.id,
        plan_version=plan.version,
        plan_hash=plan_hash,
        jurisdiction=new.jurisdiction,
        number=number,
        year=year,
        drill=new.drill,
        text=new.text,
        source=new.source,
        informant=new.informant,
        unit=new.unit,
        origin=new.place_id,
        reported_at=received_at,
        occurred_at=occurred,
        occurred_basis=basis,
        occurred_text=words,
        place=new.stated_place or reading.place or _named(mentions) or new.place,
        candidates=kinds,
        facts=told.facts if new.facts is None else new.facts,
        raised=tuple(sorted(told.raised)),
        evidence=new.evidence,
        said_at=new.said_at,
        flags=tuple(sorted(flags)),
        unsure={name: data for name, data in told.unsure.items() if data["fact"] not in (new.facts or {})},
        unread=told.unread,
        duplicates=tuple(duplicates),
        among=tuple(zip(new.among, titles, strict=True)) if titles else (),
        plan_clear=new.clear,
        begins_drill=new.begins_drill,
        entry=new.entry,
        entry_number=new.entry_number,
        route=new.route,
        mentions=as_data(mentions),
    )


def _named(mentions: Sequence[BodyMention]) -> str:
    """Return the words that name the only body of a report for sure."""
    words = {item.bodies[0].id: item.words for item in mentions if item.sure and item.words}
    return next(iter(words.values())) if len(words) == 1 else ""
