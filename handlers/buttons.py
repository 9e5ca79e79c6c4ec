"""A pressed button: the row behind its opaque id says what it means; a stale one answers and changes nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any

import structlog
from telegram import CallbackQuery, Update
from telegram.error import TelegramError

from bot.callback_data import unpack
from bot.render import View
from bot.render.chat import popup_text
from bot.service import Result, Step
from bot.service.withdrawing import guards
from handlers.desk import Caller, Context, Desk, caller, desk
from handlers.finding import Found, about
from plans.commands import Command
from storage.buttons import Button

SHORT = 30
"""Characters that can be read in passing; a longer pop-up waits to be closed."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Pressed:
    """A press with all that its action needs.

    Attributes:
        found: the incident that the button belongs to; None for buttons of no incident.
        waited: the press lay at Telegram while we were away: what carries authority is asked again.
        message_id: of the message that the button stands under.
    """

    tools: Desk
    caller: Caller
    context: Context
    button: Button
    found: Found | None
    waited: bool
    message_id: int | None

    @property
    def incident(self) -> Found:
        """The incident; an error for a button of none."""
        if self.found is None:
            raise LookupError(f"button {self.button.action} belongs to no incident")
        return self.found

    def arg(self, name: str, default: Any = "") -> Any:
        """Return an argument of the button."""
        return self.button.args.get(name, default)

    async def view(self) -> View:
        """Return the incident as the person sees it where the button was pressed."""
        found = self.incident
        return await self.tools.service.view(found.plan, found.incident, self.caller.person.id, self.caller.place.id)

    async def run(self, *commands: Command, done: str = "", last: bool = False) -> str:
        """Execute commands on the incident; return the pop-up: the refusal, or ``done``'s text.

        Args:
            last: when it is done the message has served, and loses its buttons.
        """
        steps = [Step(stream=self.incident.stream, command=command) for command in commands]
        result = await self.tools.service.execute(steps, cause=self.caller.cause, asker=self.caller.asker)
        if last and result.refusal is None:
            await self.strip()
        return self.shown(result, done)

    async def strip(self) -> None:
        """Take the buttons from the message that was pressed."""
        if self.message_id is not None:
            stream = self.found.stream if self.found is not None else None
            await self.tools.service.strip(self.caller.place.id, self.message_id, stream)

    def shown(self, result: Result, done: str) -> str:
        """Return the pop-up of a result."""
        if result.refusal is not None:
            return result.popup
        return popup_text(done, **self.button.args) if done and not result.repeated else ""


Action = Callable[[Pressed], Awaitable[str]]


def pressing(actions: dict[str, Action]) -> Callable[[Update, Context], Coroutine[Any, Any, None]]:
    """Return the handler of all presses."""

    async def pressed(update: Update, context: Context) -> None:
        query = update.callback_query
        who = await caller(update, context)
        if query is None or who is None:
            return
        text = await _served(query, who, context, actions)
        await _answer(query, text)

    return pressed


async def _served(query: CallbackQuery, who: Caller, context: Context, actions: dict[str, Action]) -> str:
    tools = desk(context)
    button_id = unpack(query.data or "")
    async with tools.service.store.reading() as rx:
        button = await rx.buttons.get(button_id) if button_id else None
    if button is None or button.action not in actions:
        return popup_text("button_unknown")
    found = (
        await about(context, who, button.stream) if button.stream and button.stream.startswith("incident:") else None
    )
    if stale(button, found):
        return popup_text("button_stale")
    press = Pressed(
        tools=tools,
        caller=who,
        context=context,
        button=button,
        found=found,
        waited=who.update_id in context.bot_data["waited"],
        message_id=query.message.message_id if query.message else None,
    )
    return await actions[button.action](press)


def stale(button: Button, found: Found | None) -> bool:
    """Return whether what the button acts on is settled: it guards its own object, not the whole incident.

    A call's later answers (已出发, 已到场) belong to the same round as the first one.
    """
    if button.closed_at is not None:
        return True
    if found is None:
        return False
    kind, _, name = button.object.partition(":")
    if kind == "call":
        unit, _, number = name.rpartition(":")
        call = found.incident.calls.get(unit)
        return call is None or str(call.round) != number or not found.incident.open
    if kind in ("obligation", "proposal", "edit") and name:
        return button.object not in guards(found.incident)
    return not found.incident.open and button.action not in ("export", "status", "sign", "reopen")


async def _answer(query: CallbackQuery, text: str) -> None:
    """Answer the press; where that fails (too old, no network) it has had its effect, and only the pop-up is lost."""
    try:
        await query.answer(text=text or None, show_alert=len(text) > SHORT)
    except TelegramError as error:
        log.info("press.unanswered", error=str(error))
