"""A later text entered stretch by stretch: how many, who they were before, what became of them.

Only a text of which every stretch is understood gives anything; then it stands in the stead of what the steps and
families made of it (`plans.intake.following`). 又抬出来五个，三个还有气，俩已经没了: five more, of whom two are dead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from plans.intake.clauses import facts_of
from plans.intake.numerals import numbers
from plans.intake.patterns import lazy
from plans.intake.reading import After, Option, Reading, Utterance
from plans.intake.revising import Revision
from plans.intake.roll.people import told_people
from plans.intake.roll.resolving import Roll, entered
from plans.intake.roll.words import Told, pattern
from plans.intake.sayings import Kind, said_of
from plans.intake.stepping import Bounds
from plans.intake.taking import was

__all__ = ["by_roll"]


def by_roll(
    reading: Reading,
    text: str,
    known: Mapping[str, Bounds],
    weak: str,
    changed: Mapping[str, After],
    revised: Sequence[Revision],
) -> dict[str, After]:
    """Facts that the people of a later text make otherwise than `changed` has them.

    Args:
        reading: of the text.
        text: masked.
        known: what the case knew.
        weak: the fact of people of whom only a number is told.
        revised: figures that the text sets anew by name.
    """
    anew = {item.fact: int(item.number) for item in revised if item.how == "set" and item.fact and item.sure}
    if len(anew) != len({item.fact for item in revised}) or any(
        _tells_otherwise(reading, item) for item in reading.utterances
    ):
        return {}
    for item in revised:
        text = text[: item.span[0]] + "○" * (item.span[1] - item.span[0]) + text[item.span[1] :]
    told = told_people(text)
    corrected = said_of("mistaken", text) is not None
    roll = entered(told, known, weak, corrected=corrected, anew=anew) if told else None
    if told is None or roll is None or not _may_be_told_so(text, told):
        return {}
    strong = _is_strong(text, told, roll)
    closed = any(item.parts and item.many == sum(part.many or 0 for part in item.parts) for item in told)
    if any(
        _otherwise(old, roll.now.get(fact), known.get(fact))
        for fact, old in changed.items()
        if fact not in anew
        and not (strong and _gives_way(old, closed=closed, told=fact in roll.now or fact not in known))
    ):
        return {}  # what the steps are sure of is no less likely
    new: dict[str, After] = {}
    for fact in (_OF_PEOPLE & {*known, *roll.now}) - roll.unsure - anew.keys():
        old = changed.get(fact)
        bounds = roll.bounds(fact)
        if old is not None and not old.unknown and (old.at_least, old.at_most) == bounds:
            continue
        base = known.get(fact)
        if bounds == base:
            new[fact] = After(at_least=bounds[0], at_most=bounds[1])
            continue
        span = roll.spans[fact]
        words = text[slice(*span)]
        option = Option(at_least=bounds[0], at_most=bounds[1], text=words, span=span)
        fall = base is not None and (base[0] or 0) > (bounds[0] or 0)
        new[fact] = After(
            at_least=bounds[0], at_most=bounds[1], change="fall" if fall else "set", asks=True, text=words, span=span,
            readings=(option, was(base)),
        )  # fmt: skip
    return new


def _gives_way(old: After, *, closed: bool, told: bool) -> bool:
    """What the steps made of a fact is no more likely: it is asked, or the parts come to their whole."""
    asked = old.asks or old.unknown
    return (closed and (told or asked)) or (asked and told)


def _tells_otherwise(reading: Reading, item: Utterance) -> bool:
    """Others are said to tell something of people in it."""
    words = reading.plain[item.span[0] : item.span[1]]
    return item.kind in ("reported", "rumour") and bool(facts_of(words) or any(numbers(words)))


def _may_be_told_so(text: str, told: Sequence[Told]) -> bool:
    """Nothing is taken back, but where a figure is told anew."""
    if _QUOTED.search(text):
        return False
    counted = [item for item in told if item.many is not None]
    figures = [item for item in counted if item.stated or "total" in item.marks]
    if figures and all(item in figures or "off" in item.marks or not item.states for item in counted):
        return True
    struck = any("off" in item.marks and item.many for item in told) or pattern("offender").search(text) is not None
    kinds: tuple[Kind, ...] = ("already",) if struck else ("already", "mistaken", "off")
    if any(said_of(kind, text) for kind in kinds):
        return False
    parted = any(item.parts for item in told)
    return parted or not (said_of("told_dead", text) and said_of("lives", text))


_OF_PEOPLE = frozenset(("deaths", "injuries", "serious_injuries", "missing", "trapped", "ill"))
"""Facts that a roll can tell; stocks, hours and those in danger are no entries of it."""
_QUOTED = lazy(r"不对(?!劲)|重复算|[\"“”‘’「」『』]|说不定|可能|也许|恐怕|怕是|大概|估计|像是|好像|以为|先别|别用|暂不")
"""Told by others, or perhaps not so."""


def _is_strong(text: str, told: Sequence[Told], roll: Roll) -> bool:
    """The numbers come to each other: parts to their whole, those who are left to those who were known."""
    parts = any(item.parts and "total" not in item.marks for item in told)
    sums = sum(item.many or 0 for item in told if "total" not in item.marks)
    total = [item.many for item in told if "total" in item.marks]
    return (
        parts
        or any("house" in item.marks for item in told)
        or pattern("added").search(text) is not None
        or bool(roll.unknown and roll.stay)
        or (len(total) == 1 and sums == total[0] and sums > 0)
    )


def _otherwise(old: After, many: int | None, base: Bounds | None) -> bool:
    """The steps made it another number, and were sure."""
    if old.change == "withdrawn":
        return many is None or many == 0
    if old.change == "same" or old.unknown or old.at_least is None:
        return False
    return (old.at_least, old.at_most) != ((many, many) if many is not None else base)
