"""How the bearers of a plan stand with their duties: a row for each bearer, a column for each duty, words in cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.pictures import fonts
from bot.pictures.picture import Picture
from bot.pictures.sheet import LEFT, ROOM, SMALL, Colour, Sheet
from bot.render.citing import cite
from bot.render.times import full
from bot.texts import pictures as t
from bot.texts import words as w
from plans.times import BEIJING

WORST = ("missed", "returned", "late", "open", "done", "not_applicable")
"""Statuses, first what somebody has to look after: a cell of several periods shows the first that is among them."""

LOOKS: dict[str, tuple[Colour, Colour]] = {
    "missed": ("late", "paper"), "returned": ("drill", "paper"), "late": ("band", "late"), "open": ("paper", "open"),
    "done": ("band", "good"), "not_applicable": ("paper", "neutral"),
}  # fmt: skip
"""Ground and words of a cell."""

MOST_BEARERS, MOST_DUTIES = 42, 15

ROW, GAP = 17.0, 1.0

LONG = 20
"""With more rows the numbers of the columns stand below them as well."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DutyMatrix:
    """What the picture shows.

    Attributes:
        place: of the jurisdiction; names that begin with it are drawn without.
        since, now: from when duties are counted, and as of which moment.
        bearers: what each is called. duties: words and clause of each.
        cells: (number of the bearer, number of the duty) -> how many periods stand how, by status.
    """

    plan: str
    place: str
    since: datetime
    now: datetime
    bearers: tuple[str, ...]
    duties: tuple[tuple[str, str], ...]
    cells: Mapping[tuple[int, int], Mapping[str, int]]


def duties_picture(matrix: DutyMatrix, *, night: bool = False) -> Picture:
    """Return the matrix as a picture; of one too large for a telephone those with most that was missed, and says so."""
    rows, columns = _chosen(matrix, 0, MOST_BEARERS), _chosen(matrix, 1, MOST_DUTIES)
    sheet = Sheet()
    title = t.DUTY_MATRIX.format(plan=matrix.plan)
    sheet.title(title)
    line = t.DUTY_SPAN.format(
        since=_day(matrix.since), until=full(matrix.now), bearers=len(matrix.bearers),
        duties=len(matrix.duties),
    )  # fmt: skip
    sheet.paragraph(line, size=SMALL, colour="faint", most=2)
    sheet.say(line)
    total: Counter[str] = Counter()
    for counts in matrix.cells.values():
        total.update(counts)
    counted = t.DUTY_COUNTS.format(counts=_said(total)) if total else t.DUTY_NONE
    sheet.paragraph(counted, bold=True, most=2)
    sheet.say(counted)
    for shown, of, words in (
        (rows, matrix.bearers, t.DUTY_BEARERS_LEFT), (columns, matrix.duties, t.DUTY_DUTIES_LEFT),
    ):  # fmt: skip
        if len(shown) < len(of):
            note = words.format(shown=len(shown), count=len(of))
            sheet.paragraph(note, size=SMALL, colour="late")
            sheet.say(note)
    if total:
        wide = _draw(sheet, matrix, rows, columns)
        _draw_legend(sheet, matrix, columns, total, wide=wide)
    _say(sheet, matrix)
    return sheet.picture(title, night=night)


def _day(moment: datetime) -> str:
    local = moment.astimezone(BEIJING)
    return w.DAY_OF_YEAR.format(year=local.year, month=local.month, day=local.day)


def _chosen(matrix: DutyMatrix, axis: int, most: int) -> list[int]:
    """Return which rows or columns are drawn, in their order."""
    count = len(matrix.duties if axis else matrix.bearers)
    urgent: Counter[int] = Counter()
    for key, counts in matrix.cells.items():
        urgent[key[axis]] += 1000 * counts.get("missed", 0) + 100 * counts.get("returned", 0) + counts.get("late", 0)
    return sorted(sorted(range(count), key=lambda number: -urgent[number])[:most])


def _said(counts: Mapping[str, int]) -> str:
    return w.COMMA.join(f"{t.DUTY_WORD[status]}{counts[status]}" for status in WORST if counts.get(status))


