"""Statistics as a paper and a workbook: figures, units, duties, how each is counted, the rows behind each figure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.exchange.paper import laid_out
from bot.exchange.sheets import Sheet, sheets_workbook
from bot.render.statistics import about, period_name, place_of
from bot.render.statistics_cells import cells
from bot.render.statistics_figures import clauses_of
from bot.render.statistics_lines import lasted
from bot.render.statistics_paper import paper
from bot.render.statistics_rows import Names, title_of
from bot.texts import statistics as t
from bot.texts import words as w
from plans.model import Plan
from plans.statistics.figures import Figure, figure, figures_seen
from plans.statistics.rows import Found
from plans.statistics.statistics import Answers, Duties, Source, Spread, Statistics
from plans.statistics.tally import Selection
from storage.transaction import Reading

MOST_ROWS = 2000
"""Rows of one topic in a workbook that is made for a chat; the newest are left out, and it is said."""

_PARTS = 500
"""Rows that are read at once."""


@dataclass(frozen=True, kw_only=True)
class Material:
    """Statistics with the rows behind them, by topic.

    Attributes:
        numbers: how many rows each topic has, of which perhaps not all are in ``rows``.
    """

    found: Statistics
    names: Names
    rows: Mapping[str, list[Found]]
    numbers: Mapping[str, int]


async def material(
    rx: Reading, found: Statistics, selection: Selection, names: Names, *, most: int = MOST_ROWS
) -> Material:
    """Return statistics with their rows, at most so many of each topic."""
    rows: dict[str, list[Found]] = {}
    numbers: dict[str, int] = {}
    now = found.at
    for topic in t.ROW_SHEETS:
        asked = figure(topic)
        numbers[topic] = await rx.statistics.number_of(asked, selection, now)
        rows[topic] = []
        while len(rows[topic]) < min(most, numbers[topic]):
            limit = min(_PARTS, most - len(rows[topic]))
            more = await rx.statistics.rows(asked, selection, now, limit=limit, offset=len(rows[topic]))
            rows[topic] += more
            if not more:
                break
    return Material(found=found, names=names, rows=rows, numbers=numbers)


def to_paper(found: Statistics, signed_by: str = "") -> bytes:
    """Return statistics as an official paper (docx); the same statistics give the same bytes."""
    return laid_out(paper(found, signed_by), found.at)


def to_workbook(given: Material) -> bytes:
    """Return a workbook in which each cell is text; the same statistics give the same bytes."""
    found, plans = given.found, given.names.plans
    sheets = [
        Sheet(name=t.SUMMARY_SHEET, head=t.SUMMARY_HEAD, rows=list(summary(found, given.names)), fixed=2),
        Sheet(name=t.UNIT_SHEET, head=t.UNIT_HEAD, rows=list(_units(found, plans)), fixed=1),
    ]
    if found.duties is not None:
        sheets.append(Sheet(name=t.DUTY_SHEET, head=t.DUTY_HEAD, rows=list(_duties(found, plans)), fixed=1))
    sheets.append(Sheet(name=t.NOTES_SHEET, head=t.NOTES_HEAD, rows=list(_notes(found, plans))))
    sheets += [_rows(given, topic) for topic in t.ROW_SHEETS if given.rows[topic]]
    return sheets_workbook(sheets, found.at)


def _rows(given: Material, topic: str) -> Sheet:
    rows = [cells(item, given.names) for item in given.rows[topic]]
    if len(rows) < given.numbers[topic]:
        rows.append([t.ROWS_CUT.format(count=len(rows), total=given.numbers[topic])])
    return Sheet(name=t.ROW_SHEETS[topic], head=t.ROW_HEADS.get(topic, t.ROW_HEADS[""]), rows=rows)


def summary(found: Statistics, names: Names) -> Iterable[list[str]]:
    """Yield every figure that is not one of a unit or a duty, with its spread and clauses."""
    yield [place_of(found), period_name(found.period), "", "", "", "", "", about(found).plain.replace("\n", " "), ""]
    if found.own:
        yield [t.OF_OWN.format(units=w.LIST.join(found.own)), "", "", "", "", "", "", "", ""]
    for item, number in figures_seen(found):
        where = dict(item.where)
        if where.keys() & {"duty", "bearer"} or (item.topic in ("answer", "arrival", "waking") and "key" in where):
            continue  # units and duties have sheets of their own
        yield [
            _topic_title(item), title_of(item, names), str(number), *_times(_spread_of(found, item)),
            clauses_of(_sources_of(found, item), names.plans), str(item),
        ]  # fmt: skip


def _topic_title(item: Figure) -> str:
    return t.TITLES.get(item.topic, item.topic)


def _spread_of(found: Statistics, item: Figure) -> Spread | None:
    where = dict(item.where)
    if item.topic in ("report", "others") and where.get("outcome") == "late":
        reports = found.reports if item.topic == "report" else found.others
        return next((stage.lateness for stage in reports if stage.stage == where["key"]), None)
    if item.topic == "level":
        return next((one.time for one in found.levels if (one.plan, one.level) == (where["plan"], where["key"])), None)
    if item.topic == "arrival" and not where:
        return found.answers.arrival
    if item.topic == "spot" and not where:
        return found.spot_checks.time
    if item.topic in ("answer", "waking") and where == {"outcome": "answered|declined"}:
        return (found.answers if item.topic == "answer" else found.warnings.woken).time
    return None


def _sources_of(found: Statistics, item: Figure) -> tuple[Source, ...]:
    where = dict(item.where)
    if item.topic in ("report", "others"):
        reports = found.reports if item.topic == "report" else found.others
        return next((stage.sources for stage in reports if stage.stage == where.get("key")), ())
    if item.topic == "level":
        return tuple(one.source for one in found.levels if (one.plan, one.level) == (where["plan"], where["key"]))
    return ()


def _times(found: Spread | None) -> list[str]:
    if found is None:
        return ["", "", "", ""]
    return [lasted(value) for value in (found.median, found.lower, found.upper, found.worst)]


def _units(found: Statistics, plans: Mapping[str, Plan]) -> Iterable[list[str]]:
    for kind, units in ((t.UNIT_CALL, found.units), (t.UNIT_WARNING, found.warnings.units)):
        for unit in units:
            yield _unit(unit, kind, plans)


def _unit(unit: Answers, kind: str, plans: Mapping[str, Plan]) -> list[str]:
    median, _, _, worst = _times(unit.time)
    return [
        unit.title, _plan_title(unit.plan, plans), kind, str(unit.called), str(unit.answered), str(unit.declined),
        str(unit.silent), median, worst,
    ]  # fmt: skip


def _plan_title(plan: str, plans: Mapping[str, Plan]) -> str:
    return plans[plan].title if plan in plans else plan


def _duties(found: Statistics, plans: Mapping[str, Plan]) -> Iterable[list[str]]:
    for item in (*found.by_duty, *found.by_bearer):
        yield _duty(item, plans)


def _duty(item: Duties, plans: Mapping[str, Plan]) -> list[str]:
    clause = item.source.clause if item.source is not None else ""
    counts = [str(getattr(item, name)) for name in t.STATUS]
    return [item.title, _plan_title(item.plan, plans), clause, str(item.number), *counts]


def _notes(found: Statistics, plans: Mapping[str, Plan]) -> Iterable[list[str]]:
    for name, text in t.DEFINITIONS.items():
        topic = name.partition(":")[0]
        sources: tuple[Source, ...] = ()
        if topic in ("report", "others"):
            reports = found.reports if topic == "report" else found.others
            sources = tuple(source for stage in reports for source in stage.sources)
        elif topic == "level":
            sources = tuple(item.source for item in found.levels)
        elif topic == "duty":
            sources = tuple(item.source for item in found.by_duty if item.source is not None)
        yield [t.DEFINITION_NAMES[name], text, clauses_of(sources, plans) or t.LOCAL]


def file_name(template: str, found: Statistics) -> str:
    """Return what a file is called."""
    return template.format(place=place_of(found), period=period_name(found.period))
