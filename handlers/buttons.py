"""A pressed button: the row behind its opaque id says what it means; a stale one answers and changes nothing.

:func:`button` makes a function of a topic the action of a button and says all that holds for it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

import structlog
from telegram import CallbackQuery, Update
from telegram.error import TelegramError

from bot.callback_data import unpack
from bot.cases.streams import INCIDENT, is_case, kind_of
from bot.render import View
from bot.render.cases import CaseView
from bot.render.chat import popup_text
from bot.render.outrun import outrun
from bot.service import Result, Step
from handlers.access import Where, Who, allowed, allowed_case, case_meant_for, meant_for
from handlers.cases import CaseSubject, about_case
from handlers.context import Caller, Context, HandlerContext, caller, tools_of
from handlers.which_incident import Subject, about
from plans.core.command import Command, Shown
from plans.core.keys import Key
from plans.kinds import revision_of
from storage.buttons import Button

SHORT = 30
"""Characters that can be read in passing; a longer pop-up waits to be closed."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class ButtonPress:
    """A press with all that its action needs.

    Attributes:
        action: what the button does.
        about: the incident that the button belongs to; None for buttons of no incident.
        case: the case of another kind that it belongs to.
        delivered_late: it lay at Telegram while we were away: what carries authority is asked again.
        message_id: of the message that the button stands under.
        again: it was refused, and what it was about is shown anew.
    """

    action: ButtonAction
    tools: HandlerContext
    caller: Caller
    context: Context
    button: Button
    about: Subject | None
    delivered_late: bool
    message_id: int | None
    case: CaseSubject | None = None
    again: bool = False

    @property
    def subject(self) -> Subject:
        """The incident; an error for a button of none."""
        if self.about is None:
            raise LookupError(f"button {self.button.action} belongs to no incident")
        return self.about

    @property
    def case_subject(self) -> CaseSubject:
        """The case of another kind; an error for a button of none."""
        if self.case is None:
            raise LookupError(f"button {self.button.action} belongs to no such case")
        return self.case

    @property
    def stream(self) -> str:
        """The log of what the button belongs to."""
        return self.case.stream if self.case is not None else self.subject.stream

    def arg(self, name: str, default: Any = "") -> Any:
        """Return an argument of the button."""
        return self.button.args.get(name, default)

    async def view(self) -> View:
        """Return the incident as the person sees it where the button was pressed."""
        subject, tools = self.subject, self.tools
        return await tools.service.view(subject.plan, subject.incident, self.caller.person.id, self.caller.place.id)

    async def case_view(self, *about: str) -> CaseView:
        """Return the case of another kind as the person sees it where the button was pressed; see ``Service``."""
        subject = self.case_subject
        return await self.tools.service.case_view(
            subject.plan, subject.case, self.caller.person.id, self.caller.place.id, about
        )

    async def run(self, *commands: Command, done: str = "", last: bool = False) -> str:
        """Execute commands on the incident; return the pop-up: the refusal, or ``done``'s text.

        What was confirmed must still be as it was shown: that is looked at in the transaction. Else nothing is done,
        and it is shown anew.

        Args:
            last: when it is done the message has served, and loses its buttons.
        """
        version = Shown(object=self.button.object, revision=self.button.revision)
        steps = [Step(stream=self.stream, command=command, shown=version) for command in commands]
        result = await self.tools.service.execute(steps, cause=self.caller.cause, requester=self.caller.requester)
        if result.refusal is not None and result.refusal.key == CHANGED:
            return await renewed(self)
        if last and result.refusal is None:
            await self.strip()
        if result.refusal is not None and result.refusal.key in OUTRUN and self.about is not None:
            fresh = await about(self.context, self.caller, self.subject.stream)
            return await _too_late(self.tools, self.caller, self.button, fresh, result.popup)
        return self.shown(result, done)

    async def strip(self) -> None:
        """Take the buttons from the message that was pressed."""
        if self.message_id is not None:
            stream = self.stream if self.about is not None or self.case is not None else None
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


@dataclass(frozen=True, kw_only=True)
class ButtonAction:
    """What a button does, and all that holds for it.

    Attributes:
        run: does it, and returns the pop-up.
        on: kinds of what the button may act on, as ``plans.core.keys`` names them, each with a revision; those
            of no incident (``place seat people …``) guard themselves where they are kept.
        who: whom it serves, of those whom it was shown to; where: where. refused: key of the pop-up for all others.
        again: shows anew what was to be confirmed, for a press that came after it had changed.
        late: stands in for ``run`` when the press lay at Telegram while we were away.
        reports: it tells of an event, so that it is rescued when it cannot be worked off.
    """

    name: str
    run: Action
    on: tuple[str, ...]
    who: Who
    where: Where
    refused: str
    again: Action | None
    late: Action | None
    reports: bool

    def serves(self, caller: Caller, subject: Subject | None, case: CaseSubject | None = None) -> bool:
        """Return whether somebody is served; of what belongs to no case its own keeper decides."""
        if case is not None:
            return allowed_case(self.who, self.where, caller, case)
        return subject is None or allowed(self.who, self.where, caller, subject)


