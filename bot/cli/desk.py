"""``tocsin desk``: what the duty desk has on record: ``log`` is the duty log, ``handover`` the hand-overs of shifts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.chinese import commands, group
from bot.cli.database import bound, reading
from bot.cli.output import AsJson, PlanId, Wrong, all_plans, emit, moment

if TYPE_CHECKING:
    from datetime import date, datetime

    from bot.office.log_book import LogBook
    from plans.desk.entry_state import Entry
    from plans.desk.handover_state import Handover
    from plans.model import Plan

app = group("值班室：值班日志、交接班、批示指令。")

From = Annotated[str, typer.Option("--from", metavar="D", help="从哪一天，如 2026-11-30；不写为今天")]
To = Annotated[str, typer.Option("--to", metavar="D", help="到哪一天；不写为今天")]


def log(
    from_: From = "",
    to: To = "",
    plan: PlanId = "",
    docx: Annotated[str, typer.Option("--docx", metavar="FILE", help="另写成文书，按纸质值班日志的样式")] = "",
    xlsx: Annotated[str, typer.Option("--xlsx", metavar="FILE", help="另写成表格")] = "",
    as_json: AsJson = False,
) -> None:
    """值班日志：一天或几天的记录（读数据库，机器人运行时也可用）。含个人信息，请按规定保管。"""
    first, last = days(from_, to)
    files = [(_new(name, ending), ending) for name, ending in ((docx, ".docx"), (xlsx, ".xlsx")) if name]
    found = _read(plan, first, last)
    if files and len(found) != 1:
        raise Wrong(f"一份文件写一个辖区的日志，现在有{len(found)}个；请用 --plan 写明是哪一个")
    for path, ending in files:
        from bot.office.log_files import to_paper, to_workbook

        path.write_bytes(to_paper(found[0]) if ending == ".docx" else to_workbook(found[0]))
    if as_json:
        emit([_shape(entry) for book in found for entry in book.entries])
        return
    _print(found)
    for path, _ in files:
        typer.echo(f"已写到 {path}")


def days(from_: str, to: str) -> tuple[date, date]:
    """Return the days of ``--from`` and ``--to``; today where both are left out."""
    from bot.clock import SHANGHAI

    today = moment("").astimezone(SHANGHAI).date()
    last = _day("--to", to) if to else today
    first = _day("--from", from_) if from_ else min(today, last)
    if first > last:
        raise Wrong(f"--from {first.isoformat()} 晚于 --to {last.isoformat()}")
    return first, last


def _day(option: str, text: str) -> date:
    from datetime import date

    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise Wrong(f"{option} “{text[:40]}”不是日期，应写作 2026-11-30") from None


def _new(name: str, ending: str) -> Path:
    path = Path(name)
    if path.suffix.lower() != ending:
        raise Wrong(f"{name[:200]}：应以 {ending} 结尾，例如 值班日志{ending}")
    if path.exists():
        raise Wrong(f"{name[:200]} 已经有了，没有覆盖；请换一个名字")
    return path


def _read(plan: str, first: date, last: date) -> list[LogBook]:
    """Return the log of each jurisdiction of the chosen plans, of all that a group is bound to where none is named."""
    from bot.office.log_book import log_book

    installed = all_plans()
    if plan and plan not in installed:
        raise Wrong(f"没有“{plan[:60]}”这个预案；可用：{'、'.join(installed)}")

    async def read(rx: Any) -> list[LogBook]:
        plans = [installed[plan]] if plan else await bound(rx, installed)
        places: dict[str, list[Plan]] = {}
        for item in plans:
            places.setdefault(item.jurisdiction.name, []).append(item)
        return [await log_book(rx, items, first, last) for items in places.values()]

    return reading(read)


def _shape(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.stream,
        "number": entry.number,
        "plan": entry.plan,
        "at": _iso(entry.at),
        "written_at": _iso(entry.said_at),
        "by": entry.by_name or None,
        "head": entry.head or None,
        "way": entry.way or None,
        "unit": entry.unit or None,
        "caller": entry.caller or None,
        "phone": entry.phone or None,
        "called_at": _iso(entry.called_at),
        "text": entry.text,
        "wants": [{"due": _iso(want.at), "what": want.what, "words": want.words} for want in entry.wants],
        "replies": [
            {"at": _iso(reply.at), "by": reply.by_name or None, "words": reply.words or None, "waived": reply.waived}
            for reply in entry.replies
        ],
        "state": entry.state,
        "open": entry.open,
        "corrects": entry.corrects_number or None,
        "corrected_by": entry.corrected_number or None,
        "became": [{"id": item.stream, "number": item.number, "drill": item.drill} for item in entry.became],
        "evidence": [
            {"kind": item.partition(":")[0], "digest": entry.files.get(item.partition(":")[2]) or None}
            for item in entry.evidence
        ],
    }


def _iso(moment_: datetime | None) -> str | None:
    from bot.clock import SHANGHAI

    return moment_.astimezone(SHANGHAI).isoformat() if moment_ is not None else None


def _print(found: list[LogBook]) -> None:
    from bot.cli.table import table
    from bot.clock import SHANGHAI
    from bot.office.log_files import checks, hand_overs
    from bot.render.log import mark_of, who, words_in_line
    from bot.render.log_book import state_of

    head = ("时间", "编号", "来电来文", "内容", "情况")
    for book in found:
        for page in book.days:
            typer.echo(f"■ {book.place}　{page.day.isoformat()}　{page.weather}")
            rows = [
                (f"{entry.at.astimezone(SHANGHAI):%H:%M}", str(entry.number), who(entry), words_in_line(entry),
                 mark_of(entry) or state_of(entry))
                for entry in page.happened
            ]  # fmt: skip
            for line in table(rows, head, indent=0) if rows else ["没有记录。"]:
                typer.echo(line)
            for name, lines in (("交接", hand_overs(page)), ("抽查", checks(page))):
                for line in lines:
                    typer.echo(f"{name}：{line}")
    if not any(page.entries or page.seats or page.checks for book in found for page in book.days):
        typer.echo("这几天没有记录。值班员在私聊或指挥群里发 记 …，或 /log 加一句话。")


def handover(from_: From = "", to: To = "", plan: PlanId = "", as_json: AsJson = False) -> None:
    """交接班：一天或几天的交接记录（读数据库，机器人运行时也可用）。含个人信息，请按规定保管。"""
    from bot.office.handover import handovers_of, to_json
    from bot.render.handover import line_of

    first, last = days(from_, to)
    installed = all_plans()
    if plan and plan not in installed:
        raise Wrong(f"没有“{plan[:60]}”这个预案；可用：{'、'.join(installed)}")

    async def read(rx: Any) -> list[Handover]:
        plans = [installed[plan]] if plan else await bound(rx, installed)
        return await handovers_of(rx, plans, since=first, until=last)

    found = reading(read)
    if as_json:
        emit([to_json(state) for state in found])
        return
    for state in found:
        typer.echo(line_of(state))
    if not found:
        typer.echo("这几天没有交接班记录。值班员发 /shift 接班时记下。")


def instructions(from_: From = "", to: To = "", plan: PlanId = "", as_json: AsJson = False) -> None:
    """批示、指令：一天或几天记下的，和以前没办结的（读数据库，机器人运行时也可用）。含个人信息，请按规定保管。"""
    from bot.cli.desk_instructions import show

    first, last = days(from_, to)
    show(first, last, plan, as_json=as_json)


commands(app, "log")(log)
commands(app, "handover")(handover)
commands(app, "instructions")(instructions)
