"""``tocsin read`` and ``tocsin classify``: what a text says, and which levels it may have. No Telegram, no database."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

from bot.cli.output import AsJson, Now, PlanId, Wrong, emit, installed, moment

Text = Annotated[str, typer.Argument(help="事件描述")]


def read(text: Text, plan: PlanId = "", now: Now = "", as_json: AsJson = False) -> None:
    """读出一段文字里的伤亡、时间、地点和类别。"""
    from plans.intake import read as read_text
    from plans.intake.with_plan import read_for

    reading = read_for(installed(plan), text, now=moment(now)) if plan else read_text(text, now=moment(now))
    shown = reading.as_json()
    if as_json:
        emit(shown)
        return
    for fact, value in shown["facts"].items():
        typer.echo(f"{fact}: {value.get('value', '')} {value['text']}")
    typer.echo(
        f"时间：{shown['occurred_at'] or '未说明'}　地点：{shown['place'] or '未说明'}　类别：{shown['category'] or '未说明'}"
    )


def classify(
    plan: PlanId,
    text: Annotated[str, typer.Option("--text", help="事件描述，先读出事实")] = "",
    facts: Annotated[
        str, typer.Option("--facts", help='事实，JSON，例如 {"deaths": 3, "injuries": {"at_least": 10}}')
    ] = "",
    event_class: Annotated[str, typer.Option("--class", help="事件类别")] = "",
    now: Now = "",
    as_json: AsJson = False,
) -> None:
    """按预案判定事件等级和响应级别；不知道的不当作零。"""
    from plans.classify import classify as assess
    from plans.intake.with_plan import facts_of, read_for

    found = installed(plan)
    values: dict[str, Any] = {}
    raised: frozenset[str] = frozenset()
    chosen = event_class
    if text:
        reading = read_for(found, text, now=moment(now))
        values, raised = facts_of(reading)
        if not chosen and len(reading.class_candidates) == 1:
            chosen = reading.class_candidates[0].name
    values |= _stated(facts)
    known = {item.id for item in found.classes}
    chosen = next((item.id for item in found.classes if chosen in (item.id, item.name)), chosen)
    if chosen and known and chosen not in known:
        raise Wrong(f"--class “{event_class}”不在预案里；可用：{'、'.join(item.name for item in found.classes)}")
    try:
        assessment = assess(found, _parsed(found, values), event_class=chosen or None, raised=raised)
    except ValueError as problem:
        raise Wrong(str(problem)) from None
    shown = assessment.as_json()
    if as_json:
        emit(shown)
        return
    typer.echo(f"事件等级：{shown['event_level'] or '待定，可能是' + '、'.join(shown['possible_event_levels'])}")
    typer.echo(f"响应级别：{shown['response_level'] or '待定，可能是' + '、'.join(shown['possible_response_levels'])}")
    for item in shown["matched"]:
        typer.echo(f"· {item['because']}")
    for item in shown["ask"]:
        typer.echo(f"问：{item['question']}")


def _stated(facts: str) -> dict[str, Any]:
    if not facts:
        return {}
    try:
        stated = json.loads(facts)
    except json.JSONDecodeError as problem:
        raise Wrong(f'--facts 不是JSON（{problem.msg}）；例如 {{"deaths": 3}}') from None
    if not isinstance(stated, dict):
        raise Wrong('--facts 应为一个对象，例如 {"deaths": 3}')
    return stated


def _parsed(plan: Any, values: dict[str, Any]) -> dict[str, Any]:
    from plans.load import plan_facts
    from plans.values import parse

    known = plan_facts(plan)
    parsed = {}
    for name, value in values.items():
        if name not in known:
            raise Wrong(
                f"没有“{name}”这个事实；可用：{'、'.join(f'{key} {fact.label}' for key, fact in known.items())}"
            )
        try:
            parsed[name] = parse(value)
        except ValueError as problem:
            raise Wrong(f"事实 {name}：{problem}") from None
    return parsed
