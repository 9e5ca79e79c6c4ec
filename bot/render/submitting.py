"""Reports that go up by a reporting line: the words that cross, what is confirmed, how it stands, what came back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.render import duties, naming
from bot.render.citing import cite
from bot.render.framing import framed
from bot.render.labels import press, rows
from bot.render.message import Message
from bot.render.registry import renders
from bot.render.report import written_report
from bot.render.script import script
from bot.render.text import Text, fill, quote, written, written_block
from bot.render.times import at, span
from bot.render.values import told_figures
from bot.render.view import Upward, View
from bot.texts import script as s
from bot.texts import submitting as t
from bot.texts import words as w
from plans.core import keys
from plans.core.notice import Notice, Press
from plans.incident.records import Instance
from plans.incident.records_beside import Submission
from plans.incident.submitting import PHONE, WRITTEN, across, gone_up
from plans.lines import LONGEST, crossing

MOST_OFFERED = 3
"""Reports for which the worksheet has a button; `/submit` has all of them."""


def offered(view: View) -> list[tuple[duties.Owed, Upward, tuple[str, ...]]]:
    """Return what may go up now, the earliest due first: by which line, and for whom."""
    if not view.upward:
        return []
    found = []
    for item in duties.duties_of_office(view):
        gone = {name for one in gone_up(view.incident, item.instance.key) for name in one.to}
        for line in view.upward:
            names = crossing(view.plan, item.instance, {*item.heard, *gone}, line.recipients)
            if names:
                found.append((item, line, names))
    return found


def presses(view: View, key: str = "") -> list[Press]:
    """Return a button for each of the first that may go up; ``key``: of one obligation alone."""
    some = [(item, line) for item, line, _ in offered(view) if key in ("", item.instance.key)]
    return [
        press(
            "submit_page", "submit_to", keys.obligation(item.instance.key), key=item.instance.key, line=line.id,
            name=written(line.place, 8), what=duties.name(item),
        )
        for item, line in some[:MOST_OFFERED]
    ]  # fmt: skip


def with_offers(message: Message, view: View, key: str) -> Message:
    """Return a message about an obligation with the buttons by which its report may go up."""
    return replace(message, rows=(*message.rows, *rows(presses(view, key), view)))


def words_of(view: View, instance: Instance, recipients: Sequence[str]) -> str:
    """Return the very words that cross: as the report is written, or read out where it need not be written.

    Where the clause wants a telephone call they say that it is owed all the same.
    """
    if instance.channel == WRITTEN:
        text = written_report(view, instance.report)
    else:
        text = script(view, recipients[0], instance.report).replace(s.GOODBYE, "")  # nobody is there to say his name
    for blank in (s.FILL_IN, s.TO_ADD):  # nobody there can fill it in
        text = text.replace(blank, t.NOT_YET)
    after = t.CALL_OWED.format(citation=cite(instance.clause)) if instance.channel == PHONE else ""
    return text[: LONGEST - len(after)] + after


def preview(view: View, key: str, line_id: str) -> Message | None:
    """Return what would cross, to be confirmed as it is shown; None where nothing may any more."""
    found = next(
        (one for one in offered(view) if one[0].instance.key == key and line_id in ("", one[1].id)), None
    )  # fmt: skip
    if found is None:
        return None
    item, line, names = found
    text = words_of(view, item.instance, names)
    figures = across(view.incident)
    body = fill(
        t.PREVIEW,
        number=naming.number(view),
        place=written(line.place, 20),
        name=duties.name(item),
        citation=duties.citation(item, reading=False),
        names=duties.names(view, names),
        text=quote(text),
        figures=told_figures(view, figures) if figures else t.NO_FIGURES,
        counts=(t.CALL_STAYS if item.instance.channel == PHONE else t.COUNTS),
        span=span(view.policy.fallback),
    )
    confirm = press("submit", "submit", keys.crossing(key), key=key, line=line.id, to=list(names), text=text)
    return framed(view, body, (confirm, press("back", "back")))


def sheet_lines(view: View, instance: Instance) -> list[Text]:
    """Return how what went up for an obligation stands."""
    of = [item for item in view.incident.submissions.values() if item.key == instance.key]
    return [fill(t.SHEET, place=written(item.place, 20), time=at(item.at, view.now), state=state(view, item))
            for item in of[-3:]]  # fmt: skip


def state(view: View, item: Submission) -> str:
    """Return how a submission stands, in words."""
    number = t.THERE.format(number=item.number) if item.number else ""
    taker = t.TAKER.format(name=written(item.taker, 16)) if item.taker else ""
    time = at(item.taken_at, view.now) if item.taken_at is not None else ""
    return t.STATES[item.state].format(number=number, taker=taker, time=time, why=t.WHY.get(item.why, item.why))


def record(view: View) -> list[str]:
    """Return everything that went up, and what was said of it, in the order of time."""
    return [
        t.RECORD.format(
            time=at(item.at, view.now), place=written(item.place, 20), report=item.report,
            names=duties.names(view, item.to), state=state(view, item),
        )
        for item in view.incident.submissions.values()
    ]  # fmt: skip


def _submission(notice: Notice, view: View) -> Submission:
    return view.incident.submissions[int(notice.params["submission"])]


@renders("submission_taken")
def taken(notice: Notice, view: View) -> Text:
    """Somebody above has taken it: the report is made, or the call is owed still."""
    item = _submission(notice, view)
    return fill(
        t.TAKEN, number=naming.number(view), place=written(item.place, 20), report=item.report,
        state=state(view, item),
        counts=t.COUNTED.format(names=duties.names(view, item.to)) if item.files else t.CALL_STAYS,
    )  # fmt: skip


@renders("submission_failed")
def failed(notice: Notice, view: View) -> Text:
    """It cannot be delivered: the seat rings."""
    item = _submission(notice, view)
    return fill(
        t.FAILED, number=naming.number(view), place=written(item.place, 20), report=item.report,
        why=t.WHY.get(item.why, item.why), lines=_lines(view, item),
    )  # fmt: skip


@renders("submission_unanswered")
def unanswered(notice: Notice, view: View) -> Text:
    """Nobody above has taken it: the seat rings."""
    item = _submission(notice, view)
    return fill(
        t.UNANSWERED, number=naming.number(view), place=written(item.place, 20), report=item.report,
        time=at(item.at, view.now), span=span(view.policy.fallback), state=state(view, item),
        lines=_lines(view, item),
    )  # fmt: skip


def _lines(view: View, item: Submission) -> str:
    """Return whom to ring: the duty room above where its number is known, and those for whom it went."""
    rooms = []
    if item.phone:
        number = w.NUMBER_HIDDEN if view.incident.drill else naming.read_number(view.plan, item.phone)
        rooms.append(t.ROOM.format(place=written(item.place, 20), number=number))
    return "\n".join([*rooms, *(naming.recipient_line(view, name) for name in item.to)])


@renders("superior_said")
def said(notice: Notice, view: View) -> Text:
    """What the office above says of its case; it is its word, and stands in no figure here."""
    params = notice.params
    what = t.SAID[str(params["what"])].format(
        level=written(str(params["level"]), 10) or w.NONE, merged=params["merged"], text=""
    )  # fmt: skip
    text = str(params["text"])
    return fill(
        t.SAYS, number=naming.number(view), place=written(str(params["place"]), 20), there=params["number"],
        what=what, text=quote(written_block(text)) if text else "",
    )  # fmt: skip
