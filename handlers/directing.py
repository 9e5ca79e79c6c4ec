"""A drill that is played by a script: its director's buttons, and what those who evaluate say."""

from __future__ import annotations

import re
from datetime import timedelta

from telegram import Document

from bot.errands import TooBusy
from bot.office.desk import desks_read
from bot.office.directing import drills_with, open_drills, playing, scripts_of
from bot.office.drill_scripts import Unread, own_scripts, readable
from bot.office.identity import person_named
from bot.render import Message
from bot.render import directing as pages
from bot.render.chat import popup_text, text_message
from bot.scenario import Scenario
from bot.service import Step
from bot.texts.words import LIST
from handlers.buttons import ButtonPress, button
from handlers.cases import about_case
from handlers.commands import answer_privately
from handlers.context import Caller, Context, tools_of
from handlers.drill_scripts import REMOVE, ask_removal, take_script
from handlers.replies import say
from plans.core import keys
from plans.desk.directing import BeginDrill, EndDrill, GoOnWithDrill, HoldDrill, NameEvaluators
from plans.desk.drill_items import DelayItem, PlayItem, SkipItem
from plans.desk.drill_state import Drill
from plans.desk.evaluating import JudgeLook, NoteLook
from plans.model import Plan

DELAY = timedelta(minutes=5)


async def show_scripts(context: Context, who: Caller, args: list[str], document: Document | None) -> None:
    """``/drill 脚本``: what may be directed, in private; a file is taken; ``删除 4`` removes one of the office's."""
    tools = tools_of(context)
    if document is not None:
        await take_script(context, who, document)
        return
    plans = desks_read(tools.service, who.reader, None if who.private else who.plans)
    if not plans:
        await answer_privately(context, who, "drill_not_read")
        return
    offered = await _known(context, who, plans)
    if args and args[0] in REMOVE:
        await ask_removal(context, who, "".join(args[1:2]), list(offered))
        return
    installed = scripts_of(plans)
    rows = [
        pages.UnreadScript(title=script.title, line=script.line, found=script.found)
        if isinstance(script, Unread)
        else _offered(name, script, own=name not in installed)
        for name, script in offered.items()
    ]
    if not await say(context, who, pages.scripts(rows), "drills", in_private=True):
        await say(context, who, text_message("see_private"), "drills")


async def _known(context: Context, who: Caller, plans: list[Plan]) -> dict[str, Scenario | Unread]:
    """Return the scripts of some plans: what comes with the program by its name, then the office's own.

    Of these, what cannot be read any more stands last, so that the numbers of the others are those of their buttons.
    """
    tools = tools_of(context)
    async with tools.service.store.reading() as rx:
        rows = await own_scripts(rx, plans)
    try:
        own = await tools.errands.run(who.person.id, readable, rows) if rows else {}
    except TooBusy:  # those of the program can be played meanwhile
        own = {}
    return scripts_of(plans) | dict(sorted(own.items(), key=lambda item: isinstance(item[1], Unread)))


