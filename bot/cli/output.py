"""How the command line speaks: one JSON document for machines, plain lines for people, one sentence when something is wrong."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

AsJson = Annotated[bool, typer.Option("--json", help="输出一个JSON文档，供程序读取")]
PlanId = Annotated[str, typer.Option("--plan", help="预案编号，见 tocsin plans list")]
Now = Annotated[str, typer.Option("--now", help="当作现在的时刻，ISO 8601，例如 2026-03-02T10:20:00+08:00")]


class Wrong(Exception):
    """Wrong use or bad input: what was wrong, what was expected."""


def emit(value: Any) -> None:
    """Print one JSON document."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def moment(text: str) -> datetime:
    """Return the moment of ``--now``, or the present one."""
    from bot.clock import SHANGHAI, SystemClock

    if not text:
        return SystemClock().now()
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise Wrong(f"--now “{text}”不是时刻，应写作 2026-03-02T10:20:00+08:00") from None
    return found if found.tzinfo is not None else found.replace(tzinfo=SHANGHAI)


def installed(plan_id: str) -> Any:
    """Return an installed plan; raise Wrong with the ones there are."""
    from plans.load import PlanError, load_all

    try:
        plans = load_all()
    except PlanError as problem:
        raise Wrong(str(problem)) from None
    if plan_id not in plans:
        raise Wrong(f"没有“{plan_id}”这个预案；可用：{'、'.join(plans)}")
    return plans[plan_id]


def existing(path: Path) -> Path:
    """Return the path of a file that is there."""
    if not path.is_file():
        raise Wrong(f"没有文件 {path}")
    return path
