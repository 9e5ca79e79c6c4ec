"""What may happen: ``decide(plan, incident, command, actor, now) -> Outcome | Refusal``."""

from plans.decide.calling import called_units, picked_units, unpicked
from plans.decide.decide import decide
from plans.decide.merging import absorption
from plans.decide.outcome import Outcome, Refusal

__all__ = ["Outcome", "Refusal", "absorption", "called_units", "decide", "picked_units", "unpicked"]
