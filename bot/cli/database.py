"""The configured database on the command line: what stands in the way is one sentence."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from bot.cli.output import Wrong

if TYPE_CHECKING:
    from plans.model import Plan

T = TypeVar("T")


def reading(function: Callable[[Any], Awaitable[T]]) -> T:
    """Run something on the configured database, opened for reading only."""

    async def run() -> T:
        from storage import open_store

        async with await open_store(address(), read_only=True) as store, store.reading() as rx:
            return await function(rx)

    return attempt(run)


async def bound(rx: Any, plans: Mapping[str, Plan]) -> list[Plan]:
    """Return the plans, of those that are installed, that some group is bound to, each once."""
    ids = [item for place in await rx.places.bound() for item in await rx.places.plans_of(place.id)]
    return [plans[item] for item in dict.fromkeys(ids) if item in plans]


def address() -> str:
    """Return the configured database's address; raise Wrong where its file cannot be one."""
    from bot.config import database_url

    url = database_url()
    name = url.removeprefix("sqlite+aiosqlite:///")
    if name == url or not name:
        return url
    path = Path(name)
    if path.is_dir():
        raise Wrong(_UNUSABLE["folder"].format(what=path, example=path / "tocsin.db"))
    if not path.parent.is_dir():
        raise Wrong(_UNUSABLE["no_folder"].format(what=path.parent))
    return url


def attempt(run: Callable[[], Awaitable[T]]) -> T:
    """Run something on the database; what stands in the way is one sentence."""
    import asyncio

    from bot.config import WrongSetting

    async def go() -> T:
        return await run()

    with told():
        try:
            return asyncio.run(go())
        except WrongSetting as problem:
            raise Wrong(str(problem)) from None
        except OSError as problem:
            raise Wrong(f"连不上或打不开数据库：{problem.strerror or problem}。请核对 TOCSIN_DATABASE_URL") from None


@contextmanager
def told() -> Iterator[None]:
    """Say in one sentence what a database stumbles over in a block."""
    from storage import StorageError

    try:
        yield
    except StorageError as problem:
        raise Wrong(sentence(problem)) from None
    except Exception as problem:  # the driver's own errors, whose names only storage knows; all else goes on as it is
        reason = driver_sentence(problem)
        if reason is None:
            raise
        raise Wrong(reason) from None


def driver_sentence(problem: Exception) -> str | None:
    """Return the sentence for an error of a database's driver that storage does not know, None for other errors."""
    library = type(problem).__module__.split(".")[0]
    if library == "alembic":
        return "数据库的版本本程序不认识，可能比本程序新；请换用新版程序"
    if library not in ("sqlalchemy", "sqlite3", "asyncpg"):
        return None
    reason = str(getattr(problem, "orig", problem)).splitlines()[0][:200]
    return f"打不开数据库：{reason}。请核对 TOCSIN_DATABASE_URL，应为本程序的SQLite文件或PostgreSQL数据库"


_UNUSABLE = {
    "folder": "TOCSIN_DATABASE_URL 是文件夹 {what}，应为其中的一个文件，例如 {example}",
    "no_folder": "TOCSIN_DATABASE_URL 所在的文件夹 {what} 不存在；请先建立，或换一个路径",
    "not_sqlite": "{what} 不是SQLite数据库（file is not a database）；请核对 TOCSIN_DATABASE_URL，不要删它",
    "foreign": "这个数据库是别的程序的（里面有表 {what}），没有改动它；请给警钟一个自己的数据库",
    "unreadable": "运行警钟的用户读不了 {what}；请改成它的文件（例如 chown tocsin: {what}）",
    "unwritable": "运行警钟的用户写不了 {what}；请改成它的文件（例如 chown tocsin: {what}），不要用root运行",
    "folder_unwritable": "运行警钟的用户不能在文件夹 {what} 里写；请改属主（例如 chown tocsin: {what}），或换一个路径",
    "password": "PostgreSQL不接受这个用户名和口令；请核对 TOCSIN_DATABASE_URL 里的口令（特殊字符要写成 %xx）",
    "role": "PostgreSQL不让这个用户登录（{what}）；请按 deploy/runbook.md 建立用户，并核对 pg_hba.conf",
    "database": "PostgreSQL里没有这个数据库；请先建立：createdb -O tocsin tocsin（见 deploy/runbook.md）",
    "privilege": "PostgreSQL的这个用户没有权限（{what}）；请让它拥有数据库：ALTER DATABASE tocsin OWNER TO tocsin",
}


def sentence(problem: Any) -> str:
    """Return a storage error in words: what was wrong, what to do."""
    match type(problem).__name__:
        case "Unusable":
            example = Path(problem.what or ".") / "tocsin.db"
            return _UNUSABLE[problem.kind].format(what=problem.what, example=example)
        case "StoreMissing":
            return f"没有数据库 {problem.path}；先运行 tocsin db upgrade 建立，或用 TOCSIN_DATABASE_URL 指明它在哪里"
        case "SchemaOutdated" if problem.found is None:
            return "数据库里还没有表；先运行 tocsin db upgrade"
        case "SchemaOutdated" if problem.newer:
            return (
                f"数据库的版本是 {problem.found}，是更新的程序用过的，本程序只到 {problem.expected}；"
                "请换用新版程序，或恢复升级前的备份"
            )
        case "SchemaOutdated":
            return (
                f"数据库的版本是 {problem.found}，本程序要的是 {problem.expected}；"
                "数据库较旧请运行 tocsin db upgrade，较新请换用新版程序"
            )
        case "StoreLocked":
            return f"数据库正在使用（进程 {problem.pid or '不明'}，锁文件 {problem.path}）；请先停下机器人再做"
        case "ReadOnly":
            return "数据库只能读，不能写；请核对文件的权限"
        case "Unavailable" if problem.reason == "connection":
            return f"连不上数据库{_where()}，没有改动任何内容；请核对 TOCSIN_DATABASE_URL，看它是否在运行"
        case "Unavailable":
            reasons = {"locked": "被别的程序占用", "full": "磁盘已满", "conflict": "正忙"}
            return f"数据库暂时用不了（{reasons.get(problem.reason, problem.reason)}），没有改动任何内容；请稍后再试"
        case _:
            return f"数据库出错：{problem}"


def _where() -> str:
    """Return where the configured database is, without its password."""
    from bot.config import WrongSetting, database_url
    from bot.database_urls import shown

    try:
        return f" {shown(database_url())}"
    except WrongSetting:
        return ""
