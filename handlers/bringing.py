"""A warning is brought: by a text that was forwarded, a CAP file that was sent, words that a group reads along."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from telegram import Document, Update
from telegram.error import TelegramError

from bot.clock import SHANGHAI
from bot.errands import TooBusy
from bot.exchange.cap import MOST_BYTES, taken_in
from bot.exchange.tables import BadFile
from bot.outgoing.addresses import ANY_PLAN
from bot.render.chat import popup_text
from bot.render.warning_page import offered
from bot.service import Answer, NewReport
from bot.service.opening import NewCase
from bot.service.plan_choice import plans_of_warning, spoken_facts
from bot.service.taking import Brought, NoWarning, content_of, is_cap, said_in, same_warnings, steps_of, take_alert
from handlers import log_entries
from handlers.buttons import ButtonPress, button
from handlers.commands import answer_privately
from handlers.context import Caller, Context, caller, tools_of
from handlers.files import fetched
from handlers.replies import say
from handlers.which_incident import rest
from plans.desk.entry_state import Entry
from plans.intake.warning import read
from plans.intake.with_plan import read_for
from plans.model import Plan
from plans.warning.plan_choice import ChooseWarningPlan
from plans.warning.state import WarningCase
from plans.warning.taking import ChangeTaken, WarningTaken

CASUALTIES = frozenset({"deaths", "injuries", "serious_injuries", "missing", "trapped", "ill"})
"""What makes a text a report, whatever warning it speaks of."""


def may_bring(who: Caller) -> bool:
    """Return whether somebody may bring a warning: whoever holds an office or speaks for a unit."""
    return any(item.role != "reporter" for item in who.holdings)


def plans_for(context: Context, who: Caller) -> list[Plan]:
    """Return under which plans a warning may be brought here: those of the place, else of the person."""
    registry = tools_of(context).service.registry
    held = [item.plan_id for item in who.holdings if item.role != "reporter"]
    ids = [name for name in (*who.plans, *held) if name in registry.ids and (name in held or ANY_PLAN in held)]
    return [registry.current(name) for name in dict.fromkeys(ids)]


def meant(plans: Sequence[Plan], who: Caller, text: str) -> list[Plan]:
    """Return under which of somebody's plans a warning is brought: the group's, else all of the places it names.

    What is brought in a group is that group's, whatever else he holds.
    """
    here = [plan for plan in plans if plan.id in who.plans] or list(plans)
    places = dict.fromkeys(plan.jurisdiction.name for plan in here)
    named = [name for name in places if name in text]
    longest = [name for name in named if not any(name != other and name in other for other in named)]
    return [plan for plan in here if plan.jurisdiction.name in (longest or places)]


def places_of(plans: Sequence[Plan]) -> tuple[str, ...]:
    """Return the places of some plans, each once."""
    return tuple(dict.fromkeys(plan.jurisdiction.name for plan in plans))


# --- texts


async def take_entry(context: Context, who: Caller, entry: Entry) -> str:
    """Bring the warnings that an entry of the duty log tells, as if its words had been typed; return why not."""
    told = replace(who, said_at=entry.said_at or who.said_at)
    if await take(context, told, entry.text, entered=True, entry=entry):
        return ""
    why = read(entry.text, now=told.said_at, entered=True).why_not
    return popup_text("entry_no_warning", why=popup_text(f"warn_not_{why.value if why else 'nothing'}"))


async def take(
    context: Context, who: Caller, text: str, *, entered: bool = False, drill: bool = False,
    entry: Entry | None = None,
) -> bool:  # fmt: skip
    """Write down the warnings of a text; what changes one that is open is written down as its change.

    Args:
        entered: a person called it a warning. entry: of the duty log, whose words they are.

    Returns:
        whether the text was one.
    """
    plans, service = plans_for(context, who), tools_of(context).service
    found = read(text, now=who.said_at, areas=areas_of(plans), entered=entered, drill=drill).warnings if plans else ()
    if not found:
        return False
    here = meant(plans, who, text)
    if not entered and tells_of_harm(here[0], text, who):
        return False
    contents = [(content_of(item, text), item.stage is not None and item.stage.value == "lifted") for item in found]
    if len(places_of(here)) > 1 and all(lifts for _, lifts in contents):  # it lies where the warning stands
        standing = {
            case.jurisdiction for content, _ in contents for case in await same_warnings(service, here, content, drill)
        }
        here = [plan for plan in here if plan.jurisdiction.name in standing] or here
    if len(places := places_of(here)) > 1:
        await answer_privately(context, who, "warn_which_place", places="、".join(places), place=places[0])
        return True
    around = [plan for plan in plans if plan.jurisdiction.name in places]
    likely = plans_of_warning(here, text, "", who.said_at)
    facts = {plan.id: spoken_facts(plan, text, who.said_at) for plan in around}
    # Two officers forward the same at once: the second finds the warning of the first.
    for cause in (_cause(likely[0], who, text, drill=drill), who.cause):
        steps = await steps_of(service, contents, around, likely, facts, drill=drill, origin=who.place.id, entry=entry)
        if not steps:  # it lifts what is not there
            await answer_privately(context, who, "warn_lift_unknown")
            return True
        opens = all(isinstance(step, NewCase) for step in steps)
        answer = Answer(place_id=who.place.id, reply_to=who.message_id)
        result = await service.execute(
            steps, cause=cause if opens else who.cause, requester=who.requester, answer=answer
        )
        if not (opens and result.repeated):
            break
    return True


def tells_of_harm(plan: Plan, text: str, who: Caller) -> bool:
    """Return whether somebody was hurt, or is said to be: that is a report, whatever warning it speaks of."""
    reading = read_for(plan, text, now=who.said_at)
    return bool(reading.claims or CASUALTIES & reading.facts.keys())


def areas_of(plans: Sequence[Plan]) -> tuple[str, ...]:
    """Return the names of areas that some plans know."""
    return tuple(dict.fromkeys(unit.id for plan in plans for unit in plan.units))


def _cause(plan: Plan, who: Caller, text: str, *, drill: bool) -> str:
    day = who.said_at.astimezone(SHANGHAI).date()
    said = "\n".join((plan.id, str(drill), day.isoformat(), "".join(text.split())))
    return f"warning:{hashlib.sha256(said.encode()).hexdigest()}"


async def sent(update: Update, context: Context, who: Caller, text: str) -> bool:
    """Take what somebody sent in private, or posted in a command group, as a warning where it is one: text or file."""
    if not may_bring(who) or who.via == "edit":
        return False
    document = update.effective_message.document if update.effective_message is not None else None
    if document is not None and is_cap(document.file_name or "", document.mime_type or ""):
        return await _file(context, who, document, text)
    return bool(text) and await take(context, who, text)


async def posted(update: Update, context: Context, who: Caller) -> None:
    """A warning that an officer posts in a bound command group; whatever else is said there is nobody's business."""
    if who.place.kind == "command" and who.plans:
        await sent(update, context, who, rest(update))


