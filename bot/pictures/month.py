"""A month of figures, or a quarter, or a year: incidents, reports, answers, corrections, warnings, duties.

Six parts, each a line and its bars. Units stand in their plan's order: nobody is ranked.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.pictures import fonts
from bot.pictures.duties import short_of
from bot.pictures.picture import Picture
from bot.pictures.sheet import LEFT, RIGHT, ROOM, SMALL, Colour, Sheet
from bot.render.times import full, span
from bot.texts import pictures as t
from bot.texts import words as w
from plans.statistics.statistics import Answers, Duties, Part, Reports, Spread, Statistics
from plans.times.calendar_periods import CalendarPeriod

MOST_KINDS, MOST_UNITS = 8, 14

_REPORTS: dict[str, Colour] = {
    "in_time": "good", "late": "late", "raised": "late", "missed": "late", "overdue": "late", "pending": "open",
    "waived": "neutral",
}  # fmt: skip
_DUTIES: dict[str, Colour] = {
    "done": "good", "late": "late", "missed": "late", "returned": "drill", "open": "open", "not_applicable": "neutral",
}  # fmt: skip


def month_picture(statistics: Statistics, *, night: bool = False) -> Picture:
    """Return the statistics of a period as a picture. It shows as much as the figures do: those of one's own or all."""
    sheet = Sheet()
    title = t.MONTH.format(place=statistics.jurisdiction, period=period(statistics.period))
    sheet.title(title, drill=statistics.of_drills)
    notes = [t.MONTH_OF_DRILLS] if statistics.of_drills else []
    notes += [t.MONTH_OWN.format(count=len(statistics.own))] if statistics.own else []
    drills, behind = statistics.drills, statistics.behind
    notes.append(
        t.MONTH_UNTIL.format(
            time=full(statistics.at),
            drills=t.MONTH_DRILLS.format(count=drills) if drills and not statistics.of_drills else "",
            behind=t.MONTH_BEHIND.format(count=behind) if behind else "",
        )
    )
    _line(sheet, w.SEMICOLON.join(notes), small=True)
    _incidents(sheet, statistics)
    if not statistics.own:
        _reports(sheet, statistics)
    _answers(sheet, statistics)
    _warnings(sheet, statistics)
    if statistics.duties is not None:
        _duties(sheet, statistics.duties)
    return sheet.picture(title, night=night)


def period(of: CalendarPeriod) -> str:
    """Return what a period is called."""
    first, last = of.first, of.last
    if of.kind == "half":
        return t.PERIOD_HALF.format(year=first.year, half=t.HALVES[first.month > 6])
    return t.PERIODS[of.kind].format(
        year=first.year,
        month=first.month,
        quarter=(first.month + 2) // 3,
        first=first.isoformat(),
        last=last.isoformat(),
    )


def _line(sheet: Sheet, words: str, *, small: bool = False, most: int = 2) -> None:
    if words:
        sheet.paragraph(words, size=SMALL, colour="faint" if small else "ink", most=most)
        sheet.say(words)


def _of(spread: Spread | None, seconds: str) -> str:
    return span(timedelta(seconds=getattr(spread, seconds))) if spread is not None else ""


def _parts(parts: Sequence[Part]) -> str:
    return w.COMMA.join(
        t.MONTH_PART.format(title=part.title or t.MONTH_PART_UNKNOWN, number=part.number) for part in parts
    )


def _incidents(sheet: Sheet, statistics: Statistics) -> None:
    found = statistics.incidents
    sheet.heading(t.MONTH_INCIDENTS.format(count=found.number))
    if not found.number:
        _line(sheet, t.NOTHING)
        return
    _line(sheet, t.MONTH_INCIDENTS_OF.format(open=found.open, rejected=found.rejected, merged=found.merged))
    if found.by_level:
        _line(sheet, t.MONTH_LEVELS.format(parts=_parts(found.by_level)))
    _course(sheet, statistics)
    largest = max(part.number for part in found.by_kind) if found.by_kind else 1
    for part in found.by_kind[:MOST_KINDS]:
        title = part.title or t.MONTH_PART_UNKNOWN
        _bar(sheet, title, str(part.number), [("open", part.number)], largest)
    for part in found.by_kind:
        sheet.say(t.MONTH_PART.format(title=part.title or t.MONTH_PART_UNKNOWN, number=part.number))


def _course(sheet: Sheet, statistics: Statistics) -> None:
    """Draw a column for each day or month, with the first and the last below."""
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
    ends = [template.format(month=item.month, day=item.day) for item in (slices[0].first, slices[-1].last)]
    sheet.words(LEFT, foot + 13, ends[0], size=SMALL, colour="faint")
    sheet.words(RIGHT, foot + 13, ends[1], size=SMALL, colour="faint", anchor="end")
    words = (t.MONTH_MOST if by_day else t.MONTH_MOST_OF_MONTHS).format(count=most)
    sheet.words((LEFT + RIGHT) / 2, foot + 13, words, size=SMALL, colour="faint", anchor="middle")
    sheet.say(words)
    sheet.y = foot + 18


