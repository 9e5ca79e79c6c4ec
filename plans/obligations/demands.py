"""What an incident demands as it stands, worked out once for each state: cards, reminders and the log ask often."""

from __future__ import annotations

from collections.abc import Mapping

from plans.assess import environment
from plans.core.policy import Policy
from plans.incident.state import Incident
from plans.logic import Environment
from plans.model import Plan
from plans.obligations.wanted import Wanted, wanted


def demanded(plan: Plan, incident: Incident, policy: Policy, env: Environment | None = None) -> Mapping[str, Wanted]:
    """Return by its key every instance that the rules demand of an incident as it stands.

    Args:
        env: what a rule's condition sees of this incident, where that is known already.
    """

    def work(plan: Plan, policy: Policy) -> Mapping[str, Wanted]:
        items = wanted(plan, incident, environment(plan, incident) if env is None else env, policy)
        return {item.key: item for item in items}

    return incident.once("demands", work, plan, policy)
