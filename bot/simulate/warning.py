"""Steps about warnings: ``warn``, ``raise``, ``lift``, ``received`` and ``measure``, and what is expected of one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.scenario.base import ScenarioError, moment
from bot.scenario.expecting import ExpectWarning
from bot.scenario.form import Scenario, Step
from bot.service.opening import NewCase, Numbered
from plans.core.command import Command
from plans.intake.telling import first_telling
from plans.intake.warning import read
from plans.intake.with_plan import read_for
from plans.model import Plan
from plans.warning.conditions import spoken_of
from plans.warning.issuing import IssueWarning, LiftWarning
from plans.warning.measures import SettleMeasure
from plans.warning.state import COLOURS, ISSUE, KIND, PASS_ON, Content, WarningCase
from plans.warning.taking import TakeChange, TakeWarning
from plans.warning.waking import AnswerWarning

STEPS = frozenset({"warn", "raise", "lift", "received", "measure"})
"""What a step does about a warning."""


def content_of(scenario: Scenario, step: Step, now: datetime, before: Content) -> Content:
    """Return what a step says of a warning: its words, and over them what the file states beside."""
    content = before
    if step.text:
        found = read(step.text, now=now, areas=step.area, entered=True, drill=scenario.drill).warnings
        if not found:
            raise ScenarioError(f"text 里没有读出预警：“{step.text[:30]}”；例如 区气象台发布暴雨红色预警，14时至20时")
        item = found[0]
        content = replace(
            content, hazard=item.kind.value if item.kind else content.hazard,
            colour=item.colour.value if item.colour else content.colour,
            issuer=item.issuer.value if item.issuer else content.issuer,
            starts=item.from_.value.at if item.from_ else content.starts,
            ends=item.to.value.at if item.to else content.ends,
            areas=tuple(area.value for area in item.areas) or content.areas, text=step.text,
        )  # fmt: skip
    if step.colour and step.colour not in COLOURS:
        raise ScenarioError(f"colour 为“{step.colour}”，应为 {'、'.join(reversed(COLOURS))}")
    stated: dict[str, Any] = {
        "hazard": step.hazard, "colour": step.colour, "level": step.level or "", "issuer": step.issuer,
        "areas": step.area,
        "starts": scenario.instant(step.from_) if step.from_ is not None else None,
        "ends": scenario.instant(moment(step.to[0])) if step.to else None,
    }  # fmt: skip
    return replace(content, **{name: value for name, value in stated.items() if value})


def opening(scenario: Scenario, plan: Plan, step: Step, now: datetime) -> NewCase:
    """Return what writes down the warning of a step."""
    content = content_of(scenario, step, now, Content())
    told = first_telling(read_for(plan, step.text, now=now)).facts if step.text else {}
    facts = {name: value for name, value in {**told, **step.facts}.items() if name in spoken_of(plan)}

    def opened(given: Numbered) -> Command:
        return TakeWarning(
            content=content, source="text" if step.text else "typed", facts=facts, drill=scenario.drill,
            plan=given.plan.id, plan_version=given.plan.version, plan_hash=given.plan_hash,
            jurisdiction=given.plan.jurisdiction.name, number=given.number, year=given.year,
        )  # fmt: skip

    return NewCase(
        kind=KIND, plan_id=plan.id, jurisdiction=plan.jurisdiction.name, command=opened, drill=scenario.drill
    )


def issuing(step: Step, content: Content) -> IssueWarning:
    """Return the command that issues what waits: passed on where it is another authority's, unless the step says."""
    return IssueWarning(way=step.way or (PASS_ON if content.issuer else ISSUE), reason=step.reason)


def commands(scenario: Scenario, step: Step, now: datetime, warning: WarningCase) -> tuple[Command, ...]:
    """Return the commands of a step about a warning that is there."""
    match step.do:
        case "raise":
            content = content_of(scenario, step, now, warning.content)
            return (TakeChange(content=content, source="text" if step.text else "typed"), issuing(step, content))
        case "lift":
            return (LiftWarning(reason=step.reason or step.text),)
        case "received":
            return (AnswerWarning(recipient=step.unit),)
        case _:
            return tuple(SettleMeasure(number=number, recipient=step.unit) for number in step.done or (0,))


def meant(step: Step, warnings: Mapping[int, WarningCase]) -> WarningCase:
    """Return the warning that a step speaks of: by number, else the only one or the newest that is open."""
    if not warnings:
        raise ScenarioError("还没有预警；先有一步 do: warn")
    if step.warning is None:
        opened = [item for item in warnings.values() if item.open]
        return (opened or list(warnings.values()))[-1]
    if step.warning not in warnings:
        raise ScenarioError(f"没有预警{step.warning}；已有：{'、'.join(map(str, warnings))}")
    return warnings[step.warning]


def differences(expect: ExpectWarning, number: int, warnings: Mapping[int, WarningCase]) -> Iterator[str]:
    """Yield what differs for a warning, in words: what was expected, what is so."""
    warning = warnings.get(number)
    if warning is None:
        yield f"应有预警{number}，实际没有"
        return
    stage = warning.stage
    stands: dict[str, object] = {
        "state": warning.state,
        "colour": warning.content.colour,
        "level": warning.content.level,
        "clause": stage.clause if stage is not None else "",
        "acts": tuple(item.act for item in warning.stages),
        "silent": tuple(sorted(item.recipient for item in warning.silent())),
    }
    for name, actual in stands.items():
        wanted = getattr(expect, name)
        wanted = tuple(sorted(wanted)) if name == "silent" and wanted is not None else wanted
        if name in expect.model_fields_set and wanted != actual:
            yield f"预警{number}的 {name} 应为 {_shown(wanted)}，实为 {_shown(actual)}"
    for unit, numbers in expect.done.items():
        settled = tuple(sorted(item for name, item in warning.measures if name == unit))
        if settled != tuple(sorted(numbers)):
            yield f"预警{number}：{unit}办完的措施应为 {_shown(numbers)}，实为 {_shown(settled)}"


def row(warning: WarningCase) -> dict[str, object]:
    """Return a warning as the result lists it."""
    content = warning.content
    return {
        "number": warning.number,
        "drill": warning.drill,
        "state": warning.state,
        "kind": content.hazard or None,
        "colour": content.colour or None,
        "level": content.level or None,
        "issuer": content.issuer or None,
        "from": _iso(content.starts),
        "to": _iso(content.ends),
        "area": list(content.areas),
        "acts": [stage.act for stage in warning.stages],
        "clause": warning.stage.clause if warning.stage is not None else None,
        "called": len(warning.waking),
        "silent": sorted(item.recipient for item in warning.silent()),
    }


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at is not None else None


def _shown(value: object) -> str:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"[{', '.join(map(str, value))}]"
    return str(value)