async def group_words(update: Update, context: Context) -> None:
    """Words in a group that are no answer to anything."""
    who = await caller(update, context)
    if who is not None and not await log_entries.note(update, context, who, rest(update)):
        await posted(update, context, who)


async def offer(context: Context, who: Caller, text: str) -> None:
    """Offer to take as a warning what was recorded as a report and speaks like one."""
    plans = plans_for(context, who) if may_bring(who) else []
    if not plans or not text or not read(text, now=who.said_at, areas=areas_of(plans)).warnings:
        return
    async with tools_of(context).service.store.reading() as rx:
        recorded = await rx.causes.result(f"report:{who.place.id}:{who.message_id}")
    streams = recorded.get("streams") if recorded is not None else None
    pair = await tools_of(context).service.incident(streams[0]) if streams else None
    if pair is not None:
        await say(context, who, offered(pair[1]), "warning_offer", stream=pair[1].stream)


@button("is_warning", on="incident")
async def is_warning(press: ButtonPress) -> str:
    """「这是预警」: the words of a report are taken as a warning too; the report stays what it is."""
    incident, who = press.subject.incident, press.caller
    if not may_bring(who):
        return popup_text("not_yours")
    text = incident.text
    if not await take(press.context, who, text, entered=True, drill=incident.drill):
        return popup_text("warn_not_read")
    await press.strip()
    return popup_text("warn_also", number=incident.number)


