"""What may happen: ``decide(plan, incident, command, actor, now) -> Outcome | Refusal``."""

from plans.decide.calling import picked_units
from plans.decide.decide import decide
from plans.decide.merging import absorption
from plans.decide.outcome import Outcome, Refusal

__all__ = ["Outcome", "Refusal", "absorption", "decide", "picked_units"]
