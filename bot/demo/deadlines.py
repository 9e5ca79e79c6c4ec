"""What the strip shows: the reports that are owed in all open incidents, and the next moment worth jumping to."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from bot.demo.stage import Deadline, Status
from bot.main import Running
from bot.render import View, naming
from bot.render.duties import Owed, is_immediate, owed, target
from bot.rows import channel_report


async def look(program: Running, plan_id: str, now: datetime) -> tuple[list[Deadline], datetime | None]:
    """Return the obligations of all incidents but merged and rejected ones, and the next deadline or reminder ahead.

    Args:
        plan_id: of the office whose incidents they are; those of an office above have numbers of their own.
    """
    service, deadlines = program.service, list[Deadline]()
    place = service.registry.current(plan_id).jurisdiction.name
    async with service.store.reading() as rx:
        rows = [row for row in await rx.incidents.list() if row.state not in ("merged", "rejected")]
        rows = [row for row in rows if row.jurisdiction == place]
        wake = await rx.wakes.next_at()
    for row in rows:
        case = await service.incident(row.stream)
        if case is not None:
            plan, incident = case
            deadlines += of_incident(
                View(plan=plan, incident=incident, now=incident.own_time(now), policy=service.policy)
            )
    ahead = [item.due for item in deadlines if item.due > now and item.status in ("pending", "possible")]
    return deadlines, min([*ahead, *([wake] if wake is not None and wake > now else [])], default=None)


def of_incident(view: View) -> list[Deadline]:
    """Return what our office owes in one incident, on the clock of the wall: a drill's own offset is taken off."""
    items = owed(view, tuple(view.incident.instances))
    gone = ("superseded", "waived")
    return [_deadline(view, item) for item in items if item.instance.by_office and item.instance.status not in gone]


def _deadline(view: View, item: Owed) -> Deadline:
    instance = item.instance
    status, due, text = instance.status_at(view.now), instance.due, ""
    if instance.status == "open" and due <= instance.arose_at:
        # 立即 has no span to count down: the strip shows the local target, and says so.
        if is_immediate(item):
            due, text = target(view, item), "立即报送；此为本地规定的目标"
            status = "pending" if status == "overdue" and due > view.now else status
        else:
            text = "得知时已过时限，请立即报"
    return Deadline(
        incident=view.incident.number,
        report=channel_report(instance.report, instance.channel),
        clause=instance.clause or "本地规定",
        due=due - view.incident.offset,
        to=tuple(naming.unit_name(view, name) for name in instance.to),
        filed=tuple(naming.unit_name(view, name) for name in instance.to if name in item.heard),
        status=cast(Status, status),
        text="上调后补报" if instance.raised else text,
        drill=view.incident.drill,
    )
