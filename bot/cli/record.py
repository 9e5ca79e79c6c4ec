"""One incident with its events, obligations, calls and messages, read from the database."""

from __future__ import annotations

from typing import Any

from bot.clock import SHANGHAI, SystemClock
from bot.rows import incident_row, obligation_rows
from bot.service.records import load
from plans import events as e
from plans.incident import Incident
from plans.load import from_canonical
from plans.obligations import DEFAULT_POLICY
from storage.transaction import Reading


async def found(rx: Reading, name: str) -> dict[str, Any] | None:
    """Return the record of an incident by number or id, None when there is none."""
    stream = name if name.startswith("incident:") else f"incident:{name}"
    row = await rx.incidents.get(stream)
    if row is None and name.removesuffix("号").isdecimal():
        number = int(name.removesuffix("号"))
        row = next(
            (item for item in await rx.incidents.list(limit=10_000) if item.number == number and not item.drill), None
        )
    if row is None:
        return None
    incident = await load(rx, row.stream)
    text = await rx.plans.get(row.plan_hash)
    if incident is None or text is None:
        return None
    messages = await rx.outbox.of(row.stream)
    return incident_row(row) | {
        "events": [_event(item) for item in incident.events],
        "obligations": obligation_rows(from_canonical(text), incident, SystemClock().now(), DEFAULT_POLICY),
        "calls": _calls(incident),
        "messages": [
            {"id": item.id, "place": item.place_id, "notice": item.notice, "state": item.state, "text": item.payload.get("text"),
             "at": item.created_at.astimezone(SHANGHAI).isoformat(), "error": item.error}
            for item in messages
        ],
    }  # fmt: skip


def _event(item: e.Recorded) -> dict[str, Any]:
    at = item.at.astimezone(SHANGHAI).isoformat()
    return {
        "sequence": item.sequence,
        "at": at,
        "actor": item.actor,
        "event": item.event.NAME,
        "data": e.encode(item.event),
    }


def _calls(incident: Incident) -> list[dict[str, Any]]:
    return [
        {"unit": call.unit, "round": call.round, "status": call.status, "reachable": call.reachable,
         "called_at": call.called_at.astimezone(SHANGHAI).isoformat(),
         "answered_at": call.answered_at.astimezone(SHANGHAI).isoformat() if call.answered_at else None, "recorded": call.recorded}
        for call in incident.calls.values()
    ]  # fmt: skip


def lines(record: dict[str, Any]) -> list[str]:
    """Return the record for people."""
    shown = [
        f"{record['number']}号　{record['state']}　{record['response_level'] or '未启动响应'}　{record['text']}",
        "■ 经过",
    ]
    shown += [f"  {item['at']}　{item['event']}" for item in record["events"]]
    shown.append("■ 报送义务")
    for item in record["obligations"]:
        who = "、".join(f"{part['recipient']}{'✓' if part['filed_at'] else ''}" for part in item["to"])
        shown.append(f"  {item['due']}　{item['report']}（{item['clause']}）　{item['status']}　{who}")
    shown.append("■ 通知单位")
    shown += [f"  {item['unit']}　{item['status']}" for item in record["calls"]]
    return shown
