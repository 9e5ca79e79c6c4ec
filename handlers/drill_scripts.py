"""An office's own scripts of drills: a file in private is checked, shown, kept with a tap; removed the same way."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Document
from telegram.error import TelegramError

from bot.errands import TooBusy
from bot.exchange.tables import BadFile
from bot.office.desk import desks_read
from bot.office.drill_scripts import keep_script, own_scripts, remove_script
from bot.office.script_check import LARGEST, Busy, Looked, check, digest_of, read
from bot.render import drill_scripts as pages
from bot.render.chat import popup_text, text_message
from bot.texts import drill_scripts as t
from handlers.buttons import ButtonPress, button, confirm_again
from handlers.commands import answer_privately
from handlers.context import Caller, Context, tools_of
from handlers.files import fetched
from handlers.replies import act_pressed, say
from plans.model import Plan

REMOVE = frozenset({"删除", "去掉"})


async def take_script(context: Context, who: Caller, document: Document) -> None:
    """``/drill 脚本`` as a file's caption, or in answer to one: its faults by line, or a button to keep it."""
    tools = tools_of(context)
    plans = {plan.id: plan for plan in desks_read(tools.service, who.reader)}
    if not plans or who.via != "direct":
        await answer_privately(context, who, "script_not_yours")
        return
    if not who.private:
        await answer_privately(context, who, "script_in_private")
        return
    try:
        content = await fetched(tools, document.file_id, LARGEST, t.TOO_LARGE.format(most=LARGEST // 1000))
        text, scenario, fault = await tools.errands.run(who.person.id, read, content, frozenset(plans))
        faults = await check(text) if scenario is not None else (fault,) if fault is not None else ()
        looked = Looked(text=text, scenario=scenario, faults=faults)
    except (BadFile, TelegramError) as problem:
        said = str(problem) if isinstance(problem, BadFile) else popup_text("file_gone")
        await say(context, who, pages.faulty([pages.fault_line(0, True, said, "", "")], 1), "drills")
        return
    except (Busy, TooBusy):
        await answer_privately(context, who, "script_busy")
        return
    lines = [
        pages.fault_line(fault.line, fault.grave, fault.found, fault.expected, fault.todo) for fault in looked.faults
    ]
    if looked.scenario is None or not looked.playable:
        errors = sum(fault.grave for fault in looked.faults)
        await say(context, who, pages.faulty(lines, errors), "drills")
        return
    await _offer(context, who, plans[looked.scenario.plan], looked, lines, document.file_id)


async def _offer(
    context: Context, who: Caller, plan: Plan, looked: Looked, lines: Sequence[str], file_id: str
) -> None:  # fmt: skip
    """Show what is kept with a tap: the file, and what it replaces."""
    scenario = looked.scenario
    if scenario is None:
        raise ValueError("a file that cannot be read is not offered")
    async with tools_of(context).service.store.reading() as rx:
        known = await rx.drill_scripts.get(plan.jurisdiction.name, plan.id, scenario.title)
    last = max(scenario.instant(step.at) for step in scenario.steps) - scenario.occurred_at
    args = {"file": file_id, "digest": looked.digest, "before": known.digest if known is not None else ""}
    injects, looks = (
        sum(step.do == "inject" for step in scenario.steps),
        sum(bool(step.words) for step in scenario.steps),
    )
    message = pages.sound(
        scenario.title, plan.title, int(last.total_seconds() // 60), injects, looks, lines,
        known.at if known is not None else None, args,
    )  # fmt: skip
    await say(context, who, message, "drills")


@button("script_keep", on="script", late=confirm_again())
async def keep(press: ButtonPress) -> str:
    """「保存脚本」: the file is fetched once more, and must be the one that was checked."""
    tools, who = press.tools, press.caller
    plans = {plan.id: plan for plan in desks_read(tools.service, who.reader)}
    try:
        content = await fetched(tools, str(press.arg("file")), LARGEST, t.TOO_LARGE.format(most=LARGEST // 1000))
        text, scenario, _ = await tools.errands.run(who.person.id, read, content, frozenset(plans))
    except (BadFile, TelegramError):
        return popup_text("file_gone")
    except TooBusy:
        return text_message("script_busy").text
    if scenario is None or digest_of(text) != press.arg("digest"):
        return popup_text("button_stale")
    looked = Looked(text=text, scenario=scenario, faults=())
    done = await keep_script(
        tools.service, who.person, plans[scenario.plan], looked, before=str(press.arg("before")),
        cause=f"{who.cause}:script", requester=who.requester,
    )  # fmt: skip
    return await act_pressed(press, done)


async def ask_removal(context: Context, who: Caller, word: str, shown: Sequence[str]) -> None:
    """``/drill 脚本 删除 4``: asked once more.

    Args:
        shown: ids of the scripts in the order in which they are listed.
    """
    tools = tools_of(context)
    number = int(word) if word.isdecimal() and len(word) < 4 else 0
    async with tools.service.store.reading() as rx:
        own = {row.digest: row for row in await own_scripts(rx, desks_read(tools.service, who.reader))}
    row = own.get(shown[number - 1]) if 0 < number <= len(shown) else None
    if row is None or who.via != "direct":
        await answer_privately(context, who, "script_remove_which")
        return
    args = {"place": row.jurisdiction, "plan": row.plan_id, "title": row.title, "digest": row.digest}
    await say(context, who, pages.removing(row.title, args), "drills", in_private=True)


@button("script_remove", on="script", late=confirm_again())
async def remove(press: ButtonPress) -> str:
    """「确认删除」: as it was shown."""
    service, who = press.tools.service, press.caller
    plan = next((plan for plan in desks_read(service, who.reader) if plan.id == press.arg("plan")), None)
    if plan is None or plan.jurisdiction.name != press.arg("place"):
        return popup_text("not_yours")
    done = await remove_script(
        service, who.person, plan, str(press.arg("title")), digest=str(press.arg("digest")),
        cause=f"{who.cause}:script", requester=who.requester,
    )  # fmt: skip
    return await act_pressed(press, done)
