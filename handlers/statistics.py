"""Statistics: ``/stats``, the figures behind each line, the rows behind each figure, the workbook and the paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from telegram import Update

from bot.clock import SHANGHAI
from bot.errands import TooBusy
from bot.office.statistics import Scope, counted, names_of, places_of, scopes, statistics_of, sum_of
from bot.office.statistics_files import file_name, material, to_paper, to_workbook
from bot.outgoing.messages import File, OutgoingMessage
from bot.outgoing.pictures import drawn
from bot.pictures import month_picture
from bot.render import Message, spot_checks, status
from bot.render import statistics as pages
from bot.render import warning_page as warning_pages
from bot.render.chat import popup_text, text_message
from bot.render.statistics import Asked, period_name, place_of
from bot.render.statistics_figures import TOPICS, topic
from bot.render.statistics_rows import PAGE, rows_page
from bot.render.times import full
from bot.texts import statistics as t
from bot.texts.pictures import CAPTION_MONTH
from bot.texts.words import DRILL, LIST
from handlers.access import Where, Who, allowed, allowed_case
from handlers.buttons import ButtonPress, button
from handlers.cases import about_case
from handlers.commands import answer_privately, command
from handlers.context import Caller, Context, caller, tools_of
from handlers.replies import letter_to, redraw, say, show
from handlers.which_incident import Subject, words
from plans.desk.spot_check_state import SpotCheck
from plans.incident.state import Incident
from plans.model import Plan
from plans.statistics.figures import Figure, parse
from plans.statistics.statistics import Statistics
from plans.statistics.tally import Selection
from plans.times.calendar_periods import CalendarPeriod, month_of, period_of
from plans.warning.state import WarningCase

MOST_PLANS = 8
"""Plans that a message offers to be looked at alone."""


@command("stats", help={"admin": 7, "duty": 7, "leader": 7, "liaison": 8})
async def stats(update: Update, context: Context) -> None:
    """``/stats [期间] [预案 | 辖区 | 合计] [演练]``: six lines of what somebody may see."""
    who = await caller(update, context)
    if who is None:
        return
    found = await _scopes(context, who)
    if not found:
        await answer_privately(context, who, "stats_none")
        return
    now, args = tools_of(context).clock.now(), words(update)
    drills = [word for word in args if word in t.DRILL_WORDS]
    period, rest = _period([word for word in args if word not in t.DRILL_WORDS], now)
    scope, plans = await _meant(context, found, "".join(rest), who)
    if scope is None:
        given = " ".join(rest)
        if any(char.isdigit() or char in "月季年周天日" for char in given):
            await answer_privately(context, who, "stats_period", given=given[:40])
        else:
            titles = [*([t.SUM] if sum_of(found) is not None else []), *await _titles(context, found)]
            await answer_privately(context, who, "stats_plan", given=given[:40], plans=LIST.join(titles))
        return
    asked = Asked(jurisdiction=scope.name, period=period, plans=plans, own=scope.own is not None, drills=bool(drills))
    here = who.place.kind == "command" and scope.own is None and set(plans) <= set(who.plans) and bool(plans)
    message, figures = await _page(context, who, asked, scope)
    files = await _picture(context, who, figures)
    if not await say(context, who, message, "stats", in_private=not here, files=files):
        await say(context, who, text_message("start_first"), "stats")


def _period(args: Sequence[str], now: datetime) -> tuple[CalendarPeriod, Sequence[str]]:
    """Return the period that the first words name, this month where they name none, and the other words."""
    today = now.astimezone(SHANGHAI).date()
    for count in range(min(3, len(args)), 0, -1):
        for by in ("", "至"):
            found = period_of(by.join(args[:count]), today)
            if found is not None:
                return found, args[count:]
    return month_of(today), args


async def _scopes(context: Context, who: Caller) -> list[Scope]:
    """Return what somebody may have counted where he is: in a bound group of its jurisdiction alone."""
    service = tools_of(context).service
    async with service.store.reading() as rx:
        places = await places_of(service.registry, rx)
    found = scopes(who.reader, places)
    if who.place.kind == "command":
        here = [item for item in found if item.jurisdiction == who.place.jurisdiction]
        return here or found
    return found


async def _meant(
    context: Context, found: Sequence[Scope], given: str, who: Caller
) -> tuple[Scope | None, tuple[str, ...]]:
    """Return which of some scopes is meant, and the plans to which it is narrowed; None where a word fits none."""
    registry = tools_of(context).service.registry
    if given in t.SUM_WORDS:
        return sum_of(found), ()
    if given:
        for scope in found:
            if given in scope.jurisdiction:
                return scope, ()
            plans = [registry.current(name) for name in scope.plans]
            named = [plan for plan in plans if given in (plan.id, plan.title)]
            named = named or [plan for plan in plans if given in plan.title]
            if named:
                return scope, tuple(plan.id for plan in named)
        return None, ()
    if who.place.kind == "command":
        here = tuple(name for name in found[0].plans if name in who.plans)
        return found[0], here
    return found[0], ()


async def _titles(context: Context, found: Sequence[Scope]) -> list[str]:
    registry = tools_of(context).service.registry
    return list(dict.fromkeys(registry.current(name).title for scope in found for name in scope.plans))


async def _picture(context: Context, who: Caller, found: Statistics) -> tuple[File, ...]:
    """Return the picture that goes behind the six lines; none while this person's errands are many."""
    try:
        picture = await tools_of(context).errands.run(who.person.id, month_picture, found)
    except TooBusy:  # the words say it too
        return ()
    caption = CAPTION_MONTH.format(
        mark=DRILL if found.of_drills else "", period=period_name(found.period), place=place_of(found),
        of=pages.of_what(found), time=full(found.at),
    )  # fmt: skip
    return (drawn(picture, caption, f"statistics:{found.jurisdiction}"),)


