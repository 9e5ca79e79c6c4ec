"""Play a scenario: wait until each step's moment, do it, and write down what everybody was told."""

from __future__ import annotations

import asyncio
from datetime import datetime, time, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from bot.cases.plan_registry import PlanRegistry
from bot.clock import SHANGHAI, VirtualClock
from bot.office.duty_lists import AT
from bot.outgoing.case_dispatcher import CaseDispatcher
from bot.outgoing.notice_dispatcher import NoticeDispatcher
from bot.rows import incident_row, obligation_rows
from bot.scenario.base import ScenarioError
from bot.scenario.expecting import Expect
from bot.scenario.form import Scenario, Step
from bot.scheduler import Scheduler
from bot.service import NewReport, Requester, Service
from bot.service import Step as Asked
from bot.service.opening import NewCase
from bot.simulate import cast
from bot.simulate import warning as warning_steps
from bot.simulate.check import checked
from bot.simulate.commands import command, stated
from bot.simulate.desk import Desk
from bot.simulate.duties import EVERYBODY, Duties
from bot.simulate.expect import Seen, differences
from bot.simulate.timeline import Timeline
from bot.texts.duty import NOTHING_WAITS
from plans.incident.facts import Update
from plans.incident.state import Incident
from plans.load import PlanError, load, load_all
from plans.model import Plan
from plans.warning.state import Content
from storage import open_store
from storage.bodies import BodyList, BodyRow


async def simulate(scenario: Scenario, plans: dict[str, Plan] | None = None) -> dict[str, Any]:
    """Return what came of a scenario, as docs/contract.md has it, and in ``failures`` what was expected and is not so.

    Args:
        plans: by id; left out, the installed ones.

    Raises:
        ScenarioError: it cannot be played.
    """
    plan = plan_of(scenario, plans)
    scenario = checked(scenario, plan)
    clock = VirtualClock(scenario.occurred_at)
    async with await open_store("sqlite+aiosqlite://") as store:
        numbers = count(1)
        service = Service(
            store,
            PlanRegistry({plan.id: plan}),
            clock,
            policy=scenario.reminders,
            new_id=lambda: str(next(numbers)),
        )
        service.dispatcher = _NobodyListens(service.registry, service.policy)
        service.cases = _NobodyListensToCases(service.registry, service.policy)
        actors = [step.actor for step in scenario.steps if step.actor]
        await cast.enter(service, plan, actors, clock.now(), [body.name for body in scenario.bodies])
        play = _Play(scenario, plan, service, clock)
        scheduler = Scheduler(service, clock, safety=False)
        clock.watch(lambda: scheduler.busy)
        task = asyncio.create_task(scheduler.run())
        try:
            await play.run()
        finally:
            scheduler.stop()
            await task
        return await play.result()


def plan_of(scenario: Scenario, plans: dict[str, Plan] | None) -> Plan:
    """Return the plan that a scenario is of; raise ScenarioError where there is none."""
    try:
        if scenario.plan.endswith((".yaml", ".yml")):
            return load(Path(scenario.path).parent / scenario.plan)
        plans = plans if plans is not None else load_all()
    except PlanError as problem:
        raise ScenarioError(str(problem)) from None
    except OSError as problem:
        raise ScenarioError(f"{scenario.path}：plan：读不出 {scenario.plan}（{problem.strerror}）") from None
    if scenario.plan not in plans:
        raise ScenarioError(f"{scenario.path}：plan：没有“{scenario.plan}”；可用：{'、'.join(plans)}，或预案文件的路径")
    return plans[scenario.plan]


class _NobodyListens(NoticeDispatcher):
    """Queues nothing: the timeline is made from the notices themselves, and no sender waits for the outbox."""

    async def dispatch(self, *_: Any, **__: Any) -> None:
        """Write nothing."""


class _NobodyListensToCases(CaseDispatcher):
    """The same for cases of other kinds."""

    async def dispatch(self, *_: Any, **__: Any) -> None:
        """Write nothing."""


