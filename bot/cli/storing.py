"""``tocsin incidents``, ``tocsin audit``, ``tocsin db``: the configured database, read also while the bot runs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.chinese import commands, group
from bot.cli.database import address, reading, told
from bot.cli.output import AsJson, Limit, Wrong, emit, existing

incidents = group("事件：列出，看一个事件的全部记录。")
audit = group("记录完整性：检查记录有没有被改动。")
db = group("数据库：升级。")


def list_(limit: Limit = 100, as_json: AsJson = False) -> None:
    """列出事件，新的在前。"""
    from bot.rows import incident_row

    async def read(rx: Any) -> list[dict[str, Any]]:
        return [incident_row(row) for row in await rx.incidents.list(limit=limit)]

    rows = reading(read)
    if as_json:
        emit(rows)
        return
    from bot.cli.played import STATES, moment
    from bot.cli.table import table

    shown = [
        (
            f"{'演' if row['drill'] else ''}{row['number']}号",
            STATES[row["state"]],
            row["event_level"] or "未定级",
            f"{row['response_level']}级响应" if row["response_level"] else "未启动",
            moment(row["reported_at"]),
            row["plan"],
            row["text"][:60],
        )
        for row in rows
    ]
    head = ("编号", "状态", "事件级别", "响应", "接报", "预案", "报告")
    for line in table(shown, head, indent=0) or ["还没有事件。"]:
        typer.echo(line)


def show(
    incident: Annotated[str, typer.Argument(metavar="ID", help="编号（17，演练写作 演17）或标识，见 incidents list")],
    as_json: AsJson = False,
) -> None:
    """显示一个事件：经过、报送义务、通知、消息。"""
    from bot.cli.record import found

    record = reading(lambda rx: found(rx, incident.strip()))
    if record is None:
        raise Wrong(f"没有“{incident[:60]}”这个事件；编号见 tocsin incidents list")
    if as_json:
        emit(record.as_json())
        return
    for line in record.lines():
        typer.echo(line)


def verify(
    checkpoint: Annotated[str, typer.Option("--checkpoint", metavar="FILE", help="以前导出的检查点文件")] = "",
    as_json: AsJson = False,
) -> None:
    """检查每条记录链；有改动时退出码为1。"""
    exported = _checkpoint(checkpoint)

    async def read(rx: Any) -> tuple[list[dict[str, Any]], int]:
        faults = await rx.journal.verify(checkpoint=exported)
        shown = [
            {"stream": item.stream, "sequence": item.sequence, "kind": item.kind, "text": item.text} for item in faults
        ]
        return shown, len(await rx.journal.heads())

    faults, streams = reading(read)
    if as_json:
        emit({"ok": not faults, "streams": streams, "faults": faults})
    elif faults:
        for fault in faults:
            typer.echo(f"{fault['stream']} 第{fault['sequence']}条：{fault['text']}")
        typer.echo(f"检查了{streams}条记录链：发现{len(faults)}处异常。")
    else:
        typer.echo(f"检查了{streams}条记录链：未发现改动。")
    raise typer.Exit(1 if faults else 0)


def _checkpoint(name: str) -> Any:
    if not name:
        return None
    path = existing(Path(name))
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        raise Wrong(f"{name}：不是检查点文件，应为机器人写出的JSON（见 TOCSIN_CHECKPOINT_FOLDER）")
    return data


def upgrade() -> None:
    """把数据库升级到本程序的版本；没有就建立。"""

    async def run() -> None:
        from storage import upgrade as migrate

        await migrate(address())

    told(run)
    typer.echo("数据库已是最新。")


commands(incidents, "list")(list_)
commands(incidents, "show")(show)
commands(audit, "verify")(verify)
commands(db, "upgrade")(upgrade)
