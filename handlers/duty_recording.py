"""``/duties 代录``: the office records what a bearer said on the telephone; the bearer signs it or objects."""

from __future__ import annotations

from collections.abc import Sequence

from bot.clock import SHANGHAI
from bot.render import duty as pages
from bot.render import duty_office as office_pages
from bot.render.chat import text_message
from bot.service import Answer, Step
from bot.service.enrichers import ANSWERING
from bot.texts.duty import RECORD_NOT
from handlers.buttons import ButtonPress, button
from handlers.commands import answer_privately
from handlers.context import Caller, Context, tools_of
from handlers.duty_office import checked
from handlers.replies import say
from plans.duty.recording import ObjectToRecord, RecordDuty, SignDuty
from plans.duty.state import DONE, NOT_APPLICABLE, DutyBook
from plans.model import Plan
from plans.times.moments import moment_past
from storage.duty_tables import BookRow
from storage.people import is_confirmed, shown_name


async def record(context: Context, who: Caller, args: Sequence[str]) -> None:
    """``主体 [序号 说话人 [时间] [不适用] [原话]]``: without a number, what the bearer has to do is shown."""
    plans = await checked(context, who)
    if not plans:
        await answer_privately(context, who, "duty_record_office")
        return
    found = await _books(context, plans, args[0]) if args else []
    if len(found) != 1:
        names = "、".join(row.title for row in found[:12])
        await answer_privately(context, who, "duty_record_which" if found else "duty_record_how", names=names)
        return
    service = tools_of(context).service
    pair = await service.case(found[0].stream)
    if pair is None or not isinstance(pair[1], DutyBook):
        return
    plan, book = pair[0], pair[1]
    view = await service.case_view(plan, book, who.person.id)
    waiting = pages.waiting_now(view)
    number = int(args[1]) if len(args) > 1 and args[1].isdecimal() else 0
    if len(args) < 3 or not 1 <= number <= len(waiting):
        message = office_pages.to_record(view, await _speakers(context, plan, book))
        await say(context, who, message, "duties", stream=book.stream, in_private=True)
        return
    key, name = waiting[number - 1].key, args[2]
    command = _said(context, key, name, args[3:])
    step = Step(stream=book.stream, command=command)
    answer = Answer(place_id=who.place.id, reply_to=who.message_id)
    result = await service.execute([step], cause=f"{who.cause}:record", requester=who.requester, answer=answer)
    if result.refusal is None:
        text = pages.words_of_duty(view, waiting[number - 1].duty)
        done = text_message("duty_recorded_now", title=pages.title(view), text=text, name=name)
        await say(context, who, done, "duties", in_private=True)


def _said(context: Context, key: str, name: str, words: Sequence[str]) -> RecordDuty:
    """Return what was said, by whom and when."""
    now = tools_of(context).clock.now().astimezone(SHANGHAI)
    at, status, rest = None, DONE, []
    for word in words:
        if at is None and (moment := moment_past(word, now)) is not None:
            at = moment
        elif word == RECORD_NOT:
            status = NOT_APPLICABLE
        else:
            rest.append(word)
    return RecordDuty(key=key, status=status, spoken_by=name, spoken_at=at, text=" ".join(rest))


async def _books(context: Context, plans: Sequence[Plan], word: str) -> list[BookRow]:
    """Return the open books of those who are called so; where nobody is, of those whose name holds the words."""
    async with tools_of(context).service.store.reading() as rx:
        rows = [row for plan in plans for row in await rx.duties.books(plan.jurisdiction.name, plan.id, state="open")]
    exact = [row for row in rows if word in (row.title, row.bearer)]
    return exact or [row for row in rows if word in row.title]


async def _speakers(context: Context, plan: Plan, book: DutyBook) -> list[str]:
    """Return the names of those who answer for the bearer."""
    place = plan.jurisdiction.name
    async with tools_of(context).service.store.reading() as rx:
        if book.bearer_kind == "role":
            people = list(await rx.people.holders(place, plan.id, book.bearer))
        else:
            people = [
                person for role in ANSWERING for person in await rx.people.holders(place, plan.id, role, book.bearer)
            ]
    return list(dict.fromkeys(shown_name(person) for person in people if is_confirmed(person)))


@button("duty_sign", on="duty")
async def sign(press: ButtonPress) -> str:
    """「补签」 under what was recorded."""
    return await press.run(SignDuty(key=press.arg("key")), done="duty_signed")


@button("duty_object", on="duty")
async def object_(press: ButtonPress) -> str:
    """「不是这样」 under what was recorded: it is open again, and whoever recorded it hears so."""
    return await press.run(ObjectToRecord(key=press.arg("key")), done="duty_objected_now", last=True)
