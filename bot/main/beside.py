"""Other installations on the same database server, as a start tells of them."""

from __future__ import annotations

from bot.leadership import Neighbours, offices_elsewhere
from bot.main.program import CannotStart


async def told_of(neighbours: Neighbours | None) -> list[str]:
    """Mark what this installation holds and return a sentence for each jurisdiction that another serves too.

    That is no reason not to start: an office whose bot is silent is worse off than one with two.

    Raises:
        CannotStart: another installation has the same bot, or another bot has this database.
    """
    if neighbours is None:
        return []
    seen = await neighbours.arrive()
    if "bot" in seen.others:
        raise CannotStart(
            f"数据库 {seen.database} 正由另一个机器人使用：每套警钟要有自己的数据库。"
            "请核对 TOCSIN_DATABASE_URL 和 TOCSIN_TOKEN；换了机器人的，先停下用旧口令的进程"
        )
    taken = next((database for mark, database in seen.elsewhere.items() if mark.kind == "bot"), None)
    if taken is not None:
        raise CannotStart(
            f"这个口令正由同一台数据库服务器上的另一套警钟使用（数据库 {taken}）：一个机器人只归一套。"
            "请核对 TOCSIN_TOKEN，每套向 @BotFather 各要一个"
        )
    return [
        f"“{name}”同时由另一套警钟服务（数据库 {database}）：两套会各记一份、各叫应一遍，请在其中一套用 /unbind 解绑。"
        for name, database in offices_elsewhere(seen).items()
    ]
