"""From a typed command to the service: who asks, which incident, and what to say when that is not plain."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from telegram import Update

from bot.render import View
from bot.render.chat import text_message, which_incident
from bot.service import Answer, Result, Step
from handlers.context import Caller, Context, HandlerContext, caller, tools_of
from handlers.replies import say, say_once
from handlers.which_incident import Candidates, Subject, find
from plans.commands import AddEvidence, Command
from plans.commands import Update as Statement

Handler = Callable[[Update, Context], Coroutine[Any, Any, None]]


@dataclass(frozen=True, kw_only=True)
class IncidentCommand:
    """A typed command about one incident.

    Attributes:
        args: the words behind it, the incident's number taken off.
    """

    update: Update
    context: Context
    caller: Caller
    subject: Subject
    args: list[str]

    @property
    def text(self) -> str:
        """The words behind the command as one string."""
        return " ".join(self.args)

    @property
    def tools(self) -> HandlerContext:
        """The handlers' tools."""
        return tools_of(self.context)

    @property
    def now(self) -> datetime:
        """The incident's own moment."""
        return self.tools.clock.now() + self.subject.incident.offset

    async def view(self, place_id: str = "") -> View:
        """Return the incident as the person sees it: in private, or in a place."""
        found = self.subject
        return await self.tools.service.view(found.plan, found.incident, self.caller.person.id, place_id)

    async def run(
        self, *commands: Command, done: str = "", again: Mapping[str, Any] | None = None, **params: object
    ) -> Result:
        """Execute commands on the incident; a refusal is answered, a success confirmed with ``done``'s text."""
        steps = [Step(stream=self.subject.stream, command=command) for command in commands]
        tells = any(isinstance(command, Statement | AddEvidence) for command in commands)
        answer = Answer(
            place_id=self.caller.place.id,
            reply_to=self.caller.message_id,
            done=done,
            params=params,
            again=again or {},
            known_as=self.caller.known_as if tells else (),
        )
        return await self.tools.service.execute(
            steps, cause=self.caller.cause, requester=self.caller.requester, answer=answer
        )

    async def wrong(self, key: str, **params: Any) -> None:
        """Say what was expected."""
        await answer_privately(self.context, self.caller, key, **params)


async def answer_privately(context: Context, who: Caller, key: str, **params: Any) -> None:
    """Answer a command where it is nobody else's business; and who never started the bot is asked to.

    That is said in one neutral line.
    """
    if not await say(context, who, text_message(key, **params), "usage", in_private=True):
        await say(context, who, text_message("see_private"), "usage")


def about_incident(
    function: Callable[[IncidentCommand], Awaitable[None]],
    *,
    closed: bool = False,
    choose: Callable[[Context, Caller], Awaitable[str | None]] | None = None,
) -> Handler:
    """Return the handler of a command about an incident.

    Args:
        closed: whether a closed one may be named.
        choose: picks the stream where neither number nor reply says which; None: the only open one.
    """

    async def handler(update: Update, context: Context) -> None:
        who = await caller(update, context)
        if who is None:
            return
        if not who.jurisdictions():
            await say_once(context, who, text_message("stranger" if who.private else "not_bound"), "usage")
            return
        found, args = await find(update, context, who, closed=closed, choose=choose)
        if isinstance(found, Candidates):
            if not found.insider and not found.rows:
                await answer_privately(context, who, "not_yours")
                return
            message = which_incident(found.rows, found.number)
            if not await say(context, who, message, "which", in_private=True):
                await say(context, who, text_message("see_private"), "which")
            return
        await function(IncidentCommand(update=update, context=context, caller=who, subject=found, args=args))

    return handler
