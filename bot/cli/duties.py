"""``tocsin duties``: the duties of the plans, and how those who bear them stand in the configured database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.chinese import commands, group
from bot.cli.database import reading
from bot.cli.output import AsJson, Now, PlanId, Wrong, chosen, emit, moment

if TYPE_CHECKING:
    from datetime import datetime

    from bot.office.duty_overview import Overview
    from plans.model import Duty, Plan

app = group("日常职责：预案里的清单，各单位办得怎样，导出总表。")


def list_(plan: PlanId = "", as_json: AsJson = False) -> None:
    """列出预案里的日常职责：谁，做什么，多久一次，要交什么。"""
    plans = chosen(plan)
    rows = [_shape(item, duty) for item in plans for duty in item.duties]
    if as_json:
        emit(rows)
        return
    from bot.cli.table import table
    from bot.render import rules

    head = ("条款", "责任主体", "职责", "周期", "材料")
    for item in plans:
        items = [
            (duty.clause, rules.borne_by(item, duty), duty.text, rules.rhythm(duty), rules.evidence(duty))
            for duty in item.duties
        ]
        typer.echo(f"■ {item.title}（{item.id}）")
        for line in table(items, head, indent=0) or ["没有日常职责。"]:
            typer.echo(line)


def _shape(plan: Plan, duty: Duty) -> dict[str, Any]:
    from bot.exchange.recurrence import recurrence
    from bot.render.rules import borne_by, often
    from plans.bearers import bearers

    return {
        "plan": plan.id,
        "id": duty.id,
        "clause": duty.clause,
        "bearer": borne_by(plan, duty),
        "bearers": [{"kind": item.kind, "id": item.id, "title": item.title} for item in bearers(plan, duty)],
        "text": duty.text,
        "period": duty.period,
        "every": recurrence(duty.every),
        "often": often(duty.every) if duty.every is not None else None,
        "standing": duty.every is None,
        "evidence": duty.evidence,
        "drill": duty.drill,
        "upkeep": duty.upkeep or None,
    }


def show(plan: PlanId = "", now: Now = "", as_json: AsJson = False) -> None:
    """显示各责任主体今年的每一期办得怎样（读数据库，机器人运行时也可用）。"""
    found = _read(chosen(plan), moment(now))
    if as_json:
        emit([row for item in found for row in _rows(item)])
        return
    from bot.cli.table import table
    from bot.office.duty_overview import last_day
    from bot.render import rules
    from bot.texts.duty import STATUS

    head = ("责任主体", "职责", "期", "截止", "情况")
    for item in found:
        items = [
            (data["bearer"], data["text"], rules.period(row.first, row.last, row.name), last_day(row.due).isoformat(),
             STATUS[data["status"]])
            for row, data in zip(item.rows, _rows(item), strict=True)
        ]  # fmt: skip
        if items:
            typer.echo(f"■ {item.plan.title}（{item.plan.id}）")
        for line in table(items, head, indent=0) if items else ():
            typer.echo(line)
    if not any(item.rows for item in found):
        typer.echo("还没有职责簿；管理员在群里或私聊发 /duties 启用 后才建立。")


def _rows(found: Overview) -> list[dict[str, Any]]:
    from bot.clock import SHANGHAI

    duties = {duty.id: duty for duty in found.plan.duties}
    return [
        {
            "plan": row.plan_id,
            "duty": row.duty,
            "bearer": found.titles.get((row.bearer_kind, row.bearer), row.bearer),
            "period": row.period,
            "due": row.due.astimezone(SHANGHAI).isoformat(),
            "status": row.status(found.now),
            "bearer_kind": row.bearer_kind,
            "bearer_id": row.bearer,
            "text": duties[row.duty].text if row.duty in duties else row.duty,
            "name": row.name or None,
            "settled_at": row.settled_at.astimezone(SHANGHAI).isoformat() if row.settled_at is not None else None,
            "evidence": row.evidence,
            "stream": row.stream,
        }
        for row in found.rows
    ]


def export(
    file: Annotated[str, typer.Argument(metavar="FILE", help="写到哪里，如 职责总表.xlsx")],
    plan: PlanId = "",
    now: Now = "",
) -> None:
    """导出今年的总表：责任主体×职责，颜色和文字都说明情况；另一张表是每一期的明细。"""
    from bot.office.duty_overview import to_workbook

    path = Path(file)
    if path.suffix.lower() != ".xlsx":
        raise Wrong(f"{file[:200]}：应以 .xlsx 结尾，例如 职责总表.xlsx")
    if path.exists():
        raise Wrong(f"{file[:200]} 已经有了，没有覆盖；请换一个名字")
    found = [item for item in _read(chosen(plan), moment(now)) if item.titles]
    path.write_bytes(to_workbook(found))
    typer.echo(f"已写到 {path}：{len(found)}个预案，{sum(len(item.rows) for item in found)}期。")


def _read(plans: list[Plan], now: datetime) -> list[Overview]:
    from bot.office.duty_overview import overview, year_begins

    async def read(rx: Any) -> list[Overview]:
        return [await overview(rx, item, now, year_begins(now)) for item in plans if item.duties]

    return reading(read)


commands(app, "list")(list_)
commands(app, "show")(show)
commands(app, "export")(export)
