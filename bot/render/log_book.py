"""A day or a month of the duty log in the form of the paper book: as a paper, and as the rows of a workbook."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from bot.clock import SHANGHAI
from bot.paper import Block, Heading, Paper, Paragraph, Table
from bot.render.handover_page import signed_in_line
from bot.render.log import became, files_of, mark_of, who
from bot.render.times import at as clock_at
from bot.texts import log as t
from bot.texts import words as w
from plans.cells import legible
from plans.desk.entry_state import WITHDRAWN, Entry, Reply, Want
from plans.desk.handover_state import Handover
from plans.directory.numbers import masked_mobiles

ROWS_OF_A_TABLE = 500
"""A paper cuts off what is longer; of a book of record nothing is left out."""

Day = tuple[date, str, str, str, tuple[str, ...], tuple[str, ...]]
"""A day's page beside its entries: the day, weather, officers, leaders, what is said of handing over, spot checks."""


def seat_line(taken: datetime, name: str, before: str, handover: Handover | None) -> str:
    """Return who took the seat, from whom, and the names under what was open then; ``before``: empty for nobody."""
    by = t.BOOK_SEAT_BEFORE.format(name=before) if before and (before != name or handover is not None) else ""
    signed = t.BOOK_SIGNED.format(names=signed_in_line(handover, taken)) if handover is not None else ""
    return t.BOOK_SEAT.format(
        at=f"{taken.astimezone(SHANGHAI):%H:%M}", name=name or w.NAME_UNKNOWN, before=by, signed=signed
    )


def paper(place: str, days: Iterable[tuple[Day, Iterable[Entry]]], *, cut: int = 0) -> Paper:
    """Return some days of the log as the pages of the paper book.

    Args:
        cut: there are more entries than so many, and these are the first.
    """
    blocks: list[Block] = []
    pages = list(days)
    for (day, weather, officers, leaders, hand_overs, checks), entries in pages:
        if len(pages) > 1:
            blocks.append(Heading(_day(day, "heading")))
        blocks.append(
            Table(head=t.BOOK_HEAD, rows=((_day(day, "cell"), weather, officers, leaders),), shares=(7, 6, 5, 5))
        )
        rows = tuple(_row(entry) for entry in entries)
        for at in range(0, len(rows), ROWS_OF_A_TABLE):
            some = rows[at : at + ROWS_OF_A_TABLE]
            blocks.append(Table(head=t.BOOK_COLUMNS, rows=some, shares=(4, 6, 14, 10, 4)))
        if not rows:
            blocks.append(Paragraph(t.BOOK_NONE))
        for head, lines in ((t.BOOK_HAND_OVER, hand_overs), (t.BOOK_CHECKS, checks)):
            if lines or head == t.BOOK_HAND_OVER:
                blocks.append(Table(head=(head,), rows=(("\n".join(lines),),), shares=(1,)))
    if cut:
        blocks.append(Paragraph(t.BOOK_CUT.format(count=cut)))
    return Paper(title=tuple(part.format(place=place) for part in t.BOOK_TITLE), blocks=tuple(blocks))


def _row(entry: Entry) -> tuple[str, ...]:
    local, mark = entry.at.astimezone(SHANGHAI), mark_of(entry)
    said = (entry.what if who(entry) and entry.what else entry.text) or files_of(entry) or w.ERASED
    number = t.BOOK_NUMBER.format(number=entry.number)
    came, by = [entry.way, who(entry), entry.phone], entry.by_name or w.NAME_UNKNOWN
    return (
        f"{local:%H:%M}\n{number}", "\n".join(part for part in came if part),
        t.BOOK_STRUCK.format(mark=mark, text=said) if mark else said, "\n".join(_handling(entry)), by,
    )  # fmt: skip


