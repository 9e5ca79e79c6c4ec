"""What instructions and notices share of writing: under whose desk, the draft, what is open, changes by words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from telegram import Update

from bot.cases.streams import kind_of
from bot.office.desk import desks_read
from bot.office.instructions import of_plan
from bot.office.recipients import addressees, pickable, presets
from bot.outgoing.evidence import FETCHED
from bot.render import Message
from bot.render import recipients as pages
from bot.render.chat import text_message
from bot.render.recipients import perhaps_report
from bot.render.said import Words
from bot.service import Step
from bot.texts import recipients as t
from handlers.cases import CaseSubject, about_case, run_case
from handlers.commands import answer_privately
from handlers.context import Caller, Context, caller, tools_of
from handlers.desk import writes_under
from handlers.evidence import carried
from handlers.recipients import KINDS, state_of, view_of
from handlers.replies import say
from handlers.which_incident import rest
from plans.core.command import Command
from plans.core.outcome import Refusal
from plans.desk.enclosures import Enclose
from plans.desk.recipients import AddRecipients, PickRecipients
from plans.desk.sending import Correct, Withdraw
from plans.desk.wording import LONGEST
from plans.intake.entries import tells_of_happening
from plans.intake.telling import tells_of_harm
from plans.intake.with_plan import read_for
from plans.model import Plan

LONGEST_REASON = 200
"""Characters of why something is taken back."""

CORRECTION, BACK, MORE, TO = "更正", "收回", "加发", "发给"
VERBS = (CORRECTION, BACK, MORE, TO)
"""What both kinds are asked by words."""


# --- writing one


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody has written behind the command.

    Attributes:
        plan: under which he drafts, None where he only reads.
        files: what goes with it, ``kind:reference`` each: of his message, and of the one that it answers.
    """

    who: Caller
    text: str
    plan: Plan | None
    files: tuple[str, ...] = ()


async def written(update: Update, context: Context, refused: str) -> Written | None:
    """Return what somebody has written; None where it is nothing for him, which he is told by ``refused``."""
    who = await caller(update, context)
    if who is None:
        return None
    if who.via not in ("direct", "edit"):
        await say(context, who, text_message("desk_directly"), "usage")
        return None
    text, files = with_answered(update, rest(update))[:LONGEST], enclosed(update)
    if files and len(text.split()) < 2 and not any(char.isdecimal() for char in text):
        text = f"{text} {t.SEE_FILES}".strip()  # a name alone, or nothing: the paper says the rest
    plan = await writes_under(context, who)
    if plan is None and not desks_read(tools_of(context).service, who.reader):
        await answer_privately(context, who, refused)
        return None
    return Written(who, text, plan, files)


def with_answered(update: Update, text: str) -> str:
    """Return the text of a command, with the words of somebody's message that it answers behind a name alone."""
    message = update.effective_message
    answered = message.reply_to_message if message is not None else None
    by_bot = answered is not None and answered.from_user is not None and answered.from_user.is_bot
    if answered is None or by_bot or len(text.split()) > 1 or any(char.isdecimal() for char in text):
        return text
    return f"{text} {answered.text or answered.caption or ''}".strip()


def enclosed(update: Update) -> tuple[str, ...]:
    """Return the pictures, voices and files of a message, and of the one that it answers."""
    message = update.effective_message
    answered = message.reply_to_message if message is not None else None
    found = [*carried(message), *carried(answered)]
    return tuple(dict.fromkeys(f"{kind}:{reference}" for kind, reference in found if kind in FETCHED))


async def album(update: Update, context: Context, who: Caller) -> bool:
    """Put a further picture of an album with the draft that the first one wrote; False where there is none."""
    if not who.album or who.via == "edit":
        return False
    async with tools_of(context).service.store.reading() as rx:
        known = await rx.causes.result(who.said_album)
    stream = str(known["streams"][0]) if known and known["streams"] else ""
    if not stream or kind_of(stream) not in KINDS:
        return False
    await run_case(context, who, stream, Enclose(evidence=enclosed(update)))
    return True


async def show_draft(context: Context, who: Caller, stream: str) -> None:
    """Show a draft with what may be picked, in private."""
    subject = await about_case(context, who, stream)
    if subject is None:
        return
    service = tools_of(context).service
    async with service.store.reading() as rx:
        offered = await presets(rx, service, subject.plan, state_of(subject))
    view = await view_of(context, who, subject, offered=offered)
    message = KINDS[kind_of(stream)].pages.draft(view, pickable(subject.plan), offered)
    await tell(context, who, message, "desk_draft_page", stream=stream, step="draft", ring=True)