@button("warning_is_report", on="warning", reports=True)
async def is_report(press: ButtonPress) -> str:
    """「这是事件」: the words that were taken as a warning are filed as a report too, once."""
    warning, who = press.case_subject.case, press.caller
    number = int(press.arg("event", 0))
    event = next((item.event for item in warning.events if item.sequence == number), None)
    said_at = next((item.at for item in warning.events if item.sequence == number), press.tools.clock.now())
    if not isinstance(event, WarningTaken | ChangeTaken) or not isinstance(warning, WarningCase) or not event.text:
        return popup_text("button_stale")
    if event.by != who.person.id and not press.case_subject.staff:
        return popup_text("not_yours")
    plan = press.tools.service.registry.current(warning.plan)
    new = NewReport(
        plan_id=plan.id, jurisdiction=warning.jurisdiction, text=event.text, said_at=said_at,
        place_id=who.place.id, drill=warning.drill, unit=who.body(warning.jurisdiction, [plan.id]),
    )  # fmt: skip
    result = await press.tools.service.execute(
        [new], cause=f"report:{warning.stream}:{number}", requester=who.requester,
        answer=Answer(place_id=who.place.id),
    )  # fmt: skip
    return popup_text("warn_reported_before") if result.repeated else press.shown(result, "warn_reported")


# --- under which plan


@button("warning_plan", on="plan")
async def choose_plan(press: ButtonPress) -> str:
    """Under which of several plans it falls; the seat is asked to look at it next."""
    return await press.run(ChooseWarningPlan(plan=press.arg("plan")), done="warning_plan", last=True)


# --- files


async def _file(context: Context, who: Caller, document: Document, text: str) -> bool:
    """Take a file; one that cannot be read is said so, and with words of a person beside it is a report."""
    tools, plans = tools_of(context), plans_for(context, who)
    if not plans:
        return False
    try:
        content = await fetched(tools, document.file_id, MOST_BYTES, popup_text("warn_cap_large"))
        alert = (await tools.errands.run(who.person.id, taken_in, content)).alert
        here = meant(plans, who, "\n".join(said_in(alert)))
        if len(places := places_of(here)) > 1:
            await answer_privately(context, who, "warn_which_place", places="、".join(places), place=places[0])
            return True
        answer = Answer(place_id=who.place.id, reply_to=who.message_id)
        around = [plan for plan in plans if plan.jurisdiction.name in places]
        brought = await take_alert(
            tools.service, around, alert, requester=who.requester, origin=who.place.id, here=here, answer=answer
        )
    except (BadFile, TelegramError, TooBusy, NoWarning) as problem:
        if text:
            return False
        await answer_privately(context, who, "warn_cap_bad", problem=_why(problem))
        return True
    if brought.result.repeated:
        await _came_before(context, who, brought)
    return True


def _why(problem: Exception) -> str:
    if isinstance(problem, NoWarning):
        return popup_text(problem.key)
    if isinstance(problem, BadFile):
        return str(problem)
    return popup_text("warn_cap_busy" if isinstance(problem, TooBusy) else "warn_cap_gone")


async def _came_before(context: Context, who: Caller, brought: Brought) -> None:
    pair = await tools_of(context).service.case(brought.stream) if brought.stream else None
    if pair is not None:
        key = "warn_cap_differs" if brought.differs else "warn_cap_before"
        await answer_privately(context, who, key, number=pair[1].number)
