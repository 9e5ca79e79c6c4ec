"""``tocsin plans``: what is installed, one plan whole, what is wrong with it, what differs, its official text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.chinese import commands, group
from bot.cli.output import AsJson, Now, Wrong, all_plans, emit, existing, installed, moment
from bot.cli.plan_checks import findings_of, print_findings, record_version

if TYPE_CHECKING:
    from plans.model import Plan

app = group("预案：列出、查看、检查、比较，附上官方文本。")

Id = Annotated[str, typer.Argument(metavar="ID", help="预案编号（见 tocsin plans list）或预案文件")]


def list_(as_json: AsJson = False) -> None:
    """列出已安装的预案。"""
    from bot.cli.plan_json import plan_line
    from bot.cli.table import table

    plans = list(all_plans().values())
    if as_json:
        emit([plan_line(plan) for plan in plans])
        return
    rows = [(plan.id, plan.title, plan.document, plan.jurisdiction.name, plan.version) for plan in plans]
    for line in table(rows, ("编号", "预案", "文号", "辖区", "版本"), indent=0):
        typer.echo(line)


def show(
    plan_id: Id,
    part: Annotated[list[str], typer.Argument(metavar="PART", help="只看这几部分，如 报送时限 单位和电话")] = [],  # noqa: B006
    as_json: AsJson = False,
) -> None:
    """显示一个预案：响应、级别、时限、单位、电话、解读、勘误。"""
    plan = installed(plan_id)
    if as_json:
        from bot.cli.plan_json import plan_whole

        emit(plan_whole(plan))
        return
    from bot.cli.plan_tables import PARTS, page

    strange = [name for name in part if name not in PARTS]
    if strange:
        raise Wrong(f"没有“{'、'.join(strange)}”这一部分；可用：{'、'.join(PARTS)}")
    for line in page(plan, part):
        typer.echo(line)


def lint(
    plan_id: Annotated[str, typer.Argument(metavar="ID", help="预案编号或预案文件；不写则检查全部")] = "",
    every: Annotated[bool, typer.Option("--all", help="连同说明（解读、未编码的条款）一起列出")] = False,
    record: Annotated[
        bool, typer.Option("--record", help="没有错误时，把各预案现版本的内容记入 versions.json")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """检查预案文件；有错误时退出码为1。

    错误须改；提醒不影响退出码；已知是勘误或解读已说明的。内容改了而版本未改，是错误。
    """
    findings, plans = findings_of(plan_id)
    failed = any(item["severity"] == "error" for item in findings)
    if as_json:
        emit(findings)
    else:
        print_findings(findings, plans, every)
    if record and not failed:
        record_version(plans)
    raise typer.Exit(1 if failed else 0)


def check(
    file: Annotated[str, typer.Argument(metavar="FILE", help="预案文件（.yaml），或已安装预案的编号")],
    texts: Annotated[
        str, typer.Option("--texts", metavar="FILE", help="试读的报告，一行一条；行尾可写 => 应得的级别，如 => 较大")
    ] = "",
    official: Annotated[
        str, typer.Option("--official", metavar="FILE", help="官方文本（.txt），逐条核对原文短语")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """写预案时用：一次看完检查结果、读成了什么、报告会怎样定级。有错误时退出码为1。

    不写 --texts 时，用分级标准各行自己的文字试读，看是否得出那一行的级别。
    """
    from bot.cli.plan_samples import read_texts, sample_lines, samples
    from bot.cli.plan_tables import page

    findings, plans = findings_of(file, official)
    sample_texts = read_texts(existing(Path(texts))) if texts else None
    tried = samples(plans[0], sample_texts) if plans else []
    if as_json:
        emit({"findings": findings, "texts": tried})
    else:
        print_findings(findings, plans, every=False)
        for line in (*page(plans[0]), *sample_lines(tried)) if plans else ():
            typer.echo(line)
    raise typer.Exit(1 if any(item["severity"] == "error" for item in findings) else 0)


def diff(
    one: Annotated[str, typer.Argument(metavar="A", help="预案编号或预案文件")],
    other: Annotated[str, typer.Argument(metavar="B", help="预案编号或预案文件，也可是同一预案的另一版")],
    as_json: AsJson = False,
) -> None:
    """比较两个预案或两个版本：级别、响应、宣布人、时限、报送对象、电话、日常职责。"""
    from bot.cli.plan_diff import difference, lines

    first, second = installed(one), installed(other)
    differences = difference(first, second)
    if as_json:
        emit({"a": _named(first), "b": _named(second)} | differences)
        return
    for line in lines(first, second, differences):
        typer.echo(line)


def _named(plan: Plan) -> dict[str, str]:
    return {"id": plan.id, "title": plan.title, "version": plan.version, "hash": plan.hash}


def text(
    plan_id: Id,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="官方文本，纯文本 .txt；不写则显示现在附的是哪个文件")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """附上预案的官方文本，引用条款时可以看到全文。

    文本只存在本机：$TOCSIN_HOME/texts，未设 TOCSIN_HOME 时为 ~/.local/share/tocsin/texts。
    """
    from bot.official import NoText, attach, official_text, text_path

    plan = installed(plan_id)
    if file:
        try:
            attach(plan, existing(Path(file)))
        except NoText as problem:
            raise Wrong(f"{file}：{problem}") from None
    attached, path = official_text(plan), text_path(plan.id)
    if attached is None:
        raise Wrong(f"{plan.title}还没有附官方文本；用 tocsin plans text {plan.id} FILE 附上")
    missing = [name for name in plan.clauses if attached.section(name) is None]
    if as_json:
        emit({"plan": plan.id, "path": str(path), "found": len(plan.clauses) - len(missing), "missing": missing})
        return
    typer.echo(f"{plan.title}：{path}")
    typer.echo(f"条款{len(plan.clauses)}条，在文本里找到{len(plan.clauses) - len(missing)}条")
    if missing:
        typer.echo(f"没找到：{'、'.join(missing)}")


def clause(
    plan_id: Id,
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="条款编号，如 4.1.2")],
    as_json: AsJson = False,
) -> None:
    """打开一条：怎样编码、怎样解读、官方文本的全文（附了文本时）。"""
    from bot.cli.plan_clause import clause_lines, clause_shape

    plan = installed(plan_id)
    shape = clause_shape(plan, number)
    if shape is None:
        near = [name for name in plan.clauses if name.startswith(number[:2])][:12]
        raise Wrong(f"{plan.title}没有条款“{number}”；相近的：{'、'.join(near) or '、'.join(list(plan.clauses)[:12])}")
    if as_json:
        emit(shape)
        return
    for line in clause_lines(shape):
        typer.echo(line)


def coverage(
    plan_id: Annotated[str, typer.Argument(metavar="ID", help="预案编号或预案文件；不写则全部")] = "",
    idle: Annotated[bool, typer.Option("--idle", help="只列没有程序照办的条款")] = False,
    as_json: AsJson = False,
) -> None:
    """每一条已编码的条款由什么照办：命令、时钟、叫应、预警、日常职责、清单。有没人管的，退出码为1。"""
    from bot.cli.plan_coverage import covered, lines, shapes

    plans = [installed(plan_id)] if plan_id else list(all_plans().values())
    found = [(plan, covered(plan)) for plan in plans]
    if as_json:
        emit([shape for plan, clauses in found for shape in shapes(plan, clauses) if not (idle and shape["acts"])])
    else:
        for plan, clauses in found:
            for line in lines(plan, clauses, idle_only=idle):
                typer.echo(line)
    raise typer.Exit(any(not item.acts for _, clauses in found for item in clauses))


def calendar(
    file: Annotated[str, typer.Argument(metavar="FILE", help="校历和本单位的日子；不写则用 TOCSIN_CALENDAR_FILE")] = "",
    now: Now = "",
    as_json: AsJson = False,
) -> None:
    """查看校历：学期、主题日、日常职责要用的节点；写错的逐行指出。有没用到的名称时，退出码为1。"""
    from bot.cli.plan_calendar import lines, shape
    from bot.clock import SHANGHAI
    from bot.config import WrongSetting, calendar_file, unreadable
    from bot.workdays import BadCalendar, read_calendar

    path: Path | None = None
    try:
        path = existing(Path(file)) if file else calendar_file()
        found = shape(read_calendar(path), all_plans().values(), moment(now).astimezone(SHANGHAI).date())
    except (BadCalendar, WrongSetting) as problem:
        raise Wrong(str(problem)) from None
    except (OSError, UnicodeDecodeError) as problem:
        raise Wrong(unreadable(path, problem)) from None
    if as_json:
        emit(found)
    else:
        for line in lines(found):
            typer.echo(line)
    raise typer.Exit(bool(found["unused"]))


commands(app, "list")(list_)
for _name, _function in (
    ("show", show),
    ("lint", lint),
    ("check", check),
    ("diff", diff),
    ("text", text),
    ("clause", clause),
    ("coverage", coverage),
    ("calendar", calendar),
):
    commands(app, _name)(_function)
