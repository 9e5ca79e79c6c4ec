"""A case of any kind before somebody: which one, and his standing in it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.service import Answer, Result, Step
from handlers.context import Caller, Context, tools_of
from plans.core.command import Actor, Command
from plans.core.state import CaseState
from plans.model import Plan


@dataclass(frozen=True, kw_only=True)
class CaseSubject:
    """A case with its plan and the person's standing in it."""

    stream: str
    plan: Plan
    case: CaseState
    actor: Actor

    @property
    def staff(self) -> bool:
        """Whether the person works on it: a duty officer, or one of the plan's roles."""
        return bool(self.actor.roles & {"duty", *self.plan.roles})


async def about_case(context: Context, caller: Caller, stream: str) -> CaseSubject | None:
    """Return a case by its stream, seen by this person; None where there is none."""
    tools = tools_of(context)
    pair = await tools.service.case(stream)
    if pair is None:
        return None
    plan, case = pair
    async with tools.service.store.reading() as rx:
        actor = await tools.service.actor(rx, caller.requester, case.jurisdiction, plan)
    return CaseSubject(stream=stream, plan=plan, case=case, actor=actor)


async def run_case(context: Context, caller: Caller, stream: str, command: Command) -> Result:
    """Execute what somebody asks for by words; what is refused is said where he asked."""
    answer = Answer(place_id=caller.place.id, reply_to=caller.message_id)
    return await tools_of(context).service.execute(
        [Step(stream=stream, command=command)], cause=caller.cause, requester=caller.requester, answer=answer
    )
