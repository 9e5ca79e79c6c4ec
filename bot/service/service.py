"""``Service.execute``: the one transaction in which state changes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.cases.index import derive
from bot.cases.plan_registry import PlanRegistry
from bot.clock import Clock
from bot.outgoing.due_together import Gathering, write_together
from bot.outgoing.messages import OutgoingMessage, write_all
from bot.outgoing.retraction import strip_one
from bot.render.cases import CaseView
from bot.sealed import Seal
from bot.service.answers import Seen, confirm, refuse, shortly
from bot.service.opening import NewCase
from bot.service.reports import NewReport
from bot.service.requests import Answer, Fence, Refused, Requester, Result, Step, StepResult
from bot.service.steps import Steps
from bot.service.waking import together
from plans.core.command import ClockCommand
from plans.core.outcome import Refusal
from plans.core.policy import DEFAULT_POLICY, Policy
from plans.core.state import CaseState
from plans.incident.state import Incident
from plans.kinds import kind_of
from plans.model import Plan
from storage.errors import AlreadyTaken, Conflict
from storage.outbox import NewMessage
from storage.store import Store
from storage.transaction import Reading, Writing

_TRIES = 5
"""How often a decision is made anew when somebody else's came first."""


class Service(Steps):
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
        super().__init__(store, registry, clock, policy=policy, reads_twice=reads_twice, admins=admins, new_id=new_id)
        self.seal = seal or Seal()
        self.district_admins = dict(district_admins or {})
        store.tell_time(clock.now)

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
        return CaseView(plan=plan, case=case, now=case.own_time(now), policy=self.policy)

    async def _finish(self, tx: Writing, requester: Requester, now: datetime) -> None:
        if requester.form_at:
            await tx.forms.clear(requester.form_at, requester.person_id)
        if requester.update_id is not None:
            await tx.inbox.done(requester.update_id, now)

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


def _of_a_clock(step: Step | NewReport | NewCase) -> bool:
    """Whether what is said by a step is said together: what somebody does is answered by itself."""
    return isinstance(step, Step) and isinstance(step.command, ClockCommand)


def refusal_key(refusal: Refusal | None) -> str:
    """Return what is kept of a refusal with its cause."""
    return refusal.key if refusal else ""
