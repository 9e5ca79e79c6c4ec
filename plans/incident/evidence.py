"""Photos, voice messages, files and places that come with an incident, and what became of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from plans.core.command import Command
from plans.core.event import Event, Recorded
from plans.core.keys import SEAT
from plans.core.notice import Notice
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides, tells
from plans.incident.case import Case, NoticeContext
from plans.incident.records_said import Evidence
from plans.incident.scene import SceneStated
from plans.incident.state import Incident

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class AddEvidence(Command):
    """Put a photo, voice message, file or place with the incident.

    Attributes:
        reference: Telegram's file id; of a place ``latitude,longitude``, of a named one its name behind that.
        sent_at: the message's own date.
        name: of a file, as its sender calls it.
    """

    kind: str
    reference: str
    caption: str = ""
    sent_at: datetime | None = None
    name: str = ""

    any_way = True
    any_state = True


@dataclass(frozen=True, kw_only=True, slots=True)
class KeepEvidence(Command):
    """A file was fetched and stands in the evidence folder under its digest (SHA-256, hexadecimal)."""

    reference: str
    digest: str
    size: int

    any_state = True


@dataclass(frozen=True, kw_only=True, slots=True)
class LoseEvidence(Command):
    """A file cannot be fetched: ``reason`` is ``large`` (over 20 MB) or ``gone``; it stays in the chat alone."""

    reference: str
    reason: str

    any_state = True


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class EvidenceAdded(Event, name="evidence-added", personal=("caption", "name")):
    """A photo, voice message or file was kept with the incident."""

    kind: str
    reference: str
    caption: str | None = None
    source: str = ""
    sent_at: datetime | None = None
    name: str | None = None

    touches = ("words",)


@dataclass(frozen=True, kw_only=True, slots=True)
class EvidenceKept(Event, name="evidence-kept"):
    """A file was fetched and is kept in the evidence folder under its digest.

    Attributes:
        digest: SHA-256 of the content, hexadecimal; also the name in the folder.
        sender: id of the person who sent it. sent_at: the message's own date.
    """

    kind: str
    reference: str
    digest: str
    size: int
    sender: str = ""
    sent_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class EvidenceLost(Event, name="evidence-lost"):
    """A file could not be fetched: ``large`` (over the 20 MB that a bot may fetch) or ``gone``."""

    kind: str
    reference: str
    why: str


# --- what may happen


@decides(AddEvidence)
def add_evidence(case: Case, command: AddEvidence) -> Refusal | None:
    """Put a photo, voice message, file or place with the incident; a named place tells where it is if nobody has."""
    if command.reference in case.incident.evidence:
        return Refusal(key="nothing_new")
    source = "duty" if case.staff else case.actor.id
    case.record(
        EvidenceAdded(
            kind=command.kind,
            reference=command.reference,
            caption=command.caption or None,
            source=source,
            sent_at=command.sent_at,
            name=command.name or None,
        )
    )
    if command.kind == "venue" and command.name and not case.incident.place:
        case.record(SceneStated(place=command.name))
    return None


@decides(KeepEvidence)
def keep_evidence(case: Case, command: KeepEvidence) -> Refusal | None:
    """A file was fetched: its digest, its sender and the time it was sent at stand in the log."""
    item = _waited_for(case, command.reference)
    if item is None:
        return Refusal(key="nothing_new")
    case.record(
        EvidenceKept(
            kind=item.kind,
            reference=item.reference,
            digest=command.digest,
            size=command.size,
            sender=item.sender,
            sent_at=item.at,
        )
    )
    return None


@decides(LoseEvidence)
def lose_evidence(case: Case, command: LoseEvidence) -> Refusal | None:
    """A file cannot be fetched."""
    item = _waited_for(case, command.reference)
    if item is None:
        return Refusal(key="nothing_new")
    case.record(EvidenceLost(kind=item.kind, reference=item.reference, why=command.reason))
    return None


def _waited_for(case: Case, reference: str) -> Evidence | None:
    """Return what was sent and is not settled yet; only the program itself fetches files."""
    item = case.incident.evidence.get(reference)
    if "system" not in case.actor.roles or item is None or item.digest or item.lost:
        return None
    return item


# --- what it does to the incident


@applies(EvidenceAdded)
def _on_added(incident: Incident, event: EvidenceAdded, item: Recorded) -> None:
    incident.evidence[event.reference] = Evidence(
        event.kind, event.reference, item.actor, event.sent_at or item.at, event.caption or "", event.name or ""
    )


@applies(EvidenceKept)
def _on_kept(incident: Incident, event: EvidenceKept, item: Recorded) -> None:
    evidence = incident.evidence[event.reference]
    incident.evidence[event.reference] = replace(evidence, digest=event.digest, size=event.size)


@applies(EvidenceLost)
def _on_lost(incident: Incident, event: EvidenceLost, item: Recorded) -> None:
    incident.evidence[event.reference] = replace(incident.evidence[event.reference], lost=event.why)


# --- who is told


@tells(EvidenceAdded)
def _tell_added(event: EvidenceAdded, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    if event.source != "duty":
        yield Notice(kind="note", key="evidence", to=SEAT, params={"kind": event.kind})


@tells(EvidenceLost)
def _tell_lost(event: EvidenceLost, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    params = {"kind": event.kind, "why": event.why}
    yield Notice(kind="note", key="evidence_lost", to=SEAT, params=params)
