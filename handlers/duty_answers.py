"""Words that answer a duty: 「演练搞完了，参加了三百人」 settles it with one tap more, and opens no incident."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from telegram import Update

from bot.cases.streams import is_case, kind_of
from bot.render.chat import popup_text
from bot.render.duty_answers import offer
from bot.render.said import Words
from handlers.additions import own_running
from handlers.buttons import ButtonPress, button
from handlers.context import Caller, Context, tools_of
from handlers.duty import FILES, asked_for, own_books, wait_for_evidence
from handlers.evidence import carried
from handlers.replies import say
from handlers.which_incident import of_message
from plans.duty.answering import meant
from plans.duty.case import duty_of
from plans.duty.settling import WANTS_A_FILE, SettleDuty
from plans.duty.state import KIND, DutyBook, Instance
from plans.intake.answering import answer_in, is_bare, tells_of_more
from plans.model import Plan
from storage.forms import Form

MOST_OFFERED = 6
"""Duties that words may be meant of, each with a button."""

Pair = tuple[Plan, DutyBook]


@dataclass(frozen=True, kw_only=True)
class _Candidates:
    pair: Pair
    instances: Sequence[Instance]


async def answered(update: Update, context: Context, who: Caller, text: str, form: Form | None) -> bool:
    """Offer to settle a duty with the words, or the picture, that answer it; what tells of an event stays a report.

    A reply to a message about duties need only say that something is done, or not yet; words by themselves must name
    one of the person's own duties, or say no more than that it is done.
    """
    message = update.effective_message
    if message is None or who.via != "direct" or not who.private:
        return False
    files = tuple(f"{kind}:{reference}" for kind, reference in carried(message) if kind in FILES)
    answer, others = answer_in(text), len(carried(message)) > len(files)
    replied = await _duty_replied_to(update, context, who)
    if others or (not replied and answer != "done") or (replied and not (answer or (files and not text))):
        return False
    books = [pair for pair in await own_books(context, who) if replied in ("", pair[1].stream)]
    if not books or (text and any(tells_of_more(plan, text, who.said_at) for plan, _ in books)):
        return False
    if not replied and await own_running(context, who):
        return False  # it goes on about what he reported
    found = _candidates(context, who, books, text, form, replied=bool(replied))
    if found is None:
        return False
    plan, book = found.pair
    view = await tools_of(context).service.case_view(plan, book, who.person.id)
    said = Words(text=text, files=files, said_at=who.said_at, message=who.message_id or 0)
    await say(
        context, who, offer(view, found.instances, said, done=answer != "not_yet"), "duty_answer", stream=book.stream
    )
    return True


async def _duty_replied_to(update: Update, context: Context, who: Caller) -> str:
    """Return the book that the message replied to is about; empty where it is none."""
    message = update.effective_message
    if message is None or message.reply_to_message is None:
        return ""
    async with tools_of(context).service.store.reading() as rx:
        stream = await of_message(rx, who, message.reply_to_message.message_id)
    return stream if stream is not None and is_case(stream) and kind_of(stream) == KIND else ""


def _candidates(
    context: Context, who: Caller, books: Sequence[Pair], text: str, form: Form | None, *, replied: bool
) -> _Candidates | None:
    """Return which duties may be meant, of the book whose duties the words name best; None where none is."""
    now = tools_of(context).clock.now()
    best: tuple[int, _Candidates] | None = None
    for plan, book in books:
        begun = [item for item in book.waiting() if item.begins <= now]
        asked = asked_for(context, who, form, book)
        named = [asked] if asked is not None else meant(plan, text, begun)
        if not named and (replied or is_bare(text)):
            named = begun
        # What is settled already is shown as such: a second answer in words is no incident either.
        settled = [item for item in book.instances.values() if item.settled and item.begins <= now < item.due]
        if not named and not (replied or meant(plan, text, settled)):
            continue
        rank = (2 if asked is not None else 1) if named else 0
        if best is None or rank > best[0]:
            best = rank, _Candidates(pair=(plan, book), instances=named[:MOST_OFFERED])
    return best[1] if best is not None else None


def _instance(press: ButtonPress) -> Instance | None:
    book = press.case_subject.case
    return book.of(str(press.arg("key"))) if isinstance(book, DutyBook) else None


@button("duty_said", on="duty")
async def said(press: ButtonPress) -> str:
    """It is done, and the words or the picture that said so go with it; a picture may still follow."""
    book = press.case_subject.case
    instance = book.of(str(press.arg("key"))) if isinstance(book, DutyBook) else None
    if instance is None:
        return popup_text("button_stale")
    files, duty = tuple(press.arg("files", ())), duty_of(press.case_subject.plan, instance.duty)
    follows = not files and duty is not None and duty.evidence in WANTS_A_FILE
    if follows:
        await wait_for_evidence(press, instance)  # before it is said, as by 「已办」
    command = SettleDuty(key=instance.key, text=str(press.arg("text")), evidence=files, sure=True)
    return await press.run(command, done="duty_said_file" if follows else "duty_done", last=bool(press.arg("only")))