def _handling(entry: Entry) -> Iterable[str]:
    """Yield what was wanted, what was answered, what was opened from it."""
    for number, want in enumerate(entry.wants):
        yield t.BOOK_WANTED.format(due=_due(want, entry.at), what=want.what or t.WANTED_ANY)
        if number < len(entry.replies):
            yield _reply(entry.replies[number], entry.at)
        elif entry.stands:
            yield t.BOOK_NOT_REPLIED
    for reply in entry.replies[len(entry.wants) :]:
        yield _reply(reply, entry.at)
    if entry.became:
        yield t.BECAME.format(names=became(entry))
    if entry.evidence:
        yield t.EVIDENCE.format(files=files_of(entry))


def _due(want: Want, day: datetime) -> str:
    if want.at is None:
        return t.BOOK_DUE_WORDS.format(words=want.words) if want.words else ""
    return t.WANTED_DUE.format(due=clock_at(want.at, day))


def _reply(reply: Reply, day: datetime) -> str:
    if reply.waived:
        return t.BOOK_WAIVED.format(by=reply.by_name or w.NAME_UNKNOWN)
    words = t.BOOK_REPLIED_WORDS.format(words=reply.words) if reply.words else ""
    return t.BOOK_REPLIED.format(at=clock_at(reply.at, day), words=words, by=reply.by_name or w.NAME_UNKNOWN)


def _day(day: date, where: str) -> str:
    weekday = t.BOOK_WEEKDAY.format(day=t.BOOK_WEEKDAYS[day.weekday()])
    return t.BOOK_DAY.format(
        year=day.year, month=day.month, day=day.day, weekday=weekday, between=t.BOOK_BETWEEN[where]
    )  # fmt: skip


def day_rows(days: Iterable[tuple[Day, Iterable[Entry]]]) -> list[list[str]]:
    """Return a row for each day: the heads of its page."""
    return [
        [
            masked_mobiles(legible(cell))
            for cell in (
                day.isoformat(),
                weather,
                officers,
                leaders,
                str(len(list(entries))),
                "\n".join(hand_overs),
                "\n".join(checks),
            )
        ]
        for (day, weather, officers, leaders, hand_overs, checks), entries in days
    ]


def entry_rows(entries: Iterable[Entry]) -> list[list[str]]:
    """Return a row for each thing that is wanted of an entry, one at least; nobody's mobile number is whole."""
    rows = []
    for entry in entries:
        for number in range(max(1, len(entry.wants), len(entry.replies))):
            want = entry.wants[number] if number < len(entry.wants) else None
            reply = entry.replies[number] if number < len(entry.replies) else None
            rows.append([masked_mobiles(legible(cell)) for cell in _cells(entry, want, reply)])
    return rows


def _cells(entry: Entry, want: Want | None, reply: Reply | None) -> list[str]:
    local = entry.at.astimezone(SHANGHAI)
    answered = "" if reply is None else t.BOOK_WAIVED.format(by=reply.by_name) if reply.waived else reply.words
    return [
        f"{local:%Y-%m-%d}", f"{local:%H:%M}", t.BOOK_NUMBER.format(number=entry.number),
        entry.way, entry.unit, entry.caller, entry.phone, entry.text or ("" if entry.evidence else w.ERASED),
        want.what if want is not None else "", _due_cell(want), answered,
        _stamp(reply.at if reply is not None else None), reply.by_name if reply is not None else "", entry.by_name,
        state_of(entry), became(entry), files_of(entry),
    ]  # fmt: skip


def _due_cell(want: Want | None) -> str:
    if want is None or want.at is not None or not want.words:
        return _stamp(want.at if want is not None else None)
    return t.BOOK_DUE_WORDS.format(words=want.words)


def _stamp(moment: datetime | None) -> str:
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if moment is not None else ""


def state_of(entry: Entry) -> str:
    """Return how an entry stands, in a word."""
    if entry.corrected_by and entry.state != WITHDRAWN:
        return t.STATES["corrected"].format(number=entry.corrected_number)
    return t.STATES[entry.state]
