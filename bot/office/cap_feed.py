"""The warnings of a jurisdiction as a feed of CAP messages, one for each stage: what is in force stands first."""

from __future__ import annotations

from datetime import datetime

from bot.cases.plan_registry import UnusablePlan
from bot.cases.streams import id_of, stream_of
from bot.exchange.atom import Entry, feed
from bot.exchange.cap import written
from bot.exchange.cap.stages import alerts_of, identifier_of
from bot.office.feeds import Opened
from bot.render.cases import CaseView
from bot.render.warning_lines import headlines
from bot.service.service import Service
from bot.texts import feeds as t
from plans.model import Plan
from plans.warning.state import KIND, WarningCase
from storage.transaction import Reading

PAGE = 50
"""Warnings in a page; each of their stages is an entry."""

CAP = "application/cap+xml"
ISSUED = ("in_force", "lifted")


async def feed_of(rx: Reading, service: Service, what: Opened, base: str, page: int) -> tuple[bytes, datetime] | None:
    """Return a page of the feed, and when it changed the last time; None where there is no such page.

    Args:
        base: the address of the link, without a slash at the end. page: 1 is the first.
    """
    place = what.link.jurisdiction
    rows = await rx.cases.latest(KIND, place, ISSUED, PAGE + 1, PAGE * (page - 1))
    if page > 1 and not rows:
        return None
    entries: list[Entry] = []
    for row in rows[:PAGE]:
        found = await _warning(rx, service, row.stream)
        entries += _entries(*found, base) if found is not None else []
    entries.sort(key=lambda entry: (entry.published, entry.name), reverse=True)
    address = f"{base}/warnings.atom"
    links = {"self": _page(address, page), "first": address}
    links |= {"previous": _page(address, page - 1)} if page > 1 else {}
    links |= {"next": _page(address, page + 1)} if len(rows) > PAGE else {}
    title = t.WARNINGS.format(jurisdiction=place)
    begun = what.link.created_at
    changed = max((entry.published for entry in entries), default=begun)
    return feed(f"warnings:{place}", title, place, links, entries, begun), changed


def _page(address: str, page: int) -> str:
    return address if page == 1 else f"{address}?page={page}"


def _entries(plan: Plan, case: WarningCase, base: str) -> list[Entry]:
    view = CaseView(plan=plan, case=case, now=case.events[-1].at)
    mark = t.DRILL if case.drill else ""
    return [
        Entry(
            name=identifier_of(case, stage), title=f"{mark}{headline}",
            summary=f"{mark}{stage.content.text or headline}", published=stage.at - case.offset,
            href=f"{base}/{id_of(case.stream)}.{stage.sequence}.xml", type=CAP,
            category="Exercise" if case.drill else "Actual",
        )
        for stage, headline in zip(case.stages, headlines(view), strict=True)
    ]  # fmt: skip


async def message_of(
    rx: Reading, service: Service, what: Opened, warning: str, stage: int
) -> tuple[bytes, datetime] | None:
    """Return one stage of a warning as CAP, and when it was said; None where the link's jurisdiction has none such."""
    stream = stream_of(KIND, warning)
    row = await rx.cases.get(stream)
    if row is None or row.kind != KIND or row.jurisdiction != what.link.jurisdiction:
        return None
    found = await _warning(rx, service, stream)
    if found is None:
        return None
    plan, case = found
    alerts = alerts_of(plan, case, headlines(CaseView(plan=plan, case=case, now=case.events[-1].at)))
    pairs = zip(alerts, case.stages, strict=True)
    return next(((written(alert), said.at - case.offset) for alert, said in pairs if said.sequence == stage), None)


async def _warning(rx: Reading, service: Service, stream: str) -> tuple[Plan, WarningCase] | None:
    case = await service.cache.load_case(rx, stream)
    if not isinstance(case, WarningCase):
        return None
    try:
        return await service.registry.pinned(rx, case.plan_hash), case
    except UnusablePlan:  # it is told where plans are; the other warnings are read all the same
        return None
