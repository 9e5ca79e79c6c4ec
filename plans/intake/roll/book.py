"""What was entered of each fact, and whether it comes out: more and fewer, totals, those who are left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from plans.intake.changes import exact
from plans.intake.reading import Span
from plans.intake.roll.origins import LOST, NotUnderstood
from plans.intake.roll.words import Told
from plans.intake.stepping import Bounds


@dataclass
class Book:
    """The entries of one text.

    Args:
        known: what the case knew.
        weak: the fact of people of whom only a number is told.
        corrected: the text says that a figure was wrong.

    Attributes:
        to: facts with how many they are in all.
        by: with how many more or fewer.
        stay: with how many are left.
        all_of: of whom nobody is left, unless others say more.
        unknown: who was found, though not how many.
        light: how many are lightly hurt.
        part: how many are said to be some of a total.
        now: what is known then.
        unsure: facts that may be otherwise.
        more: facts of which nobody knew how many there were before.
        spans: the words of each fact.
    """

    known: Mapping[str, Bounds]
    weak: str
    corrected: bool = False
    to: dict[str, int] = field(default_factory=dict)
    by: dict[str, int] = field(default_factory=dict)
    stay: dict[str, int] = field(default_factory=dict)
    all_of: dict[str, Span] = field(default_factory=dict)
    unknown: dict[str, Told] = field(default_factory=dict)
    light: int = 0
    part: int = 0
    now: dict[str, int] = field(default_factory=dict)
    unsure: set[str] = field(default_factory=set)
    more: set[str] = field(default_factory=set)
    spans: dict[str, Span] = field(default_factory=dict)

    def add(self, fact: str, many: int, span: Span, *, besides: bool = False) -> None:
        """So many more, or fewer; ``besides``: there were others, if only nobody counted them."""
        self.by[fact] = self.by.get(fact, 0) + many
        if besides and fact not in self.known:
            self.more.add(fact)
        self.stands(fact, span)

    def put(self, fact: str, many: int, span: Span) -> None:
        """So many in all.

        Raises:
            NotUnderstood: it was another number before.
        """
        if self.to.get(fact, many) != many:
            raise NotUnderstood("two totals")
        self.to[fact] = many
        self.stands(fact, span)

    def stands(self, fact: str, span: Span) -> None:
        """The words of a fact reach from the first to the last that tell of it."""
        old = self.spans.get(fact, span)
        self.spans[fact] = min(old[0], span[0]), max(old[1], span[1])

    def bounds(self, fact: str) -> Bounds:
        """What is known of a fact now."""
        if fact not in self.now:
            return self.known[fact]
        return self.now[fact], None if fact in self.more and fact not in self.to else self.now[fact]

    def closed(self) -> dict[str, int]:
        """Every fact that is told of, with how many they are now.

        Raises:
            NotUnderstood: it does not come out.
        """
        for fact, span in self.all_of.items():
            if fact not in self.stay and fact not in self.by:
                self.put(fact, 0, span)
        if self.light and "injuries" not in self.to:
            if "serious_injuries" not in self.to:
                raise NotUnderstood("only the lightly hurt")
            self.to["injuries"] = self.light + self.to["serious_injuries"]
        if self.part > self.to.get(self.weak, self.part):
            raise NotUnderstood("parts")
        now = {fact: self._now(fact) for fact in {*self.by, *self.to, *self.stay}}
        serious, hurt = now.get("serious_injuries"), now.get(self.weak, exact(self.known, self.weak))
        if serious is not None and hurt is not None and serious > hurt:
            raise NotUnderstood("more are seriously hurt than hurt")
        self._look_at_the_dead(now)
        return now

    def _now(self, fact: str) -> int:
        base, by = exact(self.known, fact), self.by.get(fact, 0)
        if fact in self.known and base is None:
            raise NotUnderstood("a range")
        new = (base or 0) + by
        if fact not in self.to:
            if new < 0 or self.stay.get(fact, new) != new:
                raise NotUnderstood("left")
            return new
        if by and new != self.to[fact]:
            raise NotUnderstood("sum")
        if base is not None and self.to[fact] < base and fact in ("deaths", "injuries", "ill"):
            raises = any(many > (exact(self.known, other) or 0) for other, many in self.to.items())
            if not (by or raises or self.corrected or len(self.to) > 2):
                raise NotUnderstood("fall")
        return self.to[fact]

    def _look_at_the_dead(self, now: Mapping[str, int]) -> None:
        """确认死亡2人，尚有5人被困, of 7: perhaps they are the two who are no longer there."""
        dead = self.to.get("deaths")
        if dead is None or "deaths" not in self.known or dead == exact(self.known, "deaths"):
            return
        for fact in LOST:
            base = exact(self.known, fact) or 0
            if fact not in self.to and dead == base - now.get(fact, base):
                raise NotUnderstood("of the lost")
