"""Reports: the command, the keys, what somebody without a role says, and how a report is recorded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from telegram import Update

from bot.cases.plan_registry import PlanRegistry, UnknownPlan
from bot.outgoing.addresses import ANY_PLAN
from bot.render import Message
from bot.render.chat import popup_text, text_message
from bot.render.reporting import report_form
from bot.service import Answer, NewReport, Result
from bot.service.strangers import meant
from bot.texts.reporting import REPORTED_BY_KEY
from handlers import (
    strangers,
)
from handlers.additions import add, album, continued, newest_own, open_form
from handlers.buttons import ButtonPress, button
from handlers.commands import IncidentCommand, command
from handlers.context import Caller, Context, caller, tools_of
from handlers.edits import noted
from handlers.evidence import carried, venue
from handlers.menus import REPORT, key
from handlers.parsing import informant
from handlers.replies import letter_to, say, say_once
from handlers.which_incident import rest
from plans.desk.entry_state import Entry
from plans.intake.telling import is_idle
from plans.intake.with_plan import read_for

CHANNEL_LINE = timedelta(minutes=10)
"""So often a group is told at most that what comes in a channel's name is not recorded."""

LONGEST = 4096
"""Characters of a report that are kept: Telegram sends no more."""


@command("report", reports=True, help={"stranger": 1, "reporter": 1}, menus={"groups": 1, "admins": 1})
async def report(update: Update, context: Context) -> None:
    """``/report``: with text, as a caption, or in reply to a message that holds it."""
    who = await caller(update, context)
    if who is None or await noted(update, context, who):
        return
    if who.via == "channel":  # nobody of the group wrote it: a post that Telegram carried on, or a person behind a name
        await _not_recorded(context, who)
        return
    text = rest(update)
    if not strangers.is_stranger(who) or (not text and not _carries(update)):
        await record(update, context, who, text)
    elif not await album(update, context, who):
        await of_stranger(update, context, who, text)