BUTTONS: dict[str, ButtonAction] = {}
"""Every button by the action that its row names, written down by :func:`button`."""


def button(
    name: str, *, on: str | tuple[str, ...] = "incident", who: Who = Who.ANYBODY, where: Where = Where.ANYWHERE,
    refused: str = "not_yours", again: Action | None = None, late: Action | None = None, reports: bool = False,
) -> Callable[[Action], Action]:  # fmt: skip
    """Make a function the action of a button; the arguments are those of :class:`ButtonAction`.

    Args:
        on: ``incident``, which has no revision, where it only shows something.
    """

    def added(run: Action) -> Action:
        if name in BUTTONS:
            raise ValueError(f"the button {name} has two actions")
        kinds = (on,) if isinstance(on, str) else on
        BUTTONS[name] = ButtonAction(
            name=name, run=run, on=kinds, who=who, where=where, refused=refused, again=again, late=late, reports=reports
        )
        return run

    return added


def confirm_again(show: Action | None = None) -> Action:
    """Return what is done with a late press of authority: what it was to confirm is shown anew, and asked."""

    async def ask(press: ButtonPress) -> str:
        return (await show(press) if show is not None else "") or popup_text("ask_again")

    return ask


async def renewed(press: ButtonPress) -> str:
    """Show anew what has changed since it was shown; return the pop-up that says so, or why it may not be any more."""
    problem, subject, case = "", None, None
    if press.case is not None:
        case = await about_case(press.context, press.caller, press.case.stream)
    else:
        subject = await about(press.context, press.caller, press.subject.stream)
    if press.action.again is not None and press.action.serves(press.caller, subject, case):
        problem = await press.action.again(replace(press, about=subject, case=case, again=True))
    return problem or popup_text(CHANGED)


async def pressed(update: Update, context: Context) -> None:
    """Do what a pressed button does, and answer the press."""
    query = update.callback_query
    who = await caller(update, context)
    if query is not None and who is not None:
        await _answer(query, await _served(query, who, context))


async def _too_late(
    tools: HandlerContext, who: Caller, button: Button, subject: Subject | None, otherwise: str = ""
) -> str:
    """Return who settled it before, to somebody who works on the incident; else only that it is settled."""
    text = ""
    if subject is not None and subject.staff and not who.neutral:
        view = await tools.service.view(subject.plan, subject.incident, who.person.id, who.place.id)
        text = outrun(view, button.object)
    return text or otherwise or popup_text("button_stale")


async def _served(query: CallbackQuery, who: Caller, context: Context) -> str:
    tools = tools_of(context)
    button_id = unpack(query.data or "")
    async with tools.service.store.reading() as rx:
        row = await rx.buttons.get(button_id) if button_id else None
    if row is None or row.action not in BUTTONS or row.place_id not in (None, who.place.id):
        return popup_text("button_unknown")
    subject, case = await _subjects(context, who, row.stream or "")
    action = BUTTONS[row.action]
    if subject is not None and not who.reader.may_add(subject.plan, subject.incident):
        return popup_text("not_yours")  # before anything else: not even whether it is settled
    if case is not None and not who.reader.serves(case.case.jurisdiction, case.plan.id):
        return popup_text("not_yours")
    if not (case_meant_for(row.audience, who, case) if case is not None else meant_for(row.audience, who, subject)):
        return popup_text("not_yours")
    if Key(row.object).kind not in action.on or stale(row, subject, case):
        return await _too_late(tools, who, row, subject)
    if not action.serves(who, subject, case):
        return popup_text(action.refused)
    press = ButtonPress(
        action=action,
        tools=tools,
        caller=who,
        context=context,
        button=row,
        about=subject,
        case=case,
        delivered_late=tools.updates.delivered_late(who.update_id),
        message_id=query.message.message_id if query.message else None,
    )
    late = action.late if press.delivered_late else None
    return await (late or action.run)(press)


async def _subjects(context: Context, who: Caller, stream: str) -> tuple[Subject | None, CaseSubject | None]:
    """Return the incident, or the case of another kind, that a button belongs to."""
    if not stream or not is_case(stream):
        return None, None
    if kind_of(stream) == INCIDENT:
        return await about(context, who, stream), None
    return None, await about_case(context, who, stream)


def stale(button: Button, subject: Subject | None, case: CaseSubject | None = None) -> bool:
    """Return whether what the button acts on is settled or not there any more.

    It guards its own object, not the whole incident. Whether that is still as it was shown is asked in the transaction.
    """
    if button.closed_at is not None:
        return True
    if case is not None:
        return revision_of(case.case, button.object) is None
    if subject is None:
        return False
    if button.object == "incident":
        return not subject.incident.open
    return revision_of(subject.incident, button.object) is None


async def _answer(query: CallbackQuery, text: str) -> None:
    """Answer the press; where that fails (too old, no network) it has had its effect, and only the pop-up is lost."""
    try:
        await query.answer(text=text or None, show_alert=len(text) > SHORT)
    except TelegramError as error:
        log.info("press.unanswered", error=str(error))