def _draw(sheet: Sheet, matrix: DutyMatrix, rows: Sequence[int], columns: Sequence[int]) -> bool:
    """Draw heads and cells; return whether the cells have room for whole words."""
    names = [sheet.clean(short_of(matrix.bearers[row], matrix.place)) for row in rows]
    longest = max(fonts.width(name, SMALL) for name in names)
    wide = len(columns) <= 6
    least = 34.0 if wide else 15.5
    named = min(longest + 6, ROOM - least * len(columns))
    each = min((ROOM - named) / len(columns), 48.0)
    sheet.gap(8)
    _numbers(sheet, columns, LEFT + named, each)
    for name, row in zip(names, rows, strict=True):
        sheet.line(LEFT, sheet.y - 0.5, LEFT + named + each * len(columns), sheet.y - 0.5, "rule", thick=0.6)
        sheet.words(LEFT, sheet.y + 12.5, fonts.shortened_within(name, named - 4, SMALL), size=SMALL)
        for place, column in enumerate(columns):
            if counts := matrix.cells.get((row, column)):
                _cell(sheet, counts, LEFT + named + each * place, sheet.y, each, wide=wide)
        sheet.gap(ROW)
    if len(rows) > LONG:
        _numbers(sheet, columns, LEFT + named, each)
    return wide


def _numbers(sheet: Sheet, columns: Sequence[int], left: float, each: float) -> None:
    for place, column in enumerate(columns):
        x = left + each * (place + 0.5)
        sheet.words(x, sheet.y + 12, str(column + 1), size=SMALL, bold=True, anchor="middle")
    sheet.gap(ROW)


def short_of(name: str, place: str) -> str:
    """Return a name without the place that most names begin with."""
    rest = name.removeprefix(place)
    return rest if len(rest) > 1 else name


def _cell(sheet: Sheet, counts: Mapping[str, int], x: float, y: float, each: float, *, wide: bool) -> None:
    worst = next(status for status in WORST if counts.get(status))
    ground, colour = LOOKS[worst]
    number = str(counts[worst]) if sum(counts.values()) > 1 else ""
    sign = t.DUTY_WORD[worst] if wide else t.DUTY_SIGN[worst]
    text = next(
        words for words in (sign + number, t.DUTY_SIGN[worst] + number, t.DUTY_SIGN[worst])
        if fonts.width(words, SMALL, bold=True) <= each - 1 or words == t.DUTY_SIGN[worst]
    )  # fmt: skip
    sheet.bar(x + GAP / 2, y + GAP / 2, each - GAP, ROW - GAP - 1, ground, round=1.5)
    sheet.words(x + each / 2, y + 12.5, text, size=SMALL, bold=True, colour=colour, anchor="middle")


def _draw_legend(
    sheet: Sheet, matrix: DutyMatrix, columns: Sequence[int], total: Mapping[str, int], *, wide: bool
) -> None:
    sheet.gap(4)
    if not wide:
        signs = "　".join(
            t.DUTY_LEGEND.format(sign=t.DUTY_SIGN[status], word=t.DUTY_WORD[status])
            for status in WORST
            if total.get(status)
        )
        sheet.paragraph(signs, size=SMALL, colour="faint", most=2)
    sheet.paragraph(t.DUTY_WORST_COUNTED if wide else t.DUTY_WORST, size=SMALL, colour="faint", most=2)
    sheet.gap(4)
    for column in columns:
        text, clause = matrix.duties[column]
        words = t.DUTY_COLUMN.format(number=column + 1, text=text, clause=cite(clause))
        sheet.paragraph(words, size=SMALL, most=2 if len(columns) <= 8 else 1)


def _say(sheet: Sheet, matrix: DutyMatrix) -> None:
    for number, (text, clause) in enumerate(matrix.duties, 1):
        sheet.say(t.DUTY_COLUMN.format(number=number, text=text, clause=cite(clause)))
    for row, name in enumerate(matrix.bearers):
        cells = [
            t.DUTY_CELL.format(number=column + 1, said=_said(counts))
            for column in range(len(matrix.duties))
            if (counts := matrix.cells.get((row, column)))
        ]
        sheet.say(t.BEARER.format(name=name, report=w.SEMICOLON.join(cells)))
