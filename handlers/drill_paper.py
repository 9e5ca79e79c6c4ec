"""The paper of a drill that was played by a script: for who directed or evaluated it, in private."""

from __future__ import annotations

from bot.exchange.paper import laid_out
from bot.office.directing import counted_for, drills_with
from bot.render import View
from bot.render.chat import popup_text
from bot.render.drill_paper import drill_paper, paper_message
from bot.texts import drill_paper as t
from handlers.buttons import ButtonPress, button
from handlers.cases import CaseSubject, about_case
from handlers.commands import answer_privately
from handlers.context import Caller, Context, tools_of
from handlers.export import integrity_of
from handlers.papers import hand_out
from handlers.replies import letter_to
from plans.desk.drill_state import Drill


async def paper_asked(context: Context, who: Caller, args: list[str]) -> None:
    """``/drill 报告 [编号]``: the paper of the newest drill that he directed or evaluated, or of that number."""
    wanted = args[0].removesuffix("号") if args else ""
    async with tools_of(context).service.store.reading() as rx:
        drills = await drills_with(rx, who.person.id, who.jurisdictions())
    over = [drill for drill in drills if drill.state == "over" and wanted in ("", str(drill.number))]
    subject = await about_case(context, who, over[0].stream) if over else None
    if subject is None:
        await answer_privately(context, who, "drill_paper_none", given=f"{wanted[:6]}号" if wanted else "")
    elif not await _hand_out(context, who, subject):
        await answer_privately(context, who, "see_private")


@button("drill_paper", on="record")
async def paper_pressed(press: ButtonPress) -> str:
    """「评估报告」 under what the drill came to."""
    drill, person = press.case_subject.case, press.caller.person.id
    if not isinstance(drill, Drill) or person not in (drill.director, *drill.evaluators):
        return popup_text("not_yours")
    done = await _hand_out(press.context, press.caller, press.case_subject)
    return popup_text("drill_paper_private" if done else "review_no_private")


async def _hand_out(context: Context, who: Caller, subject: CaseSubject) -> bool:
    """Make the paper and send it in private; return whether it could be sent there."""
    tools, drill = tools_of(context), subject.case
    if not isinstance(drill, Drill):
        raise TypeError(f"{subject.stream} is no drill that is played")
    service = tools.service
    view = await service.case_view(subject.plan, drill, who.person.id)
    outgoing = letter_to(who, paper_message(view), "drill_paper", stream=subject.stream, in_private=True)
    if outgoing is None:
        return False
    views: list[View] = []
    for stream in drill.incidents:
        if (pair := await service.incident(stream)) is not None:
            views.append(await service.view(*pair, who.person.id))
    plans = {name: service.registry.current(name) for name in service.registry.ids}
    async with service.store.reading() as rx:
        settled = await counted_for(rx, plans, drill)
    integrity = await integrity_of(tools, subject.stream)
    counted = [t.COUNTED_IS.format(bearer=bearer, text=duty.text, clause=duty.clause) for _, duty, bearer in settled]

    def made() -> list[tuple[str, bytes]]:
        paper = drill_paper(view, views, counted=counted, integrity=integrity)
        return [(t.FILE.format(number=drill.number), laid_out(paper, view.now))]

    await hand_out(tools, who, outgoing, made, paper_message(view, without=True))
    return True
