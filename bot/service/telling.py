"""From notices to rows of the outbox: who gets which words where, once each; and what is taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.render import Message, View, popup, render, render_refusal
from bot.render.chat import popup_text, text_message
from bot.service.addressing import Addresses, Target
from bot.service.asking import Answer, Asker
from bot.service.messages import Letter, content, keyboard, write
from bot.service.shelf import Shelf
from plans.decide import Outcome, Refusal
from plans.incident import Incident
from plans.model import Plan
from plans.notices import Notice, Press
from plans.obligations import Policy
from storage.outbox import NewMessage
from storage.places import Place
from storage.transaction import Reading, Writing

FALLBACK_TO_GROUP = frozenset(
    {"duty_ring", "reminder", "raised", "question", "wake_decider", "ring_decider", "followup_due", "ring_units"}
)
"""Seat notices that go to the command group when nobody sits on the seat: nothing that must be done stays unsaid."""


class Teller:
    """Writes what people are to be told.

    Args:
        shelf: the plans.
        policy: the reminder policy, shown where a local target is named.
    """

    def __init__(self, shelf: Shelf, policy: Policy) -> None:
        self.shelf, self.policy = shelf, policy

    def view(
        self, plan: Plan, incident: Incident, now: datetime, target: Target | None = None, **known: object
    ) -> View:
        """Return what rendering sees: the incident in its own time, and the place and person it is shown to."""
        return View(
            plan=plan,
            incident=incident,
            now=now + incident.offset,
            policy=self.policy,
            place_kind=target.place.kind if target else "private",
            recipient=target.person.name if target and target.person else "",
            **known,  # type: ignore[arg-type]
        )

    async def tell(self, tx: Writing, plan: Plan, outcome: Outcome, told: Sequence[Notice], now: datetime) -> None:
        """Queue every notice for everybody it is for, and withdraw what no longer holds."""
        incident = outcome.after
        addresses = Addresses(tx, plan, incident)
        await self._withdraw(tx, outcome, now)
        bound = await addresses.bound_units() if any(not item.edits for item in told) else frozenset()
        written: set[tuple[str, str, str]] = set()
        fresh = {notice.to for notice in told if notice.key == "card_new"}
        for notice in told:
            if notice.edits or notice.key == "card_new":
                if notice.key != "card" or notice.to not in fresh:
                    await self._card(tx, addresses, notice, now)
                continue
            for target in await self._targets(addresses, notice):
                once = (
                    target.place.id,
                    notice.key.removesuffix("_again"),
                    notice.guard or str(sorted(notice.params.items(), key=str)),
                )
                if once in written:
                    continue
                written.add(once)
                view = self.view(plan, incident, now, target, bound_units=bound)
                await self._write(tx, notice, view, target, now)
        for unit in {notice.params["unit"] for notice in told if notice.kind == "ack" and "unit" in notice.params}:
            await self.reshow_call(tx, plan, incident, str(unit), now)

    async def _targets(self, addresses: Addresses, notice: Notice) -> list[Target]:
        targets = await addresses.resolve(notice.to)
        if notice.to == "origin":
            if all(target.place.kind == "command" for target in targets) and notice.key == "receipt":
                return []  # the card is the receipt there
            if any(target.place.kind != "private" for target in targets):
                known = {target.place.id for target in targets}
                targets = targets + [item for item in await addresses.resolve("reporter") if item.place.id not in known]
        if not targets and notice.to == "seat" and notice.key in FALLBACK_TO_GROUP:
            return await addresses.resolve("group")
        return targets

    async def _write(self, tx: Writing, notice: Notice, view: View, target: Target, now: datetime) -> None:
        incident = view.incident
        message = render(notice, view)
        await write(
            tx,
            Letter(
                place_id=target.place.id,
                message=message,
                notice=notice.key,
                audience=notice.to,
                person_id=target.person.id if target.person else None,
                stream=incident.stream,
                jurisdiction=incident.jurisdiction,
                priority=notice.priority,
                ring=notice.ring,
                pin=notice.pin,
                guard=guard_of(incident.stream, notice.guard) if notice.guard else None,
                reference=f"{incident.number}号" if notice.ring else None,
                call=notice.guard if notice.guard.startswith("call:") else None,
            ),
            now,
        )

    async def _card(self, tx: Writing, addresses: Addresses, notice: Notice, now: datetime) -> None:
        """Queue a live card's renewal: rendered when it is sent, the newest wins."""
        kind = "worksheet" if notice.key == "worksheet" else "card"
        rows = [
            NewMessage(
                place_id=target.place.id,
                priority=notice.priority,
                method="card",
                payload={"kind": kind, "stream": addresses.incident.stream},
                stream=addresses.incident.stream,
                notice=kind,
                coalesce=f"{kind}:{addresses.incident.stream}",
                not_before=now,
                created_at=now,
                person_id=target.person.id if target.person else None,
            )
            for target in await addresses.resolve("group" if kind == "card" else "seat")
        ]
        await tx.outbox.enqueue(rows)

    async def _withdraw(self, tx: Writing, outcome: Outcome, now: datetime) -> None:
        """Drop what waits for objects that are settled, and take the buttons from what was sent about them."""
        if outcome.before is None:
            return
        settled = guards(outcome.before) - guards(outcome.after)
        if not settled:
            return
        named = {guard_of(outcome.after.stream, item) for item in settled}
        await tx.outbox.withdraw(named, now)
        calls = {item for item in named if "|call:" in item}
        for row in await tx.outbox.of(outcome.after.stream):
            if row.guard in named - calls and row.state == "sent" and row.message_id and "reply_markup" in row.payload:
                await tx.outbox.enqueue([_strip(row.place_id, row.message_id, outcome.after.stream, now)])

    async def reshow_call(self, tx: Writing, plan: Plan, incident: Incident, unit: str, now: datetime) -> None:
        """Show the next buttons (已出发, 已到场, 来不了) in the call that a unit answered."""
        call = incident.calls[unit]
        guard = f"call:{unit}:{call.round}"
        presses = [
            Press(action="ack", label=label, object=guard, args={"unit": unit, "status": status})
            for label, status in (("left", "已出发"), ("there", "已到场"), ("cannot", "来不了"))
            if status != call.status
        ]
        notice = Notice(
            kind="ack", key="call", to=f"unit:{unit}", params={"unit": unit}, guard=guard, buttons=tuple(presses)
        )
        for row in await tx.outbox.of(incident.stream):
            if row.call != guard or row.message_id is None or row.method != "sendMessage":
                continue
            place = await tx.places.get(row.place_id)
            if place is None:
                continue
            view = self.view(plan, incident, now, Target(place))
            message = render(notice, view)
            await self._edit(tx, row.place_id, row.message_id, message, notice, incident, now)

    async def _edit(
        self,
        tx: Writing,
        place_id: str,
        message_id: int,
        message: Message,
        notice: Notice,
        incident: Incident,
        now: datetime,
    ) -> None:
        letter = Letter(
            place_id=place_id, message=message, notice=notice.key, audience=notice.to, stream=incident.stream,
            jurisdiction=incident.jurisdiction,
        )  # fmt: skip
        payload = {
            **content(message),
            "message_id": message_id,
            "reply_markup": await keyboard(tx, message, letter, now),
        }
        await tx.outbox.enqueue(
            [
                NewMessage(
                    place_id=place_id, priority=2, method="editMessageText", payload=payload, stream=incident.stream,
                    notice=notice.key, coalesce=f"edit:{message_id}", not_before=now, created_at=now,
                )
            ]
        )  # fmt: skip

    def popup(self, refusal: Refusal, view: View | None) -> str:
        """Return a refusal in at most 200 characters."""
        return popup(refusal, view) if view is not None else popup_text(refusal.key)

    async def refuse(
        self, tx: Writing, refusal: Refusal, view: View | None, answer: Answer, asker: Asker, now: datetime
    ) -> None:
        """Answer a refused command in private; to somebody who never started the bot, by one neutral line."""
        place, private = await self._place_of_answer(tx, answer, asker)
        if place is None:
            return
        words = render_refusal(refusal, view) if view is not None else popup_text(refusal.key)
        message = Message(words) if private else text_message("see_private")
        await self._reply(
            tx, place, message, answer if place.id == answer.place_id else replace(answer, reply_to=None), asker, now
        )

    async def confirm(self, tx: Writing, incident: Incident, answer: Answer, asker: Asker, now: datetime) -> None:
        """Confirm a command that was done, where its card alone would not show it."""
        place, private = await self._place_of_answer(tx, answer, asker)
        if place is None or not private:
            return
        message = text_message(answer.done, number=incident.number, drill=incident.drill, **answer.params)
        await self._reply(
            tx, place, message, answer if place.id == answer.place_id else replace(answer, reply_to=None), asker, now
        )

    async def _place_of_answer(self, tx: Reading, answer: Answer, asker: Asker) -> tuple[Place | None, bool]:
        """Return where to answer, and whether details may be said there."""
        place = await tx.places.get(answer.place_id)
        if place is not None and place.kind == "private":
            return place, True
        person = await tx.people.get(asker.person_id) if asker.person_id else None
        if person is not None and person.place_id is not None and person.blocked_at is None:
            return await tx.places.get(person.place_id), True
        return place, False

    async def _reply(
        self, tx: Writing, place: Place, message: Message, answer: Answer, asker: Asker, now: datetime
    ) -> None:
        await write(
            tx,
            Letter(
                place_id=place.id, message=message, notice="answer", person_id=asker.person_id or None,
                jurisdiction=place.jurisdiction, reply_to_message=answer.reply_to, priority=2,
            ),
            now,
        )  # fmt: skip


def guard_of(stream: str, guard: str) -> str:
    """Return an object's name that is unique among all incidents."""
    return f"{stream}|{guard}"


def guards(incident: Incident) -> set[str]:
    """Return the objects of an incident that are not settled yet; messages about settled ones are not worth sending."""
    found = {f"obligation:{item.key}" for item in incident.open_instances}
    if incident.proposal is not None and not incident.proposal.declined:
        found.add(f"proposal:{incident.proposal.sequence}")
    if incident.question:
        found.add(f"question:{incident.question}")
    found |= {f"conflict:{fact}" for fact in incident.conflicts}
    if incident.state == "reported" and not incident.handled_by:
        found.add("unhandled")
    found |= {f"call:{call.unit}:{call.round}" for call in incident.calls.values() if call.silent}
    return found


def _strip(place_id: str, message_id: int, stream: str, now: datetime) -> NewMessage:
    return NewMessage(
        place_id=place_id, priority=3, method="editMessageReplyMarkup",
        payload={"message_id": message_id, "reply_markup": {"inline_keyboard": []}}, stream=stream, notice="strip",
        coalesce=f"edit:{message_id}", not_before=now, created_at=now,
    )  # fmt: skip
