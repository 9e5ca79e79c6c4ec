"""Duties in a scenario: the office lists its bodies and chases; who bears a duty does it, or not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from bot.clock import SHANGHAI
from bot.office.duties import keep_books
from bot.office.duty_lists import LEADER, SECTION, tell_overdue
from bot.rows import iso
from bot.scenario.base import ScenarioError
from bot.scenario.form import Scenario, Step
from bot.service import Requester, Result, Service
from bot.service import Step as Asked
from bot.simulate import cast
from plans.core.command import Command
from plans.duty.recording import RecordDuty
from plans.duty.settling import SettleDuty
from plans.duty.state import DutyBook, Instance
from plans.model import Plan
from storage.duty_tables import DutySwitch
from storage.outbox import OutboxRow

EVERYBODY = "*"
"""As a bearer: each who bears the duty; as a duty: all that has begun and waits."""

OFFICE = "duty"
"""The actor who records what a bearer says that nobody plays."""

REASON = "本期没有这一项"
"""Why a duty does not apply, where the file does not say."""


class Duties:
    """The books of a scenario, as they stand."""

    def __init__(self, scenario: Scenario, plan: Plan, service: Service) -> None:
        self._scenario, self._plan, self._service = scenario, plan, service
        self._books: dict[str, DutyBook] = {}
        self._told: set[int] = set()

    async def begin(self, now: datetime) -> None:
        """Say that duties are chased, and open the books."""
        if self._scenario.chases:
            place = self._plan.jurisdiction.name
            async with self._service.store.writing() as tx:
                await tx.duties.switch(
                    DutySwitch(jurisdiction=place, plan_id=self._plan.id, on=True, since=now, by="scenario")
                )
        await self.round(now)

    async def round(self, now: datetime) -> None:
        """Open and close books as they are to be."""
        if self._scenario.chases:
            await keep_books(self._service, now)

    async def tell(self, now: datetime) -> list[OutboxRow]:
        """Let the office be told who is overdue; return the messages that this came to."""
        if not self._scenario.chases:
            return []
        await tell_overdue(self._service, now)
        async with self._service.store.reading() as rx:
            rows = [row for row in await rx.outbox.waiting() if row.id not in self._told]
        self._told |= {row.id for row in rows}
        return [row for row in rows if row.notice in (SECTION, LEADER)]

    def see(self, book: DutyBook) -> None:
        """Remember how a book stands."""
        self._books[book.stream] = book

    def title(self, book: DutyBook) -> str:
        """Return what a bearer is called."""
        role = self._plan.roles.get(book.bearer) if book.bearer_kind == "role" else None
        return role.title if role is not None else book.title

    async def do(self, step: Step, cause: str, now: datetime) -> Result | None:
        """Do a duty, or say that it does not apply, each bearer for itself; None where nothing of it waits."""
        result: Result | None = None
        for number, book in enumerate(self._meant(step)):
            actor = step.actor or self._speaker(book)
            said = self._recorded if actor == OFFICE else self._settled
            requests = [
                Asked(stream=book.stream, command=said(step, book, instance))
                for instance in self._waiting(step, book, now)
            ]
            if requests:
                requester = Requester(person_id=cast.person_id(actor))
                result = await self._service.execute(requests, cause=f"{cause}:{number}", requester=requester)
                if result.refusal is not None:
                    return result
        return result

    def _recorded(self, step: Step, book: DutyBook, instance: Instance) -> Command:
        """The office records what somebody of the bearer said on the telephone (代录)."""
        text = step.text or ("" if step.result == "done" else step.reason or REASON)
        return RecordDuty(key=instance.key, status=step.result, spoken_by=self.title(book), text=text)

    def _settled(self, step: Step, book: DutyBook, instance: Instance) -> Command:
        done = step.result == "done"
        return SettleDuty(
            key=instance.key, status=step.result, text=step.text, reason="" if done else step.reason or REASON,
            sure=True,
        )  # fmt: skip

    def _meant(self, step: Step) -> list[DutyBook]:
        running = [book for book in self._books.values() if book.open]
        if step.bearer == EVERYBODY:
            return [book for book in running if self.title(book) not in step.but and book.bearer not in step.but]
        found = [book for book in running if step.bearer in (book.bearer, book.title, self.title(book))]
        if not found:
            names = "、".join(dict.fromkeys(self.title(book) for book in running)) or "没有"
            raise ScenarioError(f"没有“{step.bearer}”的职责簿；有：{names[:300]}")
        return found

    def _waiting(self, step: Step, book: DutyBook, now: datetime) -> Iterator[Instance]:
        """Yield what a step means: all that has begun, or of one duty the period that runs, else the oldest.

        Where the step says ``within``, only what ends in that span.
        """
        today = now.astimezone(SHANGHAI).date()
        begun = [item for item in book.waiting() if item.first <= today]
        if step.within is not None:
            begun = [item for item in begun if now < item.due <= now + step.within]
        if step.id == EVERYBODY:
            yield from begun
            return
        mine = [item for item in begun if item.duty == step.id]
        running = [item for item in mine if item.due > now]
        yield from (running or mine)[:1]

    def _speaker(self, book: DutyBook) -> str:
        """Return the actor who answers for a bearer; where nobody does, the office records what it says."""
        if book.bearer_kind == "unit" and all(unit.id != book.bearer or not unit.member for unit in self._plan.units):
            return OFFICE
        if book.bearer_kind == "role":
            return book.bearer
        return f"{cast.BODY}{book.title}" if book.bearer_kind == "body" else f"unit:{book.bearer}"

    def known(self, step: Step) -> None:
        """Raise ScenarioError where a step names a duty that the plan does not have."""
        if step.id != EVERYBODY and step.id not in {duty.id for duty in self._plan.duties}:
            names = "、".join(duty.id for duty in self._plan.duties if duty.every is not None)
            raise ScenarioError(f"没有职责“{step.id}”；有周期的：{names}，或 * 表示全部")

    def _instances(self) -> Iterator[tuple[DutyBook, Instance]]:
        """Yield every period once: of the newest book that tells it."""
        newest: dict[tuple[str, str, str, str], tuple[DutyBook, Instance]] = {}
        for book in sorted(self._books.values(), key=lambda item: item.year):
            for item in book.instances.values():
                newest[book.bearer_kind, book.bearer, item.duty, item.period] = (book, item)
        yield from newest.values()

    def counts(self, now: datetime) -> dict[str, Counter[str]]:
        """Return for each duty how many periods stand how."""
        counted: dict[str, Counter[str]] = {duty.id: Counter() for duty in self._plan.duties}
        for _, item in self._instances():
            counted.setdefault(item.duty, Counter())[item.status(now)] += 1
        return counted

    def rows(self, now: datetime) -> list[dict[str, Any]]:
        """Return every duty in every period, as ``tocsin duties show`` does."""
        return [
            {
                "plan": self._plan.id,
                "duty": item.duty,
                "bearer": self.title(book),
                "period": item.period,
                "due": iso(item.due),
                "status": item.status(now),
            }
            for book, item in self._instances()
        ]
