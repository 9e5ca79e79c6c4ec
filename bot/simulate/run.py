"""Play a scenario: wait until each step's moment, do it, and write down what everybody was told."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from itertools import count
from typing import Any

from bot.clock import SHANGHAI, VirtualClock
from bot.render import View, timeline_text
from bot.rows import incident_row, obligation_rows
from bot.scheduler import Scheduler
from bot.service import Asker, NewReport, Service
from bot.service import Step as Asked
from bot.service.shelf import Shelf
from bot.simulate import cast
from bot.simulate.commands import commands
from bot.simulate.scenario import Scenario, ScenarioError, Step
from plans.decide import Outcome, Refusal
from plans.decide.case import title_of
from plans.incident import Incident
from plans.load import load_all
from plans.model import Plan
from plans.notices import Notice
from storage import open_store


async def simulate(scenario: Scenario, plans: dict[str, Plan] | None = None) -> dict[str, Any]:
    """Return the incident, the timeline and the obligations as contract.md has them; raise ScenarioError."""
    plans = plans if plans is not None else load_all()
    if scenario.plan not in plans:
        raise ScenarioError(f"plan：没有“{scenario.plan}”；可用：{'、'.join(plans)}")
    plan = plans[scenario.plan]
    for step in scenario.steps:
        if not cast.known(plan, step.actor):
            roles = "、".join([*cast.OWN, *plan.roles])
            raise ScenarioError(f"第{step.line}行：没有“{step.actor}”这个人；可用：{roles}、unit:<单位>、role:<职务>")
    clock = VirtualClock(scenario.occurred_at)
    async with await open_store("sqlite+aiosqlite://") as store:
        numbers = count(1)
        service = Service(
            store,
            Shelf({plan.id: plan}),
            clock,
            policy=scenario.reminders,
            new_stream=lambda: f"incident:{next(numbers)}",
        )
        await cast.enter(service, plan, clock.now())
        play = _Play(scenario, plan, service, clock)
        service.observe(play.observe)
        scheduler = Scheduler(service, clock, safety=False)
        clock.watch(lambda: scheduler.busy)
        task = asyncio.create_task(scheduler.run())
        try:
            await play.run()
        finally:
            scheduler.stop()
            await task
        return await play.result()


class _Play:
    """One performance of a scenario."""

    def __init__(self, scenario: Scenario, plan: Plan, service: Service, clock: VirtualClock) -> None:
        self._scenario, self._plan, self._service, self._clock = scenario, plan, service, clock
        self._streams: list[str] = []
        self._timeline: list[dict[str, Any]] = []

    async def run(self) -> None:
        """Do every step at its moment, then wait until the end."""
        for number, step in enumerate(sorted(self._scenario.steps, key=lambda item: item.at)):
            await self._clock.advance_to(self._scenario.occurred_at + step.at)
            await self._do(number, step)
        await self._clock.advance_to(self._scenario.occurred_at + self._scenario.until)

    async def _do(self, number: int, step: Step) -> None:
        asker = Asker(person_id=cast.person_id(step.actor))
        now = self._clock.now()
        if step.do == "report":
            asked: Asked | NewReport = self._report(step, now)
        else:
            incidents = await self._incidents()
            wanted = commands(self._plan, self._scenario, step, now, {item.number: item for item in incidents})
            asked = Asked(stream=self._stream(step, incidents), command=wanted[0])
        result = await self._service.execute([asked], cause=f"step:{number}", asker=asker)
        if step.do == "report" and result.streams:
            self._streams.extend(result.streams)
        if result.refusal is not None:
            self._refused(step, result.refusal, result.popup, now)
        await self._clock.settle()

    def _report(self, step: Step, now: datetime) -> NewReport:
        # The file says when it occurred; the words of the report need not say so again.
        occurred = step.occurred_at if step.occurred_at is not None else self._scenario.occurred_at
        moment = occurred if isinstance(occurred, datetime) else self._scenario.occurred_at + occurred
        return NewReport(
            plan_id=self._plan.id, jurisdiction=self._plan.jurisdiction.name, text=step.text, said_at=now,
            place_id=f"place:{step.actor.removeprefix('role:')}", drill=self._scenario.drill,
            source="duty" if step.actor == "duty" else "", unit=step.actor.removeprefix("unit:") if step.actor.startswith("unit:") else "",
            occurred_at=moment, facts=step.facts or None,
        )  # fmt: skip

    def _stream(self, step: Step, incidents: list[Incident]) -> str:
        if not incidents:
            raise ScenarioError(f"第{step.line}行：还没有事件；先有一步 do: report")
        if step.incident is not None:
            found = next((item for item in incidents if item.number == step.incident), None)
            if found is None:
                raise ScenarioError(
                    f"第{step.line}行：没有{step.incident}号；已有：{'、'.join(str(item.number) for item in incidents)}"
                )
            return found.stream
        return next((item.stream for item in incidents if item.open), incidents[0].stream)

    async def _incidents(self) -> list[Incident]:
        found = [await self._service.incident(stream) for stream in self._streams]
        return [item[1] for item in found if item is not None]

    def observe(self, plan: Plan, outcome: Outcome, told: Sequence[Notice], now: datetime) -> None:
        """Write notices into the timeline; a card that is only renewed once more is one line."""
        view = View(
            plan=plan, incident=outcome.after, now=now, policy=self._scenario.reminders,
            bound_units=frozenset(unit.id for unit in plan.units if unit.member),
        )  # fmt: skip
        for notice in told:
            if notice.edits and notice.key == "worksheet" and notice.kind == "card":
                continue
            self._timeline.append(
                {
                    "at": _iso(now), "kind": notice.kind, "to": [self._called(notice.to)],
                    "obligation": notice.obligations[0] if notice.obligations else None,
                    "obligations": list(notice.obligations), "incident": outcome.after.number, "key": notice.key,
                    "text": timeline_text(notice, view),
                }
            )  # fmt: skip

    def _refused(self, step: Step, refusal: Refusal, text: str, now: datetime) -> None:
        self._timeline.append(
            {
                "at": _iso(now), "kind": "refused", "to": [self._called(f"role:{cast.role_of(step.actor)}")], "obligation": None,
                "obligations": [], "key": refusal.key, "clause": refusal.clause, "who": list(refusal.who), "text": text,
            }
        )  # fmt: skip

    def _called(self, to: str) -> str:
        kind, _, name = to.partition(":")
        fixed = {"seat": "值班席", "group": "指挥群", "origin": "报告人", "reporter": "报告人"}
        if kind in fixed:
            return fixed[kind]
        return name if kind == "unit" else cast.NAMES.get(name) or title_of(self._plan, name)

    async def result(self) -> dict[str, Any]:
        """Return the final state."""
        async with self._service.store.reading() as rx:
            rows = {row.stream: row for row in await rx.incidents.list()}
        incidents = await self._incidents()
        if not incidents:
            raise ScenarioError("这个场景里没有 do: report，或报告被拒绝")
        return {
            "incident": incident_row(rows[incidents[0].stream]),
            "incidents": [incident_row(rows[item.stream]) for item in incidents],
            "timeline": self._timeline,
            "obligations": obligation_rows(self._plan, incidents[0], self._clock.now(), self._scenario.reminders),
        }


def _iso(moment: datetime) -> str:
    return moment.astimezone(SHANGHAI).isoformat()
