"""A month of figures, or a quarter, or a year: the six lines of ``/stats``, each with its bars.

Units stand in their plan's order: nobody is ranked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from bot.pictures import fonts
from bot.pictures.duties import short_of
from bot.pictures.picture import Picture
from bot.pictures.sheet import LEFT, RIGHT, ROOM, SMALL, Colour, Sheet
from bot.render.statistics import about, of_what, period_name, place_of
from bot.render.statistics_lines import lasted, six_lines
from bot.texts import pictures as t
from bot.texts import statistics as s
from plans.statistics.statistics import Answers, Statistics

MOST_KINDS, MOST_UNITS = 8, 14

_REPORTS: dict[str, Colour] = {
    "in_time": "good", "late": "late", "raised": "late", "missed": "late", "overdue": "late", "pending": "open",
    "waived": "neutral",
}  # fmt: skip
_DUTIES: dict[str, Colour] = {
    "done": "good", "late": "late", "missed": "late", "returned": "drill", "open": "open", "not_applicable": "neutral",
}  # fmt: skip
"""Colours of the pieces of a bar, in the order in which the line above it names them."""

LEFT_OF_BARS = 108.0


def month_picture(statistics: Statistics, *, night: bool = False) -> Picture:
    """Return the statistics of a period as a picture. It shows as much as the figures do: those of one's own or all."""
    sheet = Sheet()
    title = t.MONTH.format(period=period_name(statistics.period), place=place_of(statistics), of=of_what(statistics))
    sheet.title(title, drill=statistics.of_drills)
    for line in about(statistics).plain.splitlines():
        sheet.paragraph(line, size=SMALL, colour="faint", most=3)
        sheet.say(line)
    for topic, line in six_lines(statistics):
        sheet.heading(s.NAMES[topic])
        sheet.paragraph(line, most=8)
        sheet.say(line)
        if topic in _BARS:
            _BARS[topic](sheet, statistics)
    return sheet.picture(title, night=night)


def _incidents(sheet: Sheet, statistics: Statistics) -> None:
    """Draw a column for each day or month, and a bar for each kind."""
    _course(sheet, statistics)
    found = statistics.incidents.by_kind
    largest = max((part.number for part in found), default=0)
    bars = [_Bar(part.title or s.NO_CLASS, str(part.number), [("open", part.number)]) for part in found[:MOST_KINDS]]
    _draw(sheet, bars, largest)


def _course(sheet: Sheet, statistics: Statistics) -> None:
    slices = statistics.course
    most = max((item.incidents for item in slices), default=0)
    if len(slices) < 2 or not most:
        return
    by_day = all(item.first == item.last for item in slices)
    sheet.gap(6)
    height, each = 34.0, ROOM / len(slices)
    foot = sheet.y + height
    for place, item in enumerate(slices):
        tall = height * item.incidents / most
        sheet.bar(LEFT + each * place + each * 0.12, foot - tall, each * 0.76, tall, "open")
    sheet.line(LEFT, foot, RIGHT, foot, "faint")
    template = t.MONTH_DAY if by_day else t.MONTH_MONTH
    first, last = (template.format(month=item.month, day=item.day) for item in (slices[0].first, slices[-1].last))
    words = (t.MONTH_MOST if by_day else t.MONTH_MOST_OF_MONTHS).format(count=most)
    sheet.words(LEFT, foot + 13, first, size=SMALL, colour="faint")
    sheet.words(RIGHT, foot + 13, last, size=SMALL, colour="faint", anchor="end")
    sheet.words((LEFT + RIGHT) / 2, foot + 13, words, size=SMALL, colour="faint", anchor="middle")
    sheet.say(words)
    sheet.y = foot + 18


class _Bar(NamedTuple):
    """A line with its name, a bar of pieces, and what it comes to."""

    name: str
    figure: str
    pieces: Sequence[tuple[Colour, float]]


