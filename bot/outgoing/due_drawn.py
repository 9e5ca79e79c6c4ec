"""What a message about several cases says, as the cases stand when it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import structlog

from bot.outgoing.addresses import Target
from bot.outgoing.case_dispatcher import CaseDispatcher
from bot.outgoing.due_rows import part_of
from bot.outgoing.due_together import waits
from bot.outgoing.notice_dispatcher import NoticeDispatcher
from bot.render import Message, View, render
from bot.render.cases import render_case
from bot.render.owed_together import Part, block, due_together
from bot.render.text import Text
from plans.core.notice import notice_of_data
from plans.core.notices import answered_guards
from plans.incident.state import Incident
from storage.errors import StorageError
from storage.outbox import OutboxRow
from storage.places import Place
from storage.transaction import Reading

log = structlog.get_logger(__name__)


async def draw_due(
    tx: Reading, dispatcher: NoticeDispatcher, cases: CaseDispatcher, row: OutboxRow, place: Place, now: datetime
) -> Message | None:
    """Return what a row says as the cases stand now; None where all of it is settled.

    A case that cannot be drawn does not silence the others: it is said that there is one.
    """
    person = await tx.people.get(row.person_id) if row.person_id else None
    target = Target(place, person)
    parts: list[tuple[View, Part, Text]] = []
    whole: list[tuple[str, str, Message]] = []
    unread = 0
    for part in map(part_of, row.payload["parts"]):
        try:
            if (said := await _part(tx, dispatcher, part, target, now)) is not None:
                parts.append(said)
        except StorageError:
            raise
        except Exception:  # a plan that cannot be read, or a bug: what is due elsewhere is said all the same
            log.exception("due.not_drawn", outbox=row.id, stream=part.stream)
            unread += 1
    for data in row.payload.get("whole", ()):
        try:
            if (told := await _whole(tx, dispatcher, cases, data, target, now)) is not None:
                whole.append(told)
        except StorageError:
            raise
        except Exception:  # the same
            log.exception("due.not_drawn", outbox=row.id, stream=data["stream"])
            unread += 1
    drill, late = bool(row.payload["drill"]), bool(row.payload["late"])
    return due_together(parts, whole, drill=drill, late=late, unread=unread)


async def _part(
    tx: Reading, dispatcher: NoticeDispatcher, part: Part, target: Target, now: datetime
) -> tuple[View, Part, Text] | None:
    """Return what is said of an incident in short; None where all of it is settled."""
    incident: Incident | None = await dispatcher.cache.load(tx, part.stream)
    if incident is None or incident.paused:
        return None
    plan = await dispatcher.registry.pinned(tx, incident.plan_hash)
    view = await dispatcher.viewer(tx, plan, incident, now).build(target, audience=part.to)
    text = block(view, part)
    return (view, part, text) if text is not None else None


async def _whole(
    tx: Reading, dispatcher: NoticeDispatcher, cases: CaseDispatcher, data: Mapping[str, Any], target: Target,
    now: datetime,
) -> tuple[str, str, Message] | None:  # fmt: skip
    """Return a notice in its own words, with its case and audience; None where what it was about is settled."""
    notice, stream = notice_of_data(data["notice"]), str(data["stream"])
    case = await dispatcher.cache.load_case(tx, stream)
    if case is None or case.paused or (data["open"] and not waits(notice, case)):
        return None
    if notice.type.repeats and notice.guard in answered_guards(case):
        return None
    if isinstance(case, Incident) and notice.obligations:
        owed = {item.key for item in case.open_instances}
        notice = replace(notice, obligations=tuple(key for key in notice.obligations if key in owed))
        if not notice.obligations:
            return None
    plan = await dispatcher.registry.pinned(tx, case.plan_hash)
    if isinstance(case, Incident):
        seen = await dispatcher.viewer(tx, plan, case, now).build(target, audience=notice.to)
        return stream, notice.to, render(notice, seen)
    return stream, notice.to, render_case(notice, await cases.view(tx, plan, case, now, target, audience=notice.to))