async def offer_report(context: Context, who: Caller, stream: str, said: Words) -> None:
    """Say of a draft whose words tell that something happened that nothing is reported by it; one tap reports it."""
    subject = await about_case(context, who, stream)
    if subject is None:
        return
    happened = tells_of_happening(said.text) or tells_of_harm(read_for(subject.plan, said.text, now=said.said_at))
    if happened and who.via == "direct":
        view = await view_of(context, who, subject)
        await tell(context, who, perhaps_report(view, said), "desk_page", stream=stream, step="report")


async def tell(
    context: Context, who: Caller, message: Message, notice: str, *, stream: str = "", step: str = "",
    ring: bool = False,
) -> None:  # fmt: skip
    """Say something in private; who has not started the bot is asked to."""
    said = await say(context, who, message, notice, stream=stream or None, in_private=True, ring=ring, step=step)
    if not said:
        await say(context, who, text_message("see_private"), "usage", step=step)


# --- one that is there


async def show_open(context: Context, who: Caller, kind: str) -> None:
    """Show what is open of a kind, in private; in a chat that of its plans alone."""
    service = tools_of(context).service
    plans = desks_read(service, who.reader, None if who.private else who.plans)
    async with service.store.reading() as rx:
        cases = await of_plan(rx, kind, plans)
    by_id = {plan.id: plan for plan in plans}
    views = [await service.case_view(by_id[case.plan], case, who.person.id) for case in cases]
    await tell(context, who, KINDS[kind].pages.listing(views), "desk_list")


def verbs(*others: str) -> re.Pattern[str]:
    """Return how words begin that ask to change something: what both kinds are asked, and others."""
    return re.compile(rf"^(?P<verb>{'|'.join((*VERBS, *others))})(?:[：:\s]+|$)(?P<words>.*)$", re.DOTALL)


async def change_text(context: Context, who: Caller, subject: CaseSubject, verb: str, said: str) -> None:
    """Do what both kinds are asked by words: 更正, 收回, 加发, 发给."""
    state = state_of(subject)
    if verb == CORRECTION:
        key = KINDS[kind_of(subject.stream)].corrected if state.told else "desk_draft_corrected"
        await done(context, who, subject, Correct(text=said[:LONGEST]), key)
    elif verb == BACK:
        await ask_withdrawing(context, who, subject, said)
    else:
        service = tools_of(context).service
        async with service.store.reading() as rx:
            read = await addressees(rx, service.bodies, subject.plan, said)
        if not read.recipients or read.unread:
            key = "desk_added_none" if state.told else "desk_to_none"
            await answer_privately(context, who, key, words="、".join(read.unread)[:40] or said[:40])
        elif state.told:
            fresh = [name for name in read.recipients if name not in state.told]
            added = AddRecipients(recipients=read.recipients)
            await done(context, who, subject, added, "desk_added", count=len(fresh))
        else:
            chosen = read.recipients if verb == TO else (*state.chosen, *read.recipients)
            result = await run_case(context, who, subject.stream, PickRecipients(recipients=chosen))
            if result.refusal is None:
                await show_draft(context, who, subject.stream)


async def ask_withdrawing(context: Context, who: Caller, subject: CaseSubject, reason: str) -> None:
    """First step of taking it back by words: which one, and what that comes to; why it cannot be is said at once."""
    withdrawal = Withdraw(reason=reason[:LONGEST_REASON])
    outcome, _ = await tools_of(context).service.rehearse_case(
        Step(stream=subject.stream, command=withdrawal), who.requester
    )
    if isinstance(outcome, Refusal):
        await run_case(context, who, subject.stream, withdrawal)
        return
    message = pages.withdrawing(await view_of(context, who, subject), withdrawal.reason)
    await tell(context, who, message, "desk_withdraw", stream=subject.stream, step="asked", ring=True)


async def done(context: Context, who: Caller, subject: CaseSubject, asked: Command, key: str, **values: Any) -> None:
    """Execute what words ask for, and say that it is so now."""
    result = await run_case(context, who, subject.stream, asked)
    if result.refusal is not None:
        return
    await tell(context, who, text_message(key, **values), "usage", step="done")
