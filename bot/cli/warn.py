"""``tocsin warn``: what a warning says, as met offices send it on or as a CAP file; what is wrong with such a file."""

from __future__ import annotations

import re
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.chinese import commands, group
from bot.cli.database import reading
from bot.cli.output import AsJson, Limit, Now, PlanId, Wrong, emit, existing, installed, moment

if TYPE_CHECKING:
    from bot.exchange.cap.profile import Taken
    from plans.model import Plan

app = group("预警：列出记录的，读一段预警文字或一个 CAP 文件，把记录的预警写成 CAP 1.2，检查 CAP 文件。")

_NUMBER = re.compile(r"(?P<drill>演练|演)?#?(?P<number>\d{1,5})号?\Z")

_FIELDS = {
    "kind": "种类", "colour": "颜色", "level": "级别", "before": "原颜色", "stage": "阶段", "issuer": "发布单位",
    "issued_at": "发布时间", "from": "开始", "to": "结束",
}  # fmt: skip
_UNSAID = "未说明"
_WHY = {
    "drill": "是演练或测试", "asked": "是在问", "supposed": "是还没有发生的事", "ordered": "是在请求或建议",
    "denied": "说的是没有", "hearsay": "是传言", "rule": "说的是有预警时怎么做", "past": "是以前的预警",
    "nothing": "没有发布预警的话",
}  # fmt: skip


def read(
    text: Annotated[str, typer.Argument(metavar="TEXT|FILE", help="预警文字，或文件：.txt、CAP 1.2（.xml、.cap）")],
    plan: PlanId = "",
    now: Now = "",
    as_json: AsJson = False,
) -> None:
    """读出预警的种类、颜色、阶段、发布单位、起止时间和区域。

    没说的不写出来。可能发布、有人在问、演练、传言、旧的预警都不算，会说明为什么；这时退出码为1。
    """
    chosen = installed(plan) if plan else None
    found, why = _found(text, moment(now), chosen)
    if as_json:
        first = found[0] if found else _nothing()
        emit({**first, "more": found[1:], "why_not": why})
    elif not found:
        typer.echo(f"没有读到预警：{_WHY[why or 'nothing']}。")
    for item in found if not as_json else ():
        _tell(item)
    if not found:
        raise typer.Exit(1)


def list_(limit: Limit = 100, as_json: AsJson = False) -> None:
    """列出记录的预警，新的在前：编号、状态、起止时间、谁的、按哪个预案。"""
    rows = reading(lambda rx: _listed(rx, limit))
    if as_json:
        emit(rows)
        return
    from bot.cli.table import table
    from bot.texts.warning import COLOURS, STATES

    items = [
        (f"{'演' if row['drill'] else ''}{row['number']}", STATES[row["state"]], row["kind"] or _UNSAID,
         COLOURS.get(row["colour"] or "", row["level"] or ""), row["issuer"] or "", (row["from"] or "")[:16],
         (row["to"] or "")[:16], row["plan"])
        for row in rows
    ]  # fmt: skip
    head = ("编号", "状态", "种类", "级别", "发布单位", "开始", "结束", "预案")
    for line in table(items, head, indent=0) or ["还没有预警。"]:
        typer.echo(line)


async def _listed(rx: Any, limit: int) -> list[dict[str, Any]]:
    from bot.cases.records import load_case
    from plans.intake.reading import iso
    from plans.warning.state import KIND, WarningCase

    found = []
    for row in await rx.cases.newest(KIND, limit):
        case = await load_case(rx, row.stream)
        if isinstance(case, WarningCase):
            content = case.content
            found.append(
                {
                    "id": case.stream, "number": case.number, "year": case.year, "plan": case.plan,
                    "jurisdiction": case.jurisdiction, "drill": case.drill, "state": case.state,
                    "kind": content.hazard or None, "colour": content.colour or None, "level": content.level or None,
                    "issuer": content.issuer or None, "from": iso(content.starts) if content.starts else None,
                    "to": iso(content.ends) if content.ends else None, "area": list(content.areas),
                    "acts": [stage.act for stage in case.stages], "waits": case.proposal is not None,
                    "called": len(case.waking), "silent": sum(1 for _ in case.silent()),
                }
            )  # fmt: skip
    return found


def check(
    file: Annotated[str, typer.Argument(metavar="FILE", help="CAP 1.2 或 1.1 文件（.xml）")],
    as_json: AsJson = False,
) -> None:
    """检查 CAP 文件哪里不合标准，一处一行；没有问题退出码为0，有问题为1。"""
    from bot.exchange.cap import faults

    wrong = faults(existing(Path(file)).read_bytes())
    if as_json:
        emit({"faults": list(wrong)})
    else:
        typer.echo("\n".join(wrong) or "符合 CAP 标准。")
    if wrong:
        raise typer.Exit(1)


def _found(text: str, at: datetime, plan: Plan | None) -> tuple[list[dict[str, Any]], str | None]:
    """The warnings of a text or a file, and why there is none."""
    from plans.intake import warning

    path = Path(text)
    if text.lower().endswith((".xml", ".cap")):
        return [_of_file(existing(path), plan)], None
    words = existing(path).read_text("utf-8", "replace") if text.lower().endswith(".txt") else text
    read_text = warning.read(words, now=at)
    found = [
        item.as_json()
        | {"clause": _clause(plan, item.level.value if item.level else "", item.colour.value if item.colour else "")}
        for item in read_text.warnings
    ]
    return found, read_text.why_not.value if read_text.why_not else None


