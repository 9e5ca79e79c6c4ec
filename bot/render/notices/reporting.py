"""Notices about a report: receipt, the duty room's ring, who took it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.render import naming
from bot.render import owed as o
from bot.render.card import occurred
from bot.render.elements import informant
from bot.render.framing import framed
from bot.render.lacking import lacking
from bot.render.message import Message
from bot.render.notices.registry import words
from bot.render.text import Text, fill, joined, quote, written, written_block
from bot.render.times import at, span
from bot.render.values import SHOWN, amount, fact_of, figure, known_figures, label
from bot.render.view import PRIVATE, View
from bot.texts import notices as n
from bot.texts import words as t
from plans.notices import Notice

MOST_MISSING = 6
"""Things named that a report does not tell; all of them stand behind the button."""

MOST_RAW = 800
"""Characters of the raw report that the duty seat reads at once."""


def emergency(view: View) -> str:
    """Return 120/110 first; in a drill the opposite."""
    return n.CALL_FIRST_DRILL if view.incident.drill else n.CALL_FIRST


def seat_phone(view: View) -> str:
    """Return the duty line to read, perhaps nothing."""
    number = naming.seat_number(view)
    return n.SEAT_PHONE.format(number=number) if number else ""


MOST_NUMBERS = 6
"""Reports that one line names; of more the first and the last."""


@words("receipt")
def receipt(notice: Notice, view: View) -> Text:
    """It is recorded; what was read; who reads it. In groups of others than officials neither figures nor words."""
    number, time = naming.number(view), at(view.incident.reported_at, view.now)
    if view.neutral:
        return fill(
            n.RECEIPT_NEUTRAL,
            number=number,
            time=time,
            emergency=emergency(view),
            phone=seat_phone(view),
            tap=naming.tap_seat(view),
        )
    missing = [item.label for item in lacking(view)][:MOST_MISSING]
    return fill(
        n.RECEIPT,
        number=number,
        time=time,
        emergency=emergency(view),
        read=_read(view),
        missing=n.RECEIPT_MISSING.format(labels=t.LIST.join(missing)) if missing else "",
    )


def merged_receipt(view: View, numbers: Sequence[str]) -> Message:
    """Return one line for several reports that came together in a group of others than officials.

    Args:
        numbers: of the reports, in the order in which they came; the view is of the last.
    """
    shown = t.LIST.join(numbers)
    if len(numbers) > MOST_NUMBERS:
        shown = n.RECEIPT_NUMBERS.format(first=numbers[0], last=numbers[-1])
    text = fill(
        n.RECEIPT_MERGED,
        count=len(numbers),
        numbers=shown,
        time=at(view.incident.reported_at, view.now),
        emergency=emergency(view),
        phone=seat_phone(view),
        tap=naming.tap_seat(view),
    )
    return framed(view, text)


def _read(view: View) -> str:
    incident = view.incident
    parts = [naming.class_name(view)]
    for name in (*SHOWN, *(fact for fact in incident.claims if fact not in SHOWN)):
        if claims := incident.claims.get(name):
            parts.append(
                n.RECEIPT_FIGURE.format(label=label(view, name), value=amount(claims[-1].value, fact_of(view, name)))
            )
    parts.append(written(incident.place or incident.unit, 30))
    if not any(parts):
        parts.append(n.RECEIPT_NOTHING_READ)
    parts.append(n.RECEIPT_ASSUMED if incident.occurred_basis == "assumed" else at(incident.occurred_at, view.now))
    return t.COMMA.join(part for part in parts if part)


@words("duty_ring")
def duty_ring(notice: Notice, view: View) -> Text:
    """A report waits for the duty officer, with its raw words and the earliest clock."""
    incident = view.incident
    first = next((item for item in o.duties_of_office(view) if not o.is_immediate(item)), None)
    deadline = ""
    if first is not None:
        deadline = n.DUTY_RING_DEADLINE.format(
            name=o.name(first),
            due=o.due(view, first),
            citation=o.citation(first, reading=False),
            undetermined=n.DUTY_RING_UNDETERMINED if view.plan.event_levels else "",
        )
    body = fill(
        n.DUTY_RING,
        title=naming.title(view),
        figures=t.SEMICOLON.join(figure(view, name) for name in known_figures(view)),
        occurred=occurred(view),
        informant=informant(view),
        deadline=deadline,
        stranger=n.DUTY_RING_STRANGER if "unregistered" in incident.flags else "",
        unplaced=n.DUTY_RING_UNPLACED if "unplaced" in incident.flags else "",
        odd=_odd_time(view),
        drill=n.DUTY_RING_DRILL if "drill" in incident.flags and not incident.drill else "",
        evidence=n.DUTY_RING_EVIDENCE.format(count=len(incident.evidence)) if incident.evidence else "",
    )
    # With nobody on the seat it goes to the command group, and the raw words are for the duty room alone.
    raw = written_block(incident.text, MOST_RAW) if view.place_kind == PRIVATE else ""
    return joined((body, quote(n.DUTY_RING_RAW.format(text=raw)) if raw else ""))


def _odd_time(view: View) -> str:
    """Return the question about a time that cannot be right, perhaps nothing."""
    incident = view.incident
    found = next((flag for flag in ("future", "long_past") if flag in incident.flags), "")
    if not found or incident.occurred_basis != "assumed":
        return ""
    return n.DUTY_RING_ODD.format(text=written(incident.occurred_text, 24), why=n.ODD_TIMES[found])


@words("evidence")
def evidence(notice: Notice, view: View) -> Text:
    """A photo or voice message came in."""
    kind = t.EVIDENCE.get(str(notice.params["kind"]), t.EVIDENCE_OTHER)
    return fill(n.EVIDENCE, number=naming.number(view), kind=kind, time=at(view.now, view.now))


@words("evidence_lost")
def evidence_lost(notice: Notice, view: View) -> Text:
    """A photo or file could not be kept, and why."""
    kind = t.EVIDENCE.get(str(notice.params["kind"]), t.EVIDENCE_OTHER)
    why = n.EVIDENCE_LOST_WHY[str(notice.params["why"])]
    return fill(n.EVIDENCE_LOST, number=naming.number(view), kind=kind, why=why)


@words("taken")
def taken(notice: Notice, view: View) -> Text:
    """The reporter learns that somebody has it."""
    time = at(view.incident.handled_at or view.now, view.now)
    return fill(n.TAKEN, number=naming.number(view), time=time, phone=seat_phone(view), tap=naming.tap_seat(view))


@words("takeover")
def takeover(notice: Notice, view: View) -> Text:
    """What goes with the seat to its new holder."""
    from bot.render.lists import todo_lines

    seat = written(view.seat, 20) or t.NAME_UNKNOWN
    head = fill(n.TAKEOVER, seat=seat, time=at(view.now, view.now), title=naming.title(view))
    return joined((head, *(todo_lines(view) or [Text(n.TAKEOVER_NOTHING)])))


@words("ring_yourself")
def ring_yourself(notice: Notice, view: View) -> Text:
    """Nobody took the report: the reporter is given the duty line."""
    phone = naming.seat_number(view) or n.RING_YOURSELF_UNKNOWN
    return fill(
        n.RING_YOURSELF,
        span=span(view.policy.fallback),
        number=naming.number(view),
        phone=phone,
        tap=naming.tap_seat(view),
    )
