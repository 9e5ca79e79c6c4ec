"""``Service.execute``: the one transaction in which state changes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import structlog

from bot.cases import records
from bot.cases.body_lists import BodyLists
from bot.cases.incident_cache import IncidentCache
from bot.cases.index import derive
from bot.cases.plan_registry import PlanRegistry
from bot.cases.streams import stream_of
from bot.clock import Clock
from bot.outgoing.addresses import Target
from bot.outgoing.case_dispatcher import CaseDispatcher, Happened
from bot.outgoing.due_together import Gathering, write_together
from bot.outgoing.lines import send_up
from bot.outgoing.messages import OutgoingMessage, write_all
from bot.outgoing.notice_dispatcher import NoticeDispatcher
from bot.outgoing.retraction import strip_one
from bot.outgoing.webhooks import Listeners, push
from bot.render import View
from bot.render.cases import CaseView
from bot.sealed import Seal
from bot.service.actors import actor_of
from bot.service.answers import Seen, confirm, refuse, shortly
from bot.service.desk import noted_in_drill, noted_in_incident
from bot.service.directing import begun_by, held_by, played
from bot.service.duplicate_candidates import DuplicateCandidate, DuplicateCandidates
from bot.service.duty import fulfilled
from bot.service.enrichers import Deciding, enrich, following
from bot.service.entries import linked
from bot.service.opening import NewCase, opening, opening_case
from bot.service.reports import NewReport
from bot.service.requests import Answer, Fence, Refused, Requester, Result, Step, StepResult
from bot.service.waking import together
from plans.core.command import Actor, ClockCommand, Command
from plans.core.notice import Notice
from plans.core.outcome import CaseOutcome, Refusal
from plans.core.policy import DEFAULT_POLICY, Policy
from plans.core.state import CaseState
from plans.incident.case import Outcome
from plans.incident.state import Incident
from plans.kinds import decide, kind_of, notices
from plans.model import Plan
from storage.errors import AlreadyTaken, Conflict, StorageError
from storage.outbox import NewMessage
from storage.store import Store
from storage.transaction import Reading, Writing

log = structlog.get_logger(__name__)

_TRIES = 5
"""How often a decision is made anew when somebody else's came first."""

Observer = Callable[[Plan, Outcome, Sequence[Notice], datetime], None]
CaseObserver = Callable[[Plan, CaseOutcome[Any], Sequence[Notice], datetime], None]