def _offered(name: str, script: Scenario, *, own: bool) -> pages.Script:
    last = max(script.instant(step.at) for step in script.steps)
    return pages.Script(
        id=name, plan=script.plan, title=script.title, minutes=int((last - script.occurred_at).total_seconds() // 60),
        injects=sum(step.do == "inject" for step in script.steps), looks=sum(bool(step.words) for step in script.steps),
        own=own,
    )  # fmt: skip


async def name_evaluators(context: Context, who: Caller, names: list[str]) -> None:
    """``/drill 评估员 姓名 …``: of the drill that somebody directs."""
    tools = tools_of(context)
    if not names:
        await answer_privately(context, who, "drill_evaluators_how")
        return
    async with tools.service.store.reading() as rx:
        drills = await drills_with(rx, who.person.id, who.jurisdictions())
        mine = next((drill for drill in drills if drill.open and drill.director == who.person.id), None)
        plan = tools.service.registry.current(mine.plan) if mine is not None else None
        found = {name: await person_named(rx, plan, name) for name in names} if plan is not None else {}
    if mine is None:
        await answer_privately(context, who, "drill_not_directed")
        return
    unknown = [name for name, person in found.items() if person is None]
    if unknown:
        await answer_privately(context, who, "drill_who_unknown", names=LIST.join(unknown))
        return
    people = tuple(dict.fromkeys(person.id for person in found.values() if person is not None))
    await _run(context, who, Step(stream=mine.stream, command=NameEvaluators(people=people)), "drill_evaluators")


async def note_look(context: Context, who: Caller, args: list[str]) -> None:
    """``/drill 评 3 文字``: a word of somebody who evaluates."""
    number = int(args[0]) if args and args[0].isdecimal() and len(args[0]) < 5 else 0
    if not number or len(args) < 2:
        await answer_privately(context, who, "drill_note_how")
        return
    tools = tools_of(context)
    async with tools.service.store.reading() as rx:
        drills = await drills_with(rx, who.person.id, who.jurisdictions())
    if not drills:
        await answer_privately(context, who, "drill_no_play")
        return
    command = NoteLook(number=number, words=" ".join(args[1:])[:500])
    await _run(context, who, Step(stream=drills[0].stream, command=command), "drill_noted")


async def show_result(context: Context, who: Caller) -> None:
    """``/drill 结果``: how far the drill is that somebody directs or evaluates; of one that is over what it came to."""
    tools = tools_of(context)
    async with tools.service.store.reading() as rx:
        drills = await drills_with(rx, who.person.id, who.jurisdictions())
    drill = next(iter(drills), None)
    if drill is None or (drill.open and drill.director != who.person.id):
        await answer_privately(context, who, "drill_no_play" if drill is None else "drill_result_later")
        return
    subject = await about_case(context, who, drill.stream)
    if subject is not None:
        view = await tools.service.case_view(subject.plan, subject.case, who.person.id)
        await say(
            context,
            who,
            pages.result_page(view, directs=drill.director == who.person.id),
            "drills",
            stream=drill.stream,
            in_private=True,
        )


async def steered(context: Context, who: Caller, *, pauses: bool) -> bool:
    """``/drill 暂停``, ``/drill 继续`` of who directs a script: all of it, as by his button; False for others."""
    tools = tools_of(context)
    async with tools.service.store.reading() as rx:
        drills = await drills_with(rx, who.person.id, who.jurisdictions())
    mine = next((drill for drill in drills if drill.director == who.person.id and drill.begun_at and drill.open), None)
    if mine is None or who.via != "direct":
        return False
    command, done = (HoldDrill(), "drill_holding") if pauses else (GoOnWithDrill(), "drill_going_on")
    await _run(context, who, Step(stream=mine.stream, command=command), done)
    return True


async def ask_end_by_words(context: Context, who: Caller, args: list[str]) -> None:
    """``/drill 结束``: the drill that somebody directs, or one of a place that he administers; asked once more.

    Args:
        args: behind it; a number of a script, where there are several.
    """
    tools = tools_of(context)
    async with tools.service.store.reading() as rx:
        drills = await open_drills(rx, who.jurisdictions())
    own = [drill for drill in drills if drill.director == who.person.id]
    others = [drill for drill in drills if who.reader.administers(drill.jurisdiction)]
    number = next(iter(re.findall(r"\d{1,5}", "".join(args))), "")
    meant = [drill for drill in own or others if not number or drill.number == int(number)]
    if not meant:
        await answer_privately(context, who, "drill_end_none")
        return
    for place, drill in enumerate(meant[:3]):
        message = pages.end_asked(drill)
        await say(context, who, message, "drills", stream=drill.stream, in_private=True, step=f"end{place}")


async def _run(context: Context, who: Caller, step: Step, done: str) -> None:
    result = await tools_of(context).service.execute([step], cause=who.cause, requester=who.requester)
    text = result.popup if result.refusal is not None else popup_text(done)
    await say(context, who, Message(text), "drills", in_private=True, step="said")


@button("drill_choose", on="script")
async def choose(press: ButtonPress) -> str:
    """A script: whoever takes it is its director."""
    service, who = press.tools.service, press.caller
    plans = desks_read(service, who.reader)
    script = (await _known(press.context, who, plans)).get(str(press.arg("script")))
    plan = next((plan for plan in plans if isinstance(script, Scenario) and plan.id == script.plan), None)
    if not isinstance(script, Scenario) or plan is None:
        return popup_text("button_stale")
    new = playing(plan, str(press.arg("script")), script, who.person.place_id or "")
    result = await service.execute([new], cause=who.cause, requester=who.requester)
    if result.refusal is None and not result.repeated:
        await press.strip()
    return press.shown(result, "drill_chosen")


@button("drill_begin", on="drill_course")
async def begin(press: ButtonPress) -> str:
    """「开始」: the group is told, and what is due at once is played."""
    return await press.run(BeginDrill(), done="drill_started", last=True)


@button("drill_play", on="drill_item")
async def play(press: ButtonPress) -> str:
    """「现在发」."""
    return await press.run(PlayItem(number=int(press.arg("number"))), done="drill_sent")


@button("drill_delay", on="drill_item")
async def delay(press: ButtonPress) -> str:
    """「推迟5分钟」: this one and all behind it."""
    return await press.run(DelayItem(number=int(press.arg("number")), by=DELAY), done="drill_delayed", last=True)


@button("drill_skip", on="drill_item")
async def skip(press: ButtonPress) -> str:
    """「跳过」."""
    return await press.run(SkipItem(number=int(press.arg("number"))), done="drill_skipped")


@button("drill_hold", on="drill_course")
async def hold(press: ButtonPress) -> str:
    """「暂停」."""
    return await press.run(HoldDrill(), done="drill_holding", last=True)


@button("drill_go_on", on="drill_course")
async def go_on(press: ButtonPress) -> str:
    """「继续」: all that waits is later by as long as it was held."""
    return await press.run(GoOnWithDrill(), done="drill_going_on", last=True)


@button("drill_end", on="drill_course")
async def ask_end(press: ButtonPress) -> str:
    """「结束演练」, 「不演了」: asked once more."""
    drill = press.case_subject.case
    if not isinstance(drill, Drill):
        return popup_text("button_stale")
    await say(press.context, press.caller, pages.end_asked(drill), "drills", stream=drill.stream, in_private=True)
    return ""


@button("drill_end_now", on="drill_course")
async def end(press: ButtonPress) -> str:
    """「确认结束」."""
    return await press.run(EndDrill(), done="drill_ended", last=True)


@button("drill_judge", on="drill_look")
async def judge(press: ButtonPress) -> str:
    """「做到」「没做到」「没看到」: the last word counts."""
    number = int(keys.Key(press.button.object).of)
    return await press.run(JudgeLook(number=number, verdict=str(press.arg("verdict"))), done="drill_judged")
