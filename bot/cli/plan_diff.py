"""What differs between two plans, or two versions of one: levels, declarers, clocks, recipients, lines, duties."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bot.cli.plan_json import titles
from bot.cli.plan_tables import CHANNELS, applies, lowered_by, receivers, span
from bot.cli.table import heading, table
from bot.render.rules import borne_by, evidence, rhythm
from plans.load import plan_facts
from plans.model import Plan
from plans.model.condition import as_data

PARTS = {
    "levels": "事件级别",
    "responses": "响应条件",
    "declarers": "宣布和终止",
    "clocks": "时限",
    "recipients": "报送对象",
    "lines": "电话",
    "facts": "事实",
    "duties": "日常职责",
}
"""What is compared, with its title."""


def difference(one: Plan, other: Plan) -> dict[str, list[dict[str, Any]]]:
    """Return for each part what is only in one plan, only in the other, or not the same.

    Each item is ``{"key", "change": added | removed | changed, "a", "b"}``; ``a`` and ``b`` are in words.
    """
    return {part: _compared(make(one), make(other)) for part, make in _MAKERS.items()}


def _compared(one: Mapping[str, str], other: Mapping[str, str]) -> list[dict[str, Any]]:
    keys = dict.fromkeys((*one, *other))
    return [
        {
            "key": key,
            "change": "added" if key not in one else "removed" if key not in other else "changed",
            "a": one.get(key),
            "b": other.get(key),
        }
        for key in keys
        if one.get(key) != other.get(key)
    ]


def _levels(plan: Plan) -> dict[str, str]:
    names = {item.id: item.name for item in plan.classes}
    conditions: dict[str, list[str]] = {}
    for row in plan.levels.rows if plan.levels else ():
        for name in row.classes or ("",):
            key = f"{names.get(name, name) or '各类'} {row.level}"
            conditions.setdefault(key, []).append(
                f"{row.evidence or row.text}〔{_condition(row.when)}〕（{row.clause}）"
            )
    return {key: "；".join(texts) for key, texts in conditions.items()}


def _responses(plan: Plan) -> dict[str, str]:
    return {
        f"{item.level}级": "；".join(
            f"{part.text}〔{_condition(part.when)}〕（{part.clause}）" for part in item.conditions
        )
        for item in plan.responses
    }


def _declarers(plan: Plan) -> dict[str, str]:
    declarers = {}
    for item in plan.responses:
        ended = "谁启动谁终止" if isinstance(item.ended_by, str) else "、".join(titles(plan, item.ended_by))
        declarers[f"{item.level}级"] = f"{'、'.join(titles(plan, item.declared_by))}宣布；终止：{ended}"
    rule = plan.adjusting
    if rule is not None:
        declarers["降级"] = f"{lowered_by(plan, rule)}（{rule.clause}）"
    return declarers


def _clocks(plan: Plan) -> dict[str, str]:
    return {
        rule.id: f"{rule.report} {applies(plan, rule)}：{CHANNELS[rule.channel]}，{span(rule)}（{rule.clause}）"
        for rule in plan.obligations
    }


def _recipients(plan: Plan) -> dict[str, str]:
    return {rule.id: f"{rule.report}：{rule.bearer}→{receivers(rule)}" for rule in plan.obligations}


def _lines(plan: Plan) -> dict[str, str]:
    return {
        unit.name or unit.id: "、".join(f"{line.number}（{line.kind}）" for line in unit.lines) or "无电话"
        for unit in plan.units
    }


def _facts(plan: Plan) -> dict[str, str]:
    return {
        name: f"{fact.label}（{fact.unit}）{'，含' + '、'.join(fact.includes) if fact.includes else ''}"
        f"{'，不提即未知' if fact.open else ''}"
        for name, fact in plan_facts(plan).items()
    }


def _duties(plan: Plan) -> dict[str, str]:
    return {
        duty.id or duty.text: "，".join(part for part in (rhythm(duty), evidence(duty)) if part)
        + f"：{borne_by(plan, duty)}，{duty.text}（{duty.clause}）"
        for duty in plan.duties
    }


def _condition(condition: Any) -> str:
    return json.dumps(as_data(condition), ensure_ascii=False).replace('"', "")


_MAKERS = {
    "levels": _levels,
    "responses": _responses,
    "declarers": _declarers,
    "clocks": _clocks,
    "recipients": _recipients,
    "lines": _lines,
    "facts": _facts,
    "duties": _duties,
}


def lines(one: Plan, other: Plan, differences: Mapping[str, list[dict[str, Any]]]) -> list[str]:
    """Return the differences for people."""
    texts = [f"甲：{_called(one)}", f"乙：{_called(other)}"]
    for part, title in PARTS.items():
        if differences[part]:
            texts += heading(f"{title}（{len(differences[part])}处）")
            rows = [(item["key"], item["a"] or "（无）", item["b"] or "（无）") for item in differences[part]]
            texts += table(rows, ("", "甲", "乙"))
    if not any(differences.values()):
        texts += ["", "级别、时限、报送对象、宣布人、电话、日常职责都相同。"]
    return texts


def _called(plan: Plan) -> str:
    return f"{plan.title}（{plan.document}）版本 {plan.version}"
