"""``tocsin bodies``: schools, hospitals, villages of a place: imported from a workbook, exported, shown, undone."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.chinese import commands, group
from bot.cli.database import address, attempt, reading
from bot.cli.output import AsJson, Wrong, all_plans, emit, existing, new_table

if TYPE_CHECKING:
    from bot.office.bodies import Preview
    from plans.areas import Body
    from plans.model import Plan
    from storage.bodies import BodyList

app = group("单位名册：学校、幼儿园、医院、村居等，导入表格，查看，导出，撤销。")

Place = Annotated[
    str, typer.Option("--jurisdiction", metavar="PLACE", help="哪个地区，如 晋城市城区；只有一个时可不写")
]


def import_(
    file: Annotated[str, typer.Argument(metavar="FILE", help="名册：.xlsx 或 .csv")],
    jurisdiction: Place = "",
    without_absent: Annotated[
        bool, typer.Option("--replace", help="同类单位中表里没有的，不再列入名册；不写则保留")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="确认写入；不写只显示会改什么")] = False,
    as_json: AsJson = False,
) -> None:
    """导入单位名册：先显示会增加、改动哪些，哪几行没有读、为什么，加 --yes 才写入。

    表头要有“学校名称”（或“单位名称”），可有简称、类别、所属镇街、负责人（校长）、联系电话；列的次序不限。

    表里没有的列不改；隐藏的行、列、工作表和不认识的列不读，会一一说明。导入错了用 tocsin bodies undo 撤销。
    """
    from bot.office.bodies import BadFile, NoList, read_file

    path, plan = existing(Path(file)), _plan(jurisdiction)
    try:
        read = read_file(path.name, path.read_bytes(), plan.jurisdiction.area_code)
    except (BadFile, NoList) as problem:
        raise Wrong(f"{path.name}：{problem}") from None
    preview, new = attempt(lambda: _taken(plan.jurisdiction.name, read, without_absent, path.name, write=yes))
    if as_json:
        emit(
            {
                "added": [_shown(body) for body in preview.changes.added],
                "changed": [
                    {"before": _shown(before), "after": _shown(after)} for before, after in preview.changes.changed
                ],
                "same": preview.changes.same,
                "absent": [_shown(body) for body in preview.changes.absent],
                "problems": list(preview.problems),
                "unread": list(preview.reading.unread),
                "written": new is not None,
            }
        )
    else:
        _tell(preview, new, without_absent)
    raise typer.Exit(1 if preview.problems else 0)


def _tell(preview: Preview, new: BodyList | None, without_absent: bool) -> None:
    from plans.areas.changes import differences

    found = preview.changes
    for body in found.added:
        typer.echo(f"增加：{_line(body)}")
    for before, after in found.changed:
        parts = "；".join(f"{what} {old or '空'} → {new_ or '空'}" for what, old, new_ in differences(before, after))
        typer.echo(f"改动：{after.name}（{parts}）")
    for body in found.absent:
        typer.echo(f"{'不再列入' if without_absent else '表里没有，保留'}：{_line(body)}")
    for text in (*preview.problems, *preview.reading.unread):
        typer.echo(text)
    counts = f"增加{len(found.added)}个，改动{len(found.changed)}个，不变{found.same}个"
    if without_absent:
        counts += f"，不再列入{len(found.absent)}个"
    nothing = found.nothing and not (without_absent and found.absent)
    end = "。" if new is not None else "；没有不同，什么也没有改。" if nothing else "；这只是预览，加 --yes 才写入。"
    typer.echo(f"{'已写入：' if new is not None else ''}{counts}{end}")


async def _taken(
    place: str, read: Any, without_absent: bool, source: str, *, write: bool
) -> tuple[Preview, BodyList | None]:
    from bot.clock import SystemClock
    from bot.office.bodies import IMPORTED, Preview, look, take_over
    from plans.areas.changes import changes
    from storage import StoreMissing, open_store

    try:
        store = await open_store(address(), read_only=not write)
    except StoreMissing:
        if write:
            raise
        return Preview(reading=read, changes=changes(read.rows, ()), version=0), None
    async with store:
        if not write:
            async with store.reading() as rx:
                return await look(rx, place, read), None
        async with store.writing() as tx:
            preview = await look(tx, place, read)
            if preview.changes.nothing and not (without_absent and preview.changes.absent):
                return preview, None
            now, cause = SystemClock().now(), f"cli:bodies:{secrets.token_hex(8)}"
            new = await take_over(
                tx, place, preview, without_absent=without_absent, source=source, by=IMPORTED, cause=cause, now=now
            )
            return preview, new


def export(
    file: Annotated[str, typer.Argument(metavar="FILE", help="写到哪个文件：.xlsx、.csv；已有的不覆盖")],
    jurisdiction: Place = "",
    as_json: AsJson = False,
) -> None:
    """导出单位名册：改好可以再导入；“登记编号”一列不要改。"""
    from bot.exchange.tables import comma_separated, workbook
    from bot.private import write_private
    from plans.areas.sheet import HEAD, to_cells

    path, place = new_table(file, "", "", "名册.xlsx"), _plan(jurisdiction).jurisdiction.name
    listed = _listed(place)
    make = comma_separated if path.suffix.lower() == ".csv" else workbook
    write_private(path, make(HEAD, to_cells(listed)))
    if as_json:
        emit([_shown(body) for body in listed])
        return
    typer.echo(f"已导出{len(listed)}个单位到 {file}")


def show(
    area: Annotated[
        str, typer.Option("--area", metavar="TEXT", help="只要这些镇街，如 城关镇、河口乡；全区为全部")
    ] = "",
    kind: Annotated[str, typer.Option("--kind", metavar="WORD", help="只要这一类，如 学校、幼儿园、有校车")] = "",
    jurisdiction: Place = "",
    as_json: AsJson = False,
) -> None:
    """显示单位名册；--area 里认不出的地名会说明，退出码为1。"""
    from plans.areas import Townships, bodies_in, of_kind

    listed = _listed(_plan(jurisdiction).jurisdiction.name)
    areas = Townships(listed).read(area) if area else None
    found = bodies_in(listed, areas, kind=kind) if areas is not None else of_kind(listed, kind)
    unknown = areas.unknown if areas is not None else ()
    if as_json:
        emit({"bodies": [_shown(body) for body in found], "unknown": list(unknown)})
    else:
        for body in found:
            typer.echo(_line(body))
        for word in unknown:
            typer.echo(f"“{word}”不是名册里的镇街，没有算进去。", err=True)
        typer.echo(f"共{len(found)}个单位。" if found else "没有这样的单位。用 tocsin bodies import 导入名册。")
    raise typer.Exit(1 if unknown else 0)


def undo(
    jurisdiction: Place = "",
    yes: Annotated[bool, typer.Option("--yes", help="确认撤销；不写只显示撤销的是哪一次")] = False,
    as_json: AsJson = False,
) -> None:
    """撤销最近一次导入：增加的去掉，改动和去掉的恢复。再撤销一次就是恢复。"""
    place = _plan(jurisdiction).jurisdiction.name
    newest, new = attempt(lambda: _undone(place, write=yes))
    if as_json:
        emit({"list": _number(newest), "undone_as": _number(new)})
        return
    if newest is None:
        typer.echo("还没有导入过名册，什么也没有改。")
        return
    what = f"{newest.source or '名册'}（增加{newest.added}个，改动{newest.changed}个，去掉{newest.ended}个）"
    typer.echo(f"已撤销：{what}。" if new is not None else f"会撤销：{what}；这只是预览，加 --yes 才撤销。")


async def _undone(place: str, *, write: bool) -> tuple[BodyList | None, BodyList | None]:
    from bot.clock import SystemClock
    from bot.office.bodies import IMPORTED
    from bot.office.bodies import undo as undo_newest
    from storage import open_store

    async with await open_store(address(), read_only=not write) as store:
        async with store.reading() as rx:
            newest = next(iter(await rx.bodies.lists(place, 1)), None)
        if not write or newest is None:
            return newest, None
        async with store.writing() as tx:
            cause = f"cli:bodies:{secrets.token_hex(8)}"
            return newest, await undo_newest(tx, place, by=IMPORTED, cause=cause, now=SystemClock().now())


def _number(item: BodyList | None) -> dict[str, object] | None:
    if item is None:
        return None
    return {
        "number": item.number,
        "at": item.at.isoformat(),
        "source": item.source,
        "added": item.added,
        "changed": item.changed,
        "ended": item.ended,
    }


def _listed(place: str) -> list[Body]:
    async def read(rx: Any) -> list[Body]:
        from bot.office.bodies import bodies

        return await bodies(rx, place)

    return reading(read)


def _plan(jurisdiction: str) -> Plan:
    """Return a plan of the place that is named, or of the only one that there is."""
    by_place = {plan.jurisdiction.name: plan for plan in all_plans().values()}
    if jurisdiction in by_place:
        return by_place[jurisdiction]
    if not jurisdiction and len(by_place) == 1:
        return next(iter(by_place.values()))
    places = "、".join(by_place)
    if jurisdiction:
        raise Wrong(f"没有“{jurisdiction[:40]}”的预案；可用：{places}")
    raise Wrong(f"请写明地区，例如 --jurisdiction {next(iter(by_place))}；可用：{places}")


def _line(body: Body) -> str:
    parts = [body.name, "、".join(body.short), body.kind, body.township, body.head, "、".join(body.phones)]
    return "  ".join(part for part in parts if part)


def _shown(body: Body) -> dict[str, object]:
    return {
        "id": body.id,
        "name": body.name,
        "short": list(body.short),
        "kind": body.kind,
        "township": body.township,
        "head": body.head or None,
        "phones": list(body.phones),
    }


commands(app, "import")(import_)
commands(app, "export")(export)
commands(app, "show")(show)
commands(app, "undo")(undo)
