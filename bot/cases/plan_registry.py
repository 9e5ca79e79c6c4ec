"""The plans at hand: those of the files, and those that running incidents are pinned to."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime

from plans.load import PlanError, canonical, digest, from_canonical
from plans.model import Plan
from storage.transaction import Reading, Writing


class UnusablePlan(LookupError):
    """A plan that is named somewhere cannot be worked with; the message is for the engineer."""


class UnknownPlan(UnusablePlan):
    """No plan of that id is installed."""

    def __init__(self, plan_id: str, installed: list[str]) -> None:
        super().__init__(f"no plan {plan_id}; installed: {', '.join(installed)}")
        self.plan_id, self.installed = plan_id, installed


class ChangedPlan(UnusablePlan):
    """The stored text of a plan is not the one that its hash was taken over: somebody changed it."""

    def __init__(self, hash_: str, actual: str) -> None:
        super().__init__(f"the stored plan {hash_} has another content ({actual}): tocsin audit verify")
        self.hash, self.actual = hash_, actual


class UnreadablePlan(UnusablePlan):
    """The stored text of a plan cannot be read by this version of the program."""

    def __init__(self, hash_: str, problem: Exception) -> None:
        super().__init__(f"the stored plan {hash_} cannot be read: {problem}"[:500])
        self.hash = hash_


class PlanRegistry:
    """Plans by id (the installed version) and by hash (the version an incident began with).

    Args:
        plans: the installed ones by id.
        broken: what is wrong with each file that could not be read, by the file's name.
    """

    def __init__(self, plans: Mapping[str, Plan], broken: Mapping[str, str] | None = None) -> None:
        self._current = dict(plans)
        self.broken = dict(broken or {})
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
        """Return the plan that an incident is pinned to.

        Raises:
            UnknownPlan: its content was never stored. ChangedPlan: it is not what was stored. UnreadablePlan: as named.
        """
        if hash_ not in self._pinned and not any(self.hash_of(plan_id) == hash_ for plan_id in self._current):
            text = await tx.plans.get(hash_)
            if text is None:
                raise UnknownPlan(hash_, self.ids)
            self._pinned[hash_] = read_stored(hash_, text)
        return self._pinned[hash_]

    async def last_known(self, tx: Reading, plan_id: str) -> Plan | None:
        """Return the installed version of a plan, else what was stored of it last; None where neither can be read."""
        if plan_id in self._current:
            return self._current[plan_id]
        stored = await tx.plans.latest(plan_id)
        try:
            return read_stored(*stored) if stored is not None else None
        except UnusablePlan:
            return None


def read_stored(hash_: str, text: str) -> Plan:
    """Read a stored plan; raise ChangedPlan or UnreadablePlan.

    The hash is over the text as it was stored, so that what a later program reads differently still agrees.
    """
    actual = hashlib.sha256(text.encode()).hexdigest()
    if actual != hash_:
        raise ChangedPlan(hash_, actual)
    try:
        return from_canonical(text)
    except (PlanError, ValueError, TypeError) as problem:
        raise UnreadablePlan(hash_, problem) from problem
