"""``tocsin token``: tokens with which other systems ask the API: make one, list them, end one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.chinese import commands, group
from bot.cli.database import address, attempt, reading
from bot.cli.output import AsJson, Now, Wrong, all_plans, emit, moment

if TYPE_CHECKING:
    from storage.api_tokens import ApiToken

app = group("接口口令：给110、119平台等其他系统制发、查看、撤销。")

Id = Annotated[str, typer.Argument(metavar="ID", help="口令的标识，见 tocsin token list")]


def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="系统名称，如 110平台；它报来的事署这个名")],
    may: Annotated[
        list[str],
        typer.Argument(metavar="WORDS", help="权限（报告、查询、回复、预警），再写单位、预案编号或辖区、期限、次数"),
    ],
    replaces: Annotated[
        str,
        typer.Option("--replaces", metavar="ID", help="给同一个系统换口令：原口令的标识；以前报来的事照样能查、能续报"),
    ] = "",
    as_json: AsJson = False,
) -> None:
    """制发一个口令，只显示这一次。SQLite数据库请先停下机器人；用 /token 制发不必停。

    例如 tocsin token add 110平台 报告 晋城市城区；tocsin token add 119平台 报告+回复 区消防救援大队 180天 每分钟60次
    换口令时旧口令还有效的，再用7天；已撤销的，不能再用。
    """
    from bot.clock import SHANGHAI
    from bot.office.api_tokens import MOST_TOKENS, keep, new_secret, put_in_place
    from bot.office.api_wanted import NotRead, read_wanted
    from bot.sealed import digest
    from bot.texts.api_tokens import MESSAGES

    now = moment("")
    try:
        wanted = read_wanted([name, *may], list(all_plans().values()), now.astimezone(SHANGHAI))
    except NotRead as problem:
        raise Wrong(MESSAGES[problem.key].format(**problem.values)) from None
    secret = new_secret()
    token = wanted.token(digest(secret), "", now)

    async def write(tx: Any) -> ApiToken:
        held = [item for item in await tx.api_tokens.of(token.jurisdiction, now) if item.id != replaces]
        if len(held) >= MOST_TOKENS:
            raise Wrong(MESSAGES["token_many"].format(most=MOST_TOKENS))
        cause = f"command-line:{token.id}"
        if not replaces:
            await keep(tx, token, cause=cause, now=now)
            return token
        before: ApiToken | None = await tx.api_tokens.get(replaces)
        if before is None or (before.jurisdiction, before.name) != (token.jurisdiction, token.name):
            raise Wrong(
                f"{token.jurisdiction}没有叫“{token.name}”、标识为“{replaces[:40]}”的口令；见 tocsin token list"
            )
        return await put_in_place(tx, before, token, by="", cause=cause, now=now)

    token = _write(write)
    if as_json:
        emit({"token": secret, **_shape(token)})
        return
    typer.echo(secret)
    typer.echo(f"“{token.name}”的口令只显示这一次，请马上存进对方系统。撤销：tocsin token revoke {token.id}", err=True)


def list_(now: Now = "", as_json: AsJson = False) -> None:
    """列出全部口令，撤销、到期的也在内；口令本身没有保存，看不到。"""
    from bot.cli.table import table

    at = moment(now)

    async def read(rx: Any) -> list[ApiToken]:
        found: list[ApiToken] = await rx.api_tokens.every()
        return found

    tokens = reading(read)
    if as_json:
        emit([{**_shape(token), "holds": token.holds(at)} for token in tokens])
        return
    if not tokens:
        typer.echo("还没有接口口令。制发：tocsin token add 110平台 报告，或在私聊里发 /token")
        return
    rows = [[token.id, token.name, token.jurisdiction, _scopes(token), _day(token.until), _state(token, at)]
            for token in tokens]  # fmt: skip
    for line in table(rows, ["标识", "系统", "辖区", "权限", "到期", "现在"], indent=0):
        typer.echo(line)


def revoke(
    id: Id,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="谁决定撤销，记入管理记录")],
    as_json: AsJson = False,
) -> None:
    """撤销一个口令。SQLite数据库请先停下机器人；机器人运行时请用 /token 撤销，马上生效。"""
    from bot.office.api_tokens import end

    if not by.strip():
        raise Wrong("请写明 --by 谁决定撤销，例如 --by 孙管理")
    now = moment("")

    async def write(tx: Any) -> ApiToken:
        token: ApiToken | None = await tx.api_tokens.get(id)
        if token is None:
            raise Wrong(f"没有“{id[:40]}”这个口令；见 tocsin token list")
        if not await end(tx, token, by=by.strip(), cause=f"command-line:revoke:{id}", now=now):
            raise Wrong(f"“{token.name}”的这个口令早已撤销")
        return token

    token = _write(write)
    if as_json:
        emit({"id": token.id, "name": token.name})
    else:
        typer.echo(f"已撤销“{token.name}”的口令。")


def _write(function: Any) -> Any:
    """Run something that writes, while no program runs on an SQLite database."""

    async def run() -> Any:
        from storage import open_store

        async with await open_store(address()) as store:
            with store.lock():
                async with store.writing() as tx:
                    return await function(tx)

    return attempt(run)


def _shape(token: ApiToken) -> dict[str, Any]:
    from bot.clock import SHANGHAI

    def at(value: Any) -> str | None:
        return value.astimezone(SHANGHAI).isoformat() if value is not None else None

    return {
        "id": token.id, "name": token.name, "jurisdiction": token.jurisdiction, "plans": list(token.plans),
        "scopes": list(token.scopes), "units": list(token.units), "rate": token.rate,
        "created_at": at(token.created_at), "until": at(token.until), "revoked_at": at(token.revoked_at),
        "used_at": at(token.used_at),
    }  # fmt: skip


def _scopes(token: ApiToken) -> str:
    from bot.texts.api_tokens import SCOPES

    return "、".join([*(SCOPES[name] for name in token.scopes), *token.units])


def _day(at: Any) -> str:
    from bot.clock import SHANGHAI

    return str(at.astimezone(SHANGHAI).date())


def _state(token: ApiToken, at: Any) -> str:
    if token.revoked_at is not None:
        return "已撤销"
    return "有效" if token.holds(at) else "已到期"


commands(app, "add")(add)
commands(app, "list")(list_)
commands(app, "revoke")(revoke)
