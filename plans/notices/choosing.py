"""Who is told that several plans may be meant, and which one was chosen."""

from __future__ import annotations

from collections.abc import Iterator

from plans import events as e
from plans.notices.knowing import HANDLE
from plans.notices.notice import Notice, buttons
from plans.notices.registry import Told, on


@on(e.PlansWeighed)
def _weighed(event: e.PlansWeighed, item: e.Recorded, told: Told) -> Iterator[Notice]:
    named = list(zip(event.plans, event.titles, strict=True))
    if event.clear:
        presses = [("choose_plan", "other_plan", "plan", {"plan": plan, "title": title}) for plan, title in named[1:]]
        yield Notice(kind="note", key="plan_taken", to="seat", priority=2, buttons=buttons(*presses))
        return
    presses = [("choose_plan", "this_plan", "plan", {"plan": plan, "title": title}) for plan, title in named]
    for to in ("seat", "group"):
        yield Notice(kind="asked", key="which_plan", to=to, priority=1, guard="plan", buttons=buttons(*presses))


@on(e.PlanChosen)
def _chosen(event: e.PlanChosen, item: e.Recorded, told: Told) -> Iterator[Notice]:
    if event.plan == event.previous:
        return
    yield Notice(kind="note", key="plan_changed", to="group", priority=2, params={"previous": event.previous_title})
    if told.after.handled_by:
        yield Notice(kind="note", key="script", to="seat", priority=1, params={"number": 0})
    else:
        yield Notice(
            kind="received", key="duty_ring", to="seat", priority=1, ring=True, guard="unhandled", buttons=HANDLE
        )
    yield Notice(kind="card", key="card_new", to="group", priority=1)
