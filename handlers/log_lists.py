"""The duty log is looked through: today, a day, a span, words; and given out as files, by day and month."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.clock import SHANGHAI
from bot.errands import TooBusy
from bot.office.desk import desk_of, desks_read
from bot.office.log import entries_of
from bot.office.log_book import LONGEST_SPAN, MOST_LISTED, beside_entries, log_book
from bot.office.log_files import checks, file_name, hand_overs, to_paper, to_workbook
from bot.outgoing.messages import File
from bot.render import Message, log_lines
from bot.render import log as pages
from bot.render.chat import popup_text, text_message
from bot.texts import log as t
from handlers.buttons import ButtonPress, button
from handlers.commands import answer_privately
from handlers.context import Caller, Context, tools_of
from handlers.replies import letter_to, say
from plans.model import Plan
from plans.times.calendar_periods import period_of


@dataclass(frozen=True, kw_only=True)
class Sought:
    """What is looked for: the entries of some days, in which some words stand."""

    first: date
    last: date
    words: tuple[str, ...] = ()


def today_of(context: Context) -> date:
    """Return the day in Beijing."""
    return tools_of(context).clock.now().astimezone(SHANGHAI).date()


async def today(context: Context, who: Caller) -> None:
    """Answer with the entries of today."""
    day = today_of(context)
    await listed(context, who, Sought(first=day, last=day))


async def asked(context: Context, who: Caller, text: str) -> bool:
    """Answer a question to the log: a day, a span, 找 and words, 导出; False where it is none."""
    day, words = today_of(context), text.split()
    if words[0] in t.COMMANDS["find"] and len(words) == 1:
        await answer_privately(context, who, "log_how")
        return True
    if words[0] in t.COMMANDS["find"]:
        sought, span = words[1:], None
        if len(sought) > 1 and (span := period_of(sought[-1], day)) is not None:
            sought = sought[:-1]
        first = span.first if span is not None else day - LONGEST_SPAN
        await listed(context, who, Sought(first=first, last=span.last if span else day, words=tuple(sought)))
        return True
    export = [word for word in words if word in t.COMMANDS["export"]]
    rest = [word for word in words if word not in export]
    period = period_of("".join(rest), day) if rest else None
    if period is None and (rest or not export):
        return False
    first, last = (period.first, min(period.last, day)) if period is not None else (day, day)
    if last < first or last - first > LONGEST_SPAN:
        await answer_privately(context, who, "log_how")
    elif export:
        await _files(context, who, first, last, ("docx", "xlsx"))
    else:
        await listed(context, who, Sought(first=first, last=last))
    return True


async def read_here(context: Context, who: Caller) -> list[Plan]:
    """Return the desks of one place that somebody reads: where he has the duty, else of the chat, else his first."""
    service = tools_of(context).service
    plans = desks_read(service, who.reader)
    if not plans:
        return []
    async with service.store.reading() as rx:
        own = await desk_of(rx, service, who.holdings, who.plans)
    here = [plan for plan in plans if plan.id in who.plans]
    served = [plan for plan in plans if plan.jurisdiction.name in who.jurisdictions()]
    place = (own or (here or served or plans)[0]).jurisdiction.name
    return [plan for plan in plans if plan.jurisdiction.name == place]


async def listed(context: Context, who: Caller, sought: Sought) -> None:
    """Answer with entries, a line each, in private: others who read along in a group are nobody of the desk's."""
    plans = await read_here(context, who)
    if not plans:
        await answer_privately(context, who, "log_duty")
        return
    message = await _list(context, plans, sought)
    if not await say(context, who, message, "log", in_private=True):
        await say(context, who, text_message("start_first"), "log")


async def _list(context: Context, plans: list[Plan], sought: Sought) -> Message:
    service, now = tools_of(context).service, tools_of(context).clock.now()
    ids, place = [plan.id for plan in plans], plans[0].jurisdiction.name
    async with service.store.reading() as rx:
        rows = await rx.entries.between(
            place, ids, sought.first, sought.last, words=sought.words, limit=MOST_LISTED + 1, newest=True
        )
        cut = len(rows) > MOST_LISTED
        found = await entries_of(rx, rows[-MOST_LISTED:])
        day = sought.first == sought.last
        page = await beside_entries(rx, plans, sought.first) if day and not sought.words else None
    head = log_lines.head(place, sought.first, sought.last, sought.words, found, now, cut=cut)
    keys = [] if sought.words else pages.file_keys(sought.first, sought.last)
    beside = log_lines.beside(hand_overs(page), checks(page)) if page is not None else ()
    return log_lines.listing(head, found, now, of_day=day, keys=keys, beside=beside)


# --- files


@button("log_files", on="log")
async def send_files(press: ButtonPress) -> str:
    """「本日 docx」, 「本月 xlsx」: made in a thread, sent in private."""
    first, last = (date.fromisoformat(str(press.arg(name))) for name in ("first", "last"))
    plans = await read_here(press.context, press.caller)
    if not plans:
        return popup_text("not_yours")
    last = min(last, today_of(press.context))
    done = await _files(press.context, press.caller, first, last, (str(press.arg("kind")),))
    return "" if done else popup_text("log_file_busy")


async def _files(context: Context, who: Caller, first: date, last: date, kinds: tuple[str, ...]) -> bool:
    """Send some days as files to whoever may read them, in private; False where too much is made for him already."""
    tools, plans = tools_of(context), await read_here(context, who)
    if not plans:
        await answer_privately(context, who, "log_duty")
        return True
    async with tools.service.store.reading() as rx:
        book = await log_book(rx, plans, first, last)
    makers: dict[str, Any] = {"docx": to_paper, "xlsx": to_workbook}
    try:
        files = tuple(
            [
                File(name=file_name(book, kind), content=await tools.errands.run(who.person.id, makers[kind], book))
                for kind in kinds
            ]
        )
    except TooBusy:
        return False
    letter = letter_to(who, pages.about_files(book.place, first, last, tools.clock.now()), "log", in_private=True)
    if letter is None:
        await say(context, who, text_message("start_first"), "log")
        return True
    await tools.service.say([replace(letter, files=files)], cause=who.cause, requester=who.requester)
    return True