async def _page(context: Context, who: Caller, asked: Asked, scope: Scope) -> tuple[Message, Statistics]:
    """Return the six lines, with buttons to whatever else this person may see, and the figures."""
    service, now = tools_of(context).service, tools_of(context).clock.now()
    found = await statistics_of(service, _selection(asked, scope), now)
    whole = await _scopes(context, who)
    plans: list[Plan] = []
    if not asked.plans and len(scope.plans) > 1 and not scope.beside:
        plans = [service.registry.current(name) for name in scope.plans[:MOST_PLANS]]
    places = [item.jurisdiction for item in whole if item.own is None and item.jurisdiction != asked.jurisdiction]
    more = who.private and bool(asked.plans) and set(asked.plans) < set(scope.plans)
    if not who.private:
        return pages.page(found, asked, plans=plans, more=more), found
    together = sum_of(whole) if not scope.beside else None
    number = len(together.beside) + 1 if together is not None else 0
    return pages.page(found, asked, plans=plans, more=more, places=places, together=number), found


def _selection(asked: Asked, scope: Scope) -> Selection:
    plans = tuple(name for name in scope.plans if name in asked.plans) if asked.plans else scope.plans
    return replace(scope, plans=plans).selection(asked.period, drills=asked.drills)


# --- what a button goes on from


def _asked(press: ButtonPress) -> Asked:
    kind, first, last = (str(press.arg(name)) for name in ("kind", "first", "last"))
    period = CalendarPeriod(kind=kind, first=date.fromisoformat(first), last=date.fromisoformat(last))  # type: ignore[arg-type]
    return Asked(
        jurisdiction=str(press.arg("place")), period=period, plans=tuple(press.arg("plans", ())),
        own=bool(press.arg("own")), drills=bool(press.arg("drills")),
    )  # fmt: skip


async def _scope(press: ButtonPress, asked: Asked) -> Scope | None:
    """Return what may be counted of what was asked, as rights stand now; None where they do not reach so far."""
    found = await _scopes(press.context, press.caller)
    if not asked.jurisdiction:
        return sum_of(found) if not asked.own and not asked.plans else None
    mine = [item for item in found if item.jurisdiction == asked.jurisdiction and (item.own is not None) == asked.own]
    return next((item for item in mine if set(asked.plans) <= set(item.plans)), None)


async def _deliver(press: ButtonPress, message: Message) -> str:
    """Show something in private: in the place of what was pressed there, or as a message of its own."""
    if press.caller.private:
        await redraw(press, message, "stats")
        return ""
    letter = letter_to(press.caller, message, "stats", in_private=True)
    if letter is None:
        return text_message("start_first").text
    await _say(press, letter)
    return popup_text("stats_private")


async def _say(press: ButtonPress, letter: OutgoingMessage) -> None:
    await press.tools.service.say([letter], cause=press.caller.cause, requester=press.caller.requester)


@button("stats_show", on="statistics")
async def show_page(press: ButtonPress) -> str:
    """「上一期」, 「下一期」, a plan, another jurisdiction, drills, 「返回」: the six lines again."""
    asked = _asked(press)
    scope = await _scope(press, asked)
    if scope is None:
        return popup_text("not_yours")
    here = press.caller.place.kind == "command" and asked.plans and set(asked.plans) <= set(press.caller.plans)
    message, _ = await _page(press.context, press.caller, asked, scope)
    if here:
        await redraw(press, message, "stats")
        return ""
    return await _deliver(press, message)


