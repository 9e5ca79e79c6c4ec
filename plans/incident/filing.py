"""What events of reports made and owed do to an incident.

An undone event may be one that later events speak of: an instance that is not there is passed over.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from plans import events as e
from plans.incident.records import Filing, Instance, Request
from plans.incident.registry import on
from plans.incident.state import Incident


@on(e.Filed)
def _filed(incident: Incident, event: e.Filed, item: e.Recorded) -> None:
    incident.filings.append(
        Filing(
            sequence=item.sequence,
            report=event.report,
            recipient=event.recipient,
            channel=event.channel,
            called_at=event.called_at,
            recorded_at=item.at,
            taker=event.taker or "",
            by=event.name or "",
            figures=dict(event.figures),
            document=event.document,
            obligation=event.obligation,
        )
    )


@on(e.VerificationRequested)
def _requested(incident: Incident, event: e.VerificationRequested, item: e.Recorded) -> None:
    incident.requests.append(Request(item.sequence, event.recipient, event.requested_at, event.question or ""))


@on(e.ObligationOpened)
def _opened(incident: Incident, event: e.ObligationOpened, item: e.Recorded) -> None:
    earlier = incident.instances.get(event.key)
    # A possible one gets a single reminder, however often the levels come and go.
    reminded = earlier.reminded if earlier and earlier.possible and event.possible else ()
    incident.instances[event.key] = Instance(
        key=event.key,
        rule=event.rule,
        clause=event.clause,
        report=event.report,
        channel=event.channel,
        due=event.due,
        to=event.to,
        opened_at=item.at,
        possible=event.possible,
        raised=event.raised,
        by_office=event.by_office,
        local=event.local,
        since=item.at,
        after=event.after,
        opened_sequence=item.sequence,
        reminded=reminded,
    )


@on(e.ObligationChanged)
def _changed(incident: Incident, event: e.ObligationChanged, item: e.Recorded) -> None:
    instance = incident.instances.get(event.key)
    if instance is None:
        return
    changes: dict[str, Any] = {"due": event.due, "to": event.to, "possible": event.possible, "raised": event.raised}
    if instance.status == "filed":
        changes["late"] = instance.filed_at is not None and instance.filed_at > event.due
    elif not event.possible and (instance.possible or event.due != instance.due):
        changes |= {"since": item.at, "reminded": ()}
    incident.instances[event.key] = replace(instance, **changes)


def _change(incident: Incident, key: str, **changes: Any) -> None:
    if key in incident.instances:
        incident.instances[key] = replace(incident.instances[key], **changes)


@on(e.ObligationSuperseded)
def _superseded(incident: Incident, event: e.ObligationSuperseded, item: e.Recorded) -> None:
    _change(incident, event.key, status="superseded", reason=event.reason, settled_at=item.at)


@on(e.ObligationFiled)
def _obligation_filed(incident: Incident, event: e.ObligationFiled, item: e.Recorded) -> None:
    _change(incident, event.key, status="filed", filed_at=event.filed_at, late=event.late)


@on(e.ObligationWaived)
def _waived(incident: Incident, event: e.ObligationWaived, item: e.Recorded) -> None:
    _change(incident, event.key, status="waived", reason=event.reason or "", settled_at=item.at)


@on(e.Reminded)
def _reminded(incident: Incident, event: e.Reminded, item: e.Recorded) -> None:
    for key in event.keys:
        if key in incident.instances:
            reminded = (*incident.instances[key].reminded, item.at)
            _change(incident, key, reminded=reminded, early=key in event.early)


@on(e.ReporterSentToPhone)
def _sent_to_phone(incident: Incident, event: e.ReporterSentToPhone, item: e.Recorded) -> None:
    incident.told_phone_at = item.at
