"""How all bearers of a plan stand: duties by bearer, what was missed, who is silent; and the same as a workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.clock import SHANGHAI
from bot.exchange.sheets import Shaded, Sheet, sheets_workbook
from bot.pictures import DutyMatrix
from bot.render import rules
from bot.render.citing import cite
from bot.texts import duty as t
from plans.model import Duty, Plan
from storage.duty_tables import BookRow, InstanceRow, Status
from storage.transaction import Reading

LONG_AGO = datetime(2000, 1, 1, tzinfo=SHANGHAI)
"""When a workbook about nothing says it was made."""

WORST: tuple[Status, ...] = ("missed", "returned", "late", "open", "done", "not_applicable")
"""What a cell of several periods is coloured by: the first of these that is among them."""

COLOURS: dict[Status, str] = {
    "missed": "FFC7CE", "returned": "F8CBAD", "late": "FFEB9C", "open": "DDEBF7", "done": "C6EFCE",
    "not_applicable": "D9D9D9",
}  # fmt: skip

Bearing = tuple[str, str]
"""Kind and id of a bearer."""


@dataclass(frozen=True, kw_only=True)
class Overview:
    """How the bearers of a plan stand at a moment.

    Attributes:
        titles: what each bearer is called, roles first, then units, then bodies.
        duties: those of the plan that recur and that somebody has begun a period of.
        rows: duties in periods that have begun, in the order of bearers and ends.
    """

    plan: Plan
    now: datetime
    titles: dict[Bearing, str]
    duties: tuple[Duty, ...]
    rows: tuple[InstanceRow, ...]

    def counts(self) -> dict[str, Counter[Status]]:
        """Return for each duty how many stand how."""
        counted: dict[str, Counter[Status]] = {duty.id: Counter() for duty in self.duties}
        for row in self.rows:
            counted.setdefault(row.duty, Counter())[row.status(self.now)] += 1
        return counted

    def silent(self) -> list[str]:
        """Return who has missed something, and has said nothing of anything."""
        said = {_bearing(row) for row in self.rows if row.said}
        missed = {_bearing(row) for row in self.rows if row.status(self.now) == "missed"}
        return [title for key, title in self.titles.items() if key in missed - said]

    def cells(self) -> dict[tuple[Bearing, str], Counter[Status]]:
        """Return how a bearer stands with a duty: how many periods stand how."""
        found: dict[tuple[Bearing, str], Counter[Status]] = {}
        for row in self.rows:
            found.setdefault((_bearing(row), row.duty), Counter())[row.status(self.now)] += 1
        return found


def _bearing(row: InstanceRow | BookRow) -> Bearing:
    return row.bearer_kind, row.bearer


def year_begins(now: datetime) -> datetime:
    """Return the first moment of the year in Beijing."""
    return datetime(now.astimezone(SHANGHAI).year, 1, 1, tzinfo=SHANGHAI)


def quarter_begins(now: datetime) -> datetime:
    """Return the first moment of the quarter in Beijing."""
    local = now.astimezone(SHANGHAI)
    return datetime(local.year, 3 * ((local.month - 1) // 3) + 1, 1, tzinfo=SHANGHAI)


async def overview(rx: Reading, plan: Plan, now: datetime, since: datetime) -> Overview:
    """Return how the bearers of a plan stand with all that ends after a moment and has begun."""
    place, today = plan.jurisdiction.name, now.astimezone(SHANGHAI).date()
    rows = [row for row in await rx.duties.instances(place, plan.id, due_after=since) if row.first <= today]
    books = await rx.duties.books(place, plan.id)
    names = {_bearing(book): _title(plan, book) for book in books}  # the newest book says what its bearer is called
    owing = {_bearing(book) for book in books if book.state == "open"} | {_bearing(row) for row in rows}
    order = sorted((key for key in names if key in owing), key=lambda key: ("role unit body".index(key[0]), key[1]))
    begun = {row.duty for row in rows}
    duties = tuple(duty for duty in plan.duties if duty.id in begun)
    return Overview(plan=plan, now=now, titles={key: names[key] for key in order}, duties=duties, rows=tuple(rows))


def _title(plan: Plan, book: BookRow) -> str:
    return plan.roles[book.bearer].title if book.bearer_kind == "role" and book.bearer in plan.roles else book.title


def to_matrix(found: Overview, since: datetime) -> DutyMatrix:
    """Return the same for a picture: who stands how with which duty."""
    rows = {key: number for number, key in enumerate(found.titles)}
    columns = {duty.id: number for number, duty in enumerate(found.duties)}
    twice = Counter(duty.text for duty in found.duties)
    return DutyMatrix(
        plan=found.plan.title, place=found.plan.jurisdiction.name, since=since, now=found.now,
        bearers=tuple(found.titles.values()),
        duties=tuple((words_of(duty, alone=twice[duty.text] == 1), duty.clause) for duty in found.duties),
        cells={
            (rows[key], columns[duty]): {str(status): number for status, number in counts.items()}
            for (key, duty), counts in found.cells().items()
            if key in rows and duty in columns
        },
    )  # fmt: skip


def to_workbook(found: Sequence[Overview]) -> bytes:
    """Return a matrix of each plan, bearers by duties in colours and words, and all rows behind it."""
    sheets = [_matrix(item, t.MATRIX if len(found) == 1 else item.plan.title) for item in found]
    rows = [row for item in found for row in _rows(item)]
    moment = max((item.now for item in found), default=LONG_AGO)
    return sheets_workbook([*sheets, Sheet(name=t.ROWS, head=t.ROWS_HEAD, rows=rows, fixed=2)], moment)


def _matrix(found: Overview, name: str) -> Sheet:
    cells = found.cells()
    twice = Counter(duty.text for duty in found.duties)
    head = [t.BEARER, *(_head(duty, alone=twice[duty.text] == 1) for duty in found.duties)]
    rows: list[list[str | Shaded]] = [
        [title, *(_cell(cells.get((key, duty.id), Counter())) for duty in found.duties)]
        for key, title in found.titles.items()
    ]
    rows.append([t.MATRIX_NOTE.format(time=found.now.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M"))])
    return Sheet(name=name, head=head, rows=rows)


def _head(duty: Duty, *, alone: bool) -> str:
    """Return what a column is headed by."""
    return words_of(duty, alone=alone) + cite(duty.clause)


def words_of(duty: Duty, *, alone: bool) -> str:
    """Return what a duty is called; where two have the same words, how often it recurs tells them apart."""
    return duty.text if alone else f"{duty.text}，{rules.rhythm(duty)}"


def _cell(counts: Counter[Status]) -> str | Shaded:
    """Return words and colour of several periods; empty where nothing is owed."""
    if not counts:
        return ""
    worst = next(status for status in WORST if counts[status])
    if counts.total() == 1:
        return Shaded(t.STATUS[worst], COLOURS[worst])
    return Shaded(" ".join(f"{t.STATUS[status]}{counts[status]}" for status in WORST if counts[status]), COLOURS[worst])


def _rows(found: Overview) -> Iterable[list[str | Shaded]]:
    duties = {duty.id: duty for duty in found.plan.duties}
    for row in found.rows:
        duty, status = duties.get(row.duty), row.status(found.now)
        yield [
            found.titles.get(_bearing(row), row.bearer), duty.text if duty is not None else row.duty,
            duty.clause if duty is not None else "", rules.period(row.first, row.last, row.name),
            last_day(row.due).isoformat(), Shaded(t.STATUS[status], COLOURS[status]),
            row.settled_at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M") if row.settled_at is not None else "",
            str(row.evidence or ""), found.plan.title,
        ]  # fmt: skip


def last_day(due: datetime) -> date:
    """Return the last day on which something that ends then is in time."""
    return (due - timedelta(microseconds=1)).astimezone(SHANGHAI).date()
