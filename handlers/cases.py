"""A case of any kind before somebody: which one, and his standing in it."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.context import Caller, Context, tools_of
from plans.core.command import Actor
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
