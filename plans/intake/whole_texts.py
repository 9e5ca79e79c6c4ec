"""Later texts that are understood as a whole, by the one thing that they tell.

Who is struck off, figures that are taken back, the same people told again, somebody told dead who lives, newcomers unit
by unit, who went home, how many of the gravely hurt died: the first that accounts for every count of the text stands.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from plans.intake.died_since import died_since
from plans.intake.later import ENOUGH
from plans.intake.newly_told import newly_told
from plans.intake.perhaps_found import perhaps_found, went_home
from plans.intake.reading import GIVES_VALUES, After, Reading, UtteranceKind
from plans.intake.revived import revived
from plans.intake.same_people import same_people
from plans.intake.stepping import Bounds
from plans.intake.striking import without_the_struck
from plans.intake.utterances import masked, spoken_as
from plans.intake.withdrawing import taken_away

_TOLD: frozenset[UtteranceKind] = GIVES_VALUES | {"withdrawn", "past", "reported"}
_HEARD: frozenset[UtteranceKind] = _TOLD | {"rumour"}


def understood_whole(
    reading: Reading,
    known: Mapping[str, Bounds],
    weak: str,
    changed: Mapping[str, After],
    anew: Collection[str],
    *,
    alone: bool,
) -> Mapping[str, After]:
    """What is known by the first that understands the text; `changed` where none does.

    Args:
        reading: of the text.
        known: what the case knew.
        weak: the fact of people of whom only a number is told.
        changed: what others made of the text.
        anew: facts that the text sets anew.
        alone: nothing in it is of another event.
    """
    plain, spoken = reading.plain, reading.utterances
    told, asserted = masked(plain, spoken, _TOLD)[:ENOUGH], masked(plain, spoken)[:ENOUGH]
    now = without_the_struck(told, known, weak, changed, anew)
    if now is changed:
        off = spoken_as(plain, spoken, _TOLD)[:ENOUGH]  # 两名没受伤，从伤员里划掉
        now = without_the_struck(off, known, weak, changed, anew)
    if now is changed:
        now = taken_away(masked(plain, spoken, _HEARD)[:ENOUGH], known, weak, changed, anew)
    if not alone:
        return now
    if now is changed:
        now = same_people(told, known, weak, changed)
    if now is changed:
        now = revived(told, known, weak, changed)
    if now is changed and not anew:
        now = newly_told(asserted, known, weak, changed)
    if now is changed:
        now = went_home(asserted, known, weak, changed)
    if now is changed:
        now = died_since(asserted, known, weak, changed)
    return perhaps_found(asserted, known, changed) if now is changed else now
