"""A pressed button: the row behind its opaque id says what it means; a stale one answers and changes nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, replace
from typing import Any

import structlog
from telegram import CallbackQuery, Update
from telegram.error import TelegramError

from bot.callback_data import unpack
from bot.render import View
from bot.render.chat import popup_text
from bot.render.outrun import outrun
from bot.service import Result, Step
from handlers.context import Caller, Context, HandlerContext, caller, tools_of
from handlers.which_incident import Subject, about
from plans.bodies import stood_for
from plans.commands import Command, Shown
from plans.decide.case import with_also
from plans.incident.changes import kind_of, revision_of
from storage.buttons import Button

SHORT = 30
"""Characters that can be read in passing; a longer pop-up waits to be closed."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class ButtonPress:
    """A press with all that its action needs.

    Attributes:
        act: what the button does.
        about: the incident that the button belongs to; None for buttons of no incident.
        delivered_late: it lay at Telegram while we were away: what carries authority is asked again.
        message_id: of the message that the button stands under.
        again: it was refused, and what it was about is shown anew.
    """

    act: Act
    tools: HandlerContext
    caller: Caller
    context: Context
    button: Button
    about: Subject | None
    delivered_late: bool
    message_id: int | None
    again: bool = False

    @property
    def subject(self) -> Subject:
        """The incident; an error for a button of none."""
        if self.about is None:
            raise LookupError(f"button {self.button.action} belongs to no incident")
        return self.about

    def arg(self, name: str, default: Any = "") -> Any:
        """Return an argument of the button."""
        return self.button.args.get(name, default)

    async def view(self) -> View:
        """Return the incident as the person sees it where the button was pressed."""
        found = self.subject
        return await self.tools.service.view(found.plan, found.incident, self.caller.person.id, self.caller.place.id)

    async def run(self, *commands: Command, done: str = "", last: bool = False) -> str:
        """Execute commands on the incident; return the pop-up: the refusal, or ``done``'s text.

        What was confirmed must still be as it was shown: that is looked at in the transaction. Else nothing is done,
        and it is shown anew.

        Args:
            last: when it is done the message has served, and loses its buttons.
        """
        shown = Shown(object=self.button.object, revision=self.button.revision)
        steps = [Step(stream=self.subject.stream, command=command, shown=shown) for command in commands]
        result = await self.tools.service.execute(steps, cause=self.caller.cause, requester=self.caller.requester)
        if result.refusal is not None and result.refusal.key == CHANGED:
            return await renewed(self)
        if last and result.refusal is None:
            await self.strip()
        if result.refusal is not None and result.refusal.key in OUTRUN:
            fresh = await about(self.context, self.caller, self.subject.stream)
            return await _too_late(self.tools, self.caller, self.button, fresh, result.popup)
        return self.shown(result, done)

    async def strip(self) -> None:
        """Take the buttons from the message that was pressed."""
        if self.message_id is not None:
            stream = self.about.stream if self.about is not None else None
            await self.tools.service.strip(self.caller.place.id, self.message_id, stream)

    def shown(self, result: Result, done: str) -> str:
        """Return the pop-up of a result."""
        if result.refusal is not None:
            return result.popup
        return popup_text(done, **self.button.args) if done and not result.repeated else ""


OUTRUN = frozenset({"already_filed", "already_filed_to", "already_declared"})
"""Refusals because somebody else was first: it is said who, and what he did."""

CHANGED = "changed_since"
"""Refusal of a confirmation whose object is not any more as it was shown."""

Action = Callable[[ButtonPress], Awaitable[str]]


@dataclass(frozen=True)
class Act:
    """What a button does.

    Attributes:
        run: does it, and returns the pop-up.
        on: kinds of what the button may act on, as ``plans.incident.changes`` names them, each with a revision; those
            of no incident (``place seat people …``) guard themselves where they are kept.
        again: shows anew what was to be confirmed, for a press that came after it had changed.
    """

    run: Action
    on: tuple[str, ...]
    again: Action | None = None


