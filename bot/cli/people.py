"""``tocsin people``: what is missing among people; what is kept about one of them, and its erasure."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from bot.cli.chinese import commands, group
from bot.cli.database import address, attempt, bound, reading
from bot.cli.erasure import By, Reason, Sure, ordered
from bot.cli.output import AsJson, Wrong, all_plans, emit, moment
from bot.texts.people import KEPT, KEPT_HEAD

app = group("人员：检查缺什么人，导出或抹去一个人的资料。")

Who = Annotated[str, typer.Argument(metavar="NAME", help="核实过的真实姓名、@用户名或标识；同名时用标识")]


def check(as_json: AsJson = False) -> None:
    """检查绑定的预案缺什么人：没人担任的职务、没有联络员或收不到消息的单位、停用机器人的人；缺时退出码为1。"""
    from dataclasses import asdict

    from bot.office.people import missing
    from bot.render.people import check

    plans = all_plans()

    async def read(rx: Any) -> list[tuple[Any, Any]]:
        return [(plan, await missing(rx, plan, moment(""))) for plan in await bound(rx, plans)]

    checks = reading(read)
    if as_json:
        emit([{"plan": plan.id, "ok": item.good, **asdict(item)} for plan, item in checks])
    else:
        for plan, item in checks:
            typer.echo(check(plan.title, item))
        if not checks:
            typer.echo("还没有绑定预案：请先在指挥群里发 /bind。")
    raise typer.Exit(0 if checks and all(item.good for _, item in checks) else 1)


def export(name: Who, as_json: AsJson = True) -> None:
    """导出机器人保存的一个人的全部资料（总是JSON）：身份、做过的事、写过的话、发给他的消息。"""
    from bot.operations.persons import kept_about

    async def read(rx: Any) -> Any:
        return await kept_about(rx, await _one(rx, name))

    if as_json:
        emit(reading(read))


def erase(
    name: Who,
    by: By,
    reason: Reason,
    yes: Sure = False,
    as_json: AsJson = False,
) -> None:
    """抹去一个人的姓名、账号和写过的话，结束其身份；何时做了什么仍在，记录链保持完整。请先停下机器人。

    备份和Telegram里的消息不在此列。
    """
    by, reason = ordered(by, reason, yes)

    async def run() -> Any:
        from bot.operations.persons import StillNeeded
        from bot.operations.persons import erase as do
        from storage import open_store

        async with await open_store(address()) as store:
            with store.lock():
                async with store.reading() as rx:
                    person = await _one(rx, name)
                try:
                    return await do(store, person, by=by, reason=reason, now=moment(""))
                except StillNeeded as needed:
                    numbers = "、".join(needed.numbers)
                    raise Wrong(
                        f"{numbers}还没有归档，其中有他的记录；请先归档（/close）、解除或办结，再抹去"
                    ) from None

    done = attempt(run)
    if as_json:
        emit({"values": done.values, "messages": done.messages, "updates": done.updates, "roles": done.roles,
              "kept": done.kept})  # fmt: skip
    else:
        typer.echo(
            f"已抹去：记录{done.values}项，消息{done.messages}条，原始更新{done.updates}条；结束身份{done.roles}个。记录链完整。"
        )
        if done.kept:
            typer.echo(KEPT_HEAD)
        for key, count in done.kept.items():
            typer.echo(f"- {KEPT[key].format(count=count)}")


async def _one(rx: Any, name: str) -> Any:
    from storage.people import shown_name

    people = await rx.people.by_name(name.strip()) if name.strip() else []
    if not people:
        alike = "、".join(person.id for person in await rx.people.maybe_called(name.strip())) if name.strip() else ""
        hint = f"；Telegram名是它、不认作姓名的：{alike}" if alike else ""
        raise Wrong(f"没有“{name[:40]}”这个人；请写核实过的真实姓名、@用户名或标识{hint}")
    if len(people) > 1:
        names = "、".join(f"{person.id}（{shown_name(person)}）" for person in people)
        raise Wrong(f"有{len(people)}个人叫“{name[:40]}”，请用标识：{names}")
    return people[0]


commands(app, "check")(check)
commands(app, "export")(export)
commands(app, "erase")(erase)
