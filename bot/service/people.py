"""Who may do what: binding groups, invitations, claims, the duty seat. Every change is an entry in the admin log."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from bot.callback_data import new_id
from bot.render.admin import claim_message
from bot.render.chat import text_message
from bot.service.addressing import ANY_PLAN
from bot.service.asking import Asker
from bot.service.messages import Letter, write
from bot.service.service import Service
from plans.model import Plan
from storage import Writing
from storage.errors import OtherJurisdiction
from storage.journal import NewEntry
from storage.people import Claim, Holding, Invitation, Person
from storage.places import Place

INVITATION_LASTS = timedelta(days=7)
OWN_ROLES = {"duty": "值班员", "liaison": "联络员", "reporter": "报告人", "admin": "管理员"}
"""Roles of the program's own, besides the plan's."""

Kind = Literal["command", "members", "school"]


@dataclass(frozen=True, kw_only=True)
class Done:
    """What an administrative act came to.

    Attributes:
        key: of the text that says so.
        ok: False when it was refused.
        letters: further messages, to others.
    """

    key: str
    ok: bool = True
    values: dict[str, Any] = field(default_factory=dict)
    letters: tuple[Letter, ...] = ()


Act = Callable[[Writing, datetime], Awaitable[Done]]


class People:
    """Administrative acts, each in one transaction with its entry in the log.

    Args:
        service: whose database, clock and plans are used.
    """

    def __init__(self, service: Service) -> None:
        self._service = service

    async def _do(self, act: Act, *, cause: str, asker: Asker) -> Done | None:
        """Run an act once for its cause; None when it was done before."""
        now = self._service.clock.now()
        async with self._service.store.writing() as tx:
            if await tx.causes.result(cause) is not None:
                return None
            done = await act(tx, now)
            for letter in done.letters:
                await write(tx, letter, now)
            await tx.causes.take(cause, now, {"key": done.key})
            return done

    async def _log(
        self, tx: Writing, jurisdiction: str, event: str, actor: str, cause: str, now: datetime, **payload: Any
    ) -> None:
        stream = f"admin:{jurisdiction}"
        heads = await tx.journal.heads()
        head = heads.get(stream)
        personal = tuple(name for name in ("name",) if name in payload)
        entry = NewEntry(event=event, version=1, at=now, actor=actor, cause=cause, payload=payload, personal=personal)
        await tx.journal.append(stream, head.sequence if head else 0, [entry])

    async def may_administer(self, tx: Writing, person: Person, jurisdiction: str) -> bool:
        """Return whether a person administers a jurisdiction: by the settings, or by a holding."""
        if person.telegram_id in self._service.admins:
            return True
        held = await tx.people.holdings(person.id, jurisdiction, lock=True)
        return any(item.role == "admin" and item.ended_at is None for item in held)

    async def bind(
        self, person: Person, place: Place, plan_id: str, kind: Kind, *, cause: str, asker: Asker
    ) -> Done | None:
        """Bind a group to a plan."""

        async def act(tx: Writing, now: datetime) -> Done:
            if place.kind == "private":
                return Done(key="bind_in_group", ok=False)
            if plan_id not in self._service.shelf.ids:
                return Done(key="bind_unknown", ok=False, values={"given": plan_id[:60]})
            plan = self._service.shelf.current(plan_id)
            if not await self.may_administer(tx, person, plan.jurisdiction.name) or asker.via != "direct":
                return Done(key="admin_only", ok=False)
            try:
                await tx.places.bind(place.id, plan_id, plan.jurisdiction.name, kind, now)
            except OtherJurisdiction:
                return Done(key="bind_other", ok=False, values={"jurisdiction": place.jurisdiction or ""})
            await self._service.shelf.keep(tx, plan_id, now)
            await self._log(
                tx,
                plan.jurisdiction.name,
                "place-bound",
                person.id,
                cause,
                now,
                place=place.id,
                plan=plan_id,
                kind=kind,
            )
            return Done(key="bound", values={"plan": plan.title, "kind": KIND_NAMES[kind]})

        return await self._do(act, cause=cause, asker=asker)

    async def unbind(self, person: Person, place: Place, plan_id: str, *, cause: str, asker: Asker) -> Done | None:
        """End a group's binding."""

        async def act(tx: Writing, now: datetime) -> Done:
            jurisdiction = place.jurisdiction or ""
            if not await self.may_administer(tx, person, jurisdiction) or asker.via != "direct":
                return Done(key="admin_only", ok=False)
            if not await tx.places.unbind(place.id, plan_id):
                return Done(key="unbind_unknown", ok=False, values={"given": plan_id[:60]})
            await self._log(tx, jurisdiction, "place-unbound", person.id, cause, now, place=place.id, plan=plan_id)
            return Done(key="unbound", values={"given": plan_id})

        return await self._do(act, cause=cause, asker=asker)

    async def invite(
        self, person: Person, plan: Plan, role: str, unit: str | None, username: str, *, cause: str, asker: Asker
    ) -> Done | None:
        """Make a one-time invitation; only its digest is kept."""

        async def act(tx: Writing, now: datetime) -> Done:
            jurisdiction = plan.jurisdiction.name
            if not await self.may_administer(tx, person, jurisdiction) or asker.via != "direct":
                return Done(key="admin_only", ok=False)
            token = secrets.token_urlsafe(16)
            await tx.people.invite(
                Invitation(
                    digest=digest(token), jurisdiction=jurisdiction, plan_id=plan.id, role=role, unit=unit, created_by=person.id,
                    created_at=now, expires_at=now + INVITATION_LASTS,
                )
            )  # fmt: skip
            await self._log(tx, jurisdiction, "invited", person.id, cause, now, plan=plan.id, role=role, unit=unit)
            link = f"https://t.me/{username}?start={token}"
            return Done(key="invited", values={"role": role_name(plan, role), "unit": unit or "", "link": link})

        return await self._do(act, cause=cause, asker=asker)

    async def accept(self, person: Person, token: str, *, cause: str, asker: Asker) -> Done | None:
        """Take an invitation."""

        async def act(tx: Writing, now: datetime) -> Done:
            taken = await tx.people.take_invitation(digest(token), person.id, now)
            if taken is None:
                return Done(key="invitation_dead", ok=False)
            plan = self._service.shelf.current(taken.plan_id)
            await self._grant(tx, person, plan, taken.role, taken.unit, taken.created_by, cause, now)
            return Done(
                key="joined", values={"role": role_name(plan, taken.role), "unit": taken.unit or "", "plan": plan.title}
            )

        return await self._do(act, cause=cause, asker=asker)

    async def _grant(
        self, tx: Writing, person: Person, plan: Plan, role: str, unit: str | None, by: str, cause: str, now: datetime
    ) -> None:
        held = await tx.people.holdings(person.id, plan.jurisdiction.name, lock=True)
        if any((item.plan_id, item.role, item.unit, item.ended_at) == (plan.id, role, unit, None) for item in held):
            return
        await tx.people.grant(
            Holding(
                id=new_id(), person_id=person.id, jurisdiction=plan.jurisdiction.name, plan_id=plan.id if role != "admin" else ANY_PLAN,
                role=role, unit=unit, granted_by=by, granted_at=now,
            )
        )  # fmt: skip
        await self._log(
            tx,
            plan.jurisdiction.name,
            "role-granted",
            by,
            cause,
            now,
            person=person.id,
            name=person.name,
            plan=plan.id,
            role=role,
            unit=unit,
        )

    async def claim(
        self, person: Person, plan: Plan, role: str, unit: str | None, *, cause: str, asker: Asker
    ) -> Done | None:
        """登记身份: claim a role; administrators are asked."""

        async def act(tx: Writing, now: datetime) -> Done:
            made = Claim(
                id=new_id(),
                person_id=person.id,
                jurisdiction=plan.jurisdiction.name,
                plan_id=plan.id,
                role=role,
                unit=unit,
                at=now,
            )
            await tx.people.claim(made)
            await self._log(
                tx,
                plan.jurisdiction.name,
                "role-claimed",
                person.id,
                cause,
                now,
                name=person.name,
                plan=plan.id,
                role=role,
                unit=unit,
            )
            letters = tuple(
                claim_letter(place_id, admin_id, plan, made, person)
                for admin_id, place_id in await self._admins(tx, plan)
            )
            return Done(
                key="claimed" if letters else "claimed_no_admin",
                values={"role": role_name(plan, role), "unit": unit or ""},
                letters=letters,
            )

        return await self._do(act, cause=cause, asker=asker)

    async def _admins(self, tx: Writing, plan: Plan) -> list[tuple[str, str]]:
        people = list(await tx.people.holders(plan.jurisdiction.name, plan.id, "admin"))
        for telegram_id in sorted(self._service.admins):
            known = await tx.people.by_telegram(telegram_id)
            if known is not None and all(item.id != known.id for item in people):
                people.append(known)
        return [(item.id, item.place_id) for item in people if item.place_id is not None and item.blocked_at is None]

    async def decide_claim(
        self, person: Person, claim_id: str, approved: bool, *, cause: str, asker: Asker
    ) -> Done | None:
        """Approve or refuse a claim; the claimant is told."""

        async def act(tx: Writing, now: datetime) -> Done:
            for jurisdiction in await self._jurisdictions(tx):
                waiting = next((item for item in await tx.people.claims(jurisdiction) if item.id == claim_id), None)
                if waiting is None:
                    continue
                if not await self.may_administer(tx, person, jurisdiction):
                    return Done(key="admin_only", ok=False)
                decided = await tx.people.decide_claim(claim_id, person.id, now, approved)
                claimant = await tx.people.get(waiting.person_id)
                if decided is None or claimant is None:
                    break
                plan = self._service.shelf.current(waiting.plan_id)
                if approved:
                    await self._grant(tx, claimant, plan, waiting.role, waiting.unit, person.id, cause, now)
                values = {"role": role_name(plan, waiting.role), "unit": waiting.unit or "", "plan": plan.title}
                letters = ()
                if claimant.place_id:
                    message = text_message("joined" if approved else "claim_refused", **values)
                    letters = (
                        Letter(
                            place_id=claimant.place_id,
                            message=message,
                            notice="claim",
                            person_id=claimant.id,
                            ring=True,
                        ),
                    )
                return Done(key="claim_approved" if approved else "claim_denied", values=values, letters=letters)
            return Done(key="claim_gone", ok=False)

        return await self._do(act, cause=cause, asker=asker)

    async def _jurisdictions(self, tx: Writing) -> Sequence[str]:
        return list(
            dict.fromkeys(self._service.shelf.current(plan_id).jurisdiction.name for plan_id in self._service.shelf.ids)
        )

    async def take_seat(self, person: Person, *, cause: str, asker: Asker) -> Done | None:
        """「我接班」: take the duty seat of every plan whose duty officer one is."""

        async def act(tx: Writing, now: datetime) -> Done:
            held = [
                item
                for item in await tx.people.holdings(person.id, lock=True)
                if item.role == "duty" and item.ended_at is None
            ]
            if not held or asker.via != "direct":
                return Done(key="seat_not_yours", ok=False)
            before = ""
            for item in held:
                old = await tx.people.take_seat(
                    item.jurisdiction, item.plan_id, person_id=person.id, name=person.name, since=now
                )
                before = old.name if old is not None and old.person_id != person.id else before
                await self._log(
                    tx, item.jurisdiction, "seat-taken", person.id, cause, now, name=person.name, plan=item.plan_id
                )
            return Done(key="seat_taken", values={"before": before or "—"})

        return await self._do(act, cause=cause, asker=asker)


KIND_NAMES: dict[Kind, str] = {"command": "指挥群", "members": "成员群", "school": "学校群"}


def digest(token: str) -> str:
    """Return what is kept of an invitation's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def role_name(plan: Plan, role: str) -> str:
    """Return a role's title."""
    return plan.roles[role].title if role in plan.roles else OWN_ROLES.get(role, role)


def claim_letter(place_id: str, admin_id: str, plan: Plan, claim: Claim, person: Person) -> Letter:
    """Return the question to an administrator."""
    return Letter(
        place_id=place_id, message=claim_message(plan, claim.id, person.name, role_name(plan, claim.role), claim.unit or ""),
        notice="claim", audience=f"person:{admin_id}", person_id=admin_id, jurisdiction=plan.jurisdiction.name, ring=True,
    )  # fmt: skip
