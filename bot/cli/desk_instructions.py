"""``tocsin desk instructions``: what leaders said in a stretch of days, to whom, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from bot.cli.database import bound, reading
from bot.cli.output import AsJson, PlanId, Wrong, all_plans, emit

if TYPE_CHECKING:
    from datetime import date, datetime

    from plans.desk.instruction_state import Instruction
    from storage.cases import CaseRow


def show(first: date, last: date, plan: PlanId, *, as_json: AsJson) -> None:
    """Print the instructions that were put down on some days in Beijing, and those before that are still open."""
    found = _read(plan, first, last)
    if as_json:
        emit([_shape(item) for item in found])
    else:
        _print(found)


def _read(plan: str, first: date, last: date) -> list[Instruction]:
    from datetime import timedelta

    from bot.cases import records
    from plans.desk.instruction_state import KIND, Instruction
    from plans.times import midnight

    installed = all_plans()
    if plan and plan not in installed:
        raise Wrong(f"没有“{plan[:60]}”这个预案；可用：{'、'.join(installed)}")
    since = midnight(first)
    until = midnight(last) + timedelta(days=1, microseconds=-1)

    async def read(rx: Any) -> list[Instruction]:
        plans = [installed[plan]] if plan else await bound(rx, installed)
        rows: dict[str, CaseRow] = {}
        for place in dict.fromkeys(item.jurisdiction.name for item in plans):
            of_days = await rx.cases.opened_between(KIND, place, since, until, drill=False)
            before = [row for row in await rx.cases.open(KIND, place) if row.opened_at < since]
            rows |= {row.stream: row for row in (*before, *of_days) if any(row.plan_id == item.id for item in plans)}
        cases = [await records.load_case(rx, stream) for stream in rows]
        return [case for case in cases if isinstance(case, Instruction)]

    return reading(read)


def _shape(state: Instruction) -> dict[str, Any]:
    return {
        "id": state.stream,
        "number": state.number,
        "plan": state.plan,
        "state": state.state,
        "open": state.open,
        "giver": state.giver or None,
        "recorded_by": state.by_name if state.recorded else None,
        "way": state.way or None,
        "given_at": _iso(state.given_at),
        "text": state.text,
        "due": _iso(state.due_by_clock),
        "urgent": state.urgent,
        "incident": state.incident or None,
        "sent_at": _iso(state.sent_at),
        "recipients": [_recipient(state, name) for name in state.told],
    }


def _recipient(state: Instruction, name: str) -> dict[str, Any]:
    told, result = state.told[name], state.results.get(name)
    files = result.evidence if result is not None else ()
    return {
        "to": name,
        "status": state.status(name),
        "reachable": told.reachable,
        "answered_at": _iso(told.answered_at),
        "settled_at": _iso(result.at) if result is not None else None,
        "by": (result.by if result is not None else told.answered_by) or None,
        "recorded": result.recorded if result is not None else told.recorded,
        "result": (result.text or None) if result is not None else None,
        "reason": (result.reason or None) if result is not None else None,
        "evidence": [
            {"kind": item.partition(":")[0], "digest": state.files.get(item.partition(":")[2]) or None}
            for item in files
        ],
    }


def _iso(moment: datetime | None) -> str | None:
    from bot.clock import SHANGHAI

    return moment.astimezone(SHANGHAI).isoformat() if moment is not None else None


def _print(found: list[Instruction]) -> None:
    from bot.cli.table import table
    from bot.clock import SHANGHAI
    from bot.texts.instructions import PAGE_STATES

    head = ("编号", "批示人", "时间", "内容", "期限", "情况")
    rows = [
        (
            str(state.number), state.giver or "（没有写）",
            f"{state.given_at.astimezone(SHANGHAI):%m-%d %H:%M}" if state.given_at is not None else "",
            state.text[:30],
            f"{due.astimezone(SHANGHAI):%m-%d %H:%M}" if (due := state.due_by_clock) is not None else "没有写",
            f"{PAGE_STATES[state.state]} {state.finished}/{len(state.told)}",
        )
        for state in found
    ]  # fmt: skip
    for line in table(rows, head, indent=0) if rows else ["没有批示、指令。值班员发 /instruct 加一句话。"]:
        typer.echo(line)
