"""``tocsin db``: tables brought up to date, copies taken while the bot runs, a copy brought back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from bot.cli.chinese import commands, group
from bot.cli.database import address, attempt
from bot.cli.output import AsJson, Wrong, emit, existing, moment

T = TypeVar("T")

app = group("数据库：建立和升级，备份，恢复。")

SETTLED = (
    "恢复后：备份里没发出的{dropped}条消息不再补发，{presses}次旧按键作废，"
    "{summarised}件事件的到期提醒并成一条，已告知{told}名值班员。"
)


def upgrade() -> None:
    """把数据库升级到本程序的版本；没有就建立。先停下机器人，并做好备份。"""

    async def run() -> None:
        from storage import upgrade as migrate

        await migrate(address())

    attempt(run)
    typer.echo("数据库已是最新。")


def backup(
    file: Annotated[str, typer.Argument(metavar="FILE", help="备份写入这个新文件，例如 tocsin-2026-03-02.db")],
    as_json: AsJson = False,
) -> None:
    """备份SQLite数据库，机器人运行时也可以；备份会随即核对，记录有改动时退出码为1。

    PostgreSQL 请用 pg_dump（见 deploy/runbook.md）。
    """

    async def run() -> Any:
        from bot.operations.backup import backup as copy

        return await copy(address(), Path(file))

    backup_copy = _copied(run)
    if as_json:
        emit(
            {
                "file": str(backup_copy.path),
                "bytes": backup_copy.size,
                "streams": backup_copy.streams,
                "entries": backup_copy.entries,
                "verified": backup_copy.verified,
                "faults": len(backup_copy.faults),
            }
        )
    else:
        checked = "数据库较旧，记录未核对；恢复时会升级" if not backup_copy.verified else _integrity(backup_copy.faults)
        typer.echo(
            f"已备份到 {backup_copy.path}：{backup_copy.streams}条记录链，{backup_copy.entries}条记录，{checked}。"
        )
    raise typer.Exit(0 if backup_copy.ok else 1)


def restore(
    file: Annotated[str, typer.Argument(metavar="FILE", help="db backup 写出的文件")],
    overwrite: Annotated[bool, typer.Option("--overwrite", help="换下现有的数据库；旧的改名保留在旁边")] = False,
    as_json: AsJson = False,
) -> None:
    """用备份恢复SQLite数据库；须先停下机器人。旧消息不会补发，值班员会收到核对提示。

    PostgreSQL 请用 pg_restore，再运行 tocsin db upgrade 和 tocsin db settle（见 deploy/runbook.md）。
    """
    source = existing(Path(file))

    async def run() -> Any:
        from bot.operations.backup import restore as bring_back

        return await bring_back(source, address(), now=moment(""), overwrite=overwrite)

    done = _copied(run)
    if as_json:
        emit(
            {
                "file": str(done.path),
                "aside": str(done.aside) if done.aside else None,
                "faults": len(done.faults),
                "settled": _settled(done.settled),
            }
        )
    else:
        aside = f"原来的数据库改名为 {done.aside}。" if done.aside else ""
        typer.echo(f"已恢复到 {done.path}（{_integrity(done.faults)}）。{aside}")
        typer.echo(SETTLED.format(**_settled(done.settled)))
    raise typer.Exit(1 if done.faults else 0)


def settle(as_json: AsJson = False) -> None:
    """恢复PostgreSQL之后、启动机器人之前运行一次：旧消息不补发，告知值班员核对。SQLite不需要。"""

    async def run() -> Any:
        from bot.operations.restored import settle as calm
        from storage import open_store

        async with await open_store(address()) as store:
            with store.lock():
                return await calm(store, moment(""))

    done = _settled(attempt(run))
    if as_json:
        emit(done)
    else:
        typer.echo(SETTLED.format(**done))


def _settled(done: Any) -> dict[str, Any]:
    return {
        "until": done.until.isoformat(),
        "dropped": done.dropped,
        "unsure": done.unsure,
        "summarised": done.summarised,
        "presses": done.presses,
        "told": done.told,
    }


def _integrity(faults: Any) -> str:
    return f"记录有{len(faults)}处异常，见 tocsin audit verify" if faults else "记录未发现改动"


def _copied(run: Callable[[], Awaitable[T]]) -> T:
    """Run something that copies a database; what stands in the way is one sentence."""
    from bot.operations.backup import CopyFailed, NoSuchFile, NotAFile, WouldOverwrite

    try:
        return attempt(run)
    except NotAFile:
        raise Wrong("这里只备份和恢复SQLite文件；PostgreSQL 请用 pg_dump 和 pg_restore，见 deploy/runbook.md") from None
    except NoSuchFile as problem:
        raise Wrong(f"没有数据库文件 {problem.path}；请核对 TOCSIN_DATABASE_URL") from None
    except WouldOverwrite as problem:
        raise Wrong(f"已有文件 {problem.path}，不会覆盖；备份请换一个名字，恢复请加 --overwrite") from None
    except CopyFailed as problem:
        raise Wrong(f"没有写成 {problem.path}：{problem.reason}；现有的数据库没有变") from None


commands(app, "upgrade")(upgrade)
commands(app, "backup")(backup)
commands(app, "restore")(restore)
commands(app, "settle")(settle)
