"""One clause of a plan: its title, what was made of it, how it was read, and its official text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.cli.table import heading, terminal, wrap
from bot.official import section
from plans.lint.finding import same_clause
from plans.model import Frozen, Plan

_KINDS = {
    "StartCondition": "启动条件",
    "Response": "响应",
    "Obligation": "报送义务",
    "LevelRow": "分级标准",
    "Role": "职务",
    "Unit": "单位",
    "Group": "工作组",
    "Form": "报告要素",
    "Fact": "事实",
    "Choice": "选项",
    "Warning_": "预警",
    "Release": "信息发布",
    "OnSite": "现场指挥",
    "EndRule": "响应结束",
    "AfterAction": "后期工作",
    "Duty": "日常职责",
    "Subject": "职责分工",
    "Route": "牵头部门",
    "ScopeExclusion": "不适用",
    "Review": "评估",
    "Bounds": "数字含义",
    "EventClass": "事件类别",
    "Calls": "通知单位",
    "Line": "电话",
    "Variation": "时限变化",
    "LevelTable": "分级",
}


def clause_shape(plan: Plan, number: str) -> dict[str, Any] | None:
    """Return a clause as ``tocsin plans clause --json`` prints it, or None where the plan has none of that number."""
    entry = plan.clauses.get(number)
    if entry is None:
        return None
    statements = [
        {"kind": _KINDS.get(type(item).__name__, type(item).__name__), "clause": cited, "text": _said(item)}
        for item, cited in _statements(plan, ("",))
        if cited == number or (same_clause(cited, number) and len(cited) > len(number))
    ]
    readings = [
        {"clause": cited, "taken": item.reading.taken, "alternative": item.reading.alternative or None}
        for item, cited in _statements(plan, ("",))
        if getattr(item, "reading", None) is not None and same_clause(cited, number)
    ]
    return {
        "plan": plan.id,
        "clause": number,
        "title": entry.title,
        "status": entry.status,
        "reason": entry.reason or None,
        "statements": _unique(statements),
        "readings": _unique(readings),
        "errata": [
            {"clause": item.clause, "fault": item.fault, "reading": item.reading}
            for item in plan.errata
            if same_clause(item.clause, number)
        ],
        "text": section(plan, number),
    }


def _unique(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return list({str(item): item for item in items}.values())


def _statements(value: Any, within: tuple[str, ...]) -> Iterator[tuple[Any, str]]:
    """Yield every statement with the clause it cites."""
    if isinstance(value, Frozen):
        own = getattr(value, "clause", "")
        cited = own or within[-1]
        if not isinstance(value, Plan) and (own or getattr(value, "reading", None) is not None):
            yield value, cited
        for name in type(value).model_fields:
            if name not in ("reading", "errata"):
                yield from _statements(getattr(value, name), (*within, cited))
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _statements(item, within)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _statements(item, within)


def _said(item: Any) -> str:
    """Return what names a statement, then what it says."""
    head = _first(item, ("level", "report", "title", "label", "name", "id"))
    body = _first(item, ("text", "evidence", "applies", "duty", "commander", "by"))
    return "：".join(part for part in (head, body) if part)


def _first(item: Any, names: tuple[str, ...]) -> str:
    values = (getattr(item, name, "") for name in names)
    return next((value for value in values if isinstance(value, str) and value), "")


def clause_lines(shape: dict[str, Any]) -> list[str]:
    """Return a clause for people."""
    states = {"encoded": "已编码", "narrative": "叙述", "not_encoded": "未编码"}
    reason = f"：{shape['reason']}" if shape["reason"] else ""
    lines = [f"{shape['clause']} {shape['title']}　{states[shape['status']]}{reason}"]
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