class Service:
    """Executes commands.

    Args:
        store: the database.
        registry: the plans.
        clock: the only ``now``.
        policy: the reminder policy.
        admins: Telegram ids of the first administrators, from the settings: of every jurisdiction.
        district_admins: of single ones, which hold that role in the database (``bot.office.first_admins``).
        new_id: makes the id of a new case.
        seal: makes the secrets of invitations, which stand in no row.
        reads_twice: whether there is a second reader, for whom messages are put down.
    """

    def __init__(
        self,
        store: Store,
        registry: PlanRegistry,
        clock: Clock,
        *,
        policy: Policy = DEFAULT_POLICY,
        admins: frozenset[int] = frozenset(),
        district_admins: Mapping[str, frozenset[int]] | None = None,
        new_id: Callable[[], str],
        seal: Seal | None = None,
        reads_twice: bool = False,
    ) -> None:
        self.seal = seal or Seal()
        self.store, self.registry, self.clock, self.policy, self.admins = store, registry, clock, policy, admins
        self.district_admins = dict(district_admins or {})
        store.tell_time(clock.now)
        self._new_id = new_id
        self._observers: list[Observer] = []
        self._case_observers: list[CaseObserver] = []
        self._candidates, self._listeners = DuplicateCandidates(), Listeners(store)
        self.bodies = BodyLists()
        self.cache = IncidentCache()
        self.dispatcher = NoticeDispatcher(registry, policy, self.cache, reads_twice=reads_twice)
        self.cases = CaseDispatcher(registry, policy)

    def observe(self, observer: Observer) -> None:
        """Let somebody see every outcome with its notices, before the commit: the timeline of ``simulate``."""
        self._observers.append(observer)

    def observe_cases(self, observer: CaseObserver) -> None:
        """Let somebody see every outcome of cases of other kinds, as :meth:`observe` does of incidents."""
        self._case_observers.append(observer)

    async def execute(
        self,
        steps: Sequence[Step | NewReport | NewCase],
        *,
        cause: str,
        requester: Requester,
        answer: Answer | None = None,
    ) -> Result:
        """Execute commands, all or none, once for each cause.

        Args:
            steps: commands to incidents; several are one transaction.
            cause: unique; served again it changes nothing.
            answer: where a refusal of a typed command is answered.
        """
        for _ in range(_TRIES - 1):
            try:
                return await self._attempt(steps, cause, requester, answer)
            except (Conflict, AlreadyTaken):  # of another process too: then its effect is there at the next try
                continue
        return await self._attempt(steps, cause, requester, answer)

    async def _attempt(
        self, steps: Sequence[Step | NewReport | NewCase], cause: str, requester: Requester, answer: Answer | None
    ) -> Result:
        now = self.clock.now()
        async with self.store.writing("service.command") as tx:
            if requester.fence is not None:
                await requester.fence(tx)
            earlier = await tx.causes.result(cause)
            if earlier is not None:
                await self._finish(tx, requester, now)
                return Result(cause=cause, repeated=True, streams=tuple(earlier.get("streams", ())))
            await tx.people.lapse(now)  # whoever acted for somebody until now acts no more
            results: list[StepResult] = []
            refused: Refused | None = None
            gathering = Gathering(late=requester.late) if all(_of_a_clock(step) for step in steps) else None
            try:
                async with tx.savepoint():
                    for step in steps:
                        results.append(await self.step(tx, step, cause, requester, now, gathering))
                if gathering is not None:
                    await self._nothing_due(tx, results)
                    await write_together(tx, gathering, now, self.policy)
            except Refused as reason:
                refused = reason
                results.clear()
            result = Result(cause=cause, steps=tuple(results), streams=tuple(item.stream for item in results))
            if refused is not None:
                refusal, view = refused.refusal, await self._seen_of(tx, refused.case, refused.plan, now)
                result = replace(result, refusal=refusal, popup=shortly(refusal, view))
                if answer is not None:
                    await refuse(tx, refusal, view, answer, requester, now)
            elif answer is not None and answer.done and results and results[0].outcome:
                await confirm(tx, results[0].outcome.after, answer, requester, now)
            await tx.causes.take(cause, now, {"streams": list(result.streams), "refusal": refusal_key(result.refusal)})
            for name in answer.known_as if answer is not None and results else ():
                if await tx.causes.result(name) is None:
                    await tx.causes.take(name, now, {"streams": list(result.streams), "cause": cause})
            await self._finish(tx, requester, now)
            return result

    async def _nothing_due(self, tx: Writing, results: Sequence[StepResult]) -> None:
        """Write the wakes anew of what was not due after all, so that they do not come back for ever."""
        for result in results:
            if result.case is not None and not result.case.recorded:
                await derive(tx, result.case.after, self.policy)

    async def _seen_of(self, tx: Reading, case: CaseState | None, plan: Plan | None, now: datetime) -> Seen:
        """Return what is refused about, as words need it; None where that is not known."""
        if case is None or plan is None:
            return None
        if isinstance(case, Incident):
            return await self.dispatcher.viewer(tx, plan, case, now).build()
        return CaseView(plan=plan, case=case, now=now + case.offset, policy=self.policy)

    async def _finish(self, tx: Writing, requester: Requester, now: datetime) -> None:
        if requester.form_at:
            await tx.forms.clear(requester.form_at, requester.person_id)
        if requester.update_id is not None:
            await tx.inbox.done(requester.update_id, now)

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
        for step in noted_in_drill(outcome):
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

    async def say(
        self, messages: Sequence[OutgoingMessage], *, cause: str, requester: Requester,
        calls: Sequence[NewMessage] = (),
    ) -> bool:  # fmt: skip
        """Queue messages that change nothing (previews, lists, help), once for each cause.

        Return whether it was done now.

        Args:
            calls: what goes behind them and is no message of words: files that Telegram has.
        """
        now = self.clock.now()
        async with self.store.writing("service.words") as tx:
            if requester.fence is not None:
                await requester.fence(tx)
            fresh = await tx.causes.result(cause) is None
            if fresh:
                try:
                    await tx.causes.take(cause, now, {})
                except AlreadyTaken:  # another process did it meanwhile
                    fresh = False
            if fresh:
                await write_all(tx, messages, now)
                await tx.outbox.enqueue(calls)
            await self._finish(tx, requester, now)
            return fresh

    async def strip(self, place_id: str, message_id: int, stream: str | None) -> None:
        """Take the buttons from a message that has served."""
        async with self.store.writing("service.calls") as tx:
            await strip_one(tx, place_id, message_id, stream, self.clock.now())

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

    async def wake(
        self, stream: str, *, cause: str, late: bool = False, ahead: bool = True, fence: Fence | None = None
    ) -> Result:
        """Let a case look at what has fallen due.

        Args:
            late: after an absence, and then the messages say so.
            ahead: what may be said early is said with it.
        """
        requester = Requester(late=late, fence=fence)
        wake = kind_of(stream).wake(ahead=ahead, alone=True)
        return await self.execute([Step(stream=stream, command=wake)], cause=cause, requester=requester)

    async def wake_together(
        self,
        due: Mapping[str, str],
        near: Collection[str],
        *,
        late: bool = False,
        more: bool = False,
        ahead: bool = True,
        fence: Fence | None = None,
    ) -> tuple[list[Result], dict[str, Exception]]:
        """Let several cases look at what has fallen due, in one transaction: each person is told it in one message.

        Args:
            due: the cause of each case's wake, by its stream.
            near: cases in which something falls due soon: what may be said early is said with it.
            ahead: of those that are due themselves, what may be said early is said too.
            more: further books of duties are woken within seconds: what is said of these waits for those.

        Returns:
            what came of each wake, and why some could not be served: those changed nothing.
        """
        for _ in range(_TRIES - 1):
            try:
                return await together(self, due, near, Requester(late=late, fence=fence), more=more, ahead=ahead)
            except (Conflict, AlreadyTaken):
                continue
        return await together(self, due, near, Requester(late=late, fence=fence), more=more, ahead=ahead)

    async def view(self, plan: Plan, incident: Incident, person_id: str = "", place_id: str = "") -> View:
        """Return an incident as a person sees it in a place, now; in private where no place is named."""
        async with self.store.reading() as rx:
            viewer = self.dispatcher.viewer(rx, plan, incident, self.clock.now())
            return await viewer.build(await _target(rx, person_id, place_id), acting=True)

    async def case(self, stream: str) -> tuple[Plan, CaseState] | None:
        """Return a case of any kind and its plan as they stand."""
        async with self.store.reading() as rx:
            case = await self.cache.load_case(rx, stream)
            return None if case is None else (await self.registry.pinned(rx, case.plan_hash), case)

    async def case_view(
        self, plan: Plan, case: CaseState, person_id: str = "", place_id: str = "", about: Collection[str] = ()
    ) -> CaseView:
        """Return a case of another kind than an incident as a person sees it in a place, now.

        Args:
            about: see ``CaseDispatcher.view``.
        """
        async with self.store.reading() as rx:
            target = await _target(rx, person_id, place_id)
            return await self.cases.view(rx, plan, case, self.clock.now(), target, about=about)

    async def incident(self, stream: str) -> tuple[Plan, Incident] | None:
        """Return an incident and its plan as they stand."""
        async with self.store.reading() as tx:
            incident = await self.cache.load(tx, stream)
            return None if incident is None else (await self.registry.pinned(tx, incident.plan_hash), incident)


def _of_a_clock(step: Step | NewReport | NewCase) -> bool:
    """Whether what is said by a step is said together: what somebody does is answered by itself."""
    return isinstance(step, Step) and isinstance(step.command, ClockCommand)


async def _target(rx: Reading, person_id: str, place_id: str) -> Target | None:
    """Return a person in a place, in private where none is named."""
    person = await rx.people.get(person_id) if person_id else None
    place_id = place_id or (person.place_id or "" if person is not None else "")
    place = await rx.places.get(place_id) if place_id else None
    return Target(place, person) if place is not None else None


def _moment(case: CaseState, command: Command, now: datetime) -> datetime:
    """Return the incident's own moment: with a drill's offset, and never before what is on record already.

    A clock that was set back makes nobody's word impossible; what falls due is asked of the clock alone.
    """
    at = now + case.offset
    return at if isinstance(command, ClockCommand) else max(at, case.events[-1].at)


def refusal_key(refusal: Refusal | None) -> str:
    """Return what is kept of a refusal with its cause."""
    return refusal.key if refusal else ""
