"""A plan as contract.md prints it, for machines and for people."""

from __future__ import annotations

from typing import Any

from plans.load import plan_facts
from plans.model import LevelRow, Obligation, Plan
from plans.obligations.policy import iso


def plan_line(plan: Plan) -> dict[str, Any]:
    """Return one line of ``plans list --json``."""
    return {
        "id": plan.id,
        "title": plan.title,
        "document": plan.document,
        "issuer": plan.issuer,
        "in_force": plan.in_force.isoformat() if plan.in_force else None,
        "jurisdiction": plan.jurisdiction.name,
        "version": plan.version,
    }


def plan_whole(plan: Plan) -> dict[str, Any]:
    """Return ``plans show ID --json``: the contract's fields, and the rest of the plan as its file has it."""
    names = {item.id: item.name for item in plan.classes}
    whole = plan.model_dump(mode="json", by_alias=True, exclude={"path"})
    return whole | plan_line(plan) | {
        "jurisdiction_detail": whole["jurisdiction"],
        "clauses": [
            {"id": number, "title": item.title, "status": item.status, "reason": item.reason or None} for number, item in plan.clauses.items()
        ],
        "facts": [
            {"id": name, "label": fact.label, "type": fact.type, "unit": fact.unit, "includes": list(fact.includes), "open": fact.open}
            for name, fact in plan_facts(plan).items()
        ],
        "classes": [{"id": item.id, "name": item.name} for item in plan.classes],
        "levels": [_level(row, name, names) for row in (plan.levels.rows if plan.levels else ()) for name in row.classes or ("",)],
        "responses": [
            {
                "level": item.level, "clause": item.clause, "conditions": [part.text for part in item.conditions],
                "declared_by": [_title(plan, role) for role in item.declared_by],
                "ended_by": [_title(plan, role) for role in _enders(plan, item.ended_by, item.declared_by)],
                "measures": list(item.measures),
            }
            for item in plan.responses
        ],
        "obligations": [_obligation(rule) for rule in plan.obligations],
        "forms": [{"report": item.report, "elements": list(item.elements), "clause": item.clause} for item in plan.forms],
        "units": [
            {
                "name": item.name or item.id, "aliases": list(item.aliases), "duty": item.duty, "member": item.member,
                "lines": [{"number": line.number, "kind": line.kind} for line in item.lines],
            }
            for item in plan.units
        ],
        "groups": [
            {"name": item.name, "lead": list(item.lead), "members": list(item.members), "duty": item.duty} for item in plan.groups
        ],
    }  # fmt: skip


def _level(row: LevelRow, name: str, names: dict[str, str]) -> dict[str, Any]:
    return {
        "id": row.id,
        "class": names.get(name, name) or None,
        "level": row.level,
        "clause": row.clause,
        "evidence": row.evidence,
    }


def _title(plan: Plan, role: str) -> str:
    return plan.roles[role].title if role in plan.roles else role


def _enders(plan: Plan, ended_by: str | tuple[str, ...], declared_by: tuple[str, ...]) -> tuple[str, ...]:
    """Return who may end: the declaring role or one above it, unless the plan names others."""
    if isinstance(ended_by, tuple):
        return ended_by
    lowest = max((plan.roles[role].rank for role in declared_by if role in plan.roles), default=-1)
    return tuple(
        role for role, value in sorted(plan.roles.items(), key=lambda item: item[1].rank) if value.rank <= lowest
    )


def _obligation(rule: Obligation) -> dict[str, Any]:
    clock = rule.clock
    return {
        "id": rule.id, "clause": rule.clause, "report": rule.report, "channel": rule.channel, "bearer": rule.bearer, "to": list(rule.to),
        "clock_from": clock.from_, "within": iso(clock.within) if clock.within is not None else None,
        "every": "P1D" if clock.daily else iso(clock.every) if clock.every is not None else None, "applies": rule.applies, "local": rule.local,
    }  # fmt: skip


def plan_text(plan: Plan) -> list[str]:
    """Return a plan for people, one line each."""
    lines = [
        f"{plan.title}（{plan.document}）",
        f"{plan.issuer}　{plan.in_force or '未注日期'}　版本 {plan.version}",
        "",
    ]
    if plan.levels:
        lines.append("■ 事件等级")
        for row in plan.levels.rows:
            lines.append(f"  {row.level:<5} {row.evidence or row.text}（{row.clause}）")
    lines.append("■ 响应级别")
    for response in plan.responses:
        who = "、".join(_title(plan, role) for role in response.declared_by)
        lines.append(f"  {response.level}级　由{who}宣布（{response.clause}）")
        lines.extend(f"      · {item.text}（{item.clause}）" for item in response.conditions)
    lines.append("■ 报送时限")
    for rule in plan.obligations:
        span = _span(rule)
        local = "　本地规定" if rule.local else ""
        lines.append(
            f"  {rule.report}　{rule.applies or '一律'}：{rule.bearer} → {'、'.join(rule.to)}　{rule.channel}　{span}（{rule.clause}）{local}"
        )
        if rule.reading:
            lines.append(f"      解读：{rule.reading.taken}")
    lines.append("■ 单位和值班电话")
    for unit in plan.units:
        numbers = "、".join(f"{line.number}（{line.kind}）" for line in unit.lines) or "无电话"
        lines.append(f"  {unit.name or unit.id}　{numbers}　{unit.duty}")
    lines.append("■ 工作组")
    lines.extend(
        f"  {group.name}　牵头：{'、'.join(group.lead)}　成员：{'、'.join(group.members)}" for group in plan.groups
    )
    if plan.duties:
        lines.append("■ 日常职责")
        lines.extend(f"  {duty.clause}　{duty.bearer}　{duty.period}　{duty.text}" for duty in plan.duties)
    lines.append("■ 勘误与解读")
    lines.extend(f"  {item.clause}　{item.fault} → {item.reading}" for item in plan.errata)
    return lines


def _span(rule: Obligation) -> str:
    clock = rule.clock
    if clock.daily:
        return "每日"
    span = clock.every if clock.every is not None else clock.within
    if span is None:
        return ""
    seconds = int(span.total_seconds())
    if clock.within is not None and not seconds:
        return "立即"
    amount = (
        f"{seconds // 86400}天"
        if seconds % 86400 == 0
        else f"{seconds // 3600}小时"
        if seconds % 3600 == 0
        else f"{seconds // 60}分钟"
    )
    return f"每{amount}" if clock.every is not None else f"{amount}内"
