"""``tocsin directory``: the numbers that are rung, as a table, as cards, and where the plans disagree."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.chinese import commands, group
from bot.cli.database import address, attempt
from bot.cli.output import AsJson, Wrong, all_plans, emit, existing, new_table

if TYPE_CHECKING:
    from plans.directory.exchange import Row
    from plans.model import Plan

app = group("通讯录：导出，改好再导入，查各预案号码不一致的地方。")

Place = Annotated[str, typer.Option("--jurisdiction", metavar="PLACE", help="只要这个地区，如 晋城市城区")]


def export(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="写到哪个文件：.xlsx、.csv 表格，.vcf 名片；已有的不覆盖")
    ],
    jurisdiction: Place = "",
    as_json: AsJson = False,
) -> None:
    """导出现在使用的全部号码：机器人没建数据库时是预案里的。

    例如 tocsin directory export 通讯录.csv；表格里改“号码”“类别”“说明”三格，再用 directory import 导入。
    """
    from bot.exchange.tables import comma_separated, workbook
    from bot.private import write_private
    from plans.directory.exchange import HEAD, to_cells, to_vcards

    path = new_table(file, ".vcf", "名片", "通讯录.xlsx")
    make: Callable[[list[Row]], bytes] = {
        ".csv": lambda rows: comma_separated(HEAD, to_cells(rows)),
        ".xlsx": lambda rows: workbook(HEAD, to_cells(rows)),
        ".vcf": lambda rows: to_vcards(rows).encode(),
    }[path.suffix.lower()]
    rows = attempt(lambda: _present(_plans(jurisdiction)))
    write_private(path, make(rows))
    if as_json:
        emit([_shown(row) for row in rows])
        return
    typer.echo(f"已导出{len(rows)}个号码到 {file}")


def import_(
    file: Annotated[str, typer.Argument(metavar="FILE", help="导出后改好的 .xlsx、.csv 表格，或 .vcf 名片")],
    yes: Annotated[bool, typer.Option("--yes", help="确认修改；不写只显示会改什么")] = False,
    jurisdiction: Place = "",
    as_json: AsJson = False,
) -> None:
    """导入改好的表格：先显示会改什么，加 --yes 才改。没写进表格的号码不变。

    号码空着表示预案的号码有误；预案号码空着表示预案里没有、要增加。请先停下机器人。

    隐藏的行、列、工作表和不认识的列不读，会一一说明。

    名片（.vcf）只增加没有的号码，须用 --jurisdiction 写明地区；名称应是预案里的单位。
    """
    from bot.exchange.tables import BadFile
    from plans.directory.exchange import BadTable

    path, plans = existing(Path(file)), all_plans()
    if path.suffix.lower() == ".vcf" and not jurisdiction:
        places = "、".join(dict.fromkeys(plan.jurisdiction.name for plan in plans.values()))
        raise Wrong(f"导入名片请写明地区，例如 --jurisdiction 晋城市城区；可用：{places}")
    try:
        read = _reader(path, plans, _plans(jurisdiction))
        rows, unread = attempt(lambda: _imported(list(plans.values()), read, write=yes))
    except (BadTable, BadFile) as problem:
        raise Wrong(f"{file[:200]}：{problem}") from None
    for item in unread:
        typer.echo(item, err=True)
    if as_json:
        emit([_shown(row) for row in rows])
        return
    for row in rows:
        typer.echo(f"{row.jurisdiction} {row.unit}（{row.kind}）：{row.was or '无'} → {row.number or '有误，不再使用'}")
    end = "" if yes or not rows else "；这只是预览，加 --yes 才改"
    typer.echo(f"{'已改' if yes else '会改'}{len(rows)}个号码{end}。" if rows else "没有不同，什么也没有改。")


def conflicts(jurisdiction: Place = "", as_json: AsJson = False) -> None:
    """列出同一地区各预案不一致的号码：一个单位几个号码，一个号码几个单位。按现在使用的号码算。"""
    from plans.directory.conflicts import conflicts as compared

    disagreements = compared(attempt(lambda: _rung(_plans(jurisdiction))))
    if as_json:
        emit(
            [
                {
                    "kind": item.kind,
                    "jurisdiction": item.jurisdiction,
                    "line": item.line or None,
                    "printed": [{"plan": plan, "unit": unit, "number": number} for plan, unit, number in item.printed],
                }
                for item in disagreements
            ]
        )
        return
    for item in disagreements:
        what = f"同一单位几个号码（{item.line}）" if item.kind == "numbers" else "一个号码几个单位"
        typer.echo(f"{item.jurisdiction} {what}")
        for plan, unit, number in item.printed:
            typer.echo(f"  {number}  {unit}  {plan}")
    typer.echo(f"共{len(disagreements)}处不一致。" if disagreements else "没有不一致的号码。")


def _plans(jurisdiction: str) -> list[Plan]:
    plans = list(all_plans().values())
    chosen_plans = [plan for plan in plans if not jurisdiction or plan.jurisdiction.name == jurisdiction]
    if not chosen_plans:
        places = "、".join(dict.fromkeys(plan.jurisdiction.name for plan in plans))
        raise Wrong(f"没有“{jurisdiction[:40]}”的预案；可用：{places}")
    return chosen_plans


async def _edits(plans: list[Plan]) -> dict[str, list[Any]]:
    """Return the edits of some plans' jurisdictions; none where there is no database yet."""
    from bot.outgoing.viewer import amendments
    from storage import StoreMissing, open_store

    try:
        store = await open_store(address(), read_only=True)
    except StoreMissing:
        return {}
    async with store, store.reading() as rx:
        return {name: await amendments(rx, name) for name in dict.fromkeys(plan.jurisdiction.name for plan in plans)}


async def _present(plans: list[Plan]) -> list[Row]:
    from plans.directory.exchange import table

    return table(plans, await _edits(plans))


async def _rung(plans: list[Plan]) -> list[Plan]:
    from plans.directory import amended

    edits = await _edits(plans)
    return [amended(plan, edits.get(plan.jurisdiction.name, ())) for plan in plans]


async def _imported(plans: list[Plan], differing: Any, *, write: bool) -> tuple[list[Row], list[str]]:
    from bot.clock import SystemClock
    from bot.office.amendments import import_rows
    from plans.directory.exchange import table
    from storage import open_store

    if not write:
        rows, unread = differing(await _present(plans))
        return rows, unread
    async with await open_store(address()) as store:
        with store.lock():
            rows, unread = differing(table(plans, await _edits(plans)))
            async with store.writing() as tx:
                await import_rows(tx, rows, now=SystemClock().now())
            return rows, unread


def _reader(
    path: Path, plans: dict[str, Plan], local: list[Plan]
) -> Callable[[list[Row]], tuple[list[Row], list[str]]]:
    """Return what finds, beside the present table, the rows that a file changes, and what of it was not read."""
    from plans.directory.exchange import differing, from_cards, from_tables

    content = path.read_bytes()
    if path.suffix.lower() == ".vcf":
        from bot.exchange.cards import numbers_of

        cards = numbers_of(content)
        return lambda present: from_cards(cards, local, present)
    from bot.exchange.tables import tables_of

    wanted, unread = from_tables(tables_of(path.name, content), plans)
    return lambda present: (differing(wanted, present), unread)


def _shown(row: Row) -> dict[str, object]:
    return {
        "jurisdiction": row.jurisdiction,
        "plan": row.plan,
        "unit": row.unit,
        "kind": row.kind,
        "number": row.number or None,
        "was": row.was or None,
        "note": row.note,
    }


commands(app, "export")(export)
commands(app, "import")(import_)
commands(app, "conflicts")(conflicts)
