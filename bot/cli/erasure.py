"""What both erasures ask before they begin: who decided it, why, and that it is meant."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.cli.output import Wrong

By = Annotated[str, typer.Option("--by", metavar="NAME", help="谁决定抹去，记入管理记录")]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="依据和原因，记入管理记录")]
Sure = Annotated[bool, typer.Option("--yes", help="确认：抹去后无法恢复")]


def ordered(by: str, reason: str, yes: bool) -> tuple[str, str]:
    """Return by whom and why, trimmed; raise Wrong where one is missing or it is not confirmed."""
    if not by.strip() or not reason.strip():
        raise Wrong("请写明 --by 谁决定、--reason 依据和原因，例如 --by 孙管理 --reason 当事人申请")
    if not yes:
        raise Wrong("抹去后无法恢复；确认请加 --yes")
    return by.strip(), reason.strip()
