"""A scenario beside its plan: names become ids, and what the plan does not know is an error with its line.

What the plan knows but does not allow (a level declared by the wrong person) is no error: it is refused in the play.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from bot.scenario.base import ScenarioError
from bot.scenario.expecting import Expect
from bot.scenario.form import Scenario, Step
from bot.simulate import cast
from bot.simulate.desk import known_recipients
from plans.incident.aid_answers import STATUSES
from plans.incident.units import ANSWERS
from plans.load import plan_facts
from plans.logic import FactError, space_of
from plans.model import EVENT_LEVELS, RESPONSE_LEVELS, Plan
from plans.obligations.rules import rules_of
from plans.obligations.starts import recipients
from plans.obligations.wanted import CORRECTION
from plans.values import parse

_NEEDS = {
    "declare": ("level", "level: Ⅱ"),
    "adjust": ("level", "level: Ⅱ"),
    "oral": ("of", "of: commander"),
    "correct": ("facts", "facts: {deaths: 0}"),
    "merge": ("into", "into: 1"),
    "deny": ("into", "into: 1"),
    "waive": ("obligation", "obligation: first-written"),
    "resolve": ("fact", "fact: ill"),
    "ring": ("to", "to: 市政府"),
    "measure": ("unit", "unit: 区教育局"),
    "area": ("bodies", "bodies: [{name: 第一小学, kind: 小学, township: 城关镇}]"),
    "duty": ("id", "id: school-month-meeting"),
    "site_without": ("reason", "reason: 险情已排除，无须设立"),
    "aid_without": ("reason", "reason: 现有力量足够"),
    "skip": ("obligation", "obligation: first-report"),
    "publish": ("medium", "medium: 政府网站"),
    "log": ("text", "text: 市政府值班室张来电：下午强对流，16时前反馈"),
    "instruct": ("text", "text: 王副区长 举一反三，全区排查，一周内报结果"),
    "result": ("instruction", "instruction: 1"),
    "inject": ("inject", "inject: 家长来电：又有2名学生不适"),
    "expect": ("expect", "expect: {state: responding}"),
}
"""What a step cannot do without."""


def checked(scenario: Scenario, plan: Plan) -> Scenario:
    """Return the scenario with ids for names; raise ScenarioError with every step that the plan cannot play."""
    problems: list[str] = []
    steps: list[Step] = []
    for step in scenario.steps:
        try:
            steps.append(_step(step, plan, [body.name for body in scenario.bodies]))
        except ScenarioError as problem:
            problems.append(f"{scenario.path}:{step.line}：{problem}")
    for expect in _all(scenario):
        strange = sorted(_rules(expect) - {*(rule.id for rule in rules_of(plan)), CORRECTION})
        if strange:
            problems.append(f"{scenario.path}：expect：没有义务 {'、'.join(strange)}；{_obligations(plan)}")
    if problems:
        raise ScenarioError("\n".join(problems))
    return scenario.model_copy(update={"steps": tuple(steps)})


def _all(scenario: Scenario) -> Iterable[Expect]:
    for expect in (scenario.expect, *(step.expect for step in scenario.steps if step.expect is not None)):
        yield expect
        yield from expect.incidents.values()


def _rules(expect: Expect) -> set[str]:
    lines = {line.rule for line in (*expect.happens, *expect.never) if line.rule}
    return {*expect.statuses, *expect.due, *lines}


def _step(step: Step, plan: Plan, bodies: Sequence[str]) -> Step:
    if step.do == "expect":
        if not step.words:
            _need(step)
        return step
    if step.do == "duty" and not step.actor:  # whoever bears it
        _need(step)
        return step
    listed = step.actor.removeprefix(cast.BODY)
    actor = step.actor if step.actor != listed and listed in bodies else cast.actor_of(plan, step.actor)
    if actor is None:
        raise ScenarioError(f"没有“{step.actor}”这个人；可用：{'、'.join(cast.actors(plan))}")
    _need(step)
    _levels(step, plan)
    if step.do == "file" and not (step.report or step.obligation):
        raise ScenarioError("do: file 需要 report 或 obligation，例如 report: 首报")
    if step.do == "judge" and not (step.clause or step.fact):
        raise ScenarioError('do: judge 需要 clause，例如 clause: "4.3.2(1)"，或 fact 和 option')
    if step.do == "oral" and step.decides in ("declare", "adjust") and step.level is None:
        raise ScenarioError(f"do: oral、decides: {step.decides} 需要 level，例如 level: Ⅱ")
    if step.do == "ack" and step.status not in ANSWERS:
        raise ScenarioError(f"status 为“{step.status}”，只能是 {'、'.join(ANSWERS)}")
    if step.do == "aid_answer" and step.status not in STATUSES:
        raise ScenarioError(f"do: aid_answer 需要 status，只能是 {'、'.join(STATUSES)}")
    if step.do == "site" and not (step.commander or step.role):
        raise ScenarioError("do: site 需要 commander，例如 commander: 王五，或 role: commander（兼任）")
    if step.do == "site_over" and not (step.commander or step.to):
        raise ScenarioError("do: site_over 需要 commander，例如 commander: 赵六，或 to: 上级指挥部")
    if step.do == "skip" and not step.to:
        raise ScenarioError("do: skip 需要 to，例如 to: 省政府")
    if step.do == "instruct" and not step.to:
        raise ScenarioError("do: instruct 需要 to，例如 to: [区教育局, 区应急局]")
    if step.do == "result" and not (step.text or step.reason):
        raise ScenarioError("do: result 需要 text（办结的结果），或 reason（退回的理由）")
    if step.do == "resolve" and not step.use:
        raise ScenarioError("do: resolve 需要 use，例如 use: 区卫生健康和体育局，或 use: sum")
    _facts(step, plan)
    return step.model_copy(update={"actor": actor, **_named(step, plan, bodies)})


def _levels(step: Step, plan: Plan) -> None:
    """A level that exists but is not the plan's is refused in the play; a name that no plan has is a slip."""
    if step.do in ("warn", "raise"):
        return
    levels = (*RESPONSE_LEVELS, *plan.response_levels)
    if step.level is not None and step.level not in levels:
        raise ScenarioError(f"level 为“{step.level}”，应为响应级别 {'、'.join(reversed(plan.response_order))}")
    graded = (*EVENT_LEVELS, *plan.event_levels)
    if step.event_level is not None and step.event_level not in graded:
        raise ScenarioError(f"event_level 为“{step.event_level}”，应为事件级别 {'、'.join(plan.event_levels)}")


