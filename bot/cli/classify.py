"""``tocsin classify``: which levels an incident may have. No Telegram, no database."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.output import AsJson, Now, PlanId, Wrong, emit, installed, moment, stated_facts

if TYPE_CHECKING:
    from plans.model import Plan
    from plans.values import FactValue
    from plans.warning.conditions import Met

_EXAMPLE = '{"deaths": 3, "injuries": {"at_least": 10}}'


def classify(
    plan: PlanId,
    text: Annotated[str, typer.Option("--text", metavar="TEXT", help="事件描述，先读出事实")] = "",
    facts: Annotated[str, typer.Option("--facts", metavar="JSON", help=f"事实，如 {_EXAMPLE}")] = "",
    event_class: Annotated[str, typer.Option("--class", metavar="CLASS", help="事件类别，编号或名称")] = "",
    now: Now = "",
    as_json: AsJson = False,
) -> None:
    """按预案判定事件等级和响应级别；不知道的不当作零。

    列出的是所有还可能的级别、依据的条款、离上一级还差多少、先该问什么。
    --facts 里的值是数、true/false、选项、null（未知）或 {"at_least": 3, "at_most": 9}，盖过文字里读出的。
    """
    installed_plan = installed(plan)
    result = classified(
        installed_plan, text, stated_facts(facts, "--facts", _EXAMPLE), _class(installed_plan, event_class), moment(now)
    )
    if as_json:
        emit(result)
        return
    for line in _lines(installed_plan, result):
        typer.echo(line)


def classified(plan: Plan, text: str, stated: Mapping[str, Any], event_class: str, at: datetime) -> dict[str, Any]:
    """Return what ``classify --json`` prints.

    Args:
        stated: facts as data; they go before what the text says.
        event_class: id of a class, empty where the text shall tell.
        at: the moment at which the text was written.

    Raises:
        Wrong: for facts that the plan does not know or that contradict each other.
    """
    from plans.classify import classify as assess
    from plans.intake.with_plan import elsewhere, facts_of, read_for
    from plans.warning.conditions import conditions_met

    values: dict[str, Any] = {}
    raised: frozenset[str] = frozenset()
    candidates: tuple[str, ...] = ()
    chosen = event_class
    occurred = at
    if text:
        reading = read_for(plan, text, now=at)
        values, raised = facts_of(reading)
        occurred = reading.occurred.at if reading.occurred is not None else at
        if not chosen:
            candidates = tuple(item.name for item in reading.class_candidates)
            chosen, candidates = (candidates[0], ()) if len(candidates) == 1 else ("", candidates)
    parsed = _parsed(plan, {**_by_the_calendar(plan, occurred), **values, **stated})
    try:
        assessment = assess(
            plan, parsed, event_class=chosen or None, raised=raised - parsed.keys(), candidates=candidates
        )
    except ValueError as problem:
        raise Wrong(f"事实不成立：{problem}") from None
    names = {item.id: item.name for item in plan.classes}
    met = conditions_met(plan, parsed, response=assessment.proposed_response)
    return {
        **assessment.as_json(),
        "warnings": [_warning(item) for item in met if item.certain],
        "warnings_possible": [_warning(item) for item in met if not item.certain],
        "class_name": names.get(chosen),
        "class_candidates": [_candidacy(plan, names, name) for name in candidates],
        "excluded": [{"text": out.text, "plan": out.plan, "clause": out.clause} for out in elsewhere(plan, text)],
    }


def _warning(met: Met) -> dict[str, Any]:
    """Return one warning level whose conditions are met, or may be."""
    item = met.warning
    return {
        "level": item.level,
        "colour": item.colour or None,
        "clause": item.clause,
        "because": met.because,
        "issued_by": item.issued_by or None,
    }


def _by_the_calendar(plan: Plan, occurred: datetime) -> dict[str, bool]:
    """Return the flags that the moment of the occurrence answers."""
    rules = {name: fact.calendar for name, fact in plan.facts.items() if fact.calendar is not None}
    if not rules:
        return {}
    from bot.workdays import ChinaWorkdays
    from plans.incident.timing import within

    workdays = ChinaWorkdays()
    return {name: within(rule, occurred, workdays) for name, rule in rules.items()}


def _candidacy(plan: Plan, names: Mapping[str, str], name: str) -> dict[str, Any]:
    """Return one class that may be meant, and who would lead."""
    from plans.classify import route_for

    route = route_for(plan, name)
    lead, post = (route.lead, route.post) if route else (None, None)
    return {"id": name, "name": names[name], "lead": lead, "post": post}


def _class(plan: Plan, name: str) -> str:
    if not name:
        return ""
    class_id = next((item.id for item in plan.classes if name in (item.id, item.name)), None)
    if class_id is None:
        choices = "、".join(f"{item.id} {item.name}" for item in plan.classes)
        raise Wrong(
            f"--class “{name[:60]}”不在{plan.title}里；{f'可用：{choices}' if choices else '本预案不分类别，不用写'}"
        )
    return class_id


def _lines(plan: Plan, result: Mapping[str, Any]) -> list[str]:
    from bot.cli.table import heading, table

    route = result["route"]
    lines = [plan.title + (f"　{result['class_name'] or '类别未定'}" if plan.classes else "")]
    if plan.event_levels:
        lines.append(f"事件级别：{_levels(result['event_level'], result['possible_event_levels'], '')}")
    else:
        lines.append("事件级别：本预案不设")
    if plan.responses:
        none = "可能不启动" if result["no_response_possible"] else ""
        sole = None if none else result["response_level"]
        before = "研判前" if none and not result["possible_response_levels"] and result["judgements"] else ""
        lines.append(f"响应级别：{before}{_levels(sole, result['possible_response_levels'], none)}")
    else:
        lines.append("响应级别：本预案不设")
    if result["possible_response_levels"]:
        lines.append(f"由谁宣布：{_declarers(plan, result['possible_response_levels'])}")
    if route:
        where = "、".join(part for part in (route["lead"], route["post"], route["plan"]) if part)
        lines.append(f"牵头：{where}（{route['clause']}）")
    for title, items in (
        ("可能另有预案", [f"{out['text']}，见{out['plan']}（{out['clause']}）" for out in result["excluded"]]),
        ("可能的类别", [_led(item) for item in result["class_candidates"]]),
        ("依据", [_reason(item) for item in result["matched"]]),
        ("达到的预警条件", [_warned(item) for item in result["warnings"]]),
        ("可能达到的预警条件，须研判", [_warned(item) for item in result["warnings_possible"]]),
        ("还差多少", [item["text"] for item in result["near"]]),
        ("为什么还定不了", result["undetermined_because"]),
        ("先问", [item["question"] for item in result["ask"] if item["narrows"]]),
        ("还可以问", [item["question"] for item in result["ask"] if not item["narrows"]]),
        ("由人研判", [item["question"] for item in result["judgements"]]),
    ):
        if items:
            lines += [*heading(title), *table([("·", item) for item in items])]
    return lines


def _warned(item: Mapping[str, Any]) -> str:
    colour = f"（{item['colour']}色）" if item["colour"] and item["colour"] not in item["level"] else ""
    return f"{item['level'].removesuffix('预警')}{colour}预警：{item['because']}（{item['clause']}）"


def _declarers(plan: Plan, levels: list[str]) -> str:
    """Return who declares each level that is possible; a level whose declarers are those of the one before joins it."""
    from bot.cli.plan_json import titles

    groups: list[tuple[str, str]] = []
    for level in levels:
        who = "、".join(
            dict.fromkeys(
                title for item in plan.responses if item.level == level for title in titles(plan, item.declared_by)
            )
        )
        if groups and groups[-1][1] == who:
            groups[-1] = (f"{groups[-1][0]}、{level}", who)
        else:
            groups.append((level, who))
    return groups[0][1] if len(levels) == 1 else "；".join(f"{level}级{who}" for level, who in groups)


def _led(item: Mapping[str, Any]) -> str:
    led = "、".join(part for part in (item["lead"], item["post"]) if part)
    return f"{item['name']}：{led}" if led else item["name"]


def _reason(match: Mapping[str, Any]) -> str:
    return f"{match['because']}（解读：{match['reading']}）" if match["reading"] else str(match["because"])


def _levels(sole: str | None, possible: list[str], none: str) -> str:
    if sole is not None:
        return sole
    words = "、".join([*possible, *([none] if none else [])])
    return f"待定，可能是{words}" if possible else "没有一级达到" if not none else "不启动"


def _parsed(plan: Plan, values: Mapping[str, Any]) -> dict[str, FactValue]:
    from plans.load import plan_facts
    from plans.measures import largest
    from plans.values import parse, written

    definitions = plan_facts(plan)
    parsed: dict[str, FactValue] = {}
    for name, value in values.items():
        if name not in definitions:
            labels = "、".join(f"{key} {fact.label}" for key, fact in definitions.items())
            raise Wrong(f"没有“{name[:60]}”这个事实；可用：{labels}")
        try:
            if _beyond(value, limit := largest(definitions[name].unit)):
                raise ValueError(f"{str(value)[:40]} 太大，应不超过{written(limit)}")
            parsed[name] = parse(value)
        except ValueError as problem:
            raise Wrong(f"事实 {name}（{definitions[name].label}）：{problem}") from None
    return parsed


def _beyond(value: Any, limit: float) -> bool:
    """Whether a number is beyond belief; such a one is not computed with."""
    parts = value.values() if isinstance(value, dict) else [value]
    numbers = [item for item in parts if isinstance(item, int | float) and not isinstance(item, bool)]
    return any(not -limit <= item <= limit for item in numbers)
