"""How an incident and its obligations are printed for machines (docs/contract.md)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.cases.streams import id_of
from bot.clock import SHANGHAI
from bot.render import View
from bot.render.duties import is_task, owed
from plans.core.policy import Policy
from plans.incident.state import Incident
from plans.model import Plan
from storage.incidents import IncidentRow


def incident_row(row: IncidentRow) -> dict[str, Any]:
    """Return one line of ``tocsin incidents list --json``."""
    return {
        "id": id_of(row.stream),
        "number": row.number,
        "year": row.year,
        "plan": row.plan_id,
        "plan_version": row.plan_version,
        "drill": row.drill,
        "state": row.state,
        "event_level": row.event_level,
        "response_level": row.response_level,
        "reported_at": iso(row.reported_at),
        "occurred_at": iso(row.occurred_at) if row.occurred_at else None,
        "text": row.text,
    }


def obligation_rows(
    plan: Plan, incident: Incident, now: datetime, policy: Policy, *, after: bool = False
) -> list[dict[str, Any]]:
    """Return every report that was owed with its recipients, or every task after the end (docs/contract.md)."""
    view = View(plan=plan, incident=incident, now=incident.own_time(now), policy=policy)
    items = owed(view, tuple(incident.instances))
    takers = {(filing.report, filing.recipient): filing.taker for filing in incident.filings}
    return [
        {
            "id": item.instance.key,
            "rule": item.instance.rule,
            "clause": item.instance.clause,
            "report": item.instance.report,
            "channel": item.instance.channel,
            "due": iso(item.instance.due),
            "filed_at": iso(item.instance.filed_at) if item.instance.filed_at else None,
            "status": item.instance.status_at(view.now),
            "raised": item.instance.raised,
            "reason": item.instance.reason or None,
            "to": [
                {
                    "recipient": name,
                    "filed_at": iso(item.heard[name]) if name in item.heard else None,
                    "taker": takers.get((item.instance.report, name)) or None,
                }
                for name in item.instance.to
            ],
        }
        for item in sorted(items, key=lambda item: (item.instance.due, item.instance.key))
        if is_task(item) is after
    ]


def iso(moment: datetime) -> str:
    """Return a moment as it is printed for machines: ISO 8601 in Beijing's time."""
    return moment.astimezone(SHANGHAI).isoformat()


def channel_report(report: str, channel: str) -> str:
    """Return 书面首报, 电话首报, or the plain kind where any channel will do."""
    return report if channel == "any" else f"{channel}{report}"
