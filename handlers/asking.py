"""From a typed command to the service: who asks, which incident, and what to say when that is not plain."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from telegram import Update

from bot.render.chat import text_message, which_incident
from bot.service import Answer, Result, Step
from handlers.desk import Caller, Context, caller, desk
from handlers.finding import Found, Several, find
from handlers.showing import say
from plans.commands import Command

Handler = Callable[[Update, Context], Coroutine[Any, Any, None]]


@dataclass(frozen=True, kw_only=True)
class Ask:
    """A typed command about one incident.

    Attributes:
        args: the words behind it, the incident's number taken off.
    """

    update: Update
    context: Context
    caller: Caller
    found: Found
    args: list[str]

    @property
    def text(self) -> str:
        """The words behind the command as one string."""
        return " ".join(self.args)

    async def run(self, *commands: Command, done: str = "", **params: object) -> Result:
        """Execute commands on the incident; a refusal is answered, a success confirmed with ``done``'s text."""
        steps = [Step(stream=self.found.stream, command=command) for command in commands]
        answer = Answer(place_id=self.caller.place.id, reply_to=self.caller.message_id, done=done, params=params)
        return await desk(self.context).service.execute(
            steps, cause=self.caller.cause, asker=self.caller.asker, answer=answer
        )

    async def wrong(self, key: str, **params: str) -> None:
        """Say what was expected."""
        await say(self.context, self.caller, text_message(key, drill=False, **params), "usage", in_private=True)


def about_incident(function: Callable[[Ask], Awaitable[None]], *, closed: bool = False) -> Handler:
    """Return the handler of a command about an incident.

    Args:
        closed: whether a closed one may be named.
    """

    async def handler(update: Update, context: Context) -> None:
        who = await caller(update, context)
        if who is None:
            return
        if not who.jurisdictions():
            await say(context, who, text_message("not_bound"), "usage")
            return
        found, args = await find(update, context, who, closed=closed)
        if isinstance(found, Several):
            insider = bool(who.holdings) or who.admin
            message = which_incident(found.rows, found.number) if insider else text_message("see_private")
            if not await say(context, who, message, "which", in_private=insider):
                await say(context, who, text_message("see_private"), "which")
            return
        await function(Ask(update=update, context=context, caller=who, found=found, args=args))

    return handler
