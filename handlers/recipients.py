"""What instructions and notices share in the chat once they are out: 收到, the page, whom to ring, taking back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from bot.outgoing.desk import delivered
from bot.outgoing.media import sent_on
from bot.render import Message, receipts
from bot.render import announcements as of_notices
from bot.render import instructions as of_instructions
from bot.render import recipients as pages
from bot.render import results as of_results
from bot.render.cases import CaseView
from bot.render.chat import popup_text
from bot.render.recipients import Preset
from handlers.access import Where, Who
from handlers.buttons import ButtonPress, button, confirm_again
from handlers.cases import CaseSubject, about_case
from handlers.context import Caller, Context, tools_of
from handlers.replies import redraw, say, show
from plans.core.command import Command
from plans.desk.addressed import Addressed, own_of
from plans.desk.announcements import KIND as ANNOUNCEMENT
from plans.desk.announcements import Announce
from plans.desk.instruction_state import KIND as INSTRUCTION
from plans.desk.instructions import GiveInstruction
from plans.desk.receipts import Receive, RingInVain
from plans.desk.sending import Withdraw


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of case that goes to people.

    Attributes:
        pages: its renderings. send: the command by which it goes out.
        mine: how it stands with those for whom somebody answers. corrected: key of what is said once it is corrected.
    """

    pages: Any
    send: Callable[[], Command]
    mine: Callable[[CaseView, Collection[str]], Message]
    corrected: str


KINDS: dict[str, Kind] = {
    INSTRUCTION: Kind(of_instructions, GiveInstruction, of_results.mine, "instruct_corrected_now"),
    ANNOUNCEMENT: Kind(of_notices, Announce, of_notices.mine, "desk_corrected_now"),
}


def kind(subject: CaseSubject) -> Kind:
    """Return what is particular to the kind of a case."""
    return KINDS[subject.stream.partition(":")[0]]


def state_of(subject: CaseSubject) -> Addressed:
    """Return the case; an error for one that goes to nobody."""
    if not isinstance(subject.case, Addressed):
        raise TypeError(f"{subject.stream} goes to nobody")
    return subject.case


async def view_of(
    context: Context, who: Caller, subject: CaseSubject, place_id: str = "", offered: Iterable[Preset] = ()
) -> CaseView:  # fmt: skip
    """Return the case as the person sees it; what of others is shown to nobody but the office is looked up for all.

    Args:
        offered: what may be picked with one tap, whose names stand on the buttons.
    """
    about = [name for item in offered for name in item.recipients[: pages.NAMED]]
    return await tools_of(context).service.case_view(subject.plan, subject.case, who.person.id, place_id, about)


async def fresh(press: ButtonPress) -> CaseSubject | None:
    """Return the case that a button belongs to as it is now; None where it goes to nobody."""
    subject = await about_case(press.context, press.caller, press.stream)
    return subject if subject is not None and isinstance(subject.case, Addressed) else None


# --- what recipients answer


@button("desk_received", on="told")
async def received(press: ButtonPress) -> str:
    """收到, for all that the person stands for; the message shows how it stands."""
    problem = await press.run(Receive(), done="desk_receipt")
    await mine(press)
    return problem


async def mine(press: ButtonPress) -> None:
    """Show in the place of the message how it stands with those that the person stands for."""
    subject = await fresh(press)
    if subject is None:
        return
    own = own_of(state_of(subject), subject.actor, subject.plan)
    if own and any(not state_of(subject).told[name].silent for name in own):
        view = await view_of(press.context, press.caller, subject, press.caller.place.id)
        await redraw(press, kind(subject).mine(view, own), "desk_mine")


# --- what the office sees


async def page(context: Context, who: Caller, subject: CaseSubject) -> Message:
    """Return who has it, who has answered, and what may be done."""
    state = state_of(subject)
    async with tools_of(context).service.store.reading() as rx:
        arrived = await delivered(rx, state) if state.told else ""
    message: Message = kind(subject).pages.page(await view_of(context, who, subject), arrived)
    return message


async def page_again(press: ButtonPress) -> None:
    """Show that page in the place of the message, as it stands now."""
    subject = await fresh(press)
    if subject is not None:
        await redraw(press, await page(press.context, press.caller, subject), "desk_page")


@button("desk_page", on="paper", who=Who.OFFICE, where=Where.OFFICIAL, refused="desk_only_office")
async def paged(press: ButtonPress) -> str:
    """Who has it, as it stands now."""
    message = await page(press.context, press.caller, press.case_subject)
    if press.caller.private:
        await redraw(press, message, "desk_page")
        return ""
    await say(press.context, press.caller, message, "desk_page", stream=press.stream, in_private=True)
    return popup_text("desk_in_private")


@button("desk_files", on="paper", who=Who.OFFICE, where=Where.OFFICIAL, refused="desk_only_office")
async def files(press: ButtonPress) -> str:
    """What went out with it, and what units handed in: each behind whose it is, in private."""
    who, subject = press.caller, press.case_subject
    place, state, now = who.person.place_id, state_of(subject), press.tools.clock.now()
    handed_in = kind(subject).pages.handed_in(state)
    view = await press.tools.service.case_view(subject.plan, subject.case, who.person.id, "", handed_in)
    calls = [
        call
        for caption, evidence in receipts.evidence(view, handed_in)
        for call in sent_on(evidence, place or "", who.person.id, press.stream, now, caption=caption)
    ]
    if place is None or not calls:
        return popup_text("button_stale")
    await press.tools.service.say([], cause=who.cause, requester=who.requester, calls=calls)
    return popup_text("desk_files_sent" if who.private else "desk_in_private")


@button("desk_ring_list", on="silent", who=Who.DUTY)
async def ring_list(press: ButtonPress) -> str:
    """Whom to ring, each with what came of it: in private, since numbers stand there."""
    view = await view_of(press.context, press.caller, press.case_subject)
    message = receipts.ring_list(view, kind(press.case_subject).pages.script(view))
    if press.caller.private:
        await show(press, message, "desk_rings")
        return ""
    await say(press.context, press.caller, message, "desk_rings", stream=press.stream, in_private=True)
    return popup_text("desk_in_private")


async def _after_ring(press: ButtonPress, command: Command, done: str) -> str:
    problem = await press.run(command, done=done)
    subject = await fresh(press)
    if subject is not None:
        view = await view_of(press.context, press.caller, subject)
        await redraw(press, receipts.ring_list(view, kind(subject).pages.script(view)), "desk_rings")
    return problem


@button("desk_rung", on="recipient", who=Who.DUTY)
async def rung(press: ButtonPress) -> str:
    """Reached by telephone: recorded as its receipt."""
    return await _after_ring(press, Receive(recipient=str(press.arg("recipient"))), "desk_rung")


@button("desk_in_vain", on="recipient", who=Who.DUTY)
async def in_vain(press: ButtonPress) -> str:
    """Nobody answered the telephone."""
    return await _after_ring(press, RingInVain(recipient=str(press.arg("recipient"))), "desk_vain")


@button("desk_withdraw", on="told", who=Who.OFFICE)
async def withdraw(press: ButtonPress) -> str:
    """First step of taking it back."""
    await redraw(
        press, pages.withdrawing(await view_of(press.context, press.caller, press.case_subject)), "desk_withdraw"
    )
    return ""


@button("desk_withdraw_sure", on="told", who=Who.OFFICE, late=confirm_again(withdraw))
async def withdraw_sure(press: ButtonPress) -> str:
    """Second step: everybody who has it is told."""
    problem = await press.run(Withdraw(reason=str(press.arg("reason"))), done="desk_withdrawn_now")
    await page_again(press)
    return problem
