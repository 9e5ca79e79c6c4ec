"""What is shown beside a text of the desk: names, numbers to ring, how many of its messages have arrived."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from bot.outgoing.case_dispatcher import brings_files, sees_beside, shows_files
from bot.outgoing.evidence import FETCHED
from bot.outgoing.telephones import number_of_person, number_to_ring
from bot.outgoing.viewer import amendments
from bot.outgoing.warning import names_of, number_of
from bot.render.recipients import MOST_NAMES, MOST_RINGS, shown, to_ring
from bot.render.text import written
from bot.texts import recipients as t
from bot.texts import words as w
from plans.core.keys import Audience, to_unit
from plans.core.notice import Notice
from plans.core.outcome import CaseOutcome
from plans.desk.addressed import ANNOUNCEMENT, INSTRUCTION, Addressed
from plans.desk.announcements import AnnouncementOpened
from plans.desk.enclosures import Enclosed
from plans.desk.instructions import InstructionOpened
from plans.desk.recipients import FIRST, JOINED
from plans.desk.results import InstructionSettled
from plans.desk.sending import CORRECTED
from plans.directory import amended
from plans.model import Plan
from storage.downloads import Download
from storage.people import shown_name
from storage.transaction import Reading


async def _beside(
    tx: Reading, plan: Plan, case: Addressed, now: datetime, private: bool, about: Collection[str]
) -> Mapping[str, Any]:
    """Return names and numbers of those that are named; of thousands only whoever is shown is looked up."""
    wanted = [Audience(name) for name in {*shown(case), *about}]
    units = {unit.id: unit for unit in amended(plan, await amendments(tx, case.jurisdiction)).units}
    rows = await tx.bodies.of(case.jurisdiction, {key.of for key in wanted if key.kind == "unit"} - units.keys())
    names = {str(to_unit(name)): called for name, called in names_of(rows).items()}
    for key in wanted:
        if key.kind == "person" and (person := await tx.people.get(key.of)) is not None:
            names[key] = shown_name(person)
    numbers = {}
    for item in to_ring(case)[:MOST_RINGS]:
        key = Audience(item.key)
        number = await number_to_ring(tx, plan, key, private=private, drill=case.drill)
        if key.kind == "unit":
            number = number_of(plan, units, rows.get(key.of), key.of, private, case.drill)
        numbers[item.key] = number or await _speaks(tx, plan, key, private, case.drill)
    return {"names": names, "numbers": {name: number for name, number in numbers.items() if number}}


async def _speaks(rx: Reading, plan: Plan, key: Audience, private: bool, drill: bool) -> str:
    """Return whom to ring of a unit that has no line: who speaks for it, by the number he confirmed."""
    for role in ("liaison", "head") if key.kind == "unit" else ():
        for person in await rx.people.holders(plan.jurisdiction.name, plan.id, role, key.of):
            if number := await number_of_person(rx, plan, person, private=private, drill=drill):
                return f"{written(shown_name(person), 16)} {number}"
    return ""


BRING = (InstructionOpened, AnnouncementOpened, Enclosed, InstructionSettled)
"""Events that bring pictures and files."""


async def delivered(rx: Reading, case: Addressed) -> str:
    """Return to how many people it has come, and to whom not; empty before it has gone out."""
    rows = [row for key in (FIRST, JOINED, CORRECTED) for row in await rx.outbox.noticed(case.stream, key)]
    newest = {row.place_id: row for row in rows}
    if not newest:
        return ""
    sent = sum(1 for row in newest.values() if row.state == "sent")
    lost = [row.person_id for row in newest.values() if row.state in ("dead", "dropped") and row.person_id]
    people = [person for key in lost[:MOST_NAMES] if (person := await rx.people.get(key)) is not None]
    failed = ""
    if lost:
        names = w.LIST.join(written(shown_name(person), 12) for person in people)
        failed = t.NOT_DELIVERED.format(count=len(lost), names=names)
    going = sum(1 for row in newest.values() if row.state in ("pending", "sending"))
    waiting = t.DELIVERING.format(count=going) if going else ""
    return t.DELIVERED.format(sent=sent, waiting=waiting, failed=failed)


def sent_in(outcome: CaseOutcome[Addressed]) -> Iterator[Download]:
    """Yield the pictures and files that go with a text, and those that units sent as results."""
    for item in outcome.recorded:
        if isinstance(item.event, BRING):
            for kind, _, reference in (part.partition(":") for part in item.event.evidence):
                if kind in FETCHED:
                    yield Download(
                        stream=outcome.after.stream, reference=reference, kind=kind, person_id=item.actor or None,
                        sent_at=item.at, asked_at=item.at, at=item.at,
                    )  # fmt: skip


def enclosed(case: Addressed, notice: Notice) -> tuple[str, ...]:
    """Return what goes behind the words by which somebody hears of it for the first time."""
    return case.enclosures if notice.key in (FIRST, JOINED) else ()


for _kind in (INSTRUCTION, ANNOUNCEMENT):
    sees_beside(_kind)(_beside)
    brings_files(_kind)(sent_in)
    shows_files(_kind)(enclosed)