def _of_file(path: Path, plan: Plan | None) -> dict[str, Any]:
    from bot.exchange.cap import BadCap, taken_in
    from bot.exchange.cap.profile import taken

    try:
        file = taken_in(path.read_bytes())
    except BadCap as problem:
        raise Wrong(f"{path}：{problem}") from None
    for note in file.notes:
        typer.echo(note, err=True)
    said = taken(file.alert)
    return _shape(said, file.alert.sent) | {"clause": said.clause or _clause(plan, said.level, said.colour)}


def _shape(said: Taken, sent: datetime) -> dict[str, Any]:
    from plans.intake.reading import iso

    return {
        "kind": said.kind or None,
        "colour": said.colour or None,
        "level": said.level or None,
        "before": None,
        "stage": None if said.stage == "passed_on" else said.stage,
        "issuer": said.issuer or None,
        "passed_on": said.stage == "passed_on",
        "issued_at": iso(sent),
        "from": iso(said.begins) if said.begins else None,
        "to": iso(said.ends) if said.ends else None,
        "area": [place.name for place in said.areas],
        "words": {field: {"text": path, "span": None} for field, path in said.said_by.items()},
    }


def _nothing() -> dict[str, Any]:
    from plans.intake.warning import WarningFound

    return WarningFound().as_json() | {"clause": None}


def _clause(plan: Plan | None, level: str, colour: str) -> str | None:
    from plans.warning.conditions import warning_of

    found = warning_of(plan, level, colour) or warning_of(plan, "", colour) if plan is not None else None
    return found.clause if found is not None else None


def _tell(item: dict[str, Any]) -> None:
    from bot.cli.table import table
    from bot.exchange.cap.profile import STAGES

    said = item | {"stage": STAGES.get(item["stage"]), "colour": f"{item['colour']}色" if item["colour"] else None}
    rows = [(label, said[name] or _UNSAID) for name, label in _FIELDS.items() if said[name] or name != "before"]
    rows.append(("区域", "、".join(item["area"]) or _UNSAID))
    rows += [("条款", item["clause"])] if item["clause"] else []
    for line in table(rows, indent=0):
        typer.echo(line)


def cap(
    warning: Annotated[str, typer.Argument(metavar="ID", help="预警编号（3，演练写作 演3）或标识（warning:…）")],
    stage: Annotated[
        int,
        typer.Option(
            "--stage", metavar="N", help="第几个阶段，从1起；不写为最新的一个", min=0, max=10_000, show_default=False
        ),
    ] = 0,
) -> None:
    """把记录的一个预警写成CAP 1.2，输出到屏幕；每个阶段一个文件，后一个引用前一个。"""
    files = reading(lambda rx: _files(rx, warning.strip()))
    if files is None:
        raise Wrong(f"没有“{warning[:60]}”这个预警；编号见 tocsin warn list")
    if not files:
        raise Wrong("这个预警还没有发布过，没有CAP文件")
    if stage > len(files):
        raise Wrong(f"--stage {stage}：这个预警只有{len(files)}个阶段")
    sys.stdout.flush()
    typer.echo(files[stage - 1].decode("utf-8"), nl=False)


async def _files(rx: Any, name: str) -> list[bytes] | None:
    """Return a warning's stages as CAP files; None where there is no such warning."""
    from bot.cases.records import load_case
    from bot.clock import SystemClock
    from bot.exchange.cap import written
    from bot.exchange.cap.stages import alerts_of
    from bot.render.cases import CaseView
    from bot.render.warning_lines import headlines
    from plans.load import from_canonical
    from plans.warning.state import WarningCase

    stream = await stream_of(rx, name)
    case: WarningCase | Any = await load_case(rx, stream) if stream else None
    if not isinstance(case, WarningCase):
        return None
    text = await rx.plans.get(case.plan_hash)
    if text is None:
        raise Wrong(f"数据库里没有预警{case.number}号的预案文本，无法写成CAP；请先恢复备份")
    plan = from_canonical(text)
    view = CaseView(plan=plan, case=case, now=case.own_time(SystemClock().now()))
    return [written(alert) for alert in alerts_of(plan, case, headlines(view))]


async def stream_of(rx: Any, name: str) -> str | None:
    """Return the log of a warning by its number, of several the newest, or by its name."""
    from plans.warning.state import KIND

    if (match := _NUMBER.match(name)) is None:
        row = await rx.cases.get(name if name.startswith(f"{KIND}:") else f"{KIND}:{name}")
        return row.stream if row is not None else None
    rows = await rx.cases.called(KIND, int(match["number"]), bool(match["drill"]))
    places = sorted({row.jurisdiction for row in rows})
    if len(places) > 1:
        ids = "；".join(f"{row.jurisdiction} {row.stream}" for row in rows)
        raise Wrong(f"有{len(rows)}个{match['number']}号预警，请写标识：{ids}")
    return rows[-1].stream if rows else None


commands(app, "read")(read)
commands(app, "list")(list_)
commands(app, "cap")(cap)
commands(app, "check")(check)
