"""An office's own scripts of drills: kept with the jurisdiction, in the place of one of the same title, or removed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import structlog

from bot.office.administration import AdminResult, Reply, admin_transaction, append_admin_event
from bot.office.script_check import NAME, Looked, where
from bot.scenario import Scenario, ScenarioError, parse
from bot.service.requests import Requester
from bot.service.service import Service
from plans.desk.case import reads_at
from plans.model import Plan
from storage import Writing
from storage.drill_scripts import DrillScript
from storage.people import Person
from storage.transaction import Reading

log = structlog.get_logger(__name__)

KEPT, REMOVED = "drill-script-kept", "drill-script-removed"

MOST = 30
"""Scripts of a jurisdiction."""


async def own_scripts(rx: Reading, plans: Iterable[Plan]) -> list[DrillScript]:
    """Return the scripts that offices have kept for some plans."""
    of = {(plan.jurisdiction.name, plan.id) for plan in plans}
    rows = await rx.drill_scripts.of({place for place, _ in of})
    return [row for row in rows if (row.jurisdiction, row.plan_id) in of]


@dataclass(frozen=True, slots=True)
class Unread:
    """A script that cannot be read any more: what is wrong in which line; 0 = in none."""

    title: str
    line: int
    found: str


def readable(rows: Iterable[DrillScript]) -> dict[str, Scenario | Unread]:
    """Return what some scripts say, by digest; it takes a while at first, and is called in a thread.

    What cannot be read any more was written for another version of the program: it is played by nobody, and replaced by
    one of the same title, or removed.
    """
    found: dict[str, Scenario | Unread] = {}
    for row in rows:
        try:
            found[row.digest] = _scenario(row.text)
        except ScenarioError as problem:  # the others can be played all the same
            log.warning("drill.script_not_read", script=row.digest, error=str(problem)[:200])
            line, said = where(str(problem).splitlines()[0])
            found[row.digest] = Unread(row.title, line, said)
    return found


@lru_cache(maxsize=256)
def _scenario(text: str) -> Scenario:
    return parse(text, NAME, plain=True)


async def keep_script(
    service: Service, person: Person, plan: Plan, looked: Looked, *, before: str, cause: str, requester: Requester,
    reply: Reply | None = None,
) -> AdminResult | None:  # fmt: skip
    """Keep a script that was checked, in the name of who may direct drills of its plan.

    Args:
        before: digest of the script of the same title that he saw it would replace; empty = none.
    """
    place, scenario = plan.jurisdiction.name, looked.scenario
    if scenario is None or not looked.playable:
        raise ValueError("a script with grave faults is not kept")
    title = scenario.title

    async def act(tx: Writing, now: datetime) -> AdminResult:
        if not await _may(service, tx, requester, plan):
            return AdminResult(key="script_not_yours", ok=False)
        known = await tx.drill_scripts.get(place, plan.id, title)
        if (known.digest if known is not None else "") != before:
            return AdminResult(key="script_changed", ok=False)
        if known is None and await tx.drill_scripts.count(place) >= MOST:
            return AdminResult(key="script_too_many", ok=False, values={"most": MOST})
        await tx.drill_scripts.keep(
            DrillScript(
                jurisdiction=place, plan_id=plan.id, title=title, digest=looked.digest, text=looked.text, by=person.id,
                at=now,
            )
        )  # fmt: skip
        await append_admin_event(
            tx, place, KEPT, actor=person.id, cause=cause, at=now, own=(), plan=plan.id, title=title,
            digest=looked.digest, replaced=before,
        )  # fmt: skip
        return AdminResult(key="script_kept", values={"title": title})

    return await admin_transaction(service, act, cause=cause, requester=requester, reply=reply)


async def remove_script(
    service: Service, person: Person, plan: Plan, title: str, *, digest: str, cause: str, requester: Requester,
    reply: Reply | None = None,
) -> AdminResult | None:  # fmt: skip
    """Remove a script that stands as it was shown."""
    place = plan.jurisdiction.name

    async def act(tx: Writing, now: datetime) -> AdminResult:
        if not await _may(service, tx, requester, plan):
            return AdminResult(key="script_not_yours", ok=False)
        known = await tx.drill_scripts.get(place, plan.id, title)
        if known is None or known.digest != digest:
            return AdminResult(key="script_changed", ok=False)
        await tx.drill_scripts.remove(place, plan.id, title)
        await append_admin_event(
            tx, place, REMOVED, actor=person.id, cause=cause, at=now, own=(), plan=plan.id, title=title, digest=digest
        )
        return AdminResult(key="script_removed", values={"title": title})

    return await admin_transaction(service, act, cause=cause, requester=requester, reply=reply)


async def _may(service: Service, tx: Writing, requester: Requester, plan: Plan) -> bool:
    """Return whether who asks may direct drills of a plan, in the transaction."""
    actor = await service.actor(tx, requester, plan.jurisdiction.name, plan, lock=True)
    return actor.via == "direct" and reads_at(actor, plan)
