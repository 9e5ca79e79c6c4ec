"""One incident with its events, obligations, calls and messages, read from the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.cases.names import with_names
from bot.cases.records import load
from bot.cases.streams import INCIDENT, is_case, stream_of
from bot.cli.simulate_output import moment
from bot.cli.table import heading, table
from bot.clock import SystemClock
from bot.render import View, export
from bot.render.view import Named
from bot.rows import incident_row, iso, obligation_rows
from plans.core.event import Recorded, encode
from plans.core.policy import DEFAULT_POLICY
from plans.incident.state import Incident
from plans.load import from_canonical
from plans.model import Plan
from storage.incidents import IncidentRow
from storage.outbox.tables import OutboxRow
from storage.transaction import Reading

MESSAGES = {
    "pending": "待发",
    "sending": "正在发",
    "sent": "已发",
    "ambiguous": "可能已发",
    "dead": "发不出",
    "dropped": "不再发",
}


@dataclass(frozen=True, kw_only=True)
class Record:
    """What is on record of an incident, with the integrity of its chain in words."""

    row: IncidentRow
    plan: Plan
    incident: Incident
    messages: list[OutboxRow]
    integrity: str
    people: Mapping[str, Named]

    def as_json(self) -> dict[str, Any]:
        """Return ``tocsin incidents show --json``."""
        now = SystemClock().now()
        return incident_row(self.row) | {
            "events": [_event(item) for item in self.incident.events],
            "obligations": obligation_rows(self.plan, self.incident, now, DEFAULT_POLICY),
            "after_tasks": obligation_rows(self.plan, self.incident, now, DEFAULT_POLICY, after=True),
            "calls": _calls(self.incident),
            "messages": [_message(item) for item in self.messages],
        }

    def lines(self) -> list[str]:
        """Return the one-page record, and what became of the messages."""
        view = View(
            plan=self.plan, incident=self.incident, now=self.incident.own_time(SystemClock().now()), people=self.people
        )
        lines = export(view, self.integrity).splitlines()
        counts = Counter(item.state for item in self.messages)
        lines += heading(
            f"消息（{'，'.join(f'{MESSAGES.get(state, state)}{n}' for state, n in counts.items()) or '没有'}）"
        )
        dead = [item for item in self.messages if item.error]
        return lines + table([(moment(iso(item.created_at)), item.notice or "", item.error or "") for item in dead])


async def record_of(rx: Reading, name: str) -> Record | None:
    """Return the record of an incident, None when there is none.

    Args:
        name: its id, or its number: ``17``, ``17号``, ``演17`` (a drill). Of several years the newest.
    """
    row = await row_of(rx, name)
    if row is None:
        return None
    incident = await load(rx, row.stream)
    text = await rx.plans.get(row.plan_hash)
    if incident is None or text is None:
        return None
    faults, plan = await rx.journal.verify(row.stream), from_canonical(text)
    return Record(
        row=row,
        plan=plan,
        incident=incident,
        messages=list(await rx.outbox.of(row.stream)),
        people=(await with_names(rx, View(plan=plan, incident=incident, now=SystemClock().now()))).people,
        integrity=f"发现{len(faults)}处异常，见 tocsin audit verify" if faults else "未发现改动",
    )


async def row_of(rx: Reading, name: str) -> IncidentRow | None:
    """Return the line of an incident by its id or number, see ``found``."""
    row = await rx.incidents.get(name if is_case(name) else stream_of(INCIDENT, name))
    number = name.removeprefix("演").removesuffix("号")
    if row is None and number.isdecimal() and len(number) < 9:
        drill = name.startswith("演")
        rows = await rx.incidents.list(limit=10_000)
        row = next((item for item in rows if item.number == int(number) and item.drill is drill), None)
    return row


def _event(item: Recorded) -> dict[str, Any]:
    return {
        "sequence": item.sequence,
        "at": iso(item.at),
        "actor": item.actor,
        "event": item.event.NAME,
        "data": encode(item.event),
    }


def _calls(incident: Incident) -> list[dict[str, Any]]:
    return [
        {
            "unit": call.unit,
            "round": call.round,
            "status": call.status,
            "reachable": call.reachable,
            "called_at": iso(call.called_at),
            "answered_at": iso(call.answered_at) if call.answered_at else None,
            "recorded": call.recorded,
            "expected_at": iso(call.expected_at) if call.expected_at else None,
        }
        for call in incident.calls.values()
    ]


def _message(item: OutboxRow) -> dict[str, Any]:
    return {
        "id": item.id,
        "place": item.place_id,
        "notice": item.notice,
        "state": item.state,
        "text": item.payload.get("text"),
        "at": iso(item.created_at),
        "error": item.error,
    }
