"""``tocsin incidents``, ``tocsin audit``, ``tocsin db``: the configured database, read also while the bot runs."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from bot.cli.output import AsJson, Wrong, emit, existing

incidents = typer.Typer(help="事件", no_args_is_help=True)
audit = typer.Typer(help="记录完整性", no_args_is_help=True)
db = typer.Typer(help="数据库", no_args_is_help=True)

T = TypeVar("T")


def _reading(function: Callable[[Any], Awaitable[T]]) -> T:
    """Run something on the configured database, opened for reading only; a missing one is one sentence."""
    from bot.config import WrongSetting, database_url
    from storage import StorageError, open_store

    async def run() -> T:
        async with await open_store(database_url(), read_only=True) as store, store.reading() as rx:
            return await function(rx)

    try:
        return asyncio.run(run())
    except (StorageError, WrongSetting) as problem:
        raise Wrong(str(problem)) from None


@incidents.command("list")
def list_(
    limit: Annotated[int, typer.Option("--limit", help="最多几条", min=1, max=10_000)] = 100, as_json: AsJson = False
) -> None:
    """列出事件，新的在前。"""
    from bot.rows import incident_row

    async def read(rx: Any) -> list[dict[str, Any]]:
        return [incident_row(row) for row in await rx.incidents.list(limit=limit)]

    rows = _reading(read)
    if as_json:
        emit(rows)
        return
    for row in rows:
        drill = "演" if row["drill"] else ""
        typer.echo(
            f"{drill}{row['number']}号 {row['id']} {row['state']} {row['response_level'] or '-'} {row['reported_at']} {row['text'][:40]}"
        )
    if not rows:
        typer.echo("还没有事件。")


@incidents.command()
def show(incident: Annotated[str, typer.Argument(help="编号（17）或标识")], as_json: AsJson = False) -> None:
    """显示一个事件：经过、报送义务、通知、消息。"""
    from bot.cli.record import found, lines

    record = _reading(lambda rx: found(rx, incident))
    if record is None:
        raise Wrong(f"没有“{incident}”这个事件；见 tocsin incidents list")
    if as_json:
        emit(record)
        return
    for line in lines(record):
        typer.echo(line)


@audit.command()
def verify(
    checkpoint: Annotated[str, typer.Option("--checkpoint", help="以前导出的检查点文件")] = "", as_json: AsJson = False
) -> None:
    """检查每条记录链；有改动时退出码为1。"""
    import json

    exported = json.loads(existing(Path(checkpoint)).read_text(encoding="utf-8")) if checkpoint else None

    async def read(rx: Any) -> tuple[list[dict[str, Any]], int]:
        faults = await rx.journal.verify(checkpoint=exported)
        shown = [
            {"stream": item.stream, "sequence": item.sequence, "kind": item.kind, "text": item.text} for item in faults
        ]
        return shown, len(await rx.journal.heads())

    faults, streams = _reading(read)
    if as_json:
        emit({"ok": not faults, "streams": streams, "faults": faults})
    elif faults:
        for fault in faults:
            typer.echo(f"{fault['stream']} 第{fault['sequence']}条：{fault['text']}")
        typer.echo(f"检查了{streams}条记录链：发现{len(faults)}处异常。")
    else:
        typer.echo(f"检查了{streams}条记录链：未发现改动。")
    raise typer.Exit(1 if faults else 0)


@db.command()
def upgrade() -> None:
    """把数据库升级到本程序的版本。"""
    from bot.config import WrongSetting, database_url
    from storage import StorageError
    from storage import upgrade as migrate

    try:
        asyncio.run(migrate(database_url()))
    except (StorageError, WrongSetting) as problem:
        raise Wrong(str(problem)) from None
    typer.echo("数据库已是最新。")
