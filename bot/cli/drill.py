"""``tocsin drill``: the scripts of drills, and what is wrong with one before anybody is called together for it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.chinese import commands, group
from bot.cli.output import AsJson, Wrong, emit, existing

app = group("演练脚本：列出随程序带的，检查自己写的。")


def list_(as_json: AsJson = False) -> None:
    """列出随程序带的演练脚本：名称、预案、多长、几条情景、看几处。"""
    from bot.scenario import Scenario, ScenarioError, read_scenario
    from bot.scenario.installed import scripts

    rows: list[dict[str, Any]] = []
    for path in scripts():
        try:
            scenario: Scenario = read_scenario(path)
        except ScenarioError as problem:
            raise Wrong(str(problem)) from None
        last = max(scenario.instant(step.at) for step in scenario.steps) - scenario.occurred_at
        rows.append(
            {
                "id": path.stem, "plan": scenario.plan, "title": scenario.title, "file": str(path),
                "minutes": int(last.total_seconds() // 60), "goals": list(scenario.goals),
                "injects": sum(step.do == "inject" for step in scenario.steps),
                "expects": sum(bool(step.words) for step in scenario.steps),
            }
        )  # fmt: skip
    if as_json:
        emit(rows)
        return
    from bot.cli.table import table

    head = ("编号", "名称", "预案", "分钟", "情景", "看")
    lines = [(row["id"], row["title"], row["plan"], row["minutes"], row["injects"], row["expects"]) for row in rows]
    for line in table([tuple(map(str, item)) for item in lines], head, indent=0):
        typer.echo(line)


def check(
    file: Annotated[str, typer.Argument(metavar="FILE", help="演练脚本（YAML）；不写则检查随程序带的全部")] = "",
    as_json: AsJson = False,
) -> None:
    """检查演练脚本：哪一行不对，应是什么，怎么改；并照脚本自己的动作在虚拟时间里演一遍。有错误时退出码为1。

    脚本就是场景文件，写 drill: true，另有三样：{at: "+5m", actor: duty, inject: "家长来电：……"} 到时发给参演人的情景；
    note 只给导调员看；words 评估员看的一句话，可以带 expect。do: report 由程序发出，其余动作是示范，演练时由人来做。
    """
    import asyncio

    from bot.garbage import collect_seldom
    from bot.log import set_up
    from bot.scenario.installed import scripts
    from bot.simulate.drill import drill_faults

    set_up("error")
    collect_seldom()
    findings: list[dict[str, Any]] = []
    for path in [existing(Path(file))] if file else scripts():
        findings += [{"file": str(path), **asdict(fault)} for fault in asyncio.run(drill_faults(path))]
    if as_json:
        emit(findings)
    else:
        for item in findings:
            typer.echo(
                f"{'错误' if item['severity'] == 'error' else '提醒'} {item['file']}:{item['line']} {item['found']}"
            )
            typer.echo(f"    应为{item['expected']}；{item['todo']}。" if item["expected"] else f"    {item['todo']}。")
        errors = sum(item["severity"] == "error" for item in findings)
        typer.echo(f"错误{errors}处，提醒{len(findings) - errors}处。" if findings else "没有问题，可以演。")
    raise typer.Exit(1 if any(item["severity"] == "error" for item in findings) else 0)


for name, function in (("list", list_), ("check", check)):
    commands(app, name)(function)
