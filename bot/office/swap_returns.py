"""A replacement is taken back: by who asked for it, by the partner of an exchange, by who took it and pressed amiss."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from bot.office.administration import AdminResult, append_admin_event
from bot.office.substitutes import fall, fits, substitute
from bot.office.swap_rounds import fallen
from bot.office.swap_shifts import leaders, name_of, on_request, other_of, serves, settled
from bot.office.swap_words import letter, letters, settle_messages
from bot.outgoing.messages import OutgoingMessage
from bot.outgoing.serving import key_of_row
from bot.render import swap_rounds as rounds
from bot.render import swaps as pages
from bot.render.swap_shifts import ShiftLine
from bot.service.requests import Requester
from bot.service.service import Service
from plans.model import Plan
from plans.roster.overrides import TurnKey
from plans.times.night import is_night
from storage import Writing
from storage.people import Person, shown_name
from storage.people.swaps import DONE, REFUSED, RETURNED, WAITING, WITHDRAWN, OverrideRow, SwapRow
from storage.transaction import Reading


async def withdraw(
    service: Service, person: Person, request_id: str, *, cause: str, requester: Requester
) -> AdminResult | None:
    """Withdraw what one asked for and what is not settled; a partner of an exchange says no to it the same way."""

    async def act(tx: Writing, now: datetime, row: SwapRow, plan: Plan) -> AdminResult:
        declines = person.id == row.partner_id
        if requester.via != "direct" or not (person.id == row.person_id or declines):
            return AdminResult(key="not_yours", ok=False)
        done = await tx.people.settle_swap(row.id, WAITING, REFUSED if declines else WITHDRAWN, person.id, now)
        if done is None:
            return await settled(tx, row.id)
        await append_admin_event(
            tx, row.jurisdiction, "swap-declined" if declines else "swap-withdrawn", actor=person.id, cause=cause,
            at=now, plan=row.plan_id, request=row.id, begins=row.begins.isoformat(), kind=row.kind, name=row.name,
            person=row.person_id,
        )  # fmt: skip
        await settle_messages(
            tx,
            row,
            REFUSED if declines else WITHDRAWN,
            {"asker": await name_of(tx, row.person_id)},
            now,
            keep={person.id},
        )
        asker, shift = await tx.people.get(row.person_id), ShiftLine.of_row(row, plan)
        taker = await tx.people.get(done.taken_by) if done.taken_by is not None else None
        if not declines:
            over = rounds.taker_over(shown_name(person), WITHDRAWN, shift, now)
            told = pages.leader_withdrawn(shown_name(person), shift, now) if row.partner_id is None else None
            leading = await leaders(service, tx, plan, max(now, row.begins), {person.id}) if told is not None else []
            return AdminResult(
                key="withdrawn",
                messages=(
                    *letters(row, taker, over, "swap_settled"),
                    *(letter(row, one, told, "swap_settled") for one in leading if told is not None),
                ),
            )
        answer = pages.partner_refused(shown_name(person), shift, row, now)
        return AdminResult(key="declined", messages=letters(row, asker, answer, "swap_settled", ring=not is_night(now)))

    return await on_request(service, request_id, act, cause=cause, requester=requester)


async def give_back(
    service: Service, person: Person, request_id: str, *, cause: str, requester: Requester
) -> AdminResult | None:
    """「按错了」: whoever took a shift gives it back within the time in which a press can be taken back."""

    async def act(tx: Writing, now: datetime, row: SwapRow, plan: Plan) -> AdminResult:
        if row.taken_by != person.id or requester.via != "direct":
            return AdminResult(key="gone", ok=False)
        since = row.decided_at or row.taken_at
        if since is None or now - since > service.policy.undo:
            return AdminResult(key="undo_over", ok=False)
        lent = [item for item in await tx.people.live_overrides(now) if item.request_id == row.id]
        own = await _come_home(tx, plan, row, {key_of_row(item) for item in lent}, now)
        if not (lent or own) or not all([await fits(tx, item.instead_of or "", item) for item in own]):
            return AdminResult(key="settled", ok=False)  # it has gone on to others, or can go back to nobody
        if await tx.people.settle_swap(row.id, (DONE,), RETURNED, person.id, now) is None:
            return AdminResult(key="settled", ok=False)
        for item in lent:
            await fall(tx, item, RETURNED, by=person.id, cause=cause, now=now)
        messages: list[OutgoingMessage] = []
        for item in own:
            back = item.instead_of or ""
            await substitute(
                tx, item, back, instead_of=item.person_id, request_id=None, by=person.id, cause=cause, now=now
            )
            messages += await fallen(service, tx, plan, item, now)
        await settle_messages(tx, row, RETURNED, {}, now, keep={person.id, row.person_id})
        return AdminResult(key="returned", values={"name": await name_of(tx, row.person_id)}, messages=tuple(messages))

    return await on_request(service, request_id, act, cause=cause, requester=requester)


async def _come_home(
    tx: Reading, plan: Plan, row: SwapRow, lent: Collection[TurnKey], now: datetime
) -> list[OverrideRow]:
    """Return the shifts of a request that came to whoever the roster names, as what ends: no override says it of them.

    Args:
        lent: the shifts that go back by themselves.
    """
    halves, other = [(row, row.taken_by or "")], other_of(row)
    if other is not None:
        halves.append((other, row.person_id))
    return [
        OverrideRow(
            id=shift.id, jurisdiction=shift.jurisdiction, plan_id=shift.plan_id, begins=shift.begins, ends=shift.ends,
            kind=shift.kind, name=shift.name, office=shift.office, person_id=person_id, instead_of=shift.person_id,
            since=max(now, shift.begins), why=RETURNED, request_id=row.id,
        )
        for shift, person_id in halves
        if key_of_row(shift) not in lent and await serves(tx, plan, shift, person_id, now)
    ]  # fmt: skip
