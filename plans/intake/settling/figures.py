"""The figures of a text as they stand, and which of them took whose stead."""

from __future__ import annotations

from collections.abc import Sequence

from plans.intake.clauses import facts_of
from plans.intake.patterns import lazy
from plans.intake.reading import Span
from plans.intake.settling.counts import Count
from plans.intake.settling.words import CONFIRMED, PEOPLE, SUMMED, Move
from plans.intake.taking import any_overlap

BY: frozenset[Move] = frozenset(("more", "less"))
_FEW = 3
"""By how many a figure grows or shrinks where that is not said."""
_NEAR = 60
"""Characters within which a figure is meant that grows or shrinks."""

_ONE_PERSON = lazy(r"(?:\d{1,3}|[一二两三四五六七八九十]{1,4})(?:[多来几]|出头)*岁")
"""Behind a figure: it is that of one who is told of by age."""


class Figures:
    """What was told so far.

    Args:
        text: normalised, without who writes its lines.
        others: where figures stand that are not the writer's own, and are not his to correct.
        heard: where those stand that correct none of his.
    """

    def __init__(self, text: str, others: Sequence[Span], heard: Sequence[Span]) -> None:
        self.text, self.others, self.heard = text, others, heard
        self.told: list[Count] = []
        self.moved: dict[Span, list[int]] = {}
        """Where a figure stood -> the places of the characters that take its stead."""
        self.gone: list[Span] = []
        self.move: Move | None = None
        self.label: str | None = None
        self.by = 0.0
        """By how many a figure grows or shrinks; 0 where that is not said."""
        self.wrong: list[Count] = []
        """Figures that are said to be wrong, for which others are to follow."""
        self.answered = False
        self.just: list[Span] = []
        """Where figures stand that the move before them has corrected."""
        self.nods = False
        """The clause before says that it is so (对对)."""
        self.confirmed = False
        """The figure before was told again to say that it is so."""
        self.changed = False

    def closes(self) -> bool:
        """Whether something was settled and nothing is left open."""
        return self.changed and not self.wrong and (self.move is None or self.answered)

    def written(self, plain: str) -> tuple[str, list[int]]:
        """The text as it comes to, and the place of each of its characters."""
        gone = {at for low, high in self.gone for at in range(low, high)}
        starts = {old[0]: old for old in self.moved}
        places: list[int] = []
        at = 0
        while at < len(plain):
            if at in gone:
                at += 1
            elif at in starts:
                places += self.moved[starts[at]]
                at = starts[at][1]
            else:
                places.append(at)
                at += 1
        while places and plain[places[0]] in ",、 。;:\n":
            places.pop(0)
        return "".join(plain[place] for place in places), [*places, len(plain)]

    def line(self, counts: list[Count], gap: int) -> int | None:
        """Where a line begins that only says again what was told; None where it does not."""
        start = self.text.rfind("\n", 0, counts[0].head[0])
        before = [count for count in self.told if count.span[0] > start]
        earlier = [count for count in self.told if count.span[0] <= start]
        if start < 0 or not before:
            return gap if all(self.same(count) for count in counts) else None
        told = {(old.fact, old.bounds) for old in earlier}
        if any((count.fact, count.bounds) not in told for count in before + counts):
            return None
        self.told = earlier
        return start

    def confirms(self, low: int, count: Count) -> bool:
        """对，是8个: the figure just told is said again."""
        again = CONFIRMED.fullmatch(self.text, low, count.head[0]) or (self.nods and low == count.head[0])
        told = any(old.bounds == count.bounds for old in self.told)
        return bool(again) and told and count.fact is None

    def same(self, count: Count) -> bool:
        """Whether it was told before."""
        return any(count.fact == old.fact and count.bounds == old.bounds for old in self.told)

    def answer(self, new: Count) -> bool:
        """Put a figure in the stead of the one that it corrects; False where none is meant, or several."""
        fact = new.fact or self.label
        olds = [old for old in self.told if old.fact == fact] if fact else list(self.told)
        summed = SUMMED.search(self.text, new.span[0], new.head[0]) is not None
        if self.wrong:
            olds = [old for old in self.wrong if not fact or old.fact == fact]
        elif self.move in BY:
            sign = 1 if self.move == "more" else -1
            fits = [
                old
                for old in olds
                if old.low == old.high
                and old.low + sign * (self.by or 1) == new.low == new.high
                and new.head[0] - old.head[1] < _NEAR
            ]
            olds = fits or [old for old in olds[-1:] if not self.by and abs(old.low - new.low) <= _FEW]
        elif self.move == "again":
            total = sum(old.low for old in olds)
            same = any(old.bounds == new.bounds for old in olds) or (new.low == new.high == total)
            self.answered, self.changed = True, True
            return bool(fact) and same
        elif not fact:
            if self.move == "talk" or self.text.endswith("最后", 0, new.head[0]):
                return False  # 两个没救活。最后一个，也没了
            if len(olds) > 1 and (summed or not any(old.fact for old in olds)):
                return False  # 收了13个，有2个是上一场的，实际11个: of all, or of either
            if olds and facts_of(self.text[olds[-1].span[1] : new.span[0]]):
                return False  # 伤30人。二十来号重伤，说错了，1人: another figure stands between, and was not understood
            olds = olds[-1:]
        if len(olds) != 1 or not self.may(olds[0], new):
            return False
        self.answered = True
        self.just.append(olds[0].head)
        self.put(olds[0], new)
        self.wrong = [old for old in self.wrong if old != olds[0]]
        return True

    def may(self, old: Count, new: Count) -> bool:
        """Whether the one is the writer's own, and the other no hearsay."""
        if new.low != new.high or (old.fact is None and self.move != "wrong"):
            return False
        if _ONE_PERSON.match(self.text, old.head[1]):
            return False  # 一个四十来岁的男子死亡，不对，是3人: three are not of that age
        return not any_overlap(old.head, self.others) and not any_overlap(new.head, self.heard)

    def put(self, old: Count, new: Count) -> None:
        """Let a figure stand in the stead of an older one."""
        self.changed = True
        self.told[self.told.index(old)] = old.now(new)
        if old.bounds != new.bounds:
            self.moved[old.head] = [*range(*new.head)]
            whom = PEOPLE.match(self.text, old.head[1]) is not None
            if whom and old.number[1] < old.head[1]:  # 十几名孩子 ... 6人: 6名孩子
                self.moved[old.head] = [*range(*new.number), *range(old.number[1], old.head[1])]
            elif new.number[1] == new.head[1]:  # 6人受伤 ... 伤的8: the measure of the old one
                self.moved[old.head] += range(old.number[1], old.head[1])
