"""「整改」: what a drill found wanting is drafted as an instruction; a person looks at it, sets a day, and sends it."""

from __future__ import annotations

from bot.office.desk import new_case
from bot.office.recipients import pickable
from bot.render.chat import popup_text
from bot.render.mending import instruction_text
from handlers import drafting
from handlers.buttons import ButtonPress, button
from plans.core import keys
from plans.desk.drill_state import Drill
from plans.desk.instruction_state import KIND
from plans.desk.instructions import OpenInstruction
from plans.desk.mending import concerned, findings
from plans.desk.recipients import MOST
from plans.model import Plan


@button("drill_mend", on="drill_finding")
async def mend(press: ButtonPress) -> str:
    """Draft the instruction of a finding: to whom it concerns, without a day; two quick taps are one draft."""
    subject, who, finding = press.case_subject, press.caller, str(press.arg("finding"))
    drill = subject.case
    if not isinstance(drill, Drill) or who.person.id not in (drill.director, *drill.evaluators):
        return popup_text("not_yours")
    if finding in drill.mended or finding not in findings(drill):
        return popup_text("drill_mend_there")
    text = instruction_text(await press.case_view(), finding)
    opens = OpenInstruction(
        text=text, recipients=_recipients(subject.plan, drill, finding), origin=who.place.id, mends=drill.stream,
        finding=finding,
    )  # fmt: skip
    once = f"mend:{drill.stream}:{finding}:{drill.sequence}"
    new = new_case(KIND, subject.plan, opens, once=once)
    result = await press.tools.service.execute([new], cause=who.cause, requester=who.requester)
    if result.refusal is not None:
        return result.popup
    if result.streams:
        await drafting.show_draft(press.context, who, result.streams[0])
    return popup_text("drill_mend_drafted")


def _recipients(plan: Plan, drill: Drill, finding: str) -> tuple[str, ...]:
    """Return whom a finding concerns, of those who can be picked; for the seat, and where nobody is, the office."""
    office = keys.to_unit(plan.office_unit) if plan.office_unit else keys.to_role("duty")
    known = {*pickable(plan), *map(keys.to_role, plan.roles)}
    found = [name for name in concerned(drill, finding) if name in known]
    return tuple(dict.fromkeys(found or [office]))[:MOST]
