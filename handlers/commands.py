"""From a typed command to the service: who asks, which incident, and what to say when that is not plain.

:func:`command` and :func:`incident_command` make a function of a topic a command and say all that holds for it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from telegram import Update

from bot.cases.plan_registry import UnusablePlan
from bot.render import View
from bot.render.chat import MOST_LISTED, brief, text_message, which_incident
from bot.service import Answer, Result, Step
from handlers.access import Where, Who, allowed
from handlers.context import Caller, Context, HandlerContext, caller, tools_of
from handlers.replies import say, say_once
from handlers.which_incident import Candidates, Subject, find
from plans.core.case import TOLERANCE
from plans.core.command import Command
from plans.incident.evidence import AddEvidence
from plans.incident.facts import Update as Statement
from plans.times.moments import moment_past

Handler = Callable[[Update, Context], Coroutine[Any, Any, None]]
IncidentHandler = Callable[["IncidentCommand"], Awaitable[None]]


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
        return self.subject.incident.own_time(self.tools.clock.now())

    def past(self, word: str) -> datetime | None:
        """Return the moment that a word says (10:20), in the incident's own time; None where it says none.

        What a drill's own clock has not come to yet, since it stood, was read from the clock on the wall.
        """
        clock, own = self.tools.clock.now(), self.now
        at = moment_past(word, max(clock, own))
        return at - (clock - own) if at is not None and own + TOLERANCE < at <= clock + TOLERANCE else at

    async def view(self, place_id: str = "") -> View:
        """Return the incident as the person sees it: in private, or in a place."""
        subject = self.subject
        return await self.tools.service.view(subject.plan, subject.incident, self.caller.person.id, place_id)

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


async def belongs(context: Context, who: Caller) -> bool:
    """Return whether somebody holds a role here or administers; whoever does not is told how he comes to one."""
    if not who.holdings and not who.admin:
        await answer_privately(context, who, "stranger")
        return False
    return True


async def administers(context: Context, who: Caller) -> bool:
    """Return whether somebody administers a jurisdiction; whoever does not is told so."""
    if not who.reader.administers_any:
        await answer_privately(context, who, "stranger" if who.private and not who.holdings else "admin_only")
    return who.reader.administers_any


Choice = Callable[[Context, Caller], Awaitable[str | None]]
"""Picks the log of the incident that is meant where neither number nor reply says it."""

Beside = Callable[[Context, Caller], Awaitable[list[str]]]
"""Returns lines of what stands beside the incidents."""


async def _titles(context: Context, candidates: Candidates) -> list[str]:
    """Return place and class of each incident that may be meant; empty where its plan cannot be read."""
    titles: list[str] = []
    for row in candidates.rows[:MOST_LISTED] if candidates.number is None else ():
        try:
            pair = await tools_of(context).service.incident(row.stream)
        except UnusablePlan:
            pair = None
        titles.append(brief(*pair) if pair is not None else "")
    return titles


def about_incident(
    function: IncidentHandler, *, who: Who = Who.ANYBODY, closed: bool = False, choose: Choice | None = None,
    beside: Beside | None = None,
) -> Handler:  # fmt: skip
    """Return the handler of a command about an incident; the arguments are those of :func:`incident_command`."""

    async def handler(update: Update, context: Context) -> None:
        person = await caller(update, context)
        if person is None:
            return
        if not person.jurisdictions():
            await say_once(context, person, text_message("stranger" if person.private else "not_bound"), "usage")
            return
        subject, args = await find(update, context, person, closed=closed, choose=choose)
        if isinstance(subject, Candidates):
            if not subject.insider and not subject.rows:
                await answer_privately(context, person, "not_yours")
                return
            above = await beside(context, person) if beside is not None and subject.number is None else ()
            titles = await _titles(context, subject)
            message = which_incident(subject.rows, subject.number, above=above, titles=titles)
            if not await say(context, person, message, "which", in_private=True):
                await say(context, person, text_message("see_private"), "which")
            return
        if not allowed(who, Where.ANYWHERE, person, subject):
            await answer_privately(context, person, "not_yours")
            return
        await function(IncidentCommand(update=update, context=context, caller=person, subject=subject, args=args))

    return handler


@dataclass(frozen=True, kw_only=True)
class TypedCommand:
    """A command that can be typed, and all that holds for it.

    Attributes:
        run: what python-telegram-bot calls. function: what the topic's file does.
        about_incident: it is about one incident: by reply, number, or the only open one.
        closed, who: as :func:`incident_command` says. reports, help, menus: as :func:`command` does.
    """

    name: str
    run: Handler
    function: Callable[..., object]
    about_incident: bool
    closed: bool
    who: Who
    reports: bool
    help: Mapping[str, int]
    menus: Mapping[str, int]


COMMANDS: dict[str, TypedCommand] = {}
"""Every command by its name, written down by :func:`command` and :func:`incident_command`."""


def _add(item: TypedCommand) -> None:
    if item.name in COMMANDS:
        raise ValueError(f"the command {item.name} is there twice")
    COMMANDS[item.name] = item


def command(
    name: str, *, reports: bool = False, help: Mapping[str, int] | None = None, menus: Mapping[str, int] | None = None
) -> Callable[[Handler], Handler]:
    """Make a function a command that is about no incident, or opens one.

    Args:
        reports: it tells of an event, so that it is rescued when it cannot be worked off.
        help: in whose help it stands, by role, and at which place.
        menus: in which menus of Telegram it stands, by kind of chat, and at which place.
    """

    def added(function: Handler) -> Handler:
        _add(
            TypedCommand(
                name=name, run=function, function=function, about_incident=False, closed=False, who=Who.ANYBODY,
                reports=reports, help=help or {}, menus=menus or {},
            )
        )  # fmt: skip
        return function

    return added


def incident_command(
    name: str, *, who: Who = Who.ANYBODY, closed: bool = False, choose: Choice | None = None, reports: bool = False,
    help: Mapping[str, int] | None = None, menus: Mapping[str, int] | None = None, beside: Beside | None = None,
) -> Callable[[IncidentHandler], IncidentHandler]:  # fmt: skip
    """Make a function a command about one incident; the other arguments are those of :func:`command`.

    Args:
        who: whom it serves.
        closed: whether a closed one may be named.
        choose: picks the incident where neither number nor reply says which; None: the only open one.
        beside: returns lines that stand over the list of those that may be meant, or over the word that there is none.
    """

    def added(function: IncidentHandler) -> IncidentHandler:
        run = about_incident(function, who=who, closed=closed, choose=choose, beside=beside)
        _add(
            TypedCommand(
                name=name, run=run, function=function, about_incident=True, closed=closed, who=who, reports=reports,
                help=help or {}, menus=menus or {},
            )
        )  # fmt: skip
        return function

    return added


def in_order(places: Callable[[TypedCommand], int | None]) -> tuple[str, ...]:
    """Return the names of the commands that have a place, by their places.

    Raises:
        ValueError: two claim one place.
    """
    placed = {name: place for name, item in COMMANDS.items() if (place := places(item)) is not None}
    if len(set(placed.values())) < len(placed):
        raise ValueError(f"two commands have one place: {placed}")
    return tuple(sorted(placed, key=placed.__getitem__))
