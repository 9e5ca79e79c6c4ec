"""From the notices of a case that is no incident to rows of the outbox: who gets which words where, once each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.cases.plan_registry import PlanRegistry
from bot.outgoing.addresses import CaseAddresses, Target
from bot.outgoing.channels import also
from bot.outgoing.messages import OutgoingMessage, write_all
from bot.outgoing.retraction import guard_of, strip
from bot.render.cases import CaseView, render_case
from plans.core import keys
from plans.core.notice import Notice
from plans.core.notices import open_guards
from plans.core.outcome import CaseOutcome
from plans.core.policy import Policy
from plans.core.state import CaseState
from plans.model import Plan
from storage.transaction import Writing


class CaseDispatcher:
    """Writes what people are to be told of cases of every kind; incidents have ``NoticeDispatcher`` for all they need.

    Args:
        registry: the plans.
        policy: the reminder policy, shown where a local target is named.
    """

    def __init__(self, registry: PlanRegistry, policy: Policy) -> None:
        self.registry, self.policy = registry, policy

    async def dispatch(
        self,
        tx: Writing,
        plan: Plan,
        outcome: CaseOutcome[Any],
        notices: Sequence[Notice],
        now: datetime,
        *,
        online: bool = True,
    ) -> None:
        """Queue every notice for everybody it is for, and withdraw what no longer holds."""
        await _withdraw(tx, outcome, now)
        await self.tell(tx, plan, outcome.after, notices, now, online=online)

    async def tell(
        self,
        tx: Writing,
        plan: Plan,
        case: CaseState,
        notices: Sequence[Notice],
        now: datetime,
        *,
        online: bool = True,
        but: str = "",
    ) -> None:
        """Queue notices of a case for everybody they are for, but not for one place (by its id)."""
        addresses = CaseAddresses(tx, plan, case, now)
        written: set[tuple[str, str, str]] = set()
        messages: list[OutgoingMessage] = []
        for notice in notices:
            if notice.edits:
                continue
            targets = [item for item in await addresses.resolve(notice.to) if item.place.id != but]
            if not targets and notice.to == keys.SEAT and notice.reaches_group:
                targets = await addresses.resolve(keys.GROUP)
            for target in targets:
                once = (target.place.id, notice.type.repeats or notice.key, notice.guard or str(notice.params))
                if once not in written:
                    written.add(once)
                    messages.append(self._outgoing(plan, case, notice, target, now, online))
        await write_all(tx, messages, now)
        await also(tx, messages, now)

    def _outgoing(
        self, plan: Plan, case: CaseState, notice: Notice, target: Target, now: datetime, online: bool
    ) -> OutgoingMessage:
        view = CaseView(
            plan=plan,
            case=case,
            now=now + case.offset,
            policy=self.policy,
            place_kind=target.place.kind,
            audience=notice.to,
            recipient=target.person.name if target.person else "",
            online=online,
        )
        return OutgoingMessage(
            place_id=target.place.id,
            message=render_case(notice, view),
            notice=notice.key,
            audience=notice.to,
            person_id=target.person.id if target.person else None,
            stream=case.stream,
            jurisdiction=case.jurisdiction,
            priority=notice.priority,
            ring=notice.ring,
            pin=notice.pin,
            guard=guard_of(case.stream, notice),
        )


async def _withdraw(tx: Writing, outcome: CaseOutcome[Any], now: datetime) -> None:
    """Drop what waits for objects that are settled now, and take the buttons from what was sent about them."""
    if outcome.before is None:
        return
    settled = open_guards(outcome.before) - open_guards(outcome.after)
    guards = {f"{outcome.after.stream}|{item}" for item in settled}
    if guards:
        rows = await tx.outbox.of(outcome.after.stream)
        await tx.outbox.withdraw(guards, now)
        await strip(tx, [row for row in rows if row.guard in guards], rows, now)
