"""``tocsin stats``: what is counted of a period in the configured database, and the rows behind each figure."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.database import reading
from bot.cli.output import AsJson, Now, PlanId, Wrong, all_plans, emit, moment

if TYPE_CHECKING:
    from datetime import datetime

    from bot.office.statistics_files import Material
    from bot.render.statistics_rows import Names
    from plans.model import Plan
    from plans.statistics.figures import Figure
    from plans.statistics.rows import Found
    from plans.statistics.tally import Selection
    from plans.times.calendar_periods import CalendarPeriod

MOST_ROWS = 20_000
"""Rows of one topic in a workbook that is made here."""


def stats(
    period: Annotated[str, typer.Option("--period", metavar="期间", help="本月、上月、本季、本年、去年、2026-11、"
                                        "2026Q3、2026、11月1日至15日；不写为本月")] = "",
    plan: PlanId = "",
    jurisdiction: Annotated[
        str, typer.Option("--jurisdiction", metavar="辖区", help="哪个辖区，或 合计；只有一个时可以不写")
    ] = "",
    drills: Annotated[bool, typer.Option("--drills", help="只计演练")] = False,
    rows: Annotated[str, typer.Option("--rows", metavar="FIGURE", help="列出一个数后面的明细；编号见总表第一列")]
    = "",
    xlsx: Annotated[str, typer.Option("--xlsx", metavar="FILE", help="另写成表格，含每个数的明细")] = "",
    docx: Annotated[str, typer.Option("--docx", metavar="FILE", help="另写成文书")] = "",
    now: Now = "",
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """统计一个期间：事件、报送、应答、处置、预警、职责（读数据库，机器人运行时也可用）。

    按接报的北京时间归期；演练不计入；报送按通话时间算是否按时。怎样算的见 docs/statistics.md。
    例如 tocsin stats --period 上月，tocsin stats --rows report:key=first,outcome=late。
    """
    from bot.office.statistics_files import to_paper, to_workbook
    from plans.statistics.figures import figures, parse

    figure = parse(rows) if rows else None
    if rows and figure is None:
        raise Wrong(f"--rows “{rows[:80]}”不是一个数的编号；编号见 tocsin stats 总表第一列，如 report:key=first")
    files = [(name, _new(name, ending)) for name, ending in ((xlsx, ".xlsx"), (docx, ".docx")) if name]
    at = moment(now)
    given, found_rows = _read(_period(period or "本月", at), plan, jurisdiction, drills, figure, at, whole=bool(xlsx))
    for name, path in files:
        path.write_bytes(to_workbook(given) if name is xlsx else to_paper(given.found))
    if figure is not None:
        _print_rows(found_rows, given.names, as_json)
    elif as_json:
        emit({**given.found.as_json(), "figures": {str(item): number for item, number in figures(given.found)}})
    else:
        _print(given)
    if not as_json:
        for _, path in files:
            typer.echo(f"已写到 {path}")


def _new(name: str, ending: str) -> Path:
    path = Path(name)
    if path.suffix.lower() != ending:
        raise Wrong(f"{name[:200]}：应以 {ending} 结尾，例如 统计{ending}")
    if path.exists():
        raise Wrong(f"{name[:200]} 已经有了，没有覆盖；请换一个名字")
    return path


def _period(text: str, at: datetime) -> CalendarPeriod:
    from bot.clock import SHANGHAI
    from plans.times.calendar_periods import period_of

    found = period_of(text, at.astimezone(SHANGHAI).date())
    if found is None:
        raise Wrong(
            f"--period “{text[:60]}”看不懂，应写作 本月、上月、本季、本年、去年、2026-11、2026年11月、2026、2026Q3 或"
            " 2026-11-01至2026-11-15"
        )
    return found


def _read(
    period: CalendarPeriod, plan: str, jurisdiction: str, drills: bool, figure: Figure | None, at: datetime, *,
    whole: bool,
) -> tuple[Material, list[Found]]:  # fmt: skip
    from bot.cases.body_lists import BodyLists
    from bot.cases.plan_registry import PlanRegistry
    from bot.office.statistics import counted, names_of, places_of
    from bot.office.statistics_files import Material, material
    from plans.statistics.tally import Selection

    registry = PlanRegistry(all_plans())

    async def read(rx: Any) -> tuple[Material, list[Found]]:
        (place, ids), *beside = _where(await places_of(registry, rx), plan, jurisdiction)
        selection = Selection(jurisdiction=place, plans=ids, period=period, drills=drills, beside=tuple(beside))
        names = await names_of(registry, BodyLists(), rx, selection, at)
        found = await counted(rx, selection, names)
        if whole:
            given = await material(rx, found, selection, names, most=MOST_ROWS)
        else:
            given = Material(found=found, names=names, rows={}, numbers={})
        return given, [] if figure is None else await _rows(rx, figure, selection, at)

    return reading(read)


async def _rows(rx: Any, figure: Figure, selection: Selection, at: datetime) -> list[Found]:
    found: list[Found] = await rx.statistics.rows(figure, selection, at, limit=MOST_ROWS)
    return found


def _where(places: list[tuple[str, Plan]], plan: str, jurisdiction: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return each jurisdiction that is meant with its plans; several are added up only where that is asked for."""
    from bot.texts.statistics import SUM, SUM_WORDS

    together = jurisdiction in SUM_WORDS
    one = "" if together else jurisdiction
    fits = [(place, item.id) for place, item in places if plan in ("", item.id) and one in ("", place)]
    names = list(dict.fromkeys(place for place, _ in fits))
    if len(names) == 1 or (names and together):
        return [(name, tuple(item for place, item in fits if place == name)) for name in names]
    known = "、".join(dict.fromkeys(f"{place}（{item.id}）" for place, item in places)) or "还没有绑定预案的群"
    if not names:
        raise Wrong(f"数据库里没有这个辖区或预案；现有：{known}")
    raise Wrong(f"有几个辖区，请用 --jurisdiction 指明：{'、'.join(names)}，或 {SUM}")


def _print(given: Material) -> None:
    from bot.cli.table import table
    from bot.office.statistics_files import summary
    from bot.render.statistics import head
    from bot.render.statistics_lines import six_lines
    from bot.texts import statistics as t

    typer.echo(head(given.found).plain)
    for key, text in six_lines(given.found):
        typer.echo(f"{t.NAMES[key]}　{text}")
    typer.echo("")
    told = [row for row in summary(given.found, given.names) if row[2] not in ("", "0")]
    columns = (8, 1, 2, 3, 6)
    for line in table([tuple(row[n] for n in columns) for row in told], [t.SUMMARY_HEAD[n] for n in columns], indent=0):
        typer.echo(line)


def _print_rows(found: list[Found], names: Names, as_json: bool) -> None:
    if as_json:
        emit([_shape(item) for item in found])
        return
    from bot.render.statistics_rows import line

    for item in found:
        typer.echo(str(getattr(said := line(item, names), "plain", said)))
    if not found:
        typer.echo("没有这样的记录。")


def _shape(item: Found) -> dict[str, Any]:
    from plans.statistics.statistics import plain

    data: dict[str, Any] = {}
    if item.case is not None:
        case = plain(item.case)
        del case["rows"]
        data |= case
    if item.row is not None:
        data["row"] = plain(item.row)
    if item.duty is not None:
        data |= plain(item.duty)
    return data
