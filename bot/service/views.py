"""What stands, read outside of any command: a case with its plan, and how a person sees it."""

from __future__ import annotations

from collections.abc import Collection

from bot.cases.incident_cache import IncidentCache
from bot.cases.plan_registry import PlanRegistry
from bot.clock import Clock
from bot.outgoing.addresses import Target
from bot.outgoing.case_dispatcher import CaseDispatcher
from bot.outgoing.notice_dispatcher import NoticeDispatcher
from bot.render import View
from bot.render.cases import CaseView
from plans.core.policy import Policy
from plans.core.state import CaseState
from plans.incident.state import Incident
from plans.model import Plan
from storage.store import Store
from storage.transaction import Reading


class Views:
    """Reads cases, each in a transaction of its own that changes nothing.

    Args:
        store: the database.
        registry: the plans.
        clock: the only ``now``.
        policy: the reminder policy.
        reads_twice: whether there is a second reader, for whom messages are put down.
    """

    def __init__(
        self, store: Store, registry: PlanRegistry, clock: Clock, *, policy: Policy, reads_twice: bool
    ) -> None:
        self.store, self.registry, self.clock, self.policy = store, registry, clock, policy
        self.cache = IncidentCache()
        self.dispatcher = NoticeDispatcher(registry, policy, self.cache, reads_twice=reads_twice)
        self.cases = CaseDispatcher(registry, policy)

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


async def _target(rx: Reading, person_id: str, place_id: str) -> Target | None:
    """Return a person in a place, in private where none is named."""
    person = await rx.people.get(person_id) if person_id else None
    place_id = place_id or (person.place_id or "" if person is not None else "")
    place = await rx.places.get(place_id) if place_id else None
    return Target(place, person) if place is not None else None
