"""The plans at hand: those of the files, and those that running incidents are pinned to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from plans.load import canonical, digest, from_canonical
from plans.model import Plan
from storage.transaction import Reading, Writing


class UnknownPlan(LookupError):
    """No plan of that id is installed."""

    def __init__(self, plan_id: str, known: list[str]) -> None:
        super().__init__(f"no plan {plan_id}; installed: {', '.join(known)}")
        self.plan_id, self.known = plan_id, known


class Shelf:
    """Plans by id (the installed version) and by hash (the version an incident began with).

    Args:
        plans: the installed ones by id.
    """

    def __init__(self, plans: Mapping[str, Plan]) -> None:
        self._current = dict(plans)
        self._hashes: dict[str, str] = {}
        self._pinned: dict[str, Plan] = {}
        self._kept: set[str] = set()

    @property
    def ids(self) -> list[str]:
        """Return the ids of the installed plans."""
        return list(self._current)

    def current(self, plan_id: str) -> Plan:
        """Return the installed version; raise UnknownPlan."""
        if plan_id not in self._current:
            raise UnknownPlan(plan_id, self.ids)
        return self._current[plan_id]

    def hash_of(self, plan_id: str) -> str:
        """Return the SHA-256 of the installed version's canonical content."""
        if plan_id not in self._hashes:  # a few milliseconds each: not before it is asked for
            self._hashes[plan_id] = digest(self._current[plan_id])
            self._pinned[self._hashes[plan_id]] = self._current[plan_id]
        return self._hashes[plan_id]

    async def keep(self, tx: Writing, plan_id: str, now: datetime) -> None:
        """Store the installed version's content at its first use."""
        hash_ = self.hash_of(plan_id)
        if hash_ not in self._kept:
            plan = self._current[plan_id]
            await tx.plans.keep(hash_, plan.id, plan.version, canonical(plan), now)
            tx.after_commit(lambda: self._kept.add(hash_))

    async def pinned(self, tx: Reading, hash_: str) -> Plan:
        """Return the plan that an incident is pinned to; raise UnknownPlan when its content was never stored."""
        if hash_ not in self._pinned and not any(self.hash_of(plan_id) == hash_ for plan_id in self._current):
            text = await tx.plans.get(hash_)
            if text is None:
                raise UnknownPlan(hash_, self.ids)
            self._pinned[hash_] = from_canonical(text)
        return self._pinned[hash_]
