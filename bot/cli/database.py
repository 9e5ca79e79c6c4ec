"""The configured database on the command line: what stands in the way is one sentence."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

from bot.cli.output import Wrong

T = TypeVar("T")


def reading(function: Callable[[Any], Awaitable[T]]) -> T:
    """Run something on the configured database, opened for reading only."""

    async def run() -> T:
        from storage import open_store

        async with await open_store(address(), read_only=True) as store, store.reading() as rx:
            return await function(rx)

    return told(run)


def address() -> str:
    """Return the configured database's address; raise Wrong where its file cannot be one."""
    from bot.config import database_url

    url = database_url()
    name = url.removeprefix("sqlite+aiosqlite:///")
    if name == url or not name:
        return url
    path = Path(name)
    if path.is_dir():
        raise Wrong(f"TOCSIN_DATABASE_URL 是文件夹 {path}，应为其中的一个文件，例如 {path / 'tocsin.db'}")
    if not path.parent.is_dir():
        raise Wrong(f"TOCSIN_DATABASE_URL 所在的文件夹 {path.parent} 不存在；请先建立，或换一个路径")
    return url


def told(run: Callable[[], Awaitable[T]]) -> T:
    """Run something on the database; what stands in the way is one sentence."""
    import asyncio

    from bot.config import WrongSetting
    from storage import StorageError

    async def go() -> T:
        return await run()

    try:
        return asyncio.run(go())
    except WrongSetting as problem:
        raise Wrong(str(problem)) from None
    except StorageError as problem:
        raise Wrong(sentence(problem)) from None
    except OSError as problem:
        raise Wrong(f"连不上或打不开数据库：{problem.strerror or problem}。请核对 TOCSIN_DATABASE_URL") from None
    except Exception as problem:  # the driver's own errors, whose names only storage knows
        library = type(problem).__module__.split(".")[0]
        if library == "alembic":
            raise Wrong("数据库的版本本程序不认识，可能比本程序新；请换用新版程序") from None
        if library not in ("sqlalchemy", "sqlite3", "asyncpg"):
            raise
        reason = str(getattr(problem, "orig", problem)).splitlines()[0][:200]
        raise Wrong(
            f"打不开数据库：{reason}。请核对 TOCSIN_DATABASE_URL，应为本程序的SQLite文件或PostgreSQL数据库"
        ) from None


def sentence(problem: Any) -> str:
    """Return a storage error in words: what was wrong, what to do."""
    match type(problem).__name__:
        case "StoreMissing":
            return f"没有数据库 {problem.path}；先运行 tocsin db upgrade 建立，或用 TOCSIN_DATABASE_URL 指明它在哪里"
        case "SchemaOutdated" if problem.found is None:
            return "数据库里还没有表；先运行 tocsin db upgrade"
        case "SchemaOutdated":
            return (
                f"数据库的版本是 {problem.found}，本程序要的是 {problem.expected}；"
                "数据库较旧请运行 tocsin db upgrade，较新请换用新版程序"
            )
        case "StoreLocked":
            return f"数据库正在使用（进程 {problem.pid or '不明'}，锁文件 {problem.path}）；请先停下机器人再做"
        case "ReadOnly":
            return "数据库只能读，不能写；请核对文件的权限"
        case "Unavailable":
            reasons = {"locked": "被别的程序占用", "full": "磁盘已满", "connection": "连不上", "conflict": "正忙"}
            return f"数据库暂时用不了（{reasons.get(problem.reason, problem.reason)}），没有改动任何内容；请稍后再试"
        case _:
            return f"数据库出错：{problem}"
