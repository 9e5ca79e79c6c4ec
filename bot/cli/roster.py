"""``tocsin roster``: the duty roster, imported from a table or a calendar, shown and exported; who is on duty now."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.chinese import commands, group
from bot.cli.database import address, reading, told
from bot.cli.output import AsJson, Wrong, all_plans, emit, existing, moment
from bot.clock import SHANGHAI
from plans.roster.duty import FIRST

if TYPE_CHECKING:
    from plans.model import Plan
    from plans.roster import Reading, Turn

roster = group("值班表：导入表格或日历，查看，导出，看现在谁值班。")

Which = Annotated[str, typer.Option("--plan", metavar="PLAN", help="预案，如 jincheng-chengqu-campus")]
Days = Annotated[int, typer.Option("--days", metavar="N", help="从今天起几天，1到400", min=1, max=400)]
HEAD = ("日期", "班次", "带班领导", "主班", "副班", "电话")


def import_(
    file: Annotated[str, typer.Argument(metavar="FILE", help="值班表：.xlsx、.csv，或日历 .ics")],
    plan: Which,
    yes: Annotated[bool, typer.Option("--yes", help="确认写入；不写只显示会写什么")] = False,
    as_json: AsJson = False,
) -> None:
    """导入值班表：先显示读到什么、哪几行没有读懂，加 --yes 才写入。写入的日子，原有的班次会被替换。

    表头要有“日期”和“主班”（或“值班员”），可有班次、带班领导、副班、电话。

    例如：2026-11-27,夜班,孙主任,赵值班,钱值班,0356-2250777
    """
    found, turned = _plan(plan), _read(existing(Path(file)))
    if yes and turned.turns:
        told(lambda: _write(found, turned))
    if as_json:
        emit(
            {
                "turns": [_shown(turn) for turn in turned.turns],
                "problems": [{"line": item.line, "text": item.text} for item in turned.problems],
                "tentative": [day.isoformat() for day in turned.tentative],
                "written": yes and bool(turned.turns),
            }
        )
    else:
        _tell(turned, yes)
    raise typer.Exit(1 if turned.problems else 0)


def _tell(turned: Reading, yes: bool) -> None:
    for turn in turned.turns:
        typer.echo(_line(turn))
    for item in turned.problems:
        typer.echo(f"第{item.line}行没有读懂：{item.text}")
    for year in sorted({day.year for day in turned.tentative}):
        typer.echo(f"{year}年的放假安排还没有公布：工作日按星期六、星期日休息暂定。可在 TOCSIN_CALENDAR_FILE 里写明。")
    end = "" if yes or not turned.turns else "；这只是预览，加 --yes 才写入"
    typer.echo(
        f"{'已写入' if yes else '读到'}{len(turned.turns)}条{end}。"
        if turned.turns
        else "没有读到值班安排，什么也没有改。"
    )


def show(plan: Which, days: Days = 14, as_json: AsJson = False) -> None:
    """显示今天起的值班表。"""
    turns = _coming(_plan(plan), days)
    if as_json:
        emit([_shown(turn) for turn in turns])
        return
    for turn in turns:
        typer.echo(_line(turn))
    if not turns:
        typer.echo("这些天没有值班安排。用 tocsin roster import 导入。")


def export(
    file: Annotated[str, typer.Argument(metavar="FILE", help="写到哪个文件：.xlsx 或 .csv；已有的不覆盖")],
    plan: Which,
    days: Days = 60,
    as_json: AsJson = False,
) -> None:
    """导出今天起的值班表，改好可以再导入。"""
    import csv
    import io

    from bot.exchange.tables import workbook
    from bot.private import write_private
    from plans.roster.duty import LEADER, SECOND

    path = Path(file)
    if path.suffix.lower() not in (".xlsx", ".csv"):
        raise Wrong(f"{file[:200]}：应以 .xlsx 或 .csv 结尾，例如 值班表.xlsx")
    if path.exists():
        raise Wrong(f"{file[:200]} 已经有了，没有覆盖；请换一个名字")
    turns = _coming(_plan(plan), days)
    rows = []
    for begins, ends in sorted({(turn.begins, turn.ends) for turn in turns}):
        same = [turn for turn in turns if (turn.begins, turn.ends) == (begins, ends)]
        people = ["、".join(turn.name for turn in same if turn.kind == kind) for kind in (LEADER, FIRST, SECOND)]
        phone = next((turn.phone for turn in same if turn.phone), "")
        rows.append([begins.date().isoformat(), f"{begins:%H:%M}-{ends:%H:%M}", *people, phone])
    if path.suffix.lower() == ".xlsx":
        write_private(path, workbook(HEAD, rows))
    else:
        text = io.StringIO()
        csv.writer(text).writerows([HEAD, *rows])
        write_private(path, "\ufeff" + text.getvalue())
    if as_json:
        emit([_shown(turn) for turn in turns])
        return
    typer.echo(f"已导出{len(rows)}个班次到 {file}")


def now(as_json: AsJson = False) -> None:
    """现在谁值班：各预案的值班席、值班表上的人、下一班；不一致时退出码为1。"""
    from bot.render.roster import watches
    from bot.service.roster import watch

    at, plans = moment(""), all_plans()

    async def read(rx: Any) -> list[Any]:
        ids = [item for place in await rx.places.bound() for item in await rx.places.plans_of(place.id)]
        return [await watch(rx, plans[item], at) for item in dict.fromkeys(ids) if item in plans]

    found = reading(read)
    first = [next((turn for turn in item.now if turn.kind == FIRST), None) for item in found]
    differs = [
        turn is not None and (item.seat is None or item.seat.name != turn.name)
        for item, turn in zip(found, first, strict=True)
    ]
    if as_json:
        emit(
            [
                {
                    "plan": item.plan.id,
                    "seat": item.seat.name if item.seat is not None else None,
                    "now": [_shown(turn) for turn in item.now],
                    "next": [_shown(turn) for turn in item.following],
                    "differs": other,
                }
                for item, other in zip(found, differs, strict=True)
            ]
        )
    else:
        for item in found:
            seat = (item.seat.name, item.seat.since) if item.seat is not None else None
            typer.echo(watches(item.plan.title, at, item.now, item.following, seat).text)
        if not found:
            typer.echo("还没有绑定预案：请先在指挥群里发 /bind。")
    raise typer.Exit(1 if any(differs) else 0)


def _plan(name: str) -> Plan:
    plans = all_plans()
    if name not in plans:
        raise Wrong(f"没有“{name[:60]}”这个预案；可用：{'、'.join(plans)}")
    return plans[name]


def _read(path: Path) -> Reading:
    from bot.exchange.calendars import turns_of
    from bot.exchange.tables import BadFile, rows_of
    from bot.workdays import BadCalendar, read_calendar
    from plans.roster import BadRoster, Reading, read_roster

    content = path.read_bytes()
    try:
        if path.suffix.lower() == ".ics":
            return Reading(turns=tuple(turns_of(content)))
        calendar = read_calendar(_calendar())
        return read_roster(rows_of(path.name, content), moment("").astimezone(SHANGHAI), calendar)
    except (BadFile, BadRoster, BadCalendar) as problem:
        raise Wrong(f"{path.name}：{problem}") from None


def _calendar() -> Path | None:
    import os

    given = os.environ.get("TOCSIN_CALENDAR_FILE", "")
    return Path(given) if given else None


async def _write(plan: Plan, turned: Reading) -> None:
    import secrets

    from bot.clock import SystemClock
    from bot.service.roster import write_roster
    from storage import open_store

    async with await open_store(address()) as store, store.writing() as tx:
        cause = f"cli:roster:{secrets.token_hex(8)}"
        await write_roster(tx, plan, turned.turns, actor="cli", cause=cause, now=SystemClock().now())


def _coming(plan: Plan, days: int) -> list[Turn]:
    from bot.service.roster import turns_between

    today = datetime.combine(moment("").astimezone(SHANGHAI).date(), datetime.min.time(), SHANGHAI)

    async def read(rx: Any) -> list[Turn]:
        return await turns_between(rx, plan, today, today + timedelta(days=days))

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


commands(roster, "import")(import_)
commands(roster, "show")(show)
commands(roster, "export")(export)
commands(roster, "now")(now)