def _bar(
    sheet: Sheet, name: str, figure: str, pieces: Sequence[tuple[Colour, float]], largest: float, *, left: float = 108.0
) -> None:
    """Draw a line with its name, a bar of pieces, and what it comes to.

    Args:
        largest: what would fill the room for bars. left: room for the name.
    """
    base = sheet.y + 14
    clean = sheet.clean(name)
    sheet.words(LEFT, base, fonts.shortened_within(clean, left - 6, SMALL), size=SMALL)
    used = sheet.words(RIGHT, base, figure, size=SMALL, bold=True, anchor="end", room=ROOM - left - 40)
    x, room = LEFT + left, ROOM - left - used - 6
    for colour, amount in pieces:
        wide = room * amount / largest if largest else 0
        sheet.bar(x, base - 9, wide - (0.8 if wide > 2 else 0), 10, colour)
        x += wide
    sheet.y = base + 4


def _reports(sheet: Sheet, statistics: Statistics) -> None:
    sheet.heading(t.MONTH_REPORTS)
    found = [item for item in statistics.reports if item.owed]
    if not found:
        _line(sheet, t.NOTHING)
    for item in found:
        _report(sheet, item)
    corrections = t.MONTH_CORRECTIONS.format(
        corrections=statistics.corrections, waivers=statistics.waivers, rejected=statistics.incidents.rejected
    )
    sheet.gap(2)
    _line(sheet, corrections)


def _report(sheet: Sheet, item: Reports) -> None:
    name = w.LIST.join(item.names) or t.STAGES.get(item.stage, item.stage)
    figure = t.MONTH_ON_TIME.format(in_time=item.in_time, owed=item.owed)
    pieces = [(colour, float(getattr(item, key))) for key, colour in _REPORTS.items()]
    _bar(sheet, name, figure, pieces, item.owed)
    rest = w.COMMA.join(
        t.COUNT.format(word=t.REPORT_WORDS[key], count=getattr(item, key))
        for key in _REPORTS
        if key != "in_time" and getattr(item, key)
    )
    late = ""
    if item.lateness is not None:
        late = t.MONTH_LATENESS.format(median=_of(item.lateness, "median"), worst=_of(item.lateness, "worst"))
    for words in (rest, late):
        if words:
            sheet.paragraph(words, size=SMALL, colour="faint", most=2)
    sheet.say(w.COMMA.join(part for part in (f"{name} {figure}", rest, late) if part))


def _answers(sheet: Sheet, statistics: Statistics) -> None:
    every = statistics.answers
    sheet.heading(t.MONTH_ANSWERS.format(answered=every.answered, called=every.called))
    if not every.called:
        _line(sheet, t.NOTHING)
        return
    if every.time is not None:
        _line(sheet, t.MONTH_MEDIAN.format(span=_of(every.time, "median")))
    called = [unit for unit in statistics.units if unit.called]
    longest = max((unit.time.median for unit in called if unit.time is not None), default=0)
    for unit in called[:MOST_UNITS]:
        figure = _unit(unit)
        pieces: list[tuple[Colour, float]] = [("good", unit.time.median)] if unit.time is not None else []
        _bar(sheet, short_of(unit.title, statistics.jurisdiction), figure, pieces, longest or 1)
    for unit in called:
        sheet.say(f"{unit.title} {_unit(unit)}")
    if len(called) > MOST_UNITS:
        note = t.MONTH_UNITS_LEFT.format(shown=MOST_UNITS, count=len(called))
        sheet.paragraph(note, size=SMALL, colour="faint")


def _unit(unit: Answers) -> str:
    if unit.time is None:
        return t.MONTH_UNIT_SILENT.format(called=unit.called)
    return t.MONTH_UNIT.format(span=_of(unit.time, "median"), answered=unit.answered, called=unit.called)


def _warnings(sheet: Sheet, statistics: Statistics) -> None:
    found = statistics.warnings
    sheet.heading(t.MONTH_WARNINGS.format(count=found.number))
    if not found.number:
        _line(sheet, t.NOTHING)
        return
    _line(sheet, _parts(found.by_colour))
    if found.woken.called:
        words = t.MONTH_WOKEN.format(answered=found.woken.answered, called=found.woken.called)
        if found.woken.time is not None:
            words += w.COMMA + t.MONTH_MEDIAN.format(span=_of(found.woken.time, "median"))
        _line(sheet, words)


def _duties(sheet: Sheet, found: Duties) -> None:
    sheet.heading(t.MONTH_DUTIES.format(count=found.number))
    if not found.number:
        _line(sheet, t.NOTHING)
        return
    base, x = sheet.y + 4, LEFT
    for key, colour in _DUTIES.items():
        wide = ROOM * getattr(found, key) / found.number
        sheet.bar(x, base, wide - (0.8 if wide > 2 else 0), 12, colour)
        x += wide
    sheet.y = base + 13
    words = w.COMMA.join(
        t.COUNT.format(word=t.DUTY_WORD[key], count=getattr(found, key)) for key in _DUTIES if getattr(found, key)
    )
    _line(sheet, words)
