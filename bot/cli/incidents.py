"""``tocsin incidents``: the configured database, read also while the bot runs."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from bot.cli.chinese import commands, group
from bot.cli.database import reading
from bot.cli.output import AsJson, Limit, Now, Wrong, emit, moment

app = group("事件：列出，看一个事件的全部记录，写成公文。")


def list_(limit: Limit = 100, as_json: AsJson = False) -> None:
    """列出事件，新的在前。"""
    from bot.rows import incident_row

    async def read(rx: Any) -> list[dict[str, Any]]:
        return [incident_row(row) for row in await rx.incidents.list(limit=limit)]

    rows = reading(read)
    if as_json:
        emit(rows)
        return
    from bot.cli import simulate_output
    from bot.cli.table import table
    from bot.texts.words import STATES

    items = [
        (
            f"{'演' if row['drill'] else ''}{row['number']}号",
            STATES[row["state"]],
            row["event_level"] or "未定级",
            f"{row['response_level']}级响应" if row["response_level"] else "未启动",
            simulate_output.moment(row["reported_at"]),
            row["plan"],
            row["text"][:60],
        )
        for row in rows
    ]
    head = ("编号", "状态", "事件级别", "响应", "接报", "预案", "报告")
    for line in table(items, head, indent=0) or ["还没有事件。"]:
        typer.echo(line)


def show(
    incident: Annotated[str, typer.Argument(metavar="ID", help="编号（17，演练写作 演17）或标识，见 incidents list")],
    as_json: AsJson = False,
) -> None:
    """显示一个事件：经过、报送义务、通知、消息。"""
    from bot.cli.incident_record import record_of

    record = reading(lambda rx: record_of(rx, incident.strip()))
    if record is None:
        raise Wrong(f"没有“{incident[:60]}”这个事件；编号见 tocsin incidents list")
    if as_json:
        emit(record.as_json())
        return
    for line in record.lines():
        typer.echo(line)


Incident = Annotated[str, typer.Argument(metavar="ID", help="编号（17，演练写作 演17）或标识，见 incidents list")]
PaperFile = Annotated[str, typer.Argument(metavar="FILE", help="写到哪里，以 .docx 或 .pdf 结尾（PDF要有LibreOffice）")]


def export(incident: Incident, file: PaperFile, now: Now = "") -> None:
    """把处置记录按公文格式写成文件。"""
    from bot.cli import incident_papers as papers

    path, at = papers.target(file), moment(now)
    record, _ = reading(lambda rx: papers.found(rx, incident.strip(), at))
    typer.echo(f"已写到 {papers.write(path, papers.record_on_paper(record, at), at)}。")


def paper(
    incident: Incident,
    file: PaperFile,
    report: Annotated[
        str, typer.Option("--report", metavar="KIND", help="改写一种书面报告，如 首报、续报、终报；不写为总结评估")
    ] = "",
    now: Now = "",
) -> None:
    """把总结评估（或一种书面报告）按公文格式写成文件，待补处已标出。"""
    from bot.cli import incident_papers as papers

    path, at = papers.target(file), moment(now)
    record, warnings = reading(lambda rx: papers.found(rx, incident.strip(), at))
    made = (
        papers.reports_on_paper(record, report.strip(), at)
        if report.strip()
        else [("", papers.review_on_paper(record, warnings, at))]
    )
    for to, one in made:
        typer.echo(f"已写到 {papers.write(path, one, at, to)}。")


commands(app, "list")(list_)
commands(app, "show")(show)
commands(app, "export")(export)
commands(app, "paper")(paper)
