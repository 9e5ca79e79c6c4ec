"""What a message is put together from: each part has its words, its effects on the truth, and simpler parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tests.plans.intake.composed import vocabulary as words
from tests.plans.intake.composed.counts import Count
from tests.plans.intake.composed.truth import Amount, Effect, exactly

_PLAIN_COUNT = Count("3", exactly(3))


class Part:
    """One thing that a message says."""

    ends_sentence = False
    """What follows must not be drawn into it: it asks, supposes or tells what others say."""

    def text(self) -> str:
        """Its words, without a mark at the end."""
        raise NotImplementedError

    def effects(self) -> Iterator[Effect]:
        """What it says."""
        return iter(())

    def tags(self) -> Iterator[str]:
        """The dimensions it belongs to."""
        return iter(())

    def smaller(self) -> Iterator[Part]:
        """Simpler parts of the same sort."""
        return iter(())

    def plain(self) -> bool:
        """Nobody can take it for something else."""
        return False


@dataclass(frozen=True)
class Opener(Part):
    """Where something happened, and what."""

    scene: words.Scene
    words: str

    def text(self) -> str:
        return self.words

    def tags(self) -> Iterator[str]:
        if self.words not in self.scene.plain:
            yield "filler:numbered"

    def smaller(self) -> Iterator[Part]:
        if self.words != self.scene.plain[0]:
            yield replace(self, words=self.scene.plain[0])

    def plain(self) -> bool:
        return self.words in self.scene.plain


@dataclass(frozen=True)
class Filler(Part):
    """Words that say nothing of people harmed."""

    words: str
    sort: str = "filler:words"

    def text(self) -> str:
        return self.words

    def tags(self) -> Iterator[str]:
        yield self.sort

    def plain(self) -> bool:
        return self.sort == "filler:words"


@dataclass(frozen=True)
class Said(Part):
    """One harm of a number of people, in one clause."""

    fact: str
    saying: words.Saying
    count: Count
    lead: str = ""
    tail: str = ""

    def text(self) -> str:
        return self.clause() + self.tail

    def clause(self) -> str:
        """Without what is told of them behind it."""
        said = self.saying.words
        behind = not said.startswith("{n}")
        return self.lead + said.replace("{n}", self.count.behind_a_verb() if behind else str(self.count))

    def labelled(self, label: str, mark: str, *, unit: bool) -> str:
        """死亡：3人, for forms."""
        return label + mark + (str(replace(self.count, noun="")) if unit else self.count.bare())

    def effects(self) -> Iterator[Effect]:
        yield Effect(self.fact, self.count.amount, "maybe" if self.saying.maybe else "value")
        if self.saying.late:
            yield Effect(self.fact, self.count.amount, "late")
        if self.saying.maybe:
            for fact in ("deaths", "injuries", "trapped", "missing", "ill") if self.fact != "deaths" else ("deaths",):
                if fact != self.fact and fact in _NEAR.get(self.fact, ()):
                    yield Effect(fact, self.count.amount, "maybe")

    def tags(self) -> Iterator[str]:
        yield f"fact:{self.fact}"
        yield f"count:{self.count.style}"
        if not self.saying.plain:
            yield "words:spoken"
        if self.tail:
            yield "words:more of them"

    def smaller(self) -> Iterator[Said]:
        if self.lead:
            yield replace(self, lead="")
        if self.tail:
            yield replace(self, tail="")
        for count in self.count.smaller():
            yield replace(self, count=count)
        plain = words.Saying(words.PLAIN[self.fact][0], plain=True)
        if not self.saying.plain and not self.saying.maybe and self.fact != "ill":
            yield replace(self, saying=plain)

    def plain(self) -> bool:
        return self.saying.plain and self.count.plain and not self.tail


_NEAR = {"trapped": ("missing",), "missing": ("trapped",), "injuries": (), "ill": ("injuries",)}


@dataclass(frozen=True)
class Among(Part):
    """A count and, of it, those who are worse: 8人受伤，其中2人重伤."""

    whole: Said
    part: Said
    link: str

    def text(self) -> str:
        return self.whole.text() + self.link + self.part.text()

    def effects(self) -> Iterator[Effect]:
        yield from self.whole.effects()
        for effect in self.part.effects():
            if effect.role == "value":
                yield replace(effect, role="part")
        if self.part.fact == "deaths":
            yield Effect("deaths", self.part.count.amount, "late")

    def tags(self) -> Iterator[str]:
        yield "shape:among"
        yield from self.whole.tags()
        yield from self.part.tags()

    def smaller(self) -> Iterator[Part]:
        for whole in self.whole.smaller():
            yield replace(self, whole=whole)
        for part in self.part.smaller():
            yield replace(self, part=part)
        yield self.whole


@dataclass(frozen=True)
class Graded(Among):
    """Two grades that make a total together: 2人重伤，5人轻伤."""

    def effects(self) -> Iterator[Effect]:
        yield Effect("injuries", self.whole.count.amount + self.part.count.amount)
        yield Effect("serious_injuries", self.part.count.amount, "part")

    def tags(self) -> Iterator[str]:
        yield "shape:grades"
        yield from self.whole.tags()

    def smaller(self) -> Iterator[Part]:
        for count in self.whole.count.smaller():
            yield replace(self, whole=replace(self.whole, count=count))
        for count in self.part.count.smaller():
            yield replace(self, part=replace(self.part, count=count))


@dataclass(frozen=True)
class Compact(Part):
    """死2伤5, 2死5伤: all in one word."""

    figures: tuple[Said, ...]
    before: bool
    unit: str = ""

    def text(self) -> str:
        pieces = []
        for said in self.figures:
            word, number = words.LABELS[said.fact][-1 if said.fact in ("deaths",) else 0], said.count.bare() + self.unit
            word = {"injuries": "伤", "deaths": "死"}.get(said.fact, word)
            pieces.append(word + number if self.before else number + word)
        return "".join(pieces)

    def effects(self) -> Iterator[Effect]:
        for said in self.figures:
            yield from said.effects()

    def tags(self) -> Iterator[str]:
        yield "form:compact"

    def smaller(self) -> Iterator[Part]:
        if len(self.figures) > 1:
            for at in range(len(self.figures)):
                yield replace(self, figures=self.figures[:at] + self.figures[at + 1 :])
        for at, said in enumerate(self.figures):
            for simpler in said.smaller():
                yield replace(self, figures=(*self.figures[:at], simpler, *self.figures[at + 1 :]))


@dataclass(frozen=True)
class Denied(Part):
    """Nobody is dead, hurt, missing …: each says that and no more."""

    fact: str
    words: str

    def text(self) -> str:
        return self.words

    def effects(self) -> Iterator[Effect]:
        zero = exactly(0)
        if self.fact == "nobody":
            yield Effect("deaths", zero)
            yield Effect("injuries", zero)
            yield Effect("serious_injuries", zero, "maybe")
            return
        yield Effect(self.fact, zero)
        if self.fact == "injuries":
            yield Effect("serious_injuries", zero, "maybe")
            yield Effect("deaths", zero, "maybe")

    def tags(self) -> Iterator[str]:
        yield "denial:of one" if self.fact != "nobody" else "denial:nobody"

    def smaller(self) -> Iterator[Part]:
        plain = words.NOBODY_HARMED if self.fact == "nobody" else words.NONE_OF[self.fact]
        if self.words != plain[0]:
            yield replace(self, words=plain[0])

    def plain(self) -> bool:
        return self.words in words.NONE_OF.get(self.fact, words.NOBODY_HARMED)[:4]


@dataclass(frozen=True)
class NotKnown(Part):
    """It is said that nothing is known, or nothing new."""

    words: str

    def text(self) -> str:
        return self.words

    def tags(self) -> Iterator[str]:
        yield "denial:not known"


@dataclass(frozen=True)
class Vague(Part):
    """Somebody is harmed, and nobody says how many."""

    words: str

    def text(self) -> str:
        return self.words

    def tags(self) -> Iterator[str]:
        yield "count:none"


@dataclass(frozen=True)
class Distraction(Part):
    """A number of people who are not harmed."""

    words: str
    count: Count

    def text(self) -> str:
        return self.words.replace("{n}", str(self.count))

    def effects(self) -> Iterator[Effect]:
        for word, facts in words.FREED.items():
            if word in self.words:
                for fact in facts:
                    yield Effect(fact, self.count.amount, "less")

    def tags(self) -> Iterator[str]:
        yield "people:not harmed"

    def smaller(self) -> Iterator[Part]:
        for count in self.count.smaller():
            yield replace(self, count=count)


@dataclass(frozen=True)
class Unasserted(Part):
    """A clause that is asked, supposed, ordered, scripted, of the past, said to be false, or hearsay."""

    mood: str
    words: str
    clause: Said | None = None

    ends_sentence = True

    def text(self) -> str:
        return self.words if self.clause is None else self.words.replace("{c}", self.clause.text())

    def effects(self) -> Iterator[Effect]:
        if self.clause is None or self.mood not in ("heard", "relayed"):
            return
        for effect in self.clause.effects():
            yield replace(effect, role="claim")
            if self.mood == "relayed":
                yield replace(effect, role="maybe")

    def tags(self) -> Iterator[str]:
        yield f"mood:{self.mood}"
        if self.clause is not None:
            yield f"count:{self.clause.count.style}"

    def smaller(self) -> Iterator[Part]:
        if self.clause is not None:
            plain = MOODS[self.mood][0]
            if self.words != plain:
                yield replace(self, words=plain)
            for clause in self.clause.smaller():
                yield replace(self, clause=clause)


MOODS = {
    "asked": words.ASKED,
    "supposed": words.SUPPOSED,
    "ordered": words.ORDERED,
    "scripted": words.SCRIPTED,
    "past": words.PAST,
    "rumour": words.DENIED,
    "heard": words.HEARD,
    "relayed": words.RELAYED,
}


@dataclass(frozen=True)
class Corrected(Part):
    """One figure, and the one that replaces it."""

    words: str
    old: Said
    new: Count
    ends_sentence = True

    def text(self) -> str:
        new = replace(self.old, count=self.new, lead="")
        filled = self.words.replace("{on}", str(replace(self.old.count, noun=""))).replace("{o}", self.old.text())
        return filled.replace("{n}", str(replace(self.new, noun=""))).replace("{c}", new.text())

    def effects(self) -> Iterator[Effect]:
        yield from replace(self.old, count=self.new).effects()

    def tags(self) -> Iterator[str]:
        yield "correction:figure"
        yield from self.old.tags()

    def smaller(self) -> Iterator[Part]:
        for old in self.old.smaller():
            yield replace(self, old=old)
        for new in self.new.smaller():
            yield replace(self, new=new)
        if self.words != words.CORRECTED[0]:
            yield replace(self, words=words.CORRECTED[0])
        yield replace(self.old, count=self.new)


@dataclass(frozen=True)
class Repeated(Part):
    """One figure, told twice."""

    words: str
    told: Said

    def text(self) -> str:
        return self.words.replace("{n}", str(replace(self.told.count, noun=""))).replace("{c}", self.told.text())

    def effects(self) -> Iterator[Effect]:
        return self.told.effects()

    def tags(self) -> Iterator[str]:
        yield "sum:told twice"
        yield from self.told.tags()

    def smaller(self) -> Iterator[Part]:
        yield self.told
        for told in self.told.smaller():
            yield replace(self, told=told)


@dataclass(frozen=True)
class Aboard(Part):
    """How many there were at all, and what befell some of them."""

    words: str
    total: int
    told: Said

    ends_sentence = True

    def text(self) -> str:
        rest = self.total - self.told.count.amount.least[1]
        numbers = self.words.replace("{t}", f"{self.total}人").replace("{r}", f"{rest}人")
        return numbers.replace("{c}", self.told.text())

    def effects(self) -> Iterator[Effect]:
        yield from self.told.effects()
        yield Effect("endangered", exactly(self.total), "maybe")

    def tags(self) -> Iterator[str]:
        yield "people:aboard"
        yield from self.told.tags()

    def smaller(self) -> Iterator[Part]:
        if self.words != words.ABOARD[0]:
            yield replace(self, words=words.ABOARD[0])
        yield self.told


@dataclass(frozen=True)
class Left(Part):
    """People trapped, of whom some are out: those who are left, or all there were."""

    words: str
    told: Said
    out: int

    ends_sentence = True

    def text(self) -> str:
        left = self.told.count.amount.least[1] - self.out
        return self.words.replace("{r}", f"{self.out}人").replace("{l}", f"{left}人").replace("{c}", self.told.text())

    def effects(self) -> Iterator[Effect]:
        yield from self.told.effects()
        yield Effect("trapped", exactly(self.out), "less")
        yield Effect("missing", exactly(self.told.count.amount.least[1] - self.out), "maybe")

    def tags(self) -> Iterator[str]:
        yield "people:some are out"

    def smaller(self) -> Iterator[Part]:
        if self.words != words.LEFT[0]:
            yield replace(self, words=words.LEFT[0])
        yield self.told


@dataclass(frozen=True)
class TakenBack(Part):
    """A figure that does not hold any more, and none in its stead."""

    words: str
    old: Said
    ends_sentence = True

    def text(self) -> str:
        return self.words.replace("{o}", self.old.text())

    def tags(self) -> Iterator[str]:
        yield "correction:taken back"

    def smaller(self) -> Iterator[Part]:
        for old in self.old.smaller():
            yield replace(self, old=old)
        if self.words != words.TAKEN_BACK[0]:
            yield replace(self, words=words.TAKEN_BACK[0])


@dataclass(frozen=True)
class Unit:
    """One class, village, bus …, and its numbers by fact."""

    name: str
    counts: tuple[tuple[str, Count], ...]


@dataclass(frozen=True)
class Units(Part):
    """The same harms over several units, which add up; perhaps with the sum.

    Args:
        facts: what is counted; one, or several in each unit.
        head: before the list (拉肚子的：), or nothing.
        tail: behind the list (，都是拉肚子), or nothing.
        verb: the saying in each unit, by fact; empty where head or tail tells.
        total: how the sum is introduced, or nothing; ``sums`` are then stated, by fact.
        first: the sum stands before the list, in this clause with ``{n}``.
        differs: the stated sum is so much more than the parts come to.
        empty: a unit that has none, or nothing.
        weak: people taken to hospital, who are ill or hurt, as the scene tells.
    """

    facts: tuple[str, ...]
    units: tuple[Unit, ...]
    head: str = ""
    tail: str = ""
    verbs: tuple[str, ...] = ()
    total: str = ""
    empty: str = ""
    weak: bool = False
    mark: str = "，"
    sort: str = "units"
    first: str = ""
    differs: int = 0
    ends_sentence = True

    def text(self) -> str:
        entries = [self._entry(unit) for unit in self.units]
        if self.empty:
            entries.insert(min(1, len(entries)), self.empty)
        total = f"{self.mark}{self.total}{self._sum()}" if self.total else ""
        if self.first:
            return self.first.replace("{n}", self._sum()) + self.mark.join(entries)
        return self.head + self.mark.join(entries) + self.tail + total

    def _entry(self, unit: Unit) -> str:
        if self.verbs:
            return unit.name + "".join(
                verb.replace("{n}", str(count)) for verb, (_, count) in zip(self.verbs, unit.counts, strict=True)
            )
        return unit.name + str(unit.counts[0][1])

    def sums(self) -> dict[str, Amount]:
        totals: dict[str, Amount] = {}
        for unit in self.units:
            for fact, count in unit.counts:
                totals[fact] = count.amount if fact not in totals else totals[fact] + count.amount
        return totals

    def _sum(self) -> str:
        sums = self.sums()
        if self.verbs:
            return "".join(
                verb.replace("{n}", f"{sums[fact].least[1] + self.differs}人")
                for verb, fact in zip(self.verbs, self.facts, strict=True)
            )
        return f"{sums[self.facts[0]].least[1] + self.differs}人"

    def effects(self) -> Iterator[Effect]:
        for fact, amount in self.sums().items():
            yield Effect(fact, amount + exactly(self.differs), "weak" if self.weak else "value")

    def tags(self) -> Iterator[str]:
        yield f"sum:{self.sort}"
        stated = "sum:total stated" if self.total else "sum:total first" if self.first else "sum:no total"
        yield "sum:total differs" if self.differs else stated

    def smaller(self) -> Iterator[Part]:
        if len(self.units) > 2:
            for at in range(len(self.units)):
                yield replace(self, units=self.units[:at] + self.units[at + 1 :])
        if self.differs:
            yield replace(self, differs=0)
        elif self.total:
            yield replace(self, total="")
        if self.empty:
            yield replace(self, empty="")
        for at, unit in enumerate(self.units):
            for which, (fact, count) in enumerate(unit.counts):
                for simpler in count.smaller():
                    counts = (*unit.counts[:which], (fact, simpler), *unit.counts[which + 1 :])
                    yield replace(self, units=(*self.units[:at], replace(unit, counts=counts), *self.units[at + 1 :]))


@dataclass(frozen=True)
class Table(Units):
    """The same, pasted from a sheet."""

    def text(self) -> str:
        rows = [("单位", *(words.LABELS[fact][0] for fact in self.facts))]
        rows += [(unit.name, *(count.bare() for _, count in unit.counts)) for unit in self.units]
        if self.total:
            sums = self.sums()
            rows.append(("合计", *(str(sums[fact].least[1]) for fact in self.facts)))
        return "\n".join("\t".join(row) for row in rows)


@dataclass(frozen=True)
class Roll(Part):
    """People who are named or kin: 母女俩, 张某、李某, the driver."""

    fact: str
    people: str
    number: int
    harm: str
    lead: str = ""

    def text(self) -> str:
        return f"{self.lead}{self.people}{self.harm}"

    def effects(self) -> Iterator[Effect]:
        yield Effect(self.fact, exactly(self.number))

    def tags(self) -> Iterator[str]:
        yield "sum:named people"

    def smaller(self) -> Iterator[Part]:
        if self.lead:
            yield replace(self, lead="")
        plain = words.ROLL_HARMS[self.fact][0]
        if self.harm != plain:
            yield replace(self, harm=plain)


@dataclass(frozen=True)
class Speaker(Part):
    """In a forwarded log: who writes next, and when."""

    who: str
    stamp: str

    def text(self) -> str:
        return f"{self.who} {self.stamp}"
