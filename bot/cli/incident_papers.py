"""Papers of an incident on the command line: the record, the after-action paper, a written report; as .docx or PDF."""

from __future__ import annotations

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.cases.warnings_in_force import during
from bot.cli.incident_record import Record, record_of
from bot.cli.output import Wrong
from bot.config import word_processor
from bot.exchange.paper import laid_out
from bot.exchange.pdf import converter_at
from bot.paper import Paper
from bot.pictures.paper import printed_course
from bot.render import View, record_paper, report_papers, review
from bot.render.warning_lines import line_in_force
from plans.incident.records import Instance
from storage.transaction import Reading

ENDINGS = (".docx", ".pdf")


def target(file: str) -> Path:
    """Return where a paper is to be written; raise Wrong where that is no paper, or something is there."""
    path = Path(file)
    if path.suffix.lower() not in ENDINGS:
        raise Wrong(f"{file[:200]}：应以 .docx 或 .pdf 结尾，例如 17号总结评估.docx")
    if path.exists():
        raise Wrong(f"{file[:200]} 已经有了，没有覆盖；请换一个名字")
    return path


async def found(rx: Reading, name: str, now: datetime) -> tuple[Record, list[Any]]:
    """Return the record of an incident and the warnings in force meanwhile; raise Wrong where there is none."""
    record = await record_of(rx, name)
    if record is None:
        raise Wrong(f"没有“{name[:60]}”这个事件；编号见 tocsin incidents list")
    incident = record.incident
    since = incident.occurred_at or incident.reported_at
    if since is None:
        return record, []
    until = incident.ended_at or now
    return record, await during(rx, incident.jurisdiction, since, until, drill=incident.drill)


def record_on_paper(record: Record, now: datetime) -> Paper:
    """Return the record (处置记录)."""
    return record_paper(_view(record, now), record.integrity)


def review_on_paper(record: Record, warnings: list[Any], now: datetime) -> Paper:
    """Return the after-action paper (总结评估)."""
    view = _view(record, now)
    lines = tuple(line_in_force(warning, view.now) for warning in warnings)
    return review(view, pictures=printed_course(view), warnings=lines, integrity=record.integrity)


def reports_on_paper(record: Record, report: str, now: datetime) -> list[tuple[str, Paper]]:
    """Return the written reports of a kind, each with whom it goes to where there are several."""
    view = _view(record, now)
    items = [item for item in record.incident.instances.values() if item.report == report and item.by_office]
    if not items:
        kinds = sorted({item.report for item in record.incident.instances.values() if item.by_office})
        raise Wrong(f"这个事件没有要报的“{report[:40]}”；有：{'、'.join(kinds) or '无'}")
    papers = report_papers(view, max(items, key=_order).key)
    several = len(papers) > 1
    return [("、".join(one.paper.to)[:40] if several else "", one.paper) for one in papers]


def _order(item: Instance) -> tuple[bool, bool, datetime]:
    """Sort what is written before what is telephoned, what is open before what is done, the newest first."""
    return item.channel == "书面", item.status == "open", item.opened_at


def _view(record: Record, now: datetime) -> View:
    return View(plan=record.plan, incident=record.incident, now=record.incident.own_time(now), people=record.people)


def write(path: Path, paper: Paper, now: datetime, to: str = "") -> Path:
    """Write a paper and return where; raise Wrong where it cannot be."""
    target = path.with_stem(f"{path.stem}（{to}）") if to else path
    content = laid_out(paper, now)
    if path.suffix.lower() == ".pdf":
        content = _pdf(content)
    try:
        target.write_bytes(content)
    except OSError as problem:
        raise Wrong(f"写不了 {target}：{problem.strerror or problem}") from None
    return target


def _pdf(document: bytes) -> bytes:
    setting = word_processor()

    async def made() -> bytes | None:
        converter = converter_at(setting)
        if converter is None:
            raise Wrong("本机没有 LibreOffice，不能写成PDF；请安装（或用 TOCSIN_SOFFICE 写明它在哪里），或改写成 .docx")
        return await converter.pdf(document)

    content = asyncio.run(made())
    if content is None:
        raise Wrong("LibreOffice 没有做出PDF；请先写成 .docx，再用它打开看看")
    return content