def _draw(sheet: Sheet, bars: Sequence[_Bar], largest: float) -> None:
    """Draw bars one below the other on one measure.

    Args:
        largest: what would fill the room for them; 0 = each fills it, as the parts of a whole.
    """
    most = ROOM - LEFT_OF_BARS - 40
    used = max((min(fonts.width(bar.figure, SMALL, bold=True), most) for bar in bars), default=0)
    room = ROOM - LEFT_OF_BARS - used - 6
    for bar in bars:
        base = sheet.y + 14
        sheet.words(LEFT, base, fonts.shortened_within(sheet.clean(bar.name), LEFT_OF_BARS - 6, SMALL), size=SMALL)
        sheet.words(RIGHT, base, bar.figure, size=SMALL, bold=True, anchor="end", room=most)
        x, whole = LEFT + LEFT_OF_BARS, largest or sum(amount for _, amount in bar.pieces)
        for colour, amount in bar.pieces:
            wide = room * amount / whole if whole else 0
            sheet.bar(x, base - 10, wide - (0.8 if wide > 2 else 0), 12, colour)
            number = f"{amount:.0f}"
            if (
                not largest and fonts.width(number, SMALL, bold=True) < wide - 3
            ):  # which piece it is, without its colour
                sheet.words(x + wide / 2, base, number, size=SMALL, colour="paper", bold=True, anchor="middle")
            x += wide
        sheet.y = base + 4


def _reports(sheet: Sheet, statistics: Statistics) -> None:
    bars = [
        _Bar(
            s.STAGES[item.stage], t.MONTH_ON_TIME.format(in_time=item.in_time, owed=item.owed),
            [(colour, float(getattr(item, key))) for key, colour in _REPORTS.items()],
        )
        for item in statistics.reports
        if item.owed
    ]  # fmt: skip
    _draw(sheet, bars, 0)
    for bar in bars:
        sheet.say(f"{bar.name} {bar.figure}")


def _answers(sheet: Sheet, statistics: Statistics) -> None:
    """Draw how long half of each unit's answers took at most, and how many of its calls it answered."""
    called = [unit for unit in statistics.units if unit.called]
    longest = max((unit.time.median for unit in called if unit.time is not None), default=0)
    bars = [
        _Bar(
            short_of(unit.title, statistics.jurisdiction), _answered(unit),
            [("good", unit.time.median)] if unit.time is not None else [],
        )
        for unit in called[:MOST_UNITS]
    ]  # fmt: skip
    _draw(sheet, bars, longest)
    for unit in called:
        sheet.say(f"{unit.title} {_answered(unit)}")
    if called:
        note = t.MONTH_UNITS if len(called) <= MOST_UNITS else t.MONTH_UNITS_LEFT
        sheet.paragraph(note.format(shown=MOST_UNITS, count=len(called)), size=SMALL, colour="faint")


def _answered(unit: Answers) -> str:
    time = lasted(unit.time.median) if unit.time is not None else t.MONTH_SILENT
    return t.MONTH_UNIT.format(time=time, answered=unit.answered, called=unit.called)


def _warnings(sheet: Sheet, statistics: Statistics) -> None:
    woken = statistics.warnings.woken
    if woken.called:
        figure = t.OF_ALL.format(done=woken.answered, all=woken.called)
        _draw(sheet, [_Bar(t.MONTH_WOKEN, figure, [("good", woken.answered), ("late", woken.silent)])], 0)


def _duties(sheet: Sheet, statistics: Statistics) -> None:
    found = statistics.duties
    if found is not None and found.number:
        figure = t.OF_ALL.format(done=found.done, all=found.number)
        pieces = [(colour, float(getattr(found, key))) for key, colour in _DUTIES.items()]
        _draw(sheet, [_Bar(t.MONTH_DONE, figure, pieces)], 0)


_BARS: dict[str, Callable[[Sheet, Statistics], None]] = {
    "incident": _incidents, "report": _reports, "answer": _answers, "warning": _warnings, "duty": _duties,
}  # fmt: skip
"""What stands below each line."""
