"""What the families of later texts make of a case, put beside what the steps and figures of the text made of it.

Families in order: somebody told dead who lives, figures counted off or taken back, totals in passing, accounts of who
was found or died; then what stays as it was, and last what the text speaks of though nobody made anything of it. Each
tells `Change`s; a figure that other words of the text give is asked beside them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from plans.intake.accounts import accounts
from plans.intake.changes import Change, exact
from plans.intake.clauses import Clause
from plans.intake.fates import LOCATED, Item
from plans.intake.holding import held
from plans.intake.passing import apart, by_units, came, left_out, more_by, totals
from plans.intake.patterns import lazy
from plans.intake.reading import After, Option, Span
from plans.intake.revising import Revision
from plans.intake.sayings import said_of
from plans.intake.stepping import Bounds, Step
from plans.intake.taken_back import counted_off, lives, nobody_lost, struck_of_them, withdrawn
from plans.intake.taking import added, any_overlap, asked, either, same_bounds, was
from plans.intake.told_people import items
from plans.intake.unheeded_fates import unheeded

_NOTHING: Bounds = (None, None)
_NO_MORE_DEAD = lazy(r"(?:死亡|遇难|死者)[^,。;!?\n\d]{0,4}(?:没|未|无)有?(?:再)?(?:新?增|变|上升|多)")
_FEWER_THAN = lazy(r"不到|不足|不满|以内")
_LOST = ("missing", "trapped")
ENOUGH = 800
"""Characters of a text that the families look at; whoever tells what changed writes less."""


@dataclass(frozen=True)
class Later:
    """A later text, as the families see it.

    Args:
        text: masked.
        said: the same with what is taken back, and with what others say.
        clauses: of the text.
        known: what the case knew.
        weak: the fact of people of whom only a number is told.
        other: what is of another event.
        revised: figures that the text sets anew by name.
        steps: that it tells.
        changed: what the steps and the first reading made of the text.
    """

    text: str
    said: str
    clauses: Sequence[Clause]
    known: Mapping[str, Bounds]
    weak: str
    other: Sequence[Span]
    revised: Sequence[Revision]
    steps: Sequence[Step]
    changed: Mapping[str, After]

    @cached_property
    def _people(self) -> list[Item]:
        return items(self.text, [clause for clause in self.clauses if not any_overlap(clause.span, self.other)])

    @cached_property
    def _anew(self) -> set[str]:
        return {item.fact for item in self.revised}

    def told(self) -> dict[str, After]:
        """Facts that the text tells otherwise than `changed` has them."""
        several = sum(1 for item in self._people if item.many) > 1
        # beside another count it is a person who says which number is of whom
        changes = [self._with_those_who_came(change) for change in self._changes()]
        found = [
            replace(change, sure=change.sure and (change.closes or not several), claimed=change.claimed or several)
            for change in changes
        ]
        if _NO_MORE_DEAD.search(self.said):
            found = [change for change in found if change.fact != "deaths"]
        told, agreed = self._of_none_known(found), set[str]()
        for change in found:
            if change.counted_off:
                told |= self._of_no_other(change)
            old = self.changed.get(change.fact)
            # among the lost a first figure and more of them look alike
            none_before = self.known.get(change.fact) == (0, 0) and any(other.fact in _LOST for other in changes)
            if (
                several
                and not (none_before and change.closes)
                and old is not None
                and _agree(self.said, change, self.known.get(change.fact), old)
            ):
                agreed.add(change.fact)
                continue
            if old is not None and old.change == "add" and change.to is not None and _FEWER_THAN.search(self.said):
                continue  # 新增受伤不到10人: how many more is a range, and no total
            if change.mild and old is not None and old.change != "same" and not (old.asks or old.unknown):
                continue
            new = _after(self.said, change, self.known.get(change.fact))
            if new is not None and not (new.change == "same" and _is_of_others(old, change)):
                both = change.counted_off and change.closes
                told[change.fact] = new if both else _beside(new, old, self.known.get(change.fact), change)
        told |= self._that_do_not_add_up(told)
        now = {**self.changed, **{fact: item for fact, item in told.items() if item.change == "same"}}
        kept = list(held(self.text, self.known, self.weak, now))
        for change in kept:
            old = self.changed.get(change.fact)
            if change.fact in {*told, *agreed, *self._anew} or old is None:
                continue
            if old.asks or old.unknown or (old.change != "same" and old.span is not None):
                low, high = self.known.get(change.fact, _NOTHING)
                told[change.fact] = After(at_least=low, at_most=high)
        if any(change.claimed or change.counted_off or change.withdrawn for change in changes):
            return told
        return self._unheeded({*told, *self._anew, *(change.fact for change in kept)}) | told

    def _that_do_not_add_up(self, told: Mapping[str, After]) -> dict[str, After]:
        """四十个平安到对岸，剩的十一个也在等, of 57: those who went and those who are left are not all."""
        lost = [fact for fact in _LOST if exact(self.known, fact)]
        if len(lost) != 1 or lost[0] in told:
            return {}
        old, base = self.changed.get(lost[0]), exact(self.known, lost[0]) or 0
        counted = [item for item in self._people if item.many and item.counted]
        gone = [item for item in counted if item.fates & LOCATED and not item.left]
        left = [item for item in counted if item.left]
        went, stay = sum(item.many or 0 for item in gone), sum(item.many or 0 for item in left)
        if not (went and stay) or went + stay == base or went > base or old is None or old.unknown or old.span is None:
            return {}
        options = tuple(Option(at_least=low, at_most=low, text=old.text, span=old.span) for low in (base - went, stay))
        return {lost[0]: asked((*options, was(self.known[lost[0]])), "fall", old.text, old.span)}

    def _with_those_who_came(self, change: Change) -> Change:
        """补3名，请减去1名: what was counted off or died, and who came since."""
        if change.by is None or change.by >= 0 or not (change.counted_off or change.fact == self.weak):
            return change
        told = [
            int(step.low)
            for step in self.steps
            if step.fact == change.fact and step.how == "add" and step.low == step.high and step.sure
            if not any_overlap(step.span, [change.span])
        ]
        more = sum(told) or (came(self.text, self.weak) if change.fact == self.weak else 0)
        return replace(change, by=change.by + more, claimed=True, mild=False, closes=True) if more else change

    def _changes(self) -> Iterator[Change]:
        told: list[Change] = []
        struck = self._not_anew(struck_of_them(self.said, self.known))  # 不是这起的, of those who were known
        if self.other:
            told = struck
        else:
            alive = list(lives(self.said, self.text, self.known, self.weak))
            if alive:
                yield from self._not_anew(alive)
                return
            off = struck or counted_off(self.said, self.known, self.weak, self._anew)
            if said_of("apart", self.said) and not came(self.said, self.weak):
                off = [replace(change, sure=False) for change in off]  # others were told of besides
            told = self._not_anew(off) or self._not_anew(withdrawn(self.said, self.known))
            told = told or self._not_anew(nobody_lost(self.text, self.known))
            if told and not all(change.withdrawn for change in told):
                yield from told
                return
            for family in (totals, left_out, more_by, apart, by_units):
                text = self.text if family is totals else self.said
                told = told or self._not_anew(family(text, self.known, self.weak))
        people = [item for item in self._people if not any(self._goes_with(item, anew) for anew in self.revised)]
        stated = {item.fact for item in self.revised if item.total}
        accounted = [change for change in accounts(people, self.known, self.weak) if change.fact not in stated]
        better = {change.fact for change in accounted}
        told = [change for change in told if not (change.withdrawn and change.fact in better)]
        yield from told
        facts = {change.fact for change in told}
        yield from (change for change in accounted if change.fact not in facts)

    def _goes_with(self, item: Item, anew: Revision) -> bool:
        """It stands in a figure that is set anew, or is a part of it (烧伤4人改3人，有1人是擦伤)."""
        behind = anew.span[1] <= item.span[0] and not any(
            mark in self.text[anew.span[1] : item.span[0]] for mark in "。;!?\n"
        )
        part = behind and item.fates <= {"hurt"} and anew.fact in ("injuries", "ill")
        return part or any_overlap(item.span, [anew.span])

    def _not_anew(self, changes: Iterator[Change] | list[Change]) -> list[Change]:
        return [change for change in changes if change.fact not in self._anew]

    def _of_none_known(self, found: Sequence[Change]) -> dict[str, After]:
        """另外两个还在里面 of those in intensive care: nobody is trapped, whom nobody told of before."""
        told = {}
        for fact in ("missing", "trapped", "serious_injuries"):
            old = self.changed.get(fact)
            if fact in self.known or old is None or old.span is None or any(item.fact == fact for item in found):
                continue
            whole = (old.at_least, old.at_most) == self.known.get(self.weak)
            if any_overlap(old.span, [item.span for item in found]) and (fact != "serious_injuries" or whole):
                told[fact] = After(at_least=None, at_most=None)
        return told

    def _of_no_other(self, change: Change) -> dict[str, After]:
        """多报了一个: of whom is told, and of no other."""
        told = {}
        for fact, now in self.changed.items():
            if fact != change.fact and now.asks and fact in self.known and now.span is not None:
                if any_overlap(now.span, [change.span]):
                    told[fact] = After(at_least=self.known[fact][0], at_most=self.known[fact][1])
        return told

    def _unheeded(self, told: set[str]) -> dict[str, After]:
        new: dict[str, After] = {}
        for fact, options, span in unheeded(self._people, self.known, self.weak):
            now = self.changed.get(fact)
            if fact in told or fact in new or now is None or now.change != "same" or now.asks:
                continue
            words = self.text[slice(*span)]
            may_be = [Option(at_least=low, at_most=high, text=words, span=span) for low, high in options]
            new[fact] = asked((*may_be, was(self.known[fact])), "set", words, span)
        return new


def _after(text: str, change: Change, base: Bounds | None) -> After | None:
    low, high = base or (None, None)
    words = text[change.span[0] : change.span[1]]
    if change.withdrawn:
        return After(
            at_least=None, at_most=None, change="withdrawn", asks=True, text=words, span=change.span,
            readings=(Option(at_least=None, at_most=None), was(base)),
        )  # fmt: skip
    if change.to is not None:
        new: Bounds = (change.to, change.to)
    elif base is None or base == (None, None):
        if not change.by or change.by < 0:
            return None
        new = (change.by, change.by)
    else:
        new = added(low, change.by), added(high, change.by)
        if new[0] is not None and new[0] < 0:
            return None
    if new == base:
        return After(at_least=low, at_most=high)
    fall = low is not None and new[0] is not None and new[0] < low
    option = Option(at_least=new[0], at_most=new[1], text=words, span=change.span)
    if not change.sure:
        return asked((option, was(base)), "fall" if fall else "set", words, change.span)
    return After(
        at_least=new[0],
        at_most=new[1],
        change="fall" if fall else "add" if change.by and base is not None else "set",
        asks=fall or change.claimed,
        text=words,
        span=change.span,
        readings=(option, was(base)) if fall or change.claimed else (),
    )


def _agree(text: str, change: Change, base: Bounds | None, old: After) -> bool:
    """Whether the steps came to the same: two readings that agree need no question."""
    if old.change == "same" or old.unknown or change.withdrawn:
        return False
    new = _after(text, replace(change, sure=True), base)
    return new is not None and same_bounds(new, old)


def _is_of_others(old: After | None, change: Change) -> bool:
    """A change that other words tell stands beside an account that leaves the fact as it was."""
    return (
        old is not None and old.change != "same" and not (old.span is not None and any_overlap(old.span, [change.span]))
    )


def _beside(new: After, old: After | None, base: Bounds | None, change: Change) -> After:
    """The account, or both where a figure elsewhere in the text is another."""
    if old is None or old.change == "same" or old.unknown or same_bounds(new, old):
        return new
    if old.asks or (old.span is not None and any_overlap(old.span, [change.span])):
        return new
    return either(new, old, base)
