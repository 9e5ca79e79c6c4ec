"""What happened in an incident, moment by moment: for those who work on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.render import naming
from bot.render.oral import decided
from bot.render.report import correction
from bot.render.text import JOINER, written
from bot.render.times import at
from bot.render.values import amount, fact_of, label
from bot.render.view import View
from bot.texts import evidence as evidence_texts
from bot.texts import pages as t
from bot.texts import units as units_texts
from bot.texts import words as w
from plans.incident.rounds import calls_of
from plans.load import plan_facts


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment:
    """One thing that happened; ``kind`` is what it is drawn with."""

    time: str
    text: str
    kind: str


def timeline(view: View) -> tuple[Moment, ...]:
    """Return what happened, the newest first."""
    moments = sorted(_all(view), key=lambda item: item[0])
    return tuple(
        Moment(time=at(moment, view.now), text=text.replace(JOINER, ""), kind=kind)
        for moment, kind, text in reversed(moments)
    )


def _all(view: View) -> Iterator[tuple[datetime, str, str]]:
    incident = view.incident
    yield from (
        (moment, kind, text)
        for moment, kind, text in (
            (incident.reported_at, "report", t.MOMENT_REPORTED),
            (incident.verified_at, "word", t.MOMENT_VERIFIED),
            (incident.handled_at, "word", t.MOMENT_HANDLED.format(name=naming.person(incident.handler_name))),
            (
                incident.determined_at,
                "decision",
                t.MOMENT_LEVEL.format(level=incident.event_level or w.UNDETERMINED),
            ),
            (incident.ended_at, "decision", t.MOMENT_ENDED),
            (incident.closed_at, "word", t.MOMENT_CLOSED),
        )
        if moment is not None
    )
    yield from _figures(view)
    yield from _decisions(view)
    yield from _filings(view)
    yield from _calls(view)
    for item in incident.corrections:
        yield item.at, "word", t.MOMENT_CORRECTED.format(ordinal=item.ordinal, text=correction(view, item))
    for evidence in incident.evidence.values():
        kind = evidence_texts.KINDS.get(evidence.kind, evidence_texts.KIND_OTHER)
        yield evidence.at, "word", t.MOMENT_EVIDENCE.format(kind=kind)


def _figures(view: View) -> Iterator[tuple[datetime, str, str]]:
    known = plan_facts(view.plan)
    for name, claims in view.incident.claims.items():
        if name not in known:
            continue
        for claim in claims:
            value = amount(claim.value, fact_of(view, name))
            said = naming.source(view, claim.source)
            yield claim.at, "figure", t.MOMENT_FIGURE.format(label=label(view, name), value=value, source=said)


def _decisions(view: View) -> Iterator[tuple[datetime, str, str]]:
    for item in view.incident.decisions:
        text = t.MOMENT_DECIDED.format(
            role=naming.role(view.plan, item.role), name=written(item.spoken_by, 16), what=decided(view, item)
        )
        yield item.spoken_at or item.at, "decision", text


def _filings(view: View) -> Iterator[tuple[datetime, str, str]]:
    for item in view.incident.filings:
        taker = t.HEARD_TAKER.format(taker=written(item.taker, 16)) if item.taker else ""
        name = naming.unit_name(view, item.recipient)
        yield item.called_at, "filed", t.MOMENT_FILED.format(report=item.report, name=name, taker=taker)


def _calls(view: View) -> Iterator[tuple[datetime, str, str]]:
    calls = calls_of(view.incident)
    rounds = Counter((call.at, call.level) for call in calls if call.round)
    for (moment, level), count in rounds.items():
        yield moment, "unit", t.MOMENT_CALLED.format(count=count, level=level)
    for call in calls:
        unit = naming.unit_name(view, call.unit)
        for answer in call.answers:
            note = units_texts.TABLE_CELL_RECORDED if answer.recorded else ""
            note += units_texts.TABLE_CELL_NOTE.format(note=written(answer.note, 60)) if answer.note else ""
            status = naming.call_status(answer.status)
            yield answer.at, "unit", t.MOMENT_ANSWERED.format(unit=unit, status=status, note=note)
        for moment, outcome in call.rings:
            yield moment, "unit", t.MOMENT_RANG.format(unit=unit, outcome=outcome)
