"""Messages to those who keep the program running."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.render.message import Entity, Message, units
from bot.render.times import full
from bot.texts import operations as t
from bot.texts.words import STATES

MOST = 20
"""Incidents that are named after a restore."""


def checkpoint_message(exported: Mapping[str, Any], faults: int) -> Message:
    """Return a checkpoint as it is posted to a chat: its number and hash are enough to hold the record against it.

    Args:
        exported: of ``Journal.export_checkpoint``.
        faults: what a verification found just before.
    """
    text = t.CHECKPOINT.format(
        number=exported["number"],
        time=full(datetime.fromisoformat(exported["at"])),
        streams=len(exported["heads"]),
        result=t.CHECKPOINT_FAULTS.format(count=faults) if faults else t.CHECKPOINT_WHOLE,
        hash=exported["hash"],
        keep=t.CHECKPOINT_KEEP,
    )
    before = units(text[: text.index(exported["hash"])])
    return Message(text, (Entity("code", before, len(exported["hash"])),))


@dataclass(frozen=True, kw_only=True)
class Overdue:
    """An incident that was open in a backup, and the reports that had fallen due: their names and times."""

    number: int
    drill: bool
    state: str
    reports: Sequence[tuple[str, datetime]] = ()


def restored_message(until: datetime, dropped: int, unsure: int, incidents: Sequence[Overdue]) -> Message:
    """Return what a duty seat reads after a restore.

    Args:
        until: the moment of the backup.
        dropped: messages that will not be sent any more. unsure: those of them that may have been sent.
        incidents: of this seat.
    """
    lines = [t.RESTORED.format(until=full(until))]
    if dropped:
        unsure_too = t.RESTORED_UNSURE.format(count=unsure) if unsure else ""
        lines.append(t.RESTORED_DROPPED.format(count=dropped) + unsure_too)
    lines.append(t.RESTORED_INCIDENTS if incidents else t.RESTORED_NONE)
    for item in incidents[:MOST]:
        number = (t.RESTORED_DRILL if item.drill else t.RESTORED_NUMBER).format(number=item.number)
        lines.append(t.RESTORED_INCIDENT.format(number=number, state=STATES[item.state]))
        lines += [t.RESTORED_OVERDUE.format(report=report, due=full(due)) for report, due in item.reports]
    if len(incidents) > MOST:
        lines.append(t.RESTORED_MORE.format(count=len(incidents) - MOST))
    return Message("\n".join(lines))
