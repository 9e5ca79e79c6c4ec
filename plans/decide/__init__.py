"""``decide(plan, incident, command, actor, now) -> Outcome | Refusal``: the one place where it is settled what may happen."""

from plans.decide.decide import decide
from plans.decide.outcome import Outcome, Refusal

__all__ = ["Outcome", "Refusal", "decide"]
