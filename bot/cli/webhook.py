"""``tocsin webhook``: which other systems are told of what happens; what did not arrive, and sending it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli import office_act
from bot.cli.chinese import commands, group
from bot.cli.database import reading
from bot.cli.office_act import Act
from bot.cli.output import AsJson, Limit, Wrong, all_plans, emit, moment

if TYPE_CHECKING:
    from bot.office.administration import AdminResult

app = group("推送：把事件、时限、预警告诉别的系统（webhook）；没送到的，重发。")

Id = Annotated[str, typer.Argument(metavar="ID", help="标识，见 tocsin webhook list")]


def list_(as_json: AsJson = False) -> None:
    """列出推送到哪里、推送什么、送达没有。网址里的路径不显示，可能含口令。"""
    from bot.office.webhooks import addresses
    from bot.rows import iso

    found = reading(addresses)
    if as_json:
        emit(
            [
                {
                    "id": item.id,
                    "jurisdiction": item.jurisdiction,
                    "origin": item.shown,
                    "types": list(item.types),
                    "since": iso(item.since),
                    "arrived_at": iso(item.arrived_at) if item.arrived_at is not None else None,
                    "waiting": item.waiting,
                    "dead": item.dead,
                    "stopped": item.why or None,
                }
                for item in found
            ]
        )
        return
    from bot.render.webhooks import line

    for number, item in enumerate(found, 1):
        typer.echo(f"{line(item, number, moment(''))}\n    {item.id}")
    if not found:
        typer.echo("还没有推送到别的系统。")


def add(
    url: Annotated[str, typer.Argument(metavar="URL", help="网址，例如 https://hook.example.cn/tocsin")],
    jurisdiction: Annotated[str, typer.Option("--jurisdiction", metavar="PLACE", help="辖区，例如 晋城市城区")],
    types: Annotated[
        str, typer.Option("--types", metavar="KINDS", help="推送什么，逗号分开，如 incident,warning；不写为全部")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """准许推送到一个网址；签名密钥只在这里显示一次。用SQLite时请先停下机器人。

    密钥由 TOCSIN_TOKEN 派生，设置里要有口令；换口令后密钥也变，要重新交给对方。
    """
    from bot.config import WrongSetting, read_settings
    from bot.office.webhooks import allow
    from bot.render.pushed import TYPES, is_type

    places = dict.fromkeys(plan.jurisdiction.name for plan in all_plans().values())
    if jurisdiction not in places:
        raise Wrong(f"没有“{jurisdiction[:40]}”的预案；可用：{'、'.join(places)}")
    chosen = [word for word in types.replace("，", ",").replace(" ", ",").split(",") if word]
    if wrong := [word for word in chosen if not is_type(word)]:
        raise Wrong(f"--types “{wrong[0][:40]}”不是推送的种类；可用：{'、'.join(TYPES)}，或它们的第一段")
    try:
        settings = read_settings()
    except WrongSetting as problem:
        raise Wrong(str(problem)) from None
    token, allowed = settings.token.get_secret_value(), settings.push_hosts
    done = _act(lambda service, by: allow(service, by, jurisdiction, url, chosen, allowed=allowed), token)
    key = _key(token, done.secrets[0])
    if as_json:
        emit({"id": done.values["id"], "secret": key})
        return
    typer.echo(f"已准许推送到 {done.values['shown']}（{jurisdiction}），标识 {done.values['id']}。")
    typer.echo(f"签名密钥（只显示这一次）：{key}")


def remove(
    webhook: Id, yes: Annotated[bool, typer.Option("--yes", help="确认：等着的和没送到的一并删去")] = False
) -> None:
    """不再推送到一个网址，等着的和没送到的一并删去。用SQLite时请先停下机器人。"""
    from bot.office.webhooks import remove as do

    if not yes:
        raise Wrong("等着的和没送到的会一并删去；确认请加 --yes")
    _say(_act(lambda service, by: do(service, by, webhook)))


def resume(webhook: Id) -> None:
    """重新启用已停的推送。用SQLite时请先停下机器人。"""
    from bot.office.webhooks import resume as do

    _say(_act(lambda service, by: do(service, by, webhook)))


def test(webhook: Id) -> None:
    """让机器人发一条测试（webhook.test）。用SQLite时请先停下机器人，启动后即发。"""
    from bot.office.webhooks import test as do

    _say(_act(lambda service, by: do(service, by, webhook)))


def resend(webhook: Id) -> None:
    """让机器人把没送到的全部重发，每条仍用原来的标识。用SQLite时请先停下机器人，启动后即发。"""
    from bot.office.webhooks import resend as do

    _say(_act(lambda service, by: do(service, by, webhook)))


def dead(
    webhook: Annotated[str, typer.Argument(metavar="ID", help="标识；不写为全部")] = "",
    limit: Limit = 100,
    as_json: AsJson = False,
) -> None:
    """列出没送到、已不再试的，新的在前。"""
    from bot.cli.simulate_output import moment as shown
    from bot.rows import iso

    async def read(rx: Any) -> list[dict[str, Any]]:
        return [
            {
                "webhook": item.webhook_id,
                "message": item.message,
                "type": item.type,
                "created_at": iso(item.created_at),
                "tries": item.attempts,
                "error": item.error,
            }
            for item in await rx.webhooks.dead_letters(limit, webhook)
        ]

    rows = reading(read)
    if as_json:
        emit(rows)
        return
    from bot.cli.table import table

    head = ("时间", "种类", "试了", "原因", "消息", "推送")
    items = [
        (shown(row["created_at"]), row["type"], f"{row['tries']}次", row["error"], row["message"], row["webhook"])
        for row in rows
    ]
    for line in table(items, head, indent=0) or ["没有没送到的。"]:
        typer.echo(line)


def _act(act: Act, token: str = "") -> AdminResult:
    """Do something in the name of whoever runs the command line; raise Wrong where it was refused."""
    return office_act.act(act, "webhook", _words, token)


def _words(done: AdminResult) -> str:
    from bot.render.webhooks import result

    return result(done.key, **done.values).text


def _say(done: AdminResult) -> None:
    office_act.say(_words(done))


def _key(token: str, number: str) -> str:
    from bot.notifier.webhook import PREFIX
    from bot.sealed import Seal

    return PREFIX + Seal(token).secret(number)


commands(app, "list")(list_)
commands(app, "add")(add)
commands(app, "remove")(remove)
commands(app, "resume")(resume)
commands(app, "test")(test)
commands(app, "dead")(dead)
commands(app, "resend")(resend)
