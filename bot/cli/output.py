"""How the command line speaks: one JSON document for machines, tables for people, a sentence for what is wrong."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from plans.model import Plan

AsJson = Annotated[bool, typer.Option("--json", help="输出一个JSON文档，供程序读取", show_default=False)]
PlanId = Annotated[str, typer.Option("--plan", metavar="ID", help="预案编号（见 tocsin plans list）或预案文件")]
Now = Annotated[
    str, typer.Option("--now", metavar="TIME", help="当作现在的时刻，如 2026-03-02T10:20:00+08:00；不写为当前时间")
]
Limit = Annotated[int, typer.Option("--limit", metavar="N", help="最多几条，1到10000的整数", min=1, max=10_000)]


class Wrong(Exception):
    """Wrong use or bad input: what was wrong, what was expected, what to do."""


def emit(value: Any) -> None:
    """Print one JSON document."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False))


def stated_facts(facts: str, option: str, example: str) -> dict[str, Any]:
    """Return the object that an option of facts holds; none where it is not given."""
    if not facts:
        return {}
    try:
        stated = json.loads(facts, parse_constant=_no_number)
    except json.JSONDecodeError as problem:
        raise Wrong(f"{option} 不是JSON（第{problem.pos + 1}个字符处不对），应写作 {example}") from None
    except (RecursionError, ValueError):
        raise Wrong(f"{option} 不是JSON（嵌套太深，或有不是数的数），应写作 {example}") from None
    if not isinstance(stated, dict):
        raise Wrong(f"{option} 应为一个对象，写作 {example}")
    return stated


def _no_number(word: str) -> Any:
    raise ValueError(word)


def moment(text: str) -> datetime:
    """Return the moment of ``--now``, or the present one; a bare one is Beijing time."""
    from bot.clock import SHANGHAI, SystemClock
    from plans.times.moments import instant

    if not text:
        return SystemClock().now()
    try:
        at = instant(text.strip(), SHANGHAI)
        if not 1900 <= at.astimezone(SHANGHAI).year <= 2200:
            raise ValueError
    except ValueError:
        raise Wrong(f"--now “{text[:60]}”不是可用的时刻，应写作 2026-03-02T10:20:00+08:00（1900年至2200年）") from None
    return at


def installed(plan: str) -> Plan:
    """Return an installed plan by id, or the plan of a file; raise Wrong with the ones there are."""
    from plans.load import DATA, PlanError, load, load_all

    try:
        if plan.endswith((".yaml", ".yml")):
            return load(existing(Path(plan)))
        own = DATA / f"{plan}.yaml"
        if plan.replace("-", "").isalnum() and own.is_file() and (own_plan := load(own)).id == plan:
            return own_plan
        plans = load_all()
    except PlanError as problem:
        raise Wrong(str(problem)) from None
    if plan not in plans:
        raise Wrong(f"没有“{plan[:60]}”这个预案；可用：{'、'.join(plans)}，或预案文件的路径（.yaml）")
    return plans[plan]


def all_plans() -> dict[str, Plan]:
    """Return every installed plan by id; raise Wrong where a file cannot be used."""
    from plans.load import PlanError, load_all

    try:
        return load_all()
    except PlanError as problem:
        raise Wrong(str(problem)) from None


def chosen(plan: str) -> list[Plan]:
    """Return the plan of ``--plan``, or all that are installed where it is left out."""
    return [installed(plan)] if plan else list(all_plans().values())


def existing(path: Path) -> Path:
    """Return the path of a file that is there."""
    try:
        if path.is_file():
            return path
        what = "是文件夹，不是文件" if path.is_dir() else "没有这个文件"
    except (OSError, ValueError):  # a name longer than any, or with a NUL
        what = "不是文件名"
    raise Wrong(f"{str(path)[:200]}：{what}，请核对路径")


def new_table(file: str, own: str, kind: str, example: str) -> Path:
    """Return the path of a table that is to be written and is not there yet.

    Args:
        own: the ending of the third format that it may have, beside a workbook and CSV; empty = there is none.
        kind: what that one is.
        example: a good name.
    """
    path = Path(file)
    if path.suffix.lower() not in (".xlsx", ".csv", own):
        third = f"、.csv（表格）或 {own}（{kind}）" if own else " 或 .csv"
        raise Wrong(f"{file[:200]}：应以 .xlsx{third}结尾，例如 {example}")
    if path.exists():
        raise Wrong(f"{file[:200]} 已经有了，没有覆盖；请换一个名字")
    return path
