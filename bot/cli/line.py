"""``tocsin line``: which offices' reports go up to which (报送关系), of this installation or to another one."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli import office_act
from bot.cli.chinese import commands, group
from bot.cli.database import reading
from bot.cli.office_act import Act
from bot.cli.output import AsJson, Limit, Wrong, emit, moment

if TYPE_CHECKING:
    from bot.office.administration import AdminResult

app = group("报送关系：下级的报告经系统报给上级的值班席；上级在另一套系统的，在这里接通。")

Id = Annotated[str, typer.Argument(metavar="ID", help="标识，见 tocsin line list")]
Below = Annotated[str, typer.Argument(metavar="BELOW", help="谁的报告，例如 晋城市城区")]
Above = Annotated[str, typer.Argument(metavar="ABOVE", help="报给哪里，例如 晋城市")]
Recipients = Annotated[list[str], typer.Argument(metavar="NAME…", help="由对方代收的接收单位，预案里写明的，例如 市委")]


def list_(as_json: AsJson = False) -> None:
    """列出报送关系：谁报给哪里、代收哪些单位、通不通、有几件在等。"""
    from bot.office.lines import standing
    from bot.rows import iso

    found = reading(standing)
    if as_json:
        emit(
            [
                {
                    "id": item.id,
                    "from": item.jurisdiction,
                    "to": item.place,
                    "recipients": list(item.recipients),
                    "origin": item.url or None,
                    "since": iso(item.since),
                    "agreed_at": iso(item.agreed_at) if item.agreed_at is not None else None,
                    "heard_at": iso(item.heard_at) if item.heard_at is not None else None,
                    "waiting": item.waiting,
                    "dead": item.dead,
                    "error": item.error or None,
                }
                for item in found
            ]
        )
        return
    from bot.render.lines import line

    for number, item in enumerate(found, 1):
        typer.echo(f"{line(item, number, moment(''))}\n    {item.id}")
    if not found:
        typer.echo("还没有报送关系。")


def offer(below: Below, above: Above, recipients: Recipients) -> None:
    """提出到本系统另一辖区的报送关系；对方管理员同意后有效。用SQLite时请先停下机器人。"""
    from bot.office.lines import named_in
    from bot.office.lines import offer as do

    _say(_act(lambda service, by: do(service, by, below, above, named_in(recipients))))


def agree(line: Id) -> None:
    """代对方同意一个报送关系。用SQLite时请先停下机器人。"""
    from bot.office.lines import agree as do
    from bot.office.lines import standing

    terms = next((item.terms for item in reading(standing) if item.id == line), "")
    _say(_act(lambda service, by: do(service, by, line, terms)))


def connect(
    below: Below, above: Above, url: Annotated[str, typer.Argument(metavar="URL", help="对方系统的地址，例如 https://city.example.cn")],
    recipients: Recipients,
) -> None:  # fmt: skip
    """接通另一套系统。对方管理员制发的接口口令（范围“报告”）在提示后输入（或由管道送入），不写在命令里。

    地址和推送的一样只到公网443端口，别的列入 TOCSIN_PUSH_HOSTS。

    口令按 TOCSIN_TOKEN 变换后存放；换口令后要重新接通。用SQLite时请先停下机器人。
    """
    from bot.config import WrongSetting, read_settings
    from bot.office.lines import connect as do
    from bot.office.lines import named_in

    try:
        settings = read_settings()
    except WrongSetting as problem:
        raise Wrong(str(problem)) from None
    token = _asked()
    done = _act(
        lambda service, by: do(
            service, by, below, above, named_in(recipients), url=url, token=token, allowed=settings.push_hosts
        ),
        settings.token.get_secret_value(),
    )
    _say(done)


def end(
    line: Id, yes: Annotated[bool, typer.Option("--yes", help="确认：还在等的不再送，会请值班席打电话")] = False
) -> None:
    """结束一个报送关系。用SQLite时请先停下机器人。"""
    from bot.office.lines import end as do

    if not yes:
        raise Wrong("还在等的不再送，会请值班席打电话；确认请加 --yes")
    _say(_act(lambda service, by: do(service, by, line)))


def dead(limit: Limit = 100, as_json: AsJson = False) -> None:
    """列出没送到、已不再试的，新的在前；当时已请值班席打电话。"""
    from bot.cli.simulate_output import moment as shown
    from bot.rows import iso

    async def read(rx: Any) -> list[dict[str, Any]]:
        return [
            {
                "line": item.line_id,
                "incident": item.stream,
                "created_at": iso(item.created_at),
                "tries": item.attempts,
                "error": item.error,
            }
            for item in await rx.submissions.dead_letters(limit)
        ]

    rows = reading(read)
    if as_json:
        emit(rows)
        return
    from bot.cli.table import table

    head = ("时间", "事件", "试了", "原因", "报送关系")
    items = [
        (shown(row["created_at"]), row["incident"], f"{row['tries']}次", row["error"], row["line"]) for row in rows
    ]
    for text in table(items, head, indent=0) or ["没有没送到的。"]:
        typer.echo(text)


def _asked() -> str:
    """Return the token that is typed without being shown, or comes by a pipe."""
    if sys.stdin.isatty():
        return str(typer.prompt("对方的接口口令", hide_input=True, err=True)).strip()
    return sys.stdin.readline().strip()


def _act(act: Act, token: str = "") -> AdminResult:
    """Do something in the name of whoever runs the command line; raise Wrong where it was refused."""
    return office_act.act(act, "line", _words, token)


def _words(done: AdminResult) -> str:
    from bot.render.lines import result

    return result(done.key, **done.values).text


def _say(done: AdminResult) -> None:
    office_act.say(_words(done))


commands(app, "list")(list_)
commands(app, "offer")(offer)
commands(app, "agree")(agree)
commands(app, "connect")(connect)
commands(app, "end")(end)
commands(app, "dead")(dead)
