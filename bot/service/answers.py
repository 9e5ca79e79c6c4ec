"""Answers to typed commands: in private where the person has started the bot, else one neutral line."""

from __future__ import annotations

from datetime import datetime

from bot.outgoing.messages import OutgoingMessage, write
from bot.render import Message, View, popup, render_refusal
from bot.render.cases import CaseView, bare_refusal, case_refusal
from bot.render.catalogue import POPUPS
from bot.render.chat import case_message, popup_text, text_message
from bot.render.facts import sure_message
from bot.render.refusals import shortened
from bot.service.requests import Answer, Requester
from bot.service.strangers import BOUNDED
from plans.core import keys
from plans.core.outcome import Refusal
from plans.incident.state import Incident
from storage.places import Place
from storage.transaction import Reading, Writing

Seen = View | CaseView | None
"""What a refusal is about, as words need it: an incident, another case, or nothing that is known."""


def shortly(refusal: Refusal, view: Seen) -> str:
    """Return a refusal in at most 200 characters, for a pop-up."""
    if isinstance(view, CaseView):
        return shortened(case_refusal(refusal, view))
    return popup(refusal, view) if view is not None else shortened(_of_nothing(refusal))


def _of_nothing(refusal: Refusal) -> str:
    """Return a refusal of what there is no case of."""
    return popup_text(refusal.key, **refusal.params) if refusal.key in POPUPS else bare_refusal(refusal)


def _in_full(refusal: Refusal, view: Seen) -> str:
    if isinstance(view, CaseView):
        return case_refusal(refusal, view)
    return render_refusal(refusal, view) if view is not None else _of_nothing(refusal)


async def refuse(
    tx: Writing, refusal: Refusal, view: Seen, answer: Answer, requester: Requester, now: datetime
) -> None:
    """Say why nothing was done; where a second word would do it, offer the button for it."""
    place, private = await _place_of_answer(tx, answer, requester)
    if place is None:
        return
    words = _in_full(refusal, view)
    message = Message(words) if private else text_message("see_private")
    if private and isinstance(view, View) and refusal.confirm == "sure" and answer.again:
        message = sure_message(words, view.incident, answer.again)
    about = view.case if isinstance(view, CaseView) else view.incident if view is not None else None
    stream = about.stream if about is not None else None
    bounded = f"answer:{refusal.key}" if refusal.key in BOUNDED else None
    await _reply(tx, place, message, answer, requester, now, stream, bounded)


async def confirm(tx: Writing, incident: Incident, answer: Answer, requester: Requester, now: datetime) -> None:
    """Confirm a command that was done, where its card alone would not show it."""
    place, private = await _place_of_answer(tx, answer, requester)
    if place is None or not private:
        return
    message = case_message(answer.done, incident, **answer.params)
    await _reply(tx, place, message, answer, requester, now, incident.stream)


async def _place_of_answer(tx: Reading, answer: Answer, requester: Requester) -> tuple[Place | None, bool]:
    """Return where to answer, and whether details may be said there."""
    place = await tx.places.get(answer.place_id)
    if place is not None and place.kind == "private":
        return place, True
    person = await tx.people.get(requester.person_id) if requester.person_id else None
    if person is not None and person.place_id is not None and person.blocked_at is None:
        return await tx.places.get(person.place_id), True
    return place, False


async def _reply(
    tx: Writing,
    place: Place,
    message: Message,
    answer: Answer,
    requester: Requester,
    now: datetime,
    stream: str | None,
    coalesce: str | None = None,
) -> None:
    await write(
        tx,
        OutgoingMessage(
                place_id=place.id, message=message, notice="answer", audience=keys.to_person(requester.person_id),
                person_id=requester.person_id or None, stream=stream, jurisdiction=place.jurisdiction, priority=2,
                reply_to_message=answer.reply_to if place.id == answer.place_id else None,
                coalesce=coalesce,
            ),
        now,
    )  # fmt: skip
