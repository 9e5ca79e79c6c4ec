"""Messages that change nothing: previews, lists, help. They go through the outbox like everything else."""

from __future__ import annotations

from bot.render import Message
from bot.service.messages import Letter
from handlers.buttons import Pressed
from handlers.desk import Caller, Context, desk


async def show(press: Pressed, message: Message, notice: str) -> None:
    """Show a message where the button was pressed; its buttons belong to the same incident."""
    incident = press.found.incident if press.found else None
    letter = Letter(
        place_id=press.caller.place.id,
        message=message,
        notice=notice,
        audience=f"person:{press.caller.person.id}",
        person_id=press.caller.person.id,
        stream=incident.stream if incident else None,
        jurisdiction=incident.jurisdiction if incident else press.caller.place.jurisdiction,
        priority=1,
        reply_to_message=press.message_id,
    )
    await press.tools.service.say([letter], cause=press.caller.cause, asker=press.caller.asker)


async def say(
    context: Context,
    caller: Caller,
    message: Message,
    notice: str,
    *,
    stream: str | None = None,
    in_private: bool = False,
    ring: bool = False,
) -> bool:
    """Answer a command; ``in_private`` where it is nobody else's business. Return whether it could be said there."""
    place = caller.place.id
    if in_private and not caller.private:
        if caller.person.place_id is None or caller.person.blocked_at is not None:
            return False
        place = caller.person.place_id
    letter = Letter(
        place_id=place,
        message=message,
        notice=notice,
        audience=f"person:{caller.person.id}",
        person_id=caller.person.id,
        stream=stream,
        jurisdiction=caller.place.jurisdiction,
        reply_to_message=caller.message_id if place == caller.place.id else None,
        ring=ring,
    )
    await desk(context).service.say([letter], cause=caller.cause, asker=caller.asker)
    return True