class _Play:
    """One performance of a scenario."""

    def __init__(self, scenario: Scenario, plan: Plan, service: Service, clock: VirtualClock) -> None:
        self._scenario, self._plan, self._service, self._clock = scenario, plan, service, clock
        self._streams: list[str] = []
        self._failures: list[str] = []
        self._duties = Duties(scenario, plan, service)
        self._desk = Desk(plan, service)
        self._timeline = Timeline(scenario, plan, self._duties, self._desk)
        service.observe(self._timeline.observe)
        service.observe_cases(self._timeline.observe_case)

    async def run(self) -> None:
        """Do every step at its moment, then wait until the end."""
        instant = self._scenario.instant
        await self._duties.begin(self._clock.now())
        for number, step in enumerate(_in_order(self._scenario)):
            await self._pass(instant(step.at))
            try:
                await self._do(number, step)
            except ScenarioError as problem:
                raise ScenarioError(f"{self._scenario.path}:{step.line}：{problem}") from None
            await self._clock.settle()
        await self._pass(instant(self._scenario.until))
        self._look(self._scenario.expect, None, self._scenario.expect_line)

    async def _pass(self, moment: datetime) -> None:
        """Let time pass; where duties are chased the round is made each night, and the office is told each morning."""
        while self._scenario.chases and (following := min(map(self._next, (NIGHT, AT)))) <= moment:
            await self._clock.advance_to(following)
            await self._duties.round(following)
            for row in await self._duties.tell(following):
                to = cast.called(self._plan, (row.person_id or "").removeprefix("person:"))
                text = str(row.payload["text"])
                self._timeline.add(following, "duty", to, text, key=row.notice or "", incident=None, obligations=[])
        await self._clock.advance_to(moment)

    def _next(self, clock: time) -> datetime:
        """Return the next moment at which it is so late in Beijing."""
        local = self._clock.now().astimezone(SHANGHAI)
        moment = datetime.combine(local.date(), clock, tzinfo=SHANGHAI)
        return moment if moment > local else moment + timedelta(days=1)

    async def _duty(self, number: int, step: Step) -> None:
        """Do a duty; where nothing of it waits, nothing is done, and the timeline says so."""
        self._duties.known(step)
        now = self._clock.now()
        result = await self._duties.do(step, f"step:{number}", now)
        if result is not None and result.refusal is not None:
            self._timeline.refused(step, result.refusal, result.popup, now, None)
        elif result is None and EVERYBODY not in (step.bearer, step.id):
            self._timeline.add(
                now, "note", step.bearer, NOTHING_WAITS, key="duty_nothing", incident=None, obligations=[]
            )

    async def _do(self, number: int, step: Step) -> None:
        if step.expect is not None:
            self._look(step.expect, step.incident, step.line)
        if step.do == "expect":
            return
        if step.do == "inject":
            to = cast.called(self._plan, step.actor)
            self._timeline.add(
                self._clock.now(), "inject", to, step.inject, key="inject", incident=None, obligations=[]
            )
            return
        if step.do == "duty":
            await self._duty(number, step)
            return
        requester, now = Requester(person_id=cast.person_id(step.actor)), self._clock.now()
        if step.do == "area":
            await self._list(step, now)
            await self._duties.round(now)
            return
        if self._desk.does(step):
            within = self._meant(step, self._incidents()) if step.incident is not None else None
            done = await self._desk.do(step, f"step:{number}", now, within)
            if done.refusal is not None:
                self._timeline.refused(step, done.refusal, done.popup, now, within)
            return
        if step.do in warning_steps.STEPS:
            await self._warn(number, step, requester, now)
            return
        incident: Incident | None = None
        request: Asked | NewReport
        if step.do == "report":
            request = self._report(step, now)
        else:
            incidents = self._incidents()
            incident = self._meant(step, incidents)
            others = {number: item for number, item in incidents.items() if item is not incident}
            wanted = command(self._plan, self._scenario, step, now, incident, others)
            request = Asked(stream=incident.stream, command=wanted)
        before = self._timeline.mark()
        result = await self._service.execute([request], cause=f"step:{number}", requester=requester)
        if result.refusal is not None:
            self._timeline.back(before)
            self._timeline.refused(step, result.refusal, result.popup, now, incident)
            return
        if step.do == "takeover":
            await cast.sit(self._service, self._plan, step.actor, now)
        if step.do == "report":
            self._streams.extend(result.streams)
            await self._scene(number, step, requester, result.streams)

    async def _list(self, step: Step, now: datetime) -> None:
        """List the bodies of a step, beside those that are listed already."""
        names, place = [body.name for body in self._scenario.bodies], self._plan.jurisdiction.name
        async with self._service.store.writing() as tx:
            number = await tx.bodies.version(place) + 1
            rows = [
                BodyRow(
                    jurisdiction=place, id=cast.body_id(names, body.name), since=number, name=body.name,
                    short=body.short, kind=body.kind, township=body.township, head="", phones=(),
                )
                for body in step.bodies
            ]  # fmt: skip
            new = BodyList(
                jurisdiction=place, number=number, at=now, by=cast.person_id(step.actor), source="scenario",
                added=len(rows), changed=0, ended=0,
            )  # fmt: skip
            await tx.bodies.take_over(new, rows, ())

    async def _warn(self, number: int, step: Step, requester: Requester, now: datetime) -> None:
        """Do a step about a warning: all of its commands or none."""
        requests: list[Asked | NewCase]
        if step.do == "warn":
            content = warning_steps.content_of(self._scenario, step, now, Content())
            new = warning_steps.opening(self._scenario, self._plan, step, now)
            taken = await self._service.execute([new], cause=f"step:{number}:taken", requester=requester)
            if taken.refusal is not None:
                self._timeline.refused(step, taken.refusal, taken.popup, now, None)
                return
            requests = [Asked(stream=taken.streams[0], command=warning_steps.issuing(step, content))]
        else:
            warning = warning_steps.meant(step, self._timeline.warnings)
            requests = [
                Asked(stream=warning.stream, command=wanted)
                for wanted in warning_steps.commands(self._scenario, step, now, warning)
            ]
        before = self._timeline.mark()
        result = await self._service.execute(requests, cause=f"step:{number}", requester=requester)
        if result.refusal is not None:
            self._timeline.back(before)
            self._timeline.refused(step, result.refusal, result.popup, now, None)

    def _report(self, step: Step, now: datetime) -> NewReport:
        # The file says when it occurred; the words of the report need not say so again.
        occurred = step.occurred_at if step.occurred_at is not None else self._scenario.occurred_at
        return NewReport(
            plan_id=self._plan.id,
            jurisdiction=self._plan.jurisdiction.name,
            text=step.text,
            said_at=now,
            place_id=cast.place_id(step.actor),
            drill=self._scenario.drill,
            unit=step.actor.removeprefix("unit:") if step.actor.startswith("unit:") else "",
            occurred_at=self._scenario.instant(occurred),
            facts=stated(self._plan, step, now),
        )

    async def _scene(self, number: int, step: Step, requester: Requester, streams: tuple[str, ...]) -> None:
        """Add what a report's step states beside its words: the class of the event, the place."""
        if step.event_class or step.place:
            update = Update(event_class=step.event_class, place=step.place)
            requests = [Asked(stream=stream, command=update) for stream in streams]
            await self._service.execute(requests, cause=f"step:{number}:scene", requester=requester)

    def _meant(self, step: Step, incidents: dict[int, Incident]) -> Incident:
        if not incidents:
            raise ScenarioError("还没有事件；先有一步 do: report")
        if step.incident is None:
            return next((item for item in incidents.values() if item.open), next(iter(incidents.values())))
        if step.incident not in incidents:
            raise ScenarioError(f"没有{step.incident}号；已有：{'、'.join(map(str, incidents))}")
        return incidents[step.incident]

    def _incidents(self) -> dict[int, Incident]:
        """Return the incidents by number, the first first."""
        return {self._timeline.incidents[stream].number: self._timeline.incidents[stream] for stream in self._streams}

    def _look(self, expect: Expect, number: int | None, line: int) -> None:
        if not expect.model_fields_set:
            return
        incidents = self._incidents()
        first = number or next(iter(incidents), 1)
        now = incidents[first].own_time(self._clock.now()) if first in incidents else self._clock.now()
        seen = Seen(
            scenario=self._scenario, plan=self._plan, incidents=incidents, timeline=self._timeline.lines, now=now,
            duties=self._duties.counts(self._clock.now()),
        )  # fmt: skip
        found = [
            text
            for other, inner in expect.warnings.items()
            for text in warning_steps.differences(inner, other, self._timeline.warnings)
        ]
        if expect.model_fields_set - {"warnings"}:
            found += differences(expect, first, seen)
        self._failures += [f"{self._scenario.path}:{line}：{text}" for text in found]

    async def result(self) -> dict[str, Any]:
        """Return the final state."""
        async with self._service.store.reading() as rx:
            rows = {row.stream: row for row in await rx.incidents.list()}
        incidents = list(self._incidents().values())
        if not (incidents or self._timeline.warnings or self._scenario.chases or self._desk.used):
            raise ScenarioError(f"{self._scenario.path}：这个场景里没有 do: report、warn、log 或 instruct，或都被拒绝")
        now, policy = self._clock.now(), self._scenario.reminders
        return {
            "incident": incident_row(rows[incidents[0].stream]) if incidents else None,
            "incidents": [incident_row(rows[item.stream]) for item in incidents],
            "warnings": [warning_steps.row(item) for item in self._timeline.warnings.values()],
            "timeline": self._timeline.lines,
            "obligations": [
                {**row, "incident": item.number}
                for item in incidents
                for row in obligation_rows(self._plan, item, now, policy)
            ],
            "after_tasks": [
                {**row, "incident": item.number}
                for item in incidents
                for row in obligation_rows(self._plan, item, now, policy, after=True)
            ],
            **({"duties": self._duties.rows(now)} if self._scenario.chases else {}),
            **self._desk.rows(),
            "failures": self._failures,
        }


NIGHT = time(4, 0)
"""In Beijing: when the round of a night is made."""


def _in_order(scenario: Scenario) -> list[Step]:
    """Return the steps by their moments, those that repeat as often as they do until the end."""
    instant, end = scenario.instant, scenario.instant(scenario.until)
    steps: list[Step] = []
    for step in scenario.steps:
        steps.append(step)
        at = instant(step.at)
        while step.repeat is not None and step.repeat > timedelta() and (at := at + step.repeat) < end:
            steps.append(step.model_copy(update={"at": at, "repeat": None}))
    return sorted(steps, key=lambda item: instant(item.at))
