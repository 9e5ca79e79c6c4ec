"""``tocsin roster``: the duty roster, imported from a table or a calendar, shown and exported; who is on duty now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.chinese import commands, group
from bot.cli.database import address, attempt, bound, reading
from bot.cli.output import AsJson, Wrong, all_plans, emit, existing, moment, new_table
from bot.clock import SHANGHAI

if TYPE_CHECKING:
    from bot.outgoing.serving import Serving
    from plans.model import Plan
    from plans.roster import Reading, Turn

app = group("值班表：导入表格或日历，查看，导出，看现在谁值班。")

Which = Annotated[str, typer.Option("--plan", metavar="PLAN", help="预案，如 jincheng-chengqu-campus")]
Days = Annotated[int, typer.Option("--days", metavar="N", help="从今天起几天，1到400", min=1, max=400)]


def import_(
    file: Annotated[str, typer.Argument(metavar="FILE", help="值班表：.xlsx、.csv，或日历 .ics")],
    plan: Which,
    yes: Annotated[bool, typer.Option("--yes", help="确认写入；不写只显示会写什么")] = False,
    as_json: AsJson = False,
) -> None:
    """导入值班表：先显示读到什么、哪几行没有读懂，加 --yes 才写入。写入的日子，原有的班次会被替换。

    表头要有“日期”和“主班”（或“值班员”），可有班次、带班领导、副班、电话；一月一张工作表、两个半月并排、白班夜班各一列都可以。

    隐藏的行、列、工作表和不认识的列不读，会一一说明。没有登记的人也会列出。

    例如：2026-11-27,夜班,孙主任,赵值班,钱值班,0356-2250777
    """
    path, installed_plan = existing(Path(file)), _plan(plan)
    turned = _read(path, installed_plan)
    strangers, falling = _looked_up(installed_plan, turned.turns)
    if yes and turned.turns:
        attempt(lambda: _write(installed_plan, turned))
    if as_json:
        emit(
            {
                "turns": [_shown(turn) for turn in turned.turns],
                "problems": [
                    {"line": item.line, "text": item.text, "sheet": item.sheet or None} for item in turned.problems
                ],
                "unread": list(turned.unread),
                "unregistered": None
                if strangers is None
                else [*strangers.names, *strangers.several, *dict.fromkeys(one.name for one in strangers.elsewhere)],
                "undone": [{**_shown(turn), "served_by": name or None} for turn, name in falling],
                "tentative": [day.isoformat() for day in turned.tentative],
                "written": yes and bool(turned.turns),
            }
        )
    else:
        _tell(turned, yes, strangers, falling, "第{line}个事项" if path.suffix.lower() == ".ics" else "第{line}行")
    raise typer.Exit(1 if turned.problems else 0)


def _tell(turned: Reading, yes: bool, strangers: Any, falling: list[tuple[Turn, str]], place: str) -> None:
    from bot.render.roster import double_turns, undone_lines, unregistered_lines

    for turn in turned.turns:
        typer.echo(_line(turn))
    for item in turned.problems:
        sheet = f"工作表“{item.sheet}”" if item.sheet else ""
        typer.echo(f"{sheet}{place.format(line=item.line)}没有读懂：{item.text}")
    for note in turned.unread:
        typer.echo(note)
    for line in unregistered_lines(strangers) if strangers else ():
        typer.echo(line)
    for line in undone_lines(falling, moment("")) if falling else ():
        typer.echo(line)
    if names := double_turns(turned.turns):
        typer.echo(f"同时有两班的人：{'、'.join(names)}")
    for year in sorted({day.year for day in turned.tentative}):
        typer.echo(f"{year}年的放假安排还没有公布：工作日按星期六、星期日休息暂定。可在 TOCSIN_CALENDAR_FILE 里写明。")
    end = "" if yes or not turned.turns else "；这只是预览，加 --yes 才写入"
    typer.echo(
        f"{'已写入' if yes else '读到'}{len(turned.turns)}条{end}。"
        if turned.turns
        else "没有读到值班安排，什么也没有改。"
    )


def _looked_up(plan: Plan, turns: Sequence[Turn]) -> tuple[Any, list[tuple[Turn, str]]]:
    """Return the names that lead to nobody, None where there is no database yet; what would fall through."""
    from bot.office.roster import undone, unmatched_names
    from storage import StoreMissing, open_store

    async def read() -> tuple[Any, list[tuple[Turn, str]]]:
        try:
            store = await open_store(address(), read_only=True)
        except StoreMissing:
            return None, []
        async with store, store.reading() as rx:
            return await unmatched_names(rx, plan, turns), await undone(rx, plan, turns, moment(""))

    return attempt(read)


def show(plan: Which, days: Days = 14, as_json: AsJson = False) -> None:
    """显示今天起的值班表，谁替谁值班写在行末。"""
    served = _coming(_plan(plan), days)
    if as_json:
        emit([{**_shown(item.turn), "instead_of": item.written.name if item.instead else None} for item in served])
        return
    for item in served:
        typer.echo(f"{_line(item.turn)}{f'  替{item.written.name}' if item.instead else ''}")
    if not served:
        typer.echo("这些天没有值班安排。用 tocsin roster import 导入。")


def export(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="写到哪个文件：.xlsx、.csv 表格，.ics 日历；已有的不覆盖")
    ],
    plan: Which,
    days: Days = 60,
    as_json: AsJson = False,
) -> None:
    """导出今天起的值班表，写的是实际值班的人；改好可以再导入，.ics 可放进手机的日历。"""
    from bot.exchange.calendars import calendar_of
    from bot.exchange.tables import comma_separated, workbook
    from bot.private import write_private
    from plans.roster.writing import HEAD, cells_of

    path = new_table(file, ".ics", "日历", "值班表.xlsx")
    suffix = path.suffix.lower()
    turns = [item.turn for item in _coming(_plan(plan), days)]
    if suffix == ".ics":
        write_private(path, calendar_of(turns, moment("")))
    else:
        write_private(path, (workbook if suffix == ".xlsx" else comma_separated)(HEAD, cells_of(turns)))
    if as_json:
        emit([_shown(turn) for turn in turns])
        return
    shifts = len({(turn.begins, turn.ends) for turn in turns})
    typer.echo(f"已导出{shifts}个班次到 {file}")


def now(as_json: AsJson = False) -> None:
    """现在谁值班：各预案的值班席、值班表上的人、下一班；不一致时退出码为1。"""
    from bot.office.roster import watch
    from bot.render.roster import watches

    at, plans = moment(""), all_plans()

    async def read(rx: Any) -> list[Any]:
        return [await watch(rx, plan, at) for plan in await bound(rx, plans)]

    duties = reading(read)
    if as_json:
        emit(
            [
                {
                    "plan": item.plan.id,
                    "seat": item.seat.name if item.seat is not None else None,
                    "now": [_shown(turn) for turn in item.now],
                    "next": [_shown(turn) for turn in item.following],
                    "differs": not item.fits,
                }
                for item in duties
            ]
        )
    else:
        for item in duties:
            seat = (item.sits, item.seat.since) if item.seat is not None else None
            typer.echo(watches(item.plan.title, at, item.now, item.following, seat, fits=item.fits).text)
        if not duties:
            typer.echo("还没有绑定预案：请先在指挥群里发 /bind。")
    raise typer.Exit(0 if all(item.fits for item in duties) else 1)


def _plan(name: str) -> Plan:
    plans = all_plans()
    if name not in plans:
        raise Wrong(f"没有“{name[:60]}”这个预案；可用：{'、'.join(plans)}")
    return plans[name]


def _read(path: Path, plan: Plan) -> Reading:
    from bot.exchange.calendars import turns_of
    from bot.exchange.tables import BadFile, tables_of
    from bot.workdays import BadCalendar, read_calendar
    from plans.roster import BadRoster, read_book

    content, now, area = path.read_bytes(), moment("").astimezone(SHANGHAI), plan.jurisdiction.area_code
    try:
        if path.suffix.lower() == ".ics" or content.lstrip(b"\xef\xbb\xbf \r\n")[:15].upper() == b"BEGIN:VCALENDAR":
            return turns_of(content, now, area)
        return read_book(tables_of(path.name, content), now, read_calendar(_calendar()), area)
    except (BadFile, BadRoster, BadCalendar) as problem:
        raise Wrong(f"{path.name}：{problem}") from None


def _calendar() -> Path | None:
    from bot.config import WrongSetting, calendar_file

    try:
        return calendar_file()
    except WrongSetting as problem:
        raise Wrong(str(problem)) from None


async def _write(plan: Plan, turned: Reading) -> None:
    import secrets

    from bot.clock import SystemClock
    from bot.office.roster import write_roster
    from storage import open_store

    async with await open_store(address()) as store, store.writing() as tx:
        cause = f"cli:roster:{secrets.token_hex(8)}"
        await write_roster(tx, plan, turned.turns, actor="cli", cause=cause, now=SystemClock().now())


def _coming(plan: Plan, days: int) -> list[Serving]:
    from bot.outgoing.serving import serving

    today = datetime.combine(moment("").astimezone(SHANGHAI).date(), datetime.min.time(), SHANGHAI)

    async def read(rx: Any) -> list[Serving]:
        return await serving(rx, plan, today, today + timedelta(days=days))

    return reading(read)


def _line(turn: Turn) -> str:
    phone = f"  {turn.phone}" if turn.phone else ""
    return f"{turn.begins:%Y-%m-%d %H:%M}–{turn.ends:%m-%d %H:%M}  {turn.kind}  {turn.name}{phone}"


def _shown(turn: Turn) -> dict[str, object]:
    return {
        "begins": turn.begins.isoformat(),
        "ends": turn.ends.isoformat(),
        "kind": turn.kind,
        "name": turn.name,
        "phone": turn.phone or None,
    }


commands(app, "import")(import_)
commands(app, "show")(show)
commands(app, "export")(export)
commands(app, "now")(now)
