"""Messages that change nothing: previews, lists, help. They go through the outbox like everything else."""

from __future__ import annotations

from dataclasses import replace

from bot.office.administration import AdminResult
from bot.outgoing.messages import File, OutgoingMessage, content, keyboard
from bot.render import Message, render, split
from bot.render.chat import popup_text, text_message
from bot.render.framing import preceded
from handlers.buttons import ButtonPress
from handlers.context import Caller, Context, tools_of
from plans.core.keys import to_person
from plans.core.state import CaseState
from plans.kinds import asked_again
from storage.outbox import NewMessage


def act_text(done: AdminResult | None) -> str:
    """Return in words what an administrative act came to; nothing where it had been done before."""
    return text_message(done.key, **done.values).text if done is not None else ""


async def act_pressed(press: ButtonPress, done: AdminResult | None) -> str:
    """Return :func:`act_text` of what a button confirmed; once it is done there is nothing left to press."""
    if done is not None and done.ok:
        await press.strip()
    return act_text(done)


async def show(
    press: ButtonPress, message: Message, notice: str, *, ring: bool = False, files: tuple[File, ...] = ()
) -> None:
    """Show a message where the button was pressed; its buttons belong to the same incident."""
    outgoing = replace(shown(press, message, notice), ring=ring, files=files)
    # The cause of what was refused is taken already.
    cause = f"{press.caller.cause}:again" if press.again else press.caller.cause
    await press.tools.service.say([outgoing], cause=cause, requester=press.caller.requester)


async def redraw(press: ButtonPress, message: Message, notice: str) -> None:
    """Show a message in the place of the one that was pressed; behind it where it is longer than one may be."""
    if press.message_id is None:
        await show(press, message, notice)
        return
    if len(split(message)) > 1:
        cause = f"{press.caller.cause}:long"  # what was pressed has taken the update's own
        await press.tools.service.say([shown(press, message, notice)], cause=cause, requester=press.caller.requester)
        return
    outgoing, now = shown(press, message, notice), press.tools.clock.now()
    async with press.tools.service.store.writing("message.redrawn") as tx:
        payload = {
            **content(message),
            "message_id": press.message_id,
            "reply_markup": await keyboard(tx, message, outgoing, now),
        }
        call = NewMessage(
            place_id=outgoing.place_id, priority=1, method="editMessageText", payload=payload, stream=outgoing.stream,
            notice=notice, coalesce=f"edit:{press.message_id}", not_before=now, created_at=now,
        )  # fmt: skip
        await tx.outbox.enqueue([call])
        await tx.inbox.done(press.caller.update_id, now)


async def ask_again(press: ButtonPress, message: Message, notice: str) -> None:
    """Ask anew for a press that lay at Telegram while we were away: its pop-up is never seen, so a message rings.

    What was pressed loses its buttons.
    """
    await show(press, preceded(message, popup_text("ask_again")), notice, ring=True)
    await press.strip()


def shown(press: ButtonPress, message: Message, notice: str) -> OutgoingMessage:
    """Return a message as :func:`show` sends it."""
    about: CaseState | None = press.about.incident if press.about else press.case.case if press.case else None
    return OutgoingMessage(
        place_id=press.caller.place.id,
        message=message,
        notice=notice,
        audience=to_person(press.caller.person.id),
        person_id=press.caller.person.id,
        stream=about.stream if about else None,
        jurisdiction=about.jurisdiction if about else press.caller.place.jurisdiction,
        priority=1,
        reply_to_message=press.message_id,
    )


async def say(
    context: Context,
    caller: Caller,
    message: Message,
    notice: str,
    *,
    stream: str | None = None,
    in_private: bool = False,
    ring: bool = False,
    keys: tuple[tuple[str, ...], ...] = (),
    step: str = "",
    files: tuple[File, ...] = (),
) -> bool:
    """Answer a command; ``in_private`` where it is nobody else's business. Return whether it could be said there.

    Args:
        keys: the keyboard to show under the private chat from now on.
        step: names what is said after the same update has changed something, which took the update's own cause.
    """
    outgoing = letter_to(caller, message, notice, stream=stream, in_private=in_private, ring=ring, keys=keys)
    if outgoing is not None:
        outgoing = replace(outgoing, files=files)
        cause = f"{caller.cause}:{step}" if step else caller.cause
        await tools_of(context).service.say([outgoing], cause=cause, requester=caller.requester)
    return outgoing is not None


async def say_once(context: Context, caller: Caller, message: Message, notice: str) -> None:
    """Answer somebody whom the bot does not serve: an unknown group reads one polite line, once.

    In private everybody is answered every time: whoever is in need must not be met by silence. An administrator, who
    may be about to bind the group, is always answered.
    """
    if caller.admin or caller.holdings:
        await say(context, caller, message, notice)
        return
    outgoing = letter_to(caller, message, notice)
    cause = caller.cause if caller.private else f"unknown:{caller.place.id}:0"
    await tools_of(context).service.say(
        [outgoing] if outgoing is not None else [], cause=cause, requester=caller.requester
    )


def letter_to(
    caller: Caller,
    message: Message,
    notice: str,
    *,
    stream: str | None = None,
    in_private: bool = False,
    ring: bool = False,
    keys: tuple[tuple[str, ...], ...] = (),
) -> OutgoingMessage | None:
    """Return the answer to a command as :func:`say` sends it, None where it cannot be said there.

    Of the answers that wait for somebody without a role only the newest goes out, behind what matters more.
    """
    place = caller.place.id
    if in_private and not caller.private:
        if caller.person.place_id is None or caller.person.blocked_at is not None:
            return None
        place = caller.person.place_id
    bare = caller.private and not caller.holdings and not caller.admin
    return OutgoingMessage(
        place_id=place,
        message=message,
        notice=notice,
        audience=to_person(caller.person.id),
        person_id=caller.person.id,
        stream=stream,
        jurisdiction=caller.place.jurisdiction,
        priority=3 if bare else 2,
        coalesce=f"answer:{notice}" if bare else None,
        reply_to_message=caller.message_id if place == caller.place.id else None,
        ring=ring,
        keys=keys if caller.private else (),
    )


async def question_again(press: ButtonPress) -> str:
    """Put the question once more, as things stand now."""
    subject = press.subject
    notice = asked_again(subject.plan, subject.incident, press.button.object)
    if notice is not None:
        await show(press, render(notice, await press.view()), notice.key)
    return ""
