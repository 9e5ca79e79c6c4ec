"""Hand-over (交接班): the page behind 「我接班」, the two names under it, ``/handover`` for those on record."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from telegram import Update

from bot.clock import SHANGHAI
from bot.exchange.paper import laid_out
from bot.office.desk import desks_read
from bot.office.handover import (
    changes_since,
    hand_over,
    handovers_of,
    leader_of,
    matters_of,
    newest_of,
    seats_now,
    taken_by,
)
from bot.office.open_matters import sections
from bot.render import Message, handover_paper
from bot.render import handover as pages
from bot.render.chat import text_message
from bot.render.said import Words
from bot.service import Answer, Step
from bot.texts import handover as t
from handlers.access import Who
from handlers.buttons import ButtonPress, button
from handlers.cases import CaseSubject, about_case
from handlers.commands import answer_privately, command
from handlers.context import Caller, Context, HandlerContext, caller, tools_of
from handlers.evidence import carried
from handlers.forms import ask_form
from handlers.papers import hand_out
from handlers.replies import say, show, shown
from handlers.which_incident import rest
from plans.core.command import Command
from plans.desk.handover_signing import AddWord, SayAbsent, Sign, WithdrawSignature
from plans.desk.handover_state import Handover, other
from plans.intake.telling import tells_of_event
from plans.intake.with_plan import read_for
from plans.model import Plan
from plans.times.calendar_periods import period_of
from storage.forms import Form

ASKED = "handover"
"""The form in which a word or a reason is waited for."""

HOLDS = timedelta(minutes=pages.MINUTES)
"""What is said later is about something else."""

_NUMBER = re.compile(r"^(?:交接班)?\s*#?(\d{1,5})\s*号?$")


# --- the seat was taken


async def begin(context: Context, who: Caller, *, cause: str) -> bool:
    """Open a hand-over with each who gave seats to the caller; False where nobody but himself sat there.

    Args:
        cause: of the act that took the seats.
    """
    service = tools_of(context).service
    async with service.store.reading() as rx:
        taken = [item for item in await taken_by(rx, service, cause, who.jurisdictions()) if not item.to_himself]
    for number, item in enumerate(taken, 1):  # what the update asks for is done when the last of them is open
        update = who.requester if number == len(taken) else replace(who.requester, update_id=None)
        await hand_over(service, item, cause=cause, requester=update)
    return bool(taken)


async def show_open(context: Context, who: Caller) -> None:
    """Answer whoever took a seat on which he sat already: the page that he has not signed, else all that is open."""
    tools = tools_of(context)
    service, now = tools.service, tools.clock.now()
    async with service.store.reading() as rx:
        plans = await seats_now(rx, service, who.person)
        waiting = [item for item in await newest_of(rx, plans, 1) if item.open and item.sides_of(who.person.id)]
        if not waiting:
            matters = await matters_of(rx, service, plans, now)
            leading = await leader_of(rx, plans[0], now) if plans else None
    if waiting:
        await _show(context, who, waiting[0])
        return
    name, number = (leading.name, leading.phone) if leading is not None else ("", "")
    message = pages.open_now(matters, sections(), name, number, t.ON_SEAT, now)
    if not await say(context, who, message, "shift", in_private=True):
        await say(context, who, text_message("seat_taken_here"), "shift")


# --- on record


@command("handover", help={"duty": 14})
async def show_handover(update: Update, context: Context) -> None:
    """``/handover``: the newest; with a day those of that day, with a number that one; in private."""
    who = await caller(update, context)
    if who is None:
        return
    tools, given = tools_of(context), rest(update).strip()
    plans = desks_read(tools.service, who.reader, None if who.private else who.plans)
    if not plans:
        await answer_privately(context, who, "handover_not_read")
        return
    now = tools.clock.now()
    found, day = await _found(tools, plans, given, now.astimezone(SHANGHAI).date())
    if found is None:
        await answer_privately(context, who, "handover_how")
    elif len(found) == 1:
        await _show(context, who, found[0])
    elif not found and given and not day:
        await answer_privately(context, who, "handover_no_such", given=given[:20])
    else:
        message = pages.overview(found, day)
        if not await say(context, who, message, "handovers", in_private=True):
            await say(context, who, text_message("see_private"), "handovers")


async def _found(
    tools: HandlerContext, plans: list[Plan], given: str, today: date
) -> tuple[list[Handover] | None, str]:
    """Return the hand-overs that are asked for, and the day that was named; None where the words say neither."""
    number = _NUMBER.match(given)
    period = period_of(given, today) if given and number is None else None
    async with tools.service.store.reading() as rx:
        if number is not None:
            return [item for item in await handovers_of(rx, plans) if item.number == int(number[1])][:1], ""
        if not given:
            return await newest_of(rx, plans, 1), ""
        if period is None:
            return None, ""
        return await handovers_of(rx, plans, since=period.first, until=period.last), given[:20]


async def _show(context: Context, who: Caller, state: Handover) -> None:
    """Show one page: while it waits for names with what has changed since, else as it was signed."""
    tools = tools_of(context)
    pair = await tools.service.case(state.stream)
    if pair is None:
        return
    message = await _page(tools, who, pair[0], state)
    if not await say(context, who, message, "handover", stream=state.stream, in_private=True):
        await say(context, who, text_message("see_private"), "handover")


async def _page(tools: HandlerContext, who: Caller, plan: Plan, state: Handover) -> Message:
    view = await tools.service.case_view(plan, state, who.person.id)
    changes = None
    if state.open:
        async with tools.service.store.reading() as rx:
            changes = await changes_since(rx, tools.service, state, tools.clock.now())
    return pages.shown(view, who.person.id, changes, may_withdraw=_may_withdraw(tools, state))


def _may_withdraw(tools: HandlerContext, state: Handover) -> bool:
    last = max((item.at for item in state.signed.values()), default=None)
    return state.open or (
        state.state == "complete" and last is not None and tools.clock.now() <= last + tools.service.policy.undo
    )


# --- the names under it


def _subject(press: ButtonPress) -> tuple[CaseSubject, Handover]:
    subject = press.case_subject
    if not isinstance(subject.case, Handover):
        raise TypeError(f"{subject.stream} is no hand-over")
    return subject, subject.case


async def _anew(press: ButtonPress) -> str:
    """Show the page as it is now."""
    subject, state = _subject(press)
    await show(press, await _page(press.tools, press.caller, subject.plan, state), "handover")
    return ""


@button("handover_sign", on="sign", again=_anew)
async def sign(press: ButtonPress) -> str:
    """「我已交清」, 「我已接清」: a name under the page that was shown, with what has changed since."""
    _, state = _subject(press)
    async with press.tools.service.store.reading() as rx:
        changes = await changes_since(rx, press.tools.service, state, press.tools.clock.now())
    side = str(press.arg("side"))
    command = Sign(side=side, added=changes.added, settled=changes.settled)
    first = other(side) in state.waits_for
    return await press.run(command, done="handover_signed_first" if first else "handover_signed")


@button("handover_withdraw", on="page")
async def withdraw(press: ButtonPress) -> str:
    """「撤回签字」."""
    return await press.run(WithdrawSignature(side=str(press.arg("side"))), done="handover_withdrawn", last=True)


@button("handover_word", on="page")
async def ask_word(press: ButtonPress) -> str:
    """「补充一句」: the next words in private are added to the page."""
    await ask_form(press.tools, press.caller, ASKED, {"stream": press.stream})
    await show(press, pages.ask_word(), "handover_ask")
    return ""


@button("handover_absent", on="sign")
async def ask_reason(press: ButtonPress) -> str:
    """「对方已离岗」: why the other does not sign."""
    await show(press, pages.reasons(await press.case_view(), str(press.arg("side"))), "handover_ask")
    return ""


@button("handover_reason", on="sign", again=_anew)
async def reason(press: ButtonPress) -> str:
    """One of the usual reasons; or the next words in private are the reason."""
    number, side = int(press.arg("reason", -1)), str(press.arg("side"))
    if number < 0:
        await ask_form(press.tools, press.caller, ASKED, {"stream": press.stream, "side": side})
        await show(press, pages.ask_reason(), "handover_ask")
        return ""
    return await press.run(SayAbsent(side=side, reason=t.REASONS[number]), done="handover_absence", last=True)


async def take_word(update: Update, context: Context, who: Caller, text: str, form: Form | None) -> bool:
    """Take words in private as what is added to a page, or as the reason why the other is not there.

    What tells of an event and cannot stand on the page is a report; what stands there is offered as one.
    """
    tools = tools_of(context)
    if form is None or form.kind != ASKED or who.via != "direct" or not text:
        return False
    files = tuple(f"{kind}:{reference}" for kind, reference in carried(update.effective_message))
    subject = await about_case(context, who, str(form.data["stream"]))
    if tools.clock.now() - form.at > HOLDS or subject is None or not isinstance(subject.case, Handover):
        return False
    side = str(form.data.get("side", ""))
    command: Command = SayAbsent(side=side, reason=text) if side else AddWord(text=text)
    happened = tells_of_event(read_for(subject.plan, text, now=who.said_at))
    if not subject.case.open:
        if files:
            return False
        if not happened:
            await answer_privately(context, who, "handover_word_over")
        return not happened
    filled = replace(who, fills_form=True)
    answer = Answer(place_id=who.place.id, reply_to=who.message_id)
    step = Step(stream=subject.stream, command=command)
    result = await tools.service.execute(
        [step], cause=f"{who.cause}:handover", requester=filled.requester, answer=answer
    )
    if result.refusal is not None:
        if result.refusal.key == "handover_too_long":  # shorter words are still asked for
            await ask_form(tools, who, ASKED, dict(form.data))
        return not happened
    if happened or files:
        said = Words(text=text, files=files, said_at=who.said_at, message=who.message_id or 0)
        message = pages.perhaps_report(subject.case, said)
        await say(context, who, message, "handover", stream=subject.stream, step="said")
    elif side:
        await say(context, who, text_message("handover_reason_said"), "handover", step="said")
    return True


# --- the paper


@button("handover_file", on="handover", who=Who.OFFICE)
async def file(press: ButtonPress) -> str:
    """「打印稿」: the record as a document."""
    subject, state = _subject(press)
    now, tools = press.tools.clock.now(), press.tools
    since = (state.since or now).astimezone(SHANGHAI)
    name = t.FILE.format(number=state.number, day=f"{since:%Y%m%d}")

    def made() -> list[tuple[str, bytes]]:
        return [(name, laid_out(handover_paper.paper(state, subject.plan.office, now), since))]

    message = text_message("handover_printed", number=state.number)
    await hand_out(
        tools, press.caller, shown(press, message, "handover_file"), made, text_message("handover_file_later")
    )
    return ""
