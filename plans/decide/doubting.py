"""Words of persons that worse facts overtake: asked for anew at once, and again while nobody gives them."""

from __future__ import annotations

from plans import events as e
from plans.classify.reach import classes_of, matched_level
from plans.decide.case import Case
from plans.incident import EVENT_LEVEL, Doubt
from plans.incident.figures import held
from plans.model import BELOW
from plans.overtaken import Overtaken, overtaken, rises


def doubt(case: Case) -> None:
    """Record which words are overtaken now, and which stand again because the facts were wrong."""
    found = {item.subject: item for item in overtaken(case.plan, case.incident)}
    for subject in [name for name in case.incident.doubts if name not in found]:
        case.record(e.WordStands(subject=subject))
    for subject, item in found.items():
        known = case.incident.doubts.get(subject)
        if known is None or _worse(case, known, item):
            case.record(
                e.WordOvertaken(
                    subject=subject,
                    held=item.held,
                    reached=item.reached,
                    surely=item.surely,
                    beyond=item.beyond,
                    because=_because(case, item),
                )
            )


def _worse(case: Case, known: Doubt, item: Overtaken) -> bool:
    """Whether an open question must ring once more: a higher level is reached, it has become certain, or more died.

    Other figures that rise meanwhile stand in what is asked again anyway.
    """
    order = ("", BELOW, *case.plan.event_levels)
    if order.index(item.reached) > order.index(known.reached) or order.index(item.surely) > order.index(known.surely):
        return True
    return not item.reached and bool(rises(known.basis, case.incident.basis, ("deaths",)))


def _because(case: Case, item: Overtaken) -> tuple[str, ...]:
    """Return the rows of the level that is reached, with the figures that reach it."""
    if item.subject != EVENT_LEVEL or not item.reached or item.reached == BELOW:
        return ()
    basis = case.incident.basis
    classes = classes_of(case.plan, basis.event_class, basis.candidates)
    return matched_level(case.plan, held(basis), item.reached, classes, basis.raised)
