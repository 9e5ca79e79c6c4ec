"""A report comes in: its receipt, the ring of the duty room, what is asked of whoever reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.render import duties, naming
from bot.render.card import occurred
from bot.render.elements import lacking
from bot.render.form import informant
from bot.render.framing import framed
from bot.render.labels import SHARED, press, short
from bot.render.message import Key, Message
from bot.render.naming import seat_phone
from bot.render.registry import renders
from bot.render.text import Text, fill, joined, quote, written, written_block
from bot.render.times import at, span
from bot.render.unsure import unread_line, unsure_lines
from bot.render.values import SHOWN, amount, fact_of, figure, figures_to_show, named
from bot.render.view import PRIVATE, View
from bot.texts import reporting as t
from bot.texts import words as w
from plans.core.notice import Notice, Press
from plans.model import Plan

MOST_MISSING = 6
"""Things named that a report does not tell; all of them stand behind the button."""

MOST_RAW = 800
"""Characters of the raw report that the duty seat reads at once."""


def emergency(view: View) -> str:
    """Return 120/110 first; in a drill the opposite."""
    return t.CALL_FIRST_DRILL if view.incident.drill else t.CALL_FIRST


MOST_NUMBERS = 6
"""Reports that one line names; of more the first and the last."""


@renders("receipt")
def receipt(notice: Notice, view: View) -> Text:
    """It is recorded; what was read; who reads it. In groups of others than officials neither figures nor words."""
    number, time = naming.number(view), at(view.incident.reported_at, view.now)
    if view.neutral:
        return fill(
            t.RECEIPT_NEUTRAL,
            number=number,
            time=time,
            emergency=emergency(view),
            phone=seat_phone(view),
            tap=naming.tap_seat(view),
        )
    missing = [item.label for item in lacking(view)][:MOST_MISSING]
    return fill(
        t.RECEIPT,
        number=number,
        time=time,
        emergency=emergency(view),
        read=_read(view),
        unsure="\n".join(unsure_lines(view, words=True)),
        missing=t.RECEIPT_MISSING.format(labels=w.LIST.join(missing)) if missing else "",
    )


def merged_receipt(view: View, numbers: Sequence[str]) -> Message:
    """Return one line for several reports that came together in a group of others than officials.

    Args:
        numbers: of the reports, in the order in which they came; the view is of the last.
    """
    listing = w.LIST.join(numbers)
    if len(numbers) > MOST_NUMBERS:
        listing = t.RECEIPT_NUMBERS.format(first=numbers[0], last=numbers[-1])
    text = fill(
        t.RECEIPT_MERGED,
        count=len(numbers),
        numbers=listing,
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
                t.RECEIPT_FIGURE.format(label=named(view, name), value=amount(claims[-1].value, fact_of(view, name)))
            )
    parts.append(written(incident.place or incident.unit, 30))
    if not any(parts):
        parts.append(t.RECEIPT_NOTHING_READ)
    parts.append(t.RECEIPT_ASSUMED if incident.occurred_basis == "assumed" else at(incident.occurred_at, view.now))
    return w.COMMA.join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Rung:
    """A report that a ring names.

    Attributes:
        who: id of the person who reported; empty where nobody knows. known: whether he holds a role.
        revision: of its handling, for the button.
    """

    stream: str
    number: int
    who: str
    name: str
    title: str
    at: str
    due: str
    known: bool
    revision: int

    @classmethod
    def of(cls, view: View, *, revision: int, known: bool) -> Rung:
        """Return what is named of the report that a view is of."""
        incident = view.incident
        first = next((item for item in duties.duties_of_office(view) if not duties.is_immediate(item)), None)
        return cls(
            stream=incident.stream, number=incident.number, who=incident.reporter_id, name=informant(view),
            title=naming.title(view), at=at(incident.reported_at, view.now),
            due=duties.due(view, first) if first is not None else "", known=known, revision=revision,
        )  # fmt: skip


MOST_RUNG = 8
"""Reporters that a joined ring names."""

MOST_TAKEN = 4
"""Reports with a button under a joined ring."""


def joined_ring(view: View, reporters: Sequence[Sequence[Rung]]) -> Message:
    """Return one ring for several reports; in a drill and beside one it is marked as any message.

    Args:
        reporters: the reports of each, the most urgent reporter first, each one's oldest first; the view is of the
            newest report.
    """
    every = sorted((item for mine in reporters for item in mine), key=lambda item: item.number)
    head = fill(t.RINGS, count=len(every), first=every[0].number, last=every[-1].number)
    due = min((item.due for item in every if item.due), default="")
    lines = [_of_reporter(mine) for mine in reporters[:MOST_RUNG]]
    rest = [item for mine in reporters[MOST_RUNG:] for item in mine]
    if rest:
        lines.append(Text(t.RINGS_REST.format(people=len(reporters) - MOST_RUNG, count=len(rest))))
    foot = [Text(t.RINGS_DUE.format(due=due))] if due else []
    message = framed(view, joined((head, *lines, *foot, Text(t.RINGS_ALL))))
    newest = [mine[-1] for mine in reporters[:MOST_TAKEN]]
    takes = [
        Key(t.RINGS_TAKE.format(number=item.number),
            Press(action="handle", label="handle", object="handling", args={}, revision=item.revision), item.stream)
        for item in newest
    ]  # fmt: skip
    rejects = [
        Key(t.RINGS_REJECT.format(count=len(mine)),
            Press(action="reject_many", label="reject_many", object="incident",
                  args={"cases": [item.stream for item in mine], "name": mine[-1].name}), mine[-1].stream)
        for mine in reporters[:MOST_TAKEN] if not mine[-1].known and len(mine) > 1
    ]  # fmt: skip
    rows = [tuple(takes[at : at + 2]) for at in range(0, len(takes), 2)] + [(key,) for key in rejects]
    return replace(message, rows=(*message.rows, *rows))


def _of_reporter(mine: Sequence[Rung]) -> Text:
    last = mine[-1]
    if len(mine) == 1:
        return fill(t.RINGS_ONE, title=last.title, name=last.name, time=last.at)
    return fill(t.RINGS_MANY, name=last.name, count=len(mine), first=mine[0].title, title=last.title, time=last.at)


@renders("duty_ring")
def duty_ring(notice: Notice, view: View) -> Text:
    """A report waits for the duty officer, with its raw words and the earliest clock."""
    incident = view.incident
    first = next((item for item in duties.duties_of_office(view) if not duties.is_immediate(item)), None)
    deadline = ""
    if first is not None:
        deadline = t.DUTY_RING_DEADLINE.format(
            name=duties.name(first),
            due=duties.due(view, first),
            citation=duties.citation(first, reading=False),
            undetermined=t.DUTY_RING_UNDETERMINED if view.plan.event_levels else "",
        )
    body = fill(
        t.DUTY_RING,
        title=naming.title(view),
        figures=w.SEMICOLON.join(figure(view, name) for name in figures_to_show(view)),
        occurred=occurred(view),
        informant=informant(view),
        deadline=deadline,
        stranger=t.DUTY_RING_STRANGER if "unregistered" in incident.flags else "",
        unplaced=t.DUTY_RING_UNPLACED if "unplaced" in incident.flags else "",
        odd=_odd_time(view),
        unsure="\n".join(unsure_lines(view)),
        unread=unread_line(view) if view.place_kind == PRIVATE else "",
        drill=t.DUTY_RING_DRILL if "drill" in incident.flags and not incident.drill else "",
        evidence=t.DUTY_RING_EVIDENCE.format(count=len(incident.evidence)) if incident.evidence else "",
    )
    # With nobody on the seat it goes to the command group, and the raw words are for the duty room alone.
    raw = written_block(incident.text, MOST_RAW) if view.place_kind == PRIVATE else ""
    return joined((body, quote(t.DUTY_RING_RAW.format(text=raw)) if raw else ""))


def _odd_time(view: View) -> str:
    """Return the question about a time that cannot be right, perhaps nothing."""
    incident = view.incident
    oddity = next((flag for flag in ("future", "long_past") if flag in incident.flags), "")
    if not oddity or incident.occurred_basis != "assumed":
        return ""
    return t.DUTY_RING_ODD.format(text=written(incident.occurred_text, 24), why=t.ODD_TIMES[oddity])


@renders("ring_yourself")
def ring_yourself(notice: Notice, view: View) -> Text:
    """Nobody took the report: the reporter is given the duty line."""
    phone = naming.seat_number(view) or t.RING_YOURSELF_UNKNOWN
    return fill(
        t.RING_YOURSELF,
        span=span(view.policy.fallback),
        number=naming.number(view),
        phone=phone,
        tap=naming.tap_seat(view),
    )


MOST_KINDS = 16
"""Kinds of event that are offered as keys; a plan with more asks for a sentence alone."""


def report_form(message: Message, plan: Plan | None) -> Message:
    """Return how to report, with a key for each kind of event that the plan knows, where those are not too many."""
    if plan is None or len(plan.classes) > MOST_KINDS:
        return message
    keys = [
        Key(short(item.name), press("report_kind", "report_kind", "report", plan=plan.id, kind=item.id))
        for item in plan.classes
    ]
    rows: list[tuple[Key, ...]] = []
    for key in keys:
        if rows and len(rows[-1]) == 1 and len(rows[-1][0].label) <= SHARED and len(key.label) <= SHARED:
            rows[-1] = (*rows[-1], key)
        else:
            rows.append((key,))
    return replace(message, text=f"{message.text}\n{t.REPORT_KINDS}", rows=tuple(rows))
