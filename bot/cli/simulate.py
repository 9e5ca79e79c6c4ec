"""``tocsin simulate``: a scenario in virtual time, and the reminder policy."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.output import AsJson, Wrong, emit, existing


def simulate(
    scenario: Annotated[str, typer.Argument(metavar="SCENARIO", help="场景文件（YAML），例子见 tests/scenarios")] = "",
    policy: Annotated[bool, typer.Option("--policy", help="显示提醒策略的各项和默认值，不演练")] = False,
    cards: Annotated[bool, typer.Option("--cards", help="连同现场卡的每次更新一起列出")] = False,
    as_json: AsJson = False,
) -> None:
    """在虚拟时间里演练一个场景，不联网；与 expect 不符时退出码为1。

    步骤写作 {at: "+10m", actor: duty, do: verify, facts: {deaths: 0}}。

    actor：school 报告人，duty 值班员，duty2 接班的值班员，预案里的职务（director、deputy、commander 或
    role:办公室主任），unit:单位，admin 管理员，outsider 外人。

    do：report verify judge undetermined declare adjust decline end oral sign ack file update correct resolve
    request waive reject merge deny close reopen takeover handle undo ring pause resume jump；只写 expect 的一步只核对。

    预警：warn raise lift received measure；名册：area（其中各单位的负责人是 body:名称）；日常职责：duty。

    响应以外：site site_over site_without release approve publish raise_level skip aid aid_answer aid_without。
    值班室：log instruct result（答复也用 received）。演练脚本：inject，另见 tocsin drill check。
    """
    if policy:
        _policy(as_json)
        return
    if not scenario:
        raise Wrong("请写明场景文件，例如 tocsin simulate tests/scenarios/jincheng-chengqu-campus/stampede.yaml")
    import asyncio

    from bot.garbage import collect_seldom
    from bot.log import set_up
    from bot.simulate import ScenarioError, read_scenario
    from bot.simulate import simulate as play

    set_up("error")
    collect_seldom()
    try:
        result = asyncio.run(play(read_scenario(existing(Path(scenario)))))
    except ScenarioError as problem:
        raise Wrong(str(problem)) from None
    if as_json:
        emit(result)
    else:
        from bot.cli.simulate_output import lines

        for line in lines(result, cards=cards):
            typer.echo(line)
    raise typer.Exit(1 if result["failures"] else 0)


def _policy(as_json: bool) -> None:
    from plans.core.policy import DEFAULT_POLICY

    policy = DEFAULT_POLICY.as_data()
    if as_json:
        emit(policy)
        return
    from bot.cli.simulate_output import POLICY
    from bot.cli.table import table

    rows = [(key, _spans(value), POLICY.get(key, "")) for key, value in policy.items()]
    for line in table(rows, ("项", "默认值", "含义"), indent=0):
        typer.echo(line)


def _spans(value: object) -> str:
    if isinstance(value, dict):
        return "、".join(f"{key}: {span}" for key, span in value.items())
    return "、".join(map(str, value)) if isinstance(value, list) else "预案文件所写" if value is None else str(value)
