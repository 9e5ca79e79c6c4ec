"""One clause of a plan: its title, what was made of it, how it was read, and its official text."""

from __future__ import annotations

from typing import Any

from bot.cli.table import heading, terminal, wrap
from bot.official import section
from bot.texts.directory import KINDS, STATUS
from plans.clauses import errata, readings, statements
from plans.model import Plan


def clause_shape(plan: Plan, number: str) -> dict[str, Any] | None:
    """Return a clause as ``tocsin plans clause --json`` prints it, or None where the plan has none of that number."""
    entry = plan.clauses.get(number)
    if entry is None:
        return None
    return {
        "plan": plan.id,
        "clause": number,
        "title": entry.title,
        "status": entry.status,
        "reason": entry.reason or None,
        "statements": [
            {"kind": KINDS.get(item.kind, item.kind), "clause": item.clause, "text": item.text}
            for item in statements(plan, number)
        ],
        "readings": [
            {"clause": item.clause, "taken": item.reading.taken, "alternative": item.reading.alternative or None}
            for item in readings(plan, number)
        ],
        "errata": [
            {"clause": item.clause, "fault": item.fault, "reading": item.reading} for item in errata(plan, number)
        ],
        "text": section(plan, number),
    }


def clause_lines(shape: dict[str, Any]) -> list[str]:
    """Return a clause for people."""
    reason = f"：{shape['reason']}" if shape["reason"] else ""
    lines = [f"{shape['clause']} {shape['title']}　{STATUS[shape['status']]}{reason}"]
    if shape["statements"]:
        lines += heading("写入预案的")
        lines += [f"  {item['kind']}　{item['text']}（{item['clause']}）" for item in shape["statements"]]
    if shape["readings"]:
        lines += heading("解读")
        for item in shape["readings"]:
            other = f"；另解：{item['alternative']}" if item["alternative"] else ""
            lines.append(f"  {item['taken']}{other}")
    if shape["errata"]:
        lines += heading("勘误")
        lines += [f"  {item['fault']} → {item['reading']}" for item in shape["errata"]]
    lines += heading("官方文本")
    if shape["text"] is None:
        return [*lines, f"  没有附上官方文本，或文本里没找到这一条；用 tocsin plans text {shape['plan']} FILE 附上"]
    for paragraph in shape["text"].splitlines():
        lines += [f"  {line}" for line in wrap(paragraph, min(terminal(), 80) - 2)]
    return lines