def _need(step: Step) -> None:
    name, example = _NEEDS.get(step.do, ("", ""))
    if step.do == "duty" and step.id and not step.bearer:
        name, example = "bearer", "bearer: 第一小学"
    if name and getattr(step, name) in (None, "", (), {}):
        raise ScenarioError(f"do: {step.do} 需要 {name}，例如 {example}")


def _facts(step: Step, plan: Plan) -> None:
    definitions = plan_facts(plan)
    for name in (*step.facts, *((step.fact,) if step.fact else ())):
        if name not in definitions:
            raise ScenarioError(f"没有事实“{name}”；可用：{_listed(definitions)}")
    for name, value in step.facts.items():
        try:
            space_of(plan).box({name: parse(value)})
        except (FactError, ValueError) as problem:
            raise ScenarioError(f"事实 {name}：{problem}") from None


def _named(step: Step, plan: Plan, bodies: Sequence[str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if step.unit:
        listed = cast.body_id(bodies, step.unit) if step.unit in bodies else None
        values["unit"] = listed or cast.unit_of(plan, step.unit)
        if values["unit"] is None:
            raise ScenarioError(f"没有单位“{step.unit}”；单位见 tocsin plans show {plan.id}")
    if step.of:
        values["of"] = cast.role_of(plan, step.of.removeprefix("role:"))
        if values["of"] is None:
            raise ScenarioError(f"of 为“{step.of}”，应为职务：{'、'.join(plan.roles) or '本预案没有'}")
    if step.role:
        values["role"] = cast.role_of(plan, step.role.removeprefix("role:"))
        if values["role"] is None:
            raise ScenarioError(f"role 为“{step.role}”，应为职务：{'、'.join(plan.roles) or '本预案没有'}")
    if step.event_class:
        names = {item.id: item.name for item in plan.classes}
        values["event_class"] = next((key for key, name in names.items() if step.event_class in (key, name)), None)
        if values["event_class"] is None:
            raise ScenarioError(f"class 为“{step.event_class}”，应为事件类别：{_pairs(names) or '本预案没有'}")
    if step.obligation and not _is_obligation(step.obligation, plan):
        raise ScenarioError(f"没有义务“{step.obligation}”；{_obligations(plan)}")
    if step.do == "instruct":
        values["to"] = known_recipients(plan, step.to)
    elif step.to and step.do not in ("warn", "raise", "site_over"):
        recipient_names = {name for rule in rules_of(plan) for name in recipients(plan, rule)}
        values["to"] = tuple(name if name in recipient_names else cast.unit_of(plan, name) or name for name in step.to)
    if step.use:
        values["use"] = _source(step.use, plan)
    return values


def _is_obligation(word: str, plan: Plan) -> bool:
    rule = word.split(":", 1)[0]
    return rule == CORRECTION or any(item.id == rule for item in rules_of(plan))


def _source(word: str, plan: Plan) -> str:
    """Return the source of figures that a word means; the school's own are those of the report."""
    if word.startswith("unit:"):
        return cast.unit_of(plan, word.removeprefix("unit:")) or word
    return "reporter" if word == "school" else word


def _obligations(plan: Plan) -> str:
    return f"可用：{'、'.join(f'{rule.id}（{rule.report}）' for rule in rules_of(plan))}"


def _pairs(names: dict[str, str]) -> str:
    return "、".join(f"{key} {name}" for key, name in names.items())


def _listed(definitions: Any) -> str:
    return _pairs({name: fact.label for name, fact in definitions.items()})
