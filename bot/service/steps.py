"""One step of a transaction: a command is decided and recorded, people are told, and what follows from it is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import structlog

from bot.cases import records
from bot.cases.body_lists import BodyLists
from bot.cases.index import derive
from bot.cases.plan_registry import PlanRegistry
from bot.cases.streams import stream_of
from bot.clock import Clock
from bot.outgoing.case_dispatcher import Happened
from bot.outgoing.due_together import Gathering
from bot.outgoing.lines import send_up
from bot.outgoing.webhooks import Listeners, push
from bot.service.actors import actor_of
from bot.service.desk import noted_in_drill, noted_in_incident
from bot.service.directing import begun_by, begun_while_held, held_by, played
from bot.service.duplicate_candidates import DuplicateCandidate, DuplicateCandidates
from bot.service.duty import fulfilled
from bot.service.enrichers import Deciding, enrich, following
from bot.service.entries import linked
from bot.service.opening import NewCase, opening, opening_case
from bot.service.reports import NewReport
from bot.service.requests import Refused, Requester, Step, StepResult
from bot.service.views import Views
from plans.core.command import Actor, ClockCommand, Command
from plans.core.notice import Notice
from plans.core.outcome import CaseOutcome, Refusal
from plans.core.policy import Policy
from plans.core.state import CaseState
from plans.incident.case import Outcome
from plans.kinds import decide, notices
from plans.model import Plan
from storage.errors import StorageError
from storage.store import Store
from storage.transaction import Reading, Writing

log = structlog.get_logger(__name__)

Observer = Callable[[Plan, Outcome, Sequence[Notice], datetime], None]
CaseObserver = Callable[[Plan, CaseOutcome[Any], Sequence[Notice], datetime], None]


class Steps(Views):
    """Takes steps in transactions that somebody else opens (``bot.service.service``), and tries them out.

    Args:
        admins: Telegram ids of the first administrators, from the settings: of every jurisdiction.
        new_id: makes the id of a new case.
    """

    def __init__(
        self,
        store: Store,
        registry: PlanRegistry,
        clock: Clock,
        *,
        policy: Policy,
        reads_twice: bool,
        admins: frozenset[int],
        new_id: Callable[[], str],
    ) -> None:
        super().__init__(store, registry, clock, policy=policy, reads_twice=reads_twice)
        self.admins = admins
        self.bodies = BodyLists()
        self._new_id = new_id
        self._observers: list[Observer] = []
        self._case_observers: list[CaseObserver] = []
        self._candidates, self._listeners = DuplicateCandidates(), Listeners(store)

    def observe(self, observer: Observer) -> None:
        """Let somebody see every outcome with its notices, before the commit: the timeline of ``simulate``."""
        self._observers.append(observer)

    def observe_cases(self, observer: CaseObserver) -> None:
        """Let somebody see every outcome of cases of other kinds, as :meth:`observe` does of incidents."""
        self._case_observers.append(observer)

    async def step(
        self,
        tx: Writing,
        step: Step | NewReport | NewCase,
        cause: str,
        requester: Requester,
        now: datetime,
        gathering: Gathering | None = None,
        later: list[Happened] | None = None,
    ) -> StepResult:
        """Take one step, with all that follows from it; raise Refused.

        Args:
            gathering: of several incidents' wakes: keeps back what is said together.
            later: of cases of other kinds: keeps back what is to be told, for all of them at once.
        """
        if isinstance(step, NewReport | NewCase):
            return await self._open(tx, step, cause, requester, now)
        case = await self.cache.load_case(tx, step.stream)
        if case is None:
            raise Refused(Refusal(key="no_incident"))
        plan = await self.registry.pinned(tx, case.plan_hash)
        deciding = await self._deciding(tx, requester, plan, case, now, lock=True)
        command = await enrich(deciding, step.command)
        if deciding.plan is not plan:
            plan = deciding.plan
            await self.registry.keep(tx, plan.id, now)
        outcome = decide(
            plan, case, command, deciding.actor, now=_moment(case, command, now), cause=cause,
            policy=self.policy, shown=step.shown,
        )  # fmt: skip
        if isinstance(outcome, Refusal):
            raise Refused(outcome, case=case, plan=plan)
        online = not requester.late
        await self._record(tx, plan, outcome, cause, now, online=online, gathering=gathering, later=later)
        then = following(outcome, command)
        if then is not None:
            await self.step(tx, then, cause, requester, now)
        noted = (*noted_in_incident(outcome), *noted_in_drill(outcome))
        for brought in (*await fulfilled(tx, self.registry, plan, outcome), *noted):
            await self.step(tx, brought, cause, Requester(fence=requester.fence), now)
        for follows, whose in await played(tx, outcome, requester):
            done = await self.step(tx, follows, cause, whose, now)
            for brought in begun_by(outcome, done):
                await self.step(tx, brought, cause, Requester(fence=requester.fence), now)
        return StepResult(stream=step.stream, case=outcome)

    async def _deciding(
        self, tx: Reading, requester: Requester, plan: Plan, case: CaseState, now: datetime, *, lock: bool
    ) -> Deciding:
        actor = await self.actor(tx, requester, case.jurisdiction, plan, lock=lock)
        return Deciding(
            tx=tx, registry=self.registry, plan=plan, case=case, requester=requester, actor=actor,
            admins=self.admins, lists=self.bodies, now=now, lock=lock, policy=self.policy,
        )  # fmt: skip

    async def _open(
        self, tx: Writing, new: NewReport | NewCase, cause: str, requester: Requester, now: datetime
    ) -> StepResult:
        if isinstance(new, NewCase):
            if new.once and (earlier := await tx.causes.result(new.once)) is not None:
                return StepResult(stream=str(earlier["stream"]), case=None)
            start = await opening_case(tx, self.registry, new, requester, self.admins, now)
        else:
            start = await opening(tx, self.registry, self._candidates, self.bodies, new, requester, self.admins, now)
        stream = stream_of(start.kind, self._new_id())
        outcome = decide(
            start.plan, None, start.command, start.actor, now=now, stream=stream, cause=cause,
            policy=self.policy,
        )  # fmt: skip
        if isinstance(outcome, Refusal):
            raise Refused(outcome, plan=start.plan)
        if isinstance(new, NewCase) and new.once:  # first of all: another process that opens it now waits here
            await tx.causes.take(new.once, now, {"stream": stream})
        await self._record(tx, start.plan, outcome, cause, now)
        for step in linked(outcome.after):
            await self.step(tx, step, cause, requester, now)
        for step in (*noted_in_drill(outcome), *await begun_while_held(tx, outcome.after)):
            await self.step(tx, step, cause, Requester(fence=requester.fence), now)
        for step in await held_by(tx, outcome.after):
            await self._hold(tx, step, cause, Requester(fence=requester.fence), now)
        return StepResult(stream=outcome.after.stream, case=outcome)

    async def _hold(self, tx: Writing, step: Step, cause: str, requester: Requester, now: datetime) -> None:
        """Take a step that a real report asks of a drill; whatever fails in it, the report is taken."""
        try:
            async with tx.savepoint():
                await self.step(tx, step, cause, requester, now)
        except StorageError:
            raise
        except Exception:
            log.exception("drill.not_held", stream=step.stream)

    async def _record(
        self,
        tx: Writing,
        plan: Plan,
        outcome: CaseOutcome[Any],
        cause: str,
        now: datetime,
        *,
        online: bool = True,
        gathering: Gathering | None = None,
        later: list[Happened] | None = None,
    ) -> None:
        if not outcome.recorded:
            return
        before = outcome.before.sequence if outcome.before else 0
        after, entries = outcome.after, records.to_entries(outcome.recorded, cause)
        written = await tx.journal.append(after.stream, before, entries)
        await derive(tx, outcome.after, self.policy, new=outcome.before is None)
        await push(tx, self._listeners, plan, outcome, now)
        await send_up(tx, plan, outcome, now)
        new_notices = notices(plan, outcome.before, outcome.after, outcome.recorded)
        tx.after_commit(lambda: self.cache.keep(after, written[-1].hash))
        if not isinstance(outcome, Outcome):
            for observer in self._case_observers:
                observer(plan, outcome, new_notices, now)
            happened = Happened(plan, outcome, new_notices)
            if later is None:
                await self.cases.dispatch(tx, [happened], now, online=online, gathering=gathering)
            else:
                later.append(happened)
            return
        candidate = DuplicateCandidate.of(outcome.after)
        tx.after_commit(lambda: self._candidates.keep(after.stream, after.sequence, candidate))
        for observe in self._observers:
            observe(plan, outcome, new_notices, now)
        await self.dispatcher.dispatch(tx, plan, outcome, new_notices, now, online=online, gathering=gathering)

    async def actor(
        self, tx: Reading, requester: Requester, jurisdiction: str, plan: Plan, *, lock: bool = False
    ) -> Actor:
        """Return who asks with the roles held now; ``lock`` holds the rows until the transaction ends."""
        return await actor_of(tx, requester, jurisdiction, plan, self.admins, lock=lock)

    async def rehearse(self, step: Step, requester: Requester) -> Outcome | Refusal:
        """Return what a command about an incident would come to, without doing it: for a preview."""
        outcome, _ = await self.rehearse_case(step, requester)
        if not isinstance(outcome, Outcome | Refusal):
            raise TypeError(f"{step.stream} is no incident")
        return outcome

    async def rehearse_case(self, step: Step, requester: Requester) -> tuple[CaseOutcome[Any] | Refusal, Command]:
        """Return what a command would come to, and the command with all that the shell adds to it."""
        now = self.clock.now()
        async with self.store.reading() as rx:
            case = await self.cache.load_case(rx, step.stream)
            if case is None:
                return Refusal(key="no_incident"), step.command
            plan = await self.registry.pinned(rx, case.plan_hash)
            deciding = await self._deciding(rx, requester, plan, case, now, lock=False)
            command = await enrich(deciding, step.command)
            outcome = decide(
                deciding.plan, case, command, deciding.actor, now=_moment(case, command, now), policy=self.policy
            )
            return outcome, command


def _moment(case: CaseState, command: Command, now: datetime) -> datetime:
    """Return the incident's own moment: with a drill's offset, and never before what is on record already.

    A clock that was set back makes nobody's word impossible; what falls due is asked of the clock alone.
    """
    at = now + case.offset
    return at if isinstance(command, ClockCommand) else max(at, case.events[-1].at)