@button("stats_topic", on="statistics")
async def show_topic(press: ButtonPress) -> str:
    """One of the six lines: its figures, each with a button."""
    asked, name = _asked(press), str(press.arg("topic"))
    scope = await _scope(press, asked)
    if scope is None or name not in TOPICS:
        return popup_text("not_yours")
    service, now = press.tools.service, press.tools.clock.now()
    selection = _selection(asked, scope)
    async with service.store.reading() as rx:
        names = await names_of(service.registry, service.bodies, rx, selection, now)
        found = await counted(rx, selection, names)
    return await _deliver(press, topic(found, asked, name, names.plans))


@button("stats_rows", on="statistics")
async def show_rows(press: ButtonPress) -> str:
    """The rows behind a figure, a page of them."""
    asked, figure, start = _asked(press), parse(str(press.arg("figure"))), int(press.arg("start", 0))
    scope = await _scope(press, asked)
    if scope is None or figure is None:
        return popup_text("not_yours")
    message = await _rows(press, asked, scope, figure, start)
    if press.caller.private and start == 0:
        await show(press, message, "stats")  # beside the figures, so that the next can be opened
        return ""
    return await _deliver(press, message)


async def _rows(press: ButtonPress, asked: Asked, scope: Scope, figure: Figure, start: int) -> Message:
    service, now = press.tools.service, press.tools.clock.now()
    selection = _selection(asked, scope)
    async with service.store.reading() as rx:
        number = await rx.statistics.number_of(figure, selection, now)
        rows = await rx.statistics.rows(figure, selection, now, limit=PAGE, offset=start)
        names = await names_of(service.registry, service.bodies, rx, selection, now)
    return rows_page(asked, figure, rows, number, start, names)


@button("stats_case", on="statistics", where=Where.ANYWHERE)
async def show_case(press: ButtonPress) -> str:
    """An incident or a warning of a row, as ``/status`` and ``/warn`` show it to whoever may read it."""
    who, stream = press.caller, str(press.arg("stream"))
    found = await about_case(press.context, who, stream)
    if found is None or not who.private:
        return popup_text("not_yours")
    service = press.tools.service
    if isinstance(found.case, Incident):
        subject = Subject(stream=stream, plan=found.plan, case=found.case, actor=found.actor)
        if not allowed(Who.READER, Where.OFFICIAL, who, subject):
            return popup_text("not_yours")
        message = status(await service.view(found.plan, found.case, who.person.id, who.place.id))
    elif isinstance(found.case, WarningCase) and allowed_case(Who.READER, Where.OFFICIAL, who, found):
        view = await service.case_view(found.plan, found.case, who.person.id, who.place.id)
        message = warning_pages.page(view, staff=found.staff)
    elif isinstance(found.case, SpotCheck) and who.reader.works_on(found.case.jurisdiction, found.plan):
        text = spot_checks.table(found.case, press.tools.clock.now())
        message = Message(text.plain, text.entities)
    else:
        return popup_text("not_yours")
    letter = letter_to(who, message, "status", stream=stream)
    if letter is not None:
        await _say(press, letter)
    return ""


@button("stats_file", on="statistics")
async def send_file(press: ButtonPress) -> str:
    """「表格 xlsx」, 「文书 docx」: made in a thread, sent in private."""
    asked, kind, service = _asked(press), str(press.arg("file")), press.tools.service
    scope, now = await _scope(press, asked), press.tools.clock.now()
    if scope is None:
        return popup_text("not_yours")
    selection = _selection(asked, scope)
    found = await statistics_of(service, selection, now)
    try:
        if kind == "docx":
            content = await press.tools.errands.run(press.caller.person.id, to_paper, found, _signer(press, selection))
        else:
            async with service.store.reading() as rx:
                names = await names_of(service.registry, service.bodies, rx, selection, now)
                given = await material(rx, found, selection, names)
            content = await press.tools.errands.run(press.caller.person.id, to_workbook, given)
    except TooBusy:
        return popup_text("stats_busy")
    template = t.PAPER_FILE if kind == "docx" else t.TABLE_FILE
    text = text_message("stats_file", period=period_name(found.period), place=place_of(found), time=full(found.at))
    letter = letter_to(press.caller, text, "stats", in_private=True)
    if letter is None:
        return text_message("start_first").text
    await _say(press, replace(letter, files=(File(name=file_name(template, found), content=content),)))
    return "" if press.caller.private else popup_text("stats_private")


def _signer(press: ButtonPress, selection: Selection) -> str:
    """Return the office that issues the paper, where one plan is told; what a unit asks of itself is no office's."""
    if selection.own is not None:
        return ""
    registry = press.tools.service.registry
    plans = selection.all_plans
    return registry.current(plans[0]).office if len(plans) == 1 else ""
