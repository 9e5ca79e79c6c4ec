"""One incident as a page: figures by source, clocks by recipient, units with their answers; and, for whoever works on
it, the course of things, the messages sent and the evidence.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.render import arrivals, duties, naming, on_site
from bot.render.card import RUNNING, event_level, occurred, response_line, state
from bot.render.catalogue import NOTICE_NAMES
from bot.render.matrix import by_phone
from bot.render.message import Message
from bot.render.pages.clock import clocks
from bot.render.pages.incident_parts import Figure, Heard, IncidentPage, Material, Owed, Row, Sent, UnitRow
from bot.render.pages.tile import tile
from bot.render.pages.timeline import timeline
from bot.render.text import JOINER, Text, written
from bot.render.times import at, span
from bot.render.unsure import unsure_lines
from bot.render.values import amount, fact_of, figures_to_show, label, plainly
from bot.render.view import View
from bot.texts import delivery as delivery_texts
from bot.texts import evidence as evidence_texts
from bot.texts import pages as t
from bot.texts import words as w
from plans.incident.records import Call

MOST_MESSAGES = 200
PICTURES = ("photo",)


def incident_page(view: View, *, office: bool, messages: Sequence[Row] = ()) -> IncidentPage:
    """Return the page of an incident.

    Args:
        view: for the reader in private, so that it holds the numbers that he may see.
        office: whether he works on it.
        messages: what was sent about it, the newest first.
    """
    shown = messages[:MOST_MESSAGES] if office else ()
    return IncidentPage(
        tile=tile(view),
        title=plain(naming.title(view)),
        head=_head(view),
        notes=_notes(view),
        figures=_figures(view),
        owed=_owed(view, office=office),
        units=_units(view, office=office),
        office=office,
        timeline=timeline(view) if office else (),
        messages=tuple(_sent(view, row) for row in shown),
        older=len(messages) - len(shown) if office else 0,
        materials=_materials(view) if office else (),
    )


def plain(text: Text | Message | str) -> str:
    """Return words as a page shows them."""
    words = text.plain if isinstance(text, Text) else text.text if isinstance(text, Message) else text
    return words.replace(JOINER, "")


def _head(view: View) -> tuple[tuple[str, str], ...]:
    incident = view.incident
    pairs = (
        (t.STATE, state(view)),
        (t.RESPONSE_LEVEL, response_line(view)),
        (t.EVENT_LEVEL, event_level(view)),
        (t.AT_PLACE, naming.place(view)),
        (t.KIND, naming.class_name(view)),
        (t.HAPPENED, occurred(view)),
        (t.REPORTED_AT, at(incident.reported_at, view.now)),
        (t.VERIFIED_AT, at(incident.verified_at, view.now) if incident.verified_at else t.NOT_VERIFIED),
        (t.SEAT, written(view.seat, 20) or t.NOBODY),
        (t.PLAN, view.plan.title),
    )
    return tuple((name, plain(value)) for name, value in pairs if value)


def _notes(view: View) -> tuple[str, ...]:
    lines: tuple[Text | str, ...] = (
        *unsure_lines(view),
        *(view.warnings if view.incident.open else ()),
        *on_site.lines(view),
        naming.route(view),
    )
    return tuple(plain(line) for line in lines if line)


def _figures(view: View) -> tuple[Figure, ...]:
    rows = []
    for name in figures_to_show(view):
        fact = fact_of(view, name)
        said = tuple(
            plain(
                t.FIGURE_SAID.format(
                    value=amount(claim.value, fact),
                    source=naming.source(view, claim.source),
                    time=at(claim.at, view.now),
                    sure=t.FIGURE_SURE if claim.confirmed else t.FIGURE_UNSURE,
                )
            )
            for claim in reversed(view.incident.claims.get(name, ()))
        )
        rows.append(Figure(label=label(view, name), counted=plain(plainly(view, name)), said=said))
    return tuple(rows)


def _owed(view: View, *, office: bool) -> tuple[Owed, ...]:
    running = {clock.key: clock for clock in clocks(view)}
    rows = []
    for item in duties.owed(view, tuple(view.incident.instances)):
        instance = item.instance
        if instance.possible and instance.status == "superseded":
            continue
        bearer = ""
        if not instance.by_office and item.rule is not None:
            bearer = t.BY_OTHERS.format(name=naming.unit_name(view, item.rule.bearer))
        rows.append(
            (
                instance.status != "open",
                instance.possible,
                instance.due,
                Owed(
                    name=plain(duties.name(item)) + bearer,
                    by=duties.due(view, item),
                    citation=plain(duties.citation(item, reading=False)),
                    status=w.OBLIGATION_STATUS[instance.status_at(view.now)],
                    open=instance.status == "open",
                    clock=running.get(instance.key),
                    recipients=tuple(_heard(view, item, name, office=office) for name in instance.to),
                ),
            )
        )
    return tuple(row for *_, row in sorted(rows, key=lambda row: row[:3]))


def _heard(view: View, item: duties.Owed, name: str, *, office: bool) -> Heard:
    filing, moment = item.filings.get(name), item.heard.get(name)
    if moment is not None:
        named = filing.taker if office and filing is not None else ""
        taker = t.HEARD_TAKER.format(taker=written(named, 16)) if named else ""
        text = t.HEARD.format(time=at(moment, view.now), taker=taker)
    else:
        text = t.NOT_HEARD if item.instance.status == "open" else t.EXCUSED
    asks = office and moment is None and item.instance.status == "open" and not item.instance.possible
    return Heard(
        name=plain(naming.unit_name(view, name)), heard=moment is not None, text=plain(text),
        number=_number(view, name) if asks else "",
    )  # fmt: skip


def _number(view: View, name: str) -> str:
    """Return the number on which somebody is rung, as the chat gives it: in a drill none outside the command body."""
    line = naming.line_of(view, name)
    if line is None or naming.hidden(view, name) or naming.medium(view, name):
        return ""
    return plain(naming.read_number(view.plan, line.number))


def _units(view: View, *, office: bool) -> tuple[UnitRow, ...]:
    calls = sorted(
        view.incident.calls.values(),
        key=lambda call: (not (call.silent and call.round), call.answered_at or call.called_at),
    )
    return tuple(_unit(view, call, office=office) for call in calls)


def _unit(view: View, call: Call, *, office: bool) -> UnitRow:
    running = view.incident.state in RUNNING
    silent = bool(call.silent and call.round and running)
    notes = [by_phone(call.voice)] if call.recorded else []
    notes += [written(call.note, 60)] if call.note else []
    notes += [t.UNIT_UNBOUND] if silent and call.unit not in view.bound_units else []
    expected = arrivals.expected(view, call)
    notes = [expected, *notes] if expected and running else notes
    took = span(call.answered_at - call.called_at) if call.answered_at is not None and call.round else ""
    return UnitRow(
        name=plain(naming.unit_name(view, call.unit)),
        status=naming.call_status(call.status),
        silent=silent,
        time=at(call.answered_at, view.now) if call.answered_at is not None else "",
        took=took,
        note=plain(w.SEMICOLON.join(notes)),
        number=_number(view, call.unit) if office and silent else "",
    )


def _sent(view: View, row: Row) -> Sent:
    return Sent(
        time=at(row.at, view.now),
        to=plain(written(row.to, 24)) or delivery_texts.SOMEBODY,
        what=NOTICE_NAMES.get(row.notice, delivery_texts.NOTICE_OTHER),
        state=t.MESSAGE_STATES[row.state],
        good=row.state == "sent",
    )


def _materials(view: View) -> tuple[Material, ...]:
    rows = []
    for number, item in enumerate(view.incident.evidence.values(), 1):
        kind = evidence_texts.KINDS.get(item.kind, evidence_texts.KIND_OTHER)
        time = at(item.at, view.now)
        lost = evidence_texts.LOST_WHY.get(item.lost, "")
        place = item.reference if item.kind in ("location", "venue") else ""
        size = t.EVIDENCE_SIZE.format(size=max(1, round(item.size / 1024))) if item.digest else ""
        rows.append(
            Material(
                number=number,
                kind=t.EVIDENCE_OPEN.format(kind=kind, number=number),
                time=time,
                words=t.EVIDENCE_ALT.format(number=number, kind=kind, time=time),
                note=plain(written(item.name or item.caption, 60)) or size or lost or place or t.EVIDENCE_FETCHING,
                kept=bool(item.digest),
                picture=item.kind in PICTURES,
            )
        )
    return tuple(rows)
