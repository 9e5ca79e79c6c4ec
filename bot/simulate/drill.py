"""A drill's script beside its plan: what nobody could play or evaluate, and whether its own course holds.

A script is a scenario: ``inject`` is played to people, ``do: report`` is what the drill begins with, ``expect`` and
``words`` are what is evaluated, and every other step is the course that the script holds for right. That course is
played in virtual time, so that a script never expects what the plan does not give.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Literal

from bot.scenario import Scenario, ScenarioError, read_scenario
from bot.scenario.actors import role_of, unit_of
from bot.scenario.form import Step
from bot.simulate import cast
from bot.simulate.run import plan_of, simulate
from plans.model import Plan

LONGEST = timedelta(hours=12)
"""本地规定: a drill runs in real time, and nobody directs one for longer without a break."""

MOST_WORDS = 500
"""Characters of what is played to somebody: he reads it standing."""

MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")

CLOCK = re.compile(r"(?<![\d.])(?:[01]?\d|2[0-4])\s*(?:[时点]|[:：][0-5]\d)(?!间)")
"""A time of day: a report that tells one is of yesterday where the drill begins at another."""

NOT_IN_IT = {"outsider": "外人", "admin": "管理员", "school": "学校报告人"}
"""Actors who take no part in a drill: the report that begins it is made by the program."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """One fault of a script.

    Attributes:
        rule: the id of what found it. line: in the file, from 1.
        found, expected, todo: what stands there, what would be right, what to do; in Chinese.
    """

    rule: str
    severity: Literal["error", "warning"]
    line: int
    found: str
    expected: str
    todo: str


async def drill_faults(path: Path, plans: dict[str, Plan] | None = None) -> list[Fault]:
    """Return the faults of a script's file, in the order of its lines."""
    try:
        scenario = read_scenario(path)
        plan = plan_of(scenario, plans)
    except ScenarioError as problem:
        return list(_unreadable(problem))
    faults = [*_whole(scenario), *_steps(scenario, plan)]
    if any(fault.severity == "error" for fault in faults):  # its course would fail by them as well
        return sorted(faults, key=lambda fault: fault.line)
    try:
        played = await simulate(scenario, {scenario.plan: plan})
    except ScenarioError as problem:
        return sorted([*faults, *_unreadable(problem)], key=lambda fault: fault.line)
    faults += [
        Fault(
            rule="refused", severity="error", line=line.get("line", 1), found=f"示范动作被拒绝：{line['text']}",
            expected="程序接受的动作", todo="改这一步，或把它前面缺的动作补上",
        )
        for line in played["timeline"]
        if line["kind"] == "refused"
    ]  # fmt: skip
    faults += [
        Fault(
            rule="unmet", severity="error", line=line, found=f"照示范动作演一遍，没有做到：{text}",
            expected="脚本期望的，照脚本自己的动作能做到", todo="改 expect，或改它前面的动作和时刻",
        )
        for line, text in map(_where, played["failures"])
    ]  # fmt: skip
    return sorted(faults, key=lambda fault: fault.line)


def _unreadable(problem: ScenarioError) -> Iterator[Fault]:
    for line, text in map(_where, str(problem).splitlines()):
        found, _, expected = text.partition("；" if "；" in text else "，应为")
        yield Fault(
            rule="read", severity="error", line=line, found=found, expected=expected.removeprefix("应为"),
            todo="改好这一行再检查",
        )  # fmt: skip


def _where(sentence: str) -> tuple[int, str]:
    """Return line and words of a sentence of the kind ``FILE:7：…``."""
    found = re.match(r"[^：]*?(?::(\d+))?：(.*)", sentence, re.DOTALL)
    return (int(found[1] or 1), found[2]) if found else (1, sentence)


def _whole(scenario: Scenario) -> Iterator[Fault]:
    if not scenario.drill:
        yield Fault(
            rule="drill", severity="error", line=1, found="没有写 drill: true", expected="drill: true",
            todo="在开头加一行，否则演练会当作真实事件",
        )  # fmt: skip
    if not scenario.title:
        yield Fault(
            rule="title", severity="error", line=1, found="没有 title", expected="演练的名称，如 title: 踩踏处置演练",
            todo="在开头加一行，参演人看到的就是它",
        )  # fmt: skip
    if not scenario.goals:
        yield Fault(
            rule="goals", severity="warning", line=1, found="没有 goals", todo="写上，评估时照它看",
            expected="演练目的，如 goals: [检验30分钟电话首报]",
        )  # fmt: skip
    for do, found in (("report", "没有 do: report，演练没有事件"), ("inject", "没有 inject，参演人什么也收不到")):
        if all(step.do != do for step in scenario.steps):
            yield Fault(
                rule=do, severity="error", line=1, found=found, expected=f"至少一步 {do}",
                todo="加一步，例如 {at: +0m, actor: school, do: report, text: “……”}" if do == "report"
                else "加一步，例如 {at: +5m, actor: duty, inject: “……”}",
            )  # fmt: skip
    if all(not step.words for step in scenario.steps):
        yield Fault(
            rule="words", severity="error", line=1, found="没有一处 words，评估员没有可看的",
            expected="每个要看的动作一句话", todo="加一步，例如 {at: +30m, words: “30分钟内电话首报”}",
        )  # fmt: skip
    last = max(scenario.instant(step.at) for step in scenario.steps)
    if last - scenario.occurred_at > LONGEST:
        hours = (last - scenario.occurred_at) / timedelta(hours=1)
        yield Fault(
            rule="long", severity="warning", line=scenario.steps[-1].line, found=f"脚本长{hours:g}小时",
            expected="12小时以内，演练按真实时间走", todo="删去尾巴，或分成两个脚本",
        )  # fmt: skip


