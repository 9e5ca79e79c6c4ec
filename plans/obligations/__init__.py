"""Report obligations of an incident: which instances there are, when each is reminded of, and what closes it."""

from plans.obligations.policy import DEFAULT_POLICY, Policy, PolicyError
from plans.obligations.settle import settle
from plans.obligations.wakes import Due, Reminder, WakePoint, due_at, wakes

__all__ = ["DEFAULT_POLICY", "Due", "Policy", "PolicyError", "Reminder", "WakePoint", "due_at", "settle", "wakes"]
