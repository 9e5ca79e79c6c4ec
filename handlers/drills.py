"""``/drill``: begin a drill with a first report, or pause it, let it go on, skip to its next deadline."""

from __future__ import annotations

from collections.abc import Collection

from telegram import Update

from bot.render.chat import popup_text
from bot.service import Answer, Step
from handlers.access import Who
from handlers.buttons import ButtonPress, button
from handlers.commands import answer_privately, command
from handlers.context import Caller, Context, caller, tools_of
from handlers.directing import ask_end_by_words, name_evaluators, note_look, show_result, show_scripts, steered
from handlers.drill_paper import paper_asked
from handlers.parsing import JUMP, PAUSE, RESUME
from handlers.reporting import record
from handlers.which_incident import numbered, rest, words
from plans.core.command import Command
from plans.incident.drills import JumpDrill, PauseDrill
from plans.intake.kinds import likely
from storage.incidents import IncidentRow

SCRIPTS, EVALUATORS, NOTE = frozenset({"脚本", "script"}), frozenset({"评估员", "评估"}), frozenset({"评", "评语"})
PAPER, RESULT = frozenset({"报告", "评估报告"}), frozenset({"结果", "进展", "整改"})
END = frozenset({"结束", "结束演练"})
SHORTEST = 5
"""Characters of a first report that names no kind of event."""


@command("drill", reports=True, help={"admin": 11, "duty": 13, "leader": 11})
async def drill(update: Update, context: Context) -> None:
    """``/drill 文字`` begins one, ``/drill 暂停|继续|跳到下一时限 [编号]`` steers one; ``脚本`` plays a script."""
    who = await caller(update, context)
    if who is None:
        return
    args = words(update)
    command = _steering(args[0]) if args else None
    if args and args[0] in SCRIPTS:
        message = update.effective_message
        answered = message.reply_to_message if message is not None else None
        document = message.document if message is not None else None
        await show_scripts(context, who, args[1:], document or (answered.document if answered is not None else None))
    elif args and args[0] in EVALUATORS:
        await name_evaluators(context, who, args[1:])
    elif args and args[0] in NOTE:
        await note_look(context, who, args[1:])
    elif args and args[0] in PAPER:
        await paper_asked(context, who, args[1:])
    elif args and args[0] in RESULT:
        await show_result(context, who)
    elif args and args[0] in END:
        await ask_end_by_words(context, who, args[1:])
    elif isinstance(command, PauseDrill) and len(args) == 1 and await steered(context, who, pauses=command.paused):
        pass
    elif command is not None:
        await _steer(context, who, command, args[1:])
    elif not args or (len(rest(update)) < SHORTEST and likely(rest(update)) == []):
        await answer_privately(context, who, "drill_how")  # 停, 取消: no report, and a drill rings everybody
    else:
        await record(update, context, who, rest(update), drill=True)


def _steering(word: str) -> Command | None:
    if word in PAUSE:
        return PauseDrill(paused=True)
    if word in RESUME:
        return PauseDrill(paused=False)
    return JumpDrill() if word in JUMP else None


async def _steer(context: Context, who: Caller, command: Command, args: list[str]) -> None:
    rows = await running_drills(context, who)
    reference = numbered(args)
    meant = [row for row in rows if reference is None or row.number == reference[0]]
    if len(meant) != 1:
        await answer_privately(context, who, "drill_which" if meant else "drill_none")
        return
    answer = Answer(place_id=who.place.id, reply_to=who.message_id)
    step = Step(stream=meant[0].stream, command=command)
    await tools_of(context).service.execute([step], cause=who.cause, requester=who.requester, answer=answer)


async def running_drills(context: Context, who: Caller) -> list[IncidentRow]:
    """Return the open drills of somebody's jurisdictions."""
    async with tools_of(context).service.store.reading() as rx:
        rows = [row for name in who.jurisdictions() for row in await rx.incidents.open(name) if row.drill]
    return [row for row in rows if who.reader.may_list(row)]


async def pause_all(context: Context, who: Caller, streams: Collection[str]) -> int:
    """Pause the drills that ran when something real came; return how many."""
    count = 0
    for row in await running_drills(context, who):
        if row.stream not in streams:
            continue
        step = Step(stream=row.stream, command=PauseDrill(paused=True))
        result = await tools_of(context).service.execute(
            [step], cause=f"{who.cause}:{row.stream}", requester=who.requester
        )
        count += result.refusal is None
    return count


@button("pause_drills", who=Who.OFFICE)
async def pause_drills(press: ButtonPress) -> str:
    """「暂停演练」: something real has come."""
    count = await pause_all(press.context, press.caller, press.arg("drills", []))
    return popup_text("drills_paused" if count else "no_drill", count=count)