def _steps(scenario: Scenario, plan: Plan) -> Iterator[Fault]:
    begun, played, before = False, set[tuple[str, object]](), scenario.instant(scenario.steps[0].at)
    for step in scenario.steps:
        at = scenario.instant(step.at)
        if at < before:
            yield Fault(
                rule="order", severity="warning", line=step.line, found="时刻比上一步早", expected="按时刻先后写",
                todo="挪到它该在的地方，导调员照着看",
            )  # fmt: skip
        before = max(before, at)
        if step.do == "report" and (time := CLOCK.search(step.text)) is not None:
            yield Fault(
                rule="clock", severity="error", line=step.line, found=f"报告里写了钟点“{time[0]}”",
                expected="刚才、2分钟前：演练什么时候开始，时限都从那时算", todo="改成几分钟前，与 at 对上",
            )  # fmt: skip
        if step.do == "inject":
            yield from _inject(step, plan)
            if (step.actor, step.at) in played:
                yield Fault(
                    rule="together", severity="warning", line=step.line, found="同一时刻给同一个人发两条",
                    expected="合成一条，或错开", todo="并到上一条，或把 at 挪后1分钟",
                )  # fmt: skip
            played.add((step.actor, step.at))
        yield from _expected(step, plan)
        if step.expect is not None and not step.words and step.do == "expect":
            yield Fault(
                rule="words", severity="error", line=step.line, found="有 expect 没有 words",
                expected="评估员看的一句话", todo="在这一步加 words，例如 words: “30分钟内启动Ⅱ级响应”",
            )  # fmt: skip
        if step.words and not begun:
            yield Fault(
                rule="early", severity="error", line=step.line, found="还没有报告也没有情景，就要看结果",
                expected="先有一步 report 或 inject", todo="把这一步往后挪",
            )  # fmt: skip
        begun = begun or step.do in ("inject", "report")
    injects = [step for step in scenario.steps if step.do == "inject"]
    seen = [scenario.instant(step.at) for step in scenario.steps if step.words]
    for step in injects:
        if seen and scenario.instant(step.at) > max(seen):
            yield Fault(
                rule="unseen", severity="warning", line=step.line, found="这条情景以后再没有要看的",
                expected="情景之后有一步 words", todo="加一步，写明看什么；不看的就删去",
            )  # fmt: skip


def _expected(step: Step, plan: Plan) -> Iterator[Fault]:
    """Yield what of an ``expect`` the program could never see: units and roles that the plan does not have."""
    expect = step.expect
    for name in expect.answered if expect is not None else ():
        unit = next((unit for unit in plan.units if unit.id == unit_of(plan, name)), None)
        if unit is None or not unit.member:
            yield Fault(
                rule="unit", severity="error", line=step.line, found=f"answered 里的“{name}”不是预案的成员单位",
                expected="会被叫应的成员单位", todo="照预案改单位名称，或删去这一家",
            )  # fmt: skip
    for name in expect.declared_by if expect is not None else ():
        if role_of(plan, name) is not None:
            continue
        titles = "、".join(role.title for role in plan.roles.values())
        yield Fault(
            rule="role", severity="error", line=step.line, found=f"declared_by 里的“{name}”，预案没有这个职务",
            expected=f"预案里的职务：{titles}", todo="照预案改职务名称",
        )  # fmt: skip


def _inject(step: Step, plan: Plan) -> Iterator[Fault]:
    actor = cast.actor_of(plan, step.actor) or ""
    unit = next((unit for unit in plan.units if actor == f"unit:{unit.id}"), None)
    if actor in NOT_IN_IT or (unit is not None and not unit.member):
        yield Fault(
            rule="who", severity="error", line=step.line, found=f"情景发给{NOT_IN_IT.get(actor, step.actor)}，他不参演",
            expected="值班员、预案里的职务，或指挥部成员单位",
            todo="改 actor；要外面的人说话，就写成值班员接到的电话，如 “家长来电：……”",
        )  # fmt: skip
    if len(step.inject) > MOST_WORDS:
        yield Fault(
            rule="length", severity="error", line=step.line, found=f"情景有{len(step.inject)}个字",
            expected=f"{MOST_WORDS}字以内", todo="分成几条",
        )  # fmt: skip
    for text, where in ((step.inject, "情景"), (step.note, "提示")):
        if MOBILE.search(text):
            yield Fault(
                rule="number", severity="error", line=step.line, found=f"{where}里有手机号码",
                expected="不写手机号码，编的也不写：有人会照着拨", todo="删去；要打给谁，由程序按通讯录给出",
            )  # fmt: skip