async def renewed(press: ButtonPress) -> str:
    """Show anew what has changed since it was shown; return the pop-up that says so, or why it may not be any more."""
    found = await about(press.context, press.caller, press.subject.stream)
    problem = await press.act.again(replace(press, about=found, again=True)) if press.act.again is not None else ""
    return problem or popup_text(CHANGED)


def pressing(actions: dict[str, Act]) -> Callable[[Update, Context], Coroutine[Any, Any, None]]:
    """Return the handler of all presses."""

    async def pressed(update: Update, context: Context) -> None:
        query = update.callback_query
        who = await caller(update, context)
        if query is None or who is None:
            return
        text = await _served(query, who, context, actions)
        await _answer(query, text)

    return pressed


async def _too_late(
    tools: HandlerContext, who: Caller, button: Button, found: Subject | None, otherwise: str = ""
) -> str:
    """Return who settled it before, to somebody who works on the incident; else only that it is settled."""
    said = ""
    if found is not None and found.actor.roles & {"duty", *found.plan.roles} and not who.neutral:
        view = await tools.service.view(found.plan, found.incident, who.person.id, who.place.id)
        said = outrun(view, button.object)
    return said or otherwise or popup_text("button_stale")


async def _served(query: CallbackQuery, who: Caller, context: Context, actions: dict[str, Act]) -> str:
    tools = tools_of(context)
    button_id = unpack(query.data or "")
    async with tools.service.store.reading() as rx:
        button = await rx.buttons.get(button_id) if button_id else None
    if button is None or button.action not in actions or button.place_id not in (None, who.place.id):
        return popup_text("button_unknown")
    found = (
        await about(context, who, button.stream) if button.stream and button.stream.startswith("incident:") else None
    )
    act = actions[button.action]
    if found is not None and not who.reader.may_add(found.plan, found.incident):
        return popup_text("not_yours")  # before anything else: not even whether it is settled
    if not meant_for(button.audience, who, found):
        return popup_text("not_yours")
    if kind_of(button.object) not in act.on or stale(button, found):
        return await _too_late(tools, who, button, found)
    press = ButtonPress(
        act=act,
        tools=tools,
        caller=who,
        context=context,
        button=button,
        about=found,
        delivered_late=tools.updates.delivered_late(who.update_id),
        message_id=query.message.message_id if query.message else None,
    )
    return await act.run(press)


def meant_for(audience: str, who: Caller, found: Subject | None) -> bool:
    """Return whether a person belongs to those whom a button was shown to; what he may do is decided later.

    Args:
        audience: as a notice names it; empty where the place alone says who.
    """
    kind, _, name = audience.partition(":")
    if kind == "person":
        return who.person.id == name
    if found is None or not kind:
        return True
    actor, plan = found.actor, found.plan
    staff = bool(actor.roles & {"duty", *plan.roles})
    if kind == "role":
        return name in with_also(plan, actor.roles) or name in actor.roles
    if kind in ("unit", "head"):
        incident = found.incident
        # Whoever reported speaks for the school or company that he reported for; 事发镇街 for the street that it is.
        spoken_for = who.person.id == incident.reporter_id and name == incident.unit
        return staff or spoken_for or bool(actor.units & {name, *stood_for(plan, incident, name)})
    if kind in ("origin", "reporter"):
        return staff or who.person.id == found.incident.reporter_id
    if kind == "group":
        return bool(actor.roles)
    return staff


def stale(button: Button, found: Subject | None) -> bool:
    """Return whether what the button acts on is settled or not there any more.

    It guards its own object, not the whole incident. Whether that is still as it was shown is asked in the transaction.
    """
    if button.closed_at is not None:
        return True
    if found is None:
        return False
    if button.object == "incident":
        return not found.incident.open
    return revision_of(found.incident, button.object) is None


async def _answer(query: CallbackQuery, text: str) -> None:
    """Answer the press; where that fails (too old, no network) it has had its effect, and only the pop-up is lost."""
    try:
        await query.answer(text=text or None, show_alert=len(text) > SHORT)
    except TelegramError as error:
        log.info("press.unanswered", error=str(error))