async def _not_recorded(context: Context, who: Caller) -> None:
    """Say that what comes in a channel's name is no report; one neutral line now and then, however many come."""
    span = int(who.said_at.timestamp() // CHANNEL_LINE.total_seconds())
    outgoing = letter_to(who, text_message("channel_no_report"), "usage")
    cause = f"channel:{who.place.id}:{span}"
    await tools_of(context).service.say(
        [outgoing] if outgoing is not None else [], cause=cause, requester=who.requester
    )


def _carries(update: Update) -> bool:
    """Return whether a message, or the one that it answers, can be recorded without words."""
    message = update.effective_message
    answered = message.reply_to_message if message is not None else None
    return bool(carried(message) or (answered is not None and (answered.text or answered.caption or carried(answered))))


async def of_stranger(update: Update, context: Context, who: Caller, text: str) -> None:
    """What somebody without a role says in private goes on about what he reported, or is a report of its own."""
    areas = await strangers.areas_of(context)
    if not areas:
        await strangers.nobody_serves(context, who)
        return
    await strangers.room_for(context, who, text)
    places = [area.jurisdiction for area in areas]
    subject = await continued(update, context, who, text, await open_form(context, who), places)
    if subject is None and await strangers.has_spent(context, who):
        subject = await newest_own(context, who, places)
    if subject is not None:
        ask = IncidentCommand(update=update, context=context, caller=who, subject=subject, args=text.split())
        if not await strangers.is_full(context, ask):
            await add(ask, text)
    elif not await strangers.asked_where(update, context, who, text, areas):
        await record(update, context, who, text)


async def record(update: Update, context: Context, who: Caller, text: str, *, drill: bool = False) -> None:
    """Record a report, before anything is asked."""
    message = update.effective_message
    answered = message.reply_to_message if message is not None else None
    evidence = carried(message)
    if answered is not None and not text:
        text = (answered.text or answered.caption or "").strip()
        evidence = evidence or carried(answered)
    if not text and not evidence:
        await say(context, who, await asked_for(context, who, "report_how"), "usage")
        return
    plans, place = await _belongs(context, who, text)
    if not plans and who.private:
        await strangers.nobody_serves(context, who)
        return
    if not plans:
        await say_once(context, who, text_message("not_bound"), "which_plan")
        return
    if not (drill or evidence) and text and await _only_asked(context, who, text, plans):
        return
    new = NewReport(
        plan_id=plans[0],
        among=tuple(plans) if len(plans) > 1 else (),
        jurisdiction=place,
        text=text[:LONGEST],
        said_at=who.said_at,
        place_id=who.place.id,
        drill=drill,
        begins_drill=drill,
        informant=informant(text),
        unit=who.body(place, plans),
        evidence=tuple(f"{kind}:{reference}" for kind, reference in evidence),
        place=venue(message),
        unregistered=strangers.is_stranger(who),
    )
    result = await _once(context, who, new)
    if result.repeated and who.via == "edit":
        await say(context, who, text_message("edited"), "usage", in_private=True)


async def _only_asked(context: Context, who: Caller, text: str, plans: Sequence[str]) -> bool:
    """Answer words that only ask or suppose something: they open nothing. Whatever asserts anything is recorded."""
    reading = read_for(tools_of(context).service.registry.current(plans[0]), text, now=who.said_at)
    if not is_idle(reading):
        return False
    await say(context, who, text_message("only_asked"), "usage")
    return True


async def _once(context: Context, who: Caller, new: NewReport) -> Result:
    # The message is the cause, not the update: a /report that is edited afterwards is not a second incident, but
    # one that
    # only became a command by the edit is recorded.
    cause = f"report:{who.place.id}:{who.message_id}"
    answer = Answer(place_id=who.place.id, reply_to=who.message_id, known_as=who.known_as)
    return await tools_of(context).service.execute([new], cause=cause, requester=who.requester, answer=answer)


async def _belongs(context: Context, who: Caller, text: str) -> tuple[list[str], str]:
    """Return the plans that a report may be made under, and where it belongs; empty where the plan decides that.

    A group's reports are under its plans; in private, under those of the person's own roles. Who holds none of a
    plan's roles (an administrator, or nobody of ours) reports under what is served: nobody's report is turned away.
    """
    if not who.private:
        return _usable(who.plans + who.missing, tools_of(context).service.registry), who.place.jurisdiction or ""
    own = [item for item in who.holdings if item.plan_id != ANY_PLAN]
    if own:
        places = {item.jurisdiction for item in own}
        plans = _usable([item.plan_id for item in own], tools_of(context).service.registry)
        return plans, places.pop() if len(places) == 1 else ""
    areas = await strangers.areas_of(context)
    mine = [area for area in areas if area.jurisdiction in who.jurisdictions()] or areas
    mine = [area] if (area := meant(mine, text)) is not None else mine
    return [plan for item in mine for plan in item.plans], mine[0].jurisdiction if len(mine) == 1 else ""


def _usable(plans: Sequence[str], registry: PlanRegistry) -> list[str]:
    """Return those of some plans that are installed.

    Raises:
        UnknownPlan: there are plans, and none of them is installed: the report is rescued, never refused.
    """
    usable = [plan for plan in dict.fromkeys(plans) if plan in registry.ids]
    if not usable and plans:
        raise UnknownPlan(plans[0], registry.ids)
    return usable


async def report_entry(context: Context, who: Caller, entry: Entry, caller_: str) -> str:
    """Report what an entry of the duty log tells, as if its words had been typed; return why not, or nothing.

    Args:
        caller_: who called, as the entry has it.
    """
    plans, place = await _belongs(context, who, entry.text)
    place = place or entry.jurisdiction
    if not plans:
        return popup_text("not_yours")
    said_at = entry.said_at or who.said_at
    registry = tools_of(context).service.registry
    if not entry.evidence and is_idle(read_for(registry.current(plans[0]), entry.text, now=said_at)):
        return popup_text("entry_only_asks")
    new = NewReport(
        plan_id=plans[0], among=tuple(plans) if len(plans) > 1 else (), jurisdiction=place, text=entry.text,
        said_at=said_at, place_id=who.place.id, informant=informant(entry.text) or caller_, unit=who.body(place, plans),
        evidence=tuple(entry.evidence), entry=entry.stream, entry_number=entry.number,
    )  # fmt: skip
    result = await tools_of(context).service.execute([new], cause=who.cause, requester=who.requester)
    return result.popup or popup_text("entry_reported")


@key(REPORT, row=0)
async def ask_for_report(update: Update, context: Context) -> None:
    """「🚨 报告事故」: how to report, in one sentence."""
    who = await caller(update, context)
    if who is not None:
        await say(context, who, await asked_for(context, who, "report_now"), "usage")


async def asked_for(context: Context, who: Caller, key: str) -> Message:
    """Return how to report; in private, with a key for each kind of event that a plan knows, so that one tap does."""
    registry = tools_of(context).service.registry
    try:
        plans, _ = await _belongs(context, who, "") if who.private else (who.plans, "")
        served = [registry.current(plan) for plan in plans]
    except UnknownPlan:  # how to report is said all the same
        served = []
    if served and not any(plan.casualties for plan in served):
        key = f"{key}_plain"
    return report_form(text_message(key), served[0] if who.private and len(served) == 1 else None)


@button("report_kind", on="report", reports=True)
async def report_kind(press: ButtonPress) -> str:
    """A kind of event by a key: a report at once, and what it lacks is asked afterwards. One message, one report."""
    who, tools = press.caller, press.tools
    plan = tools.service.registry.current(str(press.arg("plan")))
    kind = next((item for item in plan.classes if item.id == press.arg("kind")), None)
    plans, _ = await _belongs(press.context, who, "")
    if kind is None or plan.id not in plans:
        return popup_text("not_yours")
    new = NewReport(
        plan_id=plan.id,
        jurisdiction=plan.jurisdiction.name,
        text=REPORTED_BY_KEY.format(kind=kind.name),
        said_at=tools.clock.now(),
        place_id=who.place.id,
        unit=who.body(plan.jurisdiction.name, [plan.id]),
        event_class=kind.id,
        unregistered=strangers.is_stranger(who),
    )
    cause = f"report:{who.place.id}:form:{press.message_id}"
    result = await tools.service.execute(
        [new], cause=cause, requester=who.requester, answer=Answer(place_id=who.place.id)
    )
    if result.repeated:
        return popup_text("button_stale")
    await press.strip()
    return press.shown(result, "reported_by_key")


@button("said_is_report", on=("book", "entry", "handover", "paper", "warning"), reports=True)
async def said_is_report(press: ButtonPress) -> str:
    """「是突发事件，报告」: what was taken for an answer is a report, said when it was said."""
    who, text = press.caller, str(press.arg("text"))
    plans, place = await _belongs(press.context, who, text)
    if not plans:
        return popup_text("not_yours")
    new = NewReport(
        plan_id=plans[0],
        among=tuple(plans) if len(plans) > 1 else (),
        jurisdiction=place,
        text=text,
        said_at=datetime.fromisoformat(str(press.arg("said_at"))),
        place_id=who.place.id,
        informant=informant(text),
        unit=who.body(place, plans),
        evidence=tuple(press.arg("files", ())),
    )
    cause = f"report:{press.arg('place') or who.place.id}:{press.arg('message')}"
    answer = Answer(place_id=who.place.id, known_as=who.known_as)
    result = await press.tools.service.execute([new], cause=cause, requester=who.requester, answer=answer)
    await press.strip()
    return press.shown(result, "said_reported")
