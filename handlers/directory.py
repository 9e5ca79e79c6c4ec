"""``/who`` and ``/plan``: who is responsible for a subject, what a clause says; and the button that opens a clause."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from telegram import Update

from bot.cases.group_leads import group_leads
from bot.errands import TooBusy
from bot.official import section
from bot.render import Message
from bot.render import directory as pages
from bot.render.chat import popup_text, text_message
from handlers.access import Who
from handlers.buttons import ButtonPress, button
from handlers.commands import command
from handlers.context import Caller, Context, caller, tools_of
from handlers.inviting import bound_plans
from handlers.replies import say, show
from handlers.which_incident import words
from plans.directory import clauses, responsible
from plans.model import Plan

Reading = Callable[[Plan, str], Awaitable[str | None]]
"""Returns the official text of a clause, None where it is not attached."""

MOST_WORDS = 6
"""Words of a subject that are looked at; more make no answer better."""


@command("who", help={"liaison": 6})
async def show_who(update: Update, context: Context) -> None:
    """``/who 燃气``: who is responsible, by the plans of the chat or of the person."""
    who = await caller(update, context)
    if who is None:
        return
    plans, subject = await _plans(context, who), " ".join(words(update)[:MOST_WORDS])[:60]
    if not plans:
        await say(context, who, _unbound(who), "who")
        return
    async with tools_of(context).service.store.reading() as rx:
        leads = {plan.id: await group_leads(rx, plan) for plan in plans}
    responsibilities = responsible(plans, subject, limit=3 * pages.MOST, leads=leads) if subject else []
    await say(context, who, pages.who(plans, subject, responsibilities) if subject else pages.who_how(), "who")


@command("plan")
async def show_clause(update: Update, context: Context) -> None:
    """``/plan 4.1.2``, ``/plan 水上 4.1.2``, ``/plan 信息报告``."""
    who = await caller(update, context)
    if who is None:
        return
    plans, args = await _plans(context, who), words(update)[:MOST_WORDS]
    if not plans:
        await say(context, who, _unbound(who), "plan")
        return
    reading = partial(tools_of(context).errands.run, who.person.id, section)
    await say(context, who, await _clause(plans, args, reading), "plan", in_private=who.neutral)


@button("open_clause", on=("incident", "proposal"), who=Who.READER)
async def open_clause(press: ButtonPress) -> str:
    """「看条款」: the clause that a message cites, in full, to those who may read it."""
    subject = press.subject
    number = str(press.arg("clause"))
    if number not in subject.plan.clauses:
        return popup_text("button_stale")
    reading = partial(press.tools.errands.run, press.caller.person.id, section)
    await show(press, await _opened(subject.plan, number, reading), "plan")
    return ""


async def _plans(context: Context, who: Caller) -> list[Plan]:
    """Return the plans of the chat, else of the person; an administrator's are those that any group serves."""
    registry = tools_of(context).service.registry
    ids = list(who.plans) or [item.plan_id for item in who.holdings]
    if who.admin and not any(item in registry.ids for item in ids):
        ids = await bound_plans(context)
    return [registry.current(item) for item in dict.fromkeys(ids) if item in registry.ids]


def _unbound(who: Caller) -> Message:
    return (
        text_message("stranger") if who.private and not who.holdings and not who.admin else text_message("setup_none")
    )


async def _clause(plans: Sequence[Plan], args: Sequence[str], reading: Reading) -> Message:
    plans, query = _meant(plans, args)
    places = [(plan, number) for plan in plans if (number := _number(plan, query))]
    if len(places) == 1:
        return await _opened(*places[0], reading)
    if places:
        return pages.several(places)
    titled = _titled(plans, query)
    if len(titled) == 1:
        return await _opened(*titled[0], reading)
    return pages.titled(query, titled) if titled else pages.unknown_clause(plans[0], query)


def _meant(plans: Sequence[Plan], args: Sequence[str]) -> tuple[Sequence[Plan], str]:
    """Return the plans that a first word names by id or by part of the title, and the other words."""
    if args:
        word, rest = args[0], " ".join(args[1:])
        matching = [plan for plan in plans if word == plan.id or (rest and len(word) > 1 and word in plan.title)]
        if matching:
            return matching, rest
    return plans, " ".join(args)


def _number(plan: Plan, text: str) -> str:
    """Return a clause by its number; where an item has no entry of its own, the clause that it stands in."""
    if text in plan.clauses:
        return text
    outer = [number for number in plan.clauses if text.startswith(f"{number}(") or text.startswith(f"{number} ")]
    return max(outer, key=len, default="")


def _titled(plans: Sequence[Plan], words: str) -> list[pages.Place]:
    by_id = {plan.id: plan for plan in plans}
    return [(by_id[item.plan], item.number) for item in clauses(plans, words, limit=3 * pages.MOST)]


async def _opened(plan: Plan, number: str, reading: Reading) -> Message:
    # The first look at a text finds its headings, and the file may be long.
    try:
        text = await reading(plan, number)
    except TooBusy:
        text = None  # the clause is shown as the plan file has it
    return pages.clause(plan, number, text)
