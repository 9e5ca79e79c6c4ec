"""What a composed message says of each fact, and whether a reading says more than that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from plans.intake import SURE, Found, Reading

FACTS = ("deaths", "injuries", "serious_injuries", "missing", "trapped", "ill", "endangered")


@dataclass(frozen=True)
class Amount:
    """A number as people say it: where its lower and its upper bound may honestly be put.

    三四个 is exactly 3 to 4; 约三十人 has its lower bound anywhere from 25 to 30. `None` is no bound.
    """

    least: tuple[int, int]
    most: tuple[int | None, int | None]

    def true_of(self, low: float | None, high: float | None) -> bool:
        """Nothing false is said by these bounds, though perhaps little."""
        lowest_top = self.most[0]
        return (low or 0) <= self.least[1] and (high is None or (lowest_top is not None and high >= lowest_top))

    def told_by(self, low: float | None, high: float | None) -> bool:
        """These bounds say it as well as the words do."""
        widest = self.most[1]
        tight = widest is None or (high is not None and high <= widest)
        return self.true_of(low, high) and (low or 0) >= self.least[0] and tight

    def __add__(self, other: Amount) -> Amount:
        return Amount(
            (self.least[0] + other.least[0], self.least[1] + other.least[1]),
            (_sum(self.most[0], other.most[0]), _sum(self.most[1], other.most[1])),
        )

    def __str__(self) -> str:
        low, high = self.least[1], self.most[0]
        return str(low) if low == high else f"{low}..{'' if high is None else high}"


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


def exactly(number: int) -> Amount:
    return Amount((number, number), (number, number))


def between(low: int, high: int) -> Amount:
    return Amount((low, low), (high, high))


@dataclass(frozen=True)
class Effect:
    """What a part of a message does to one fact.

    ``value``: it is said; ``maybe``: to show it would be no lie, though it need not be shown; ``part``: it is said of
    some of those whom another part counts; ``less``: so many are no longer so, which may be taken off or not;
    ``weak``: they are in hospital, hurt or ill as the event tells; ``claim``: somebody else is said to tell it;
    ``late``: of the deaths, that they may have been counted among the harmed before.
    """

    fact: str
    amount: Amount
    role: Literal["value", "maybe", "part", "less", "weak", "claim", "late"] = "value"


@dataclass
class Known:
    """The truth of one fact: what must be read, what may be shown beside that, and what others are said to tell."""

    said: Amount | None = None
    also: list[Amount] = field(default_factory=list)
    claims: list[Amount] = field(default_factory=list)

    def __str__(self) -> str:
        words = [str(self.said)] if self.said else ["-"]
        words += [f"or {amount}" for amount in self.also]
        words += [f"heard {amount}" for amount in self.claims]
        return " ".join(words)


Truth = Mapping[str, Known]


def truth_of(effects: Iterable[Effect], *, of_the_ill: bool | None) -> dict[str, Known]:
    """What follows from the parts of a message.

    Args:
        effects: of all parts.
        of_the_ill: whether the seriously affected are ill rather than hurt; None where it cannot be told.
    """
    effects = list(effects)
    truth = {fact: Known() for fact in FACTS}
    for effect in effects:
        known = truth[effect.fact]
        if effect.role == "claim":
            known.claims.append(effect.amount)
            if effect.fact == "serious_injuries":
                for whole in _wholes(of_the_ill):
                    truth[whole].claims += [effect.amount, Amount((0, effect.amount.least[1]), (None, None))]
        elif effect.role == "maybe":
            known.also.append(effect.amount)
            if effect.fact == "serious_injuries" and effect.amount.most[0] != 0:
                for whole in _wholes(of_the_ill):
                    truth[whole].also += [effect.amount, Amount((0, effect.amount.least[1]), (None, None))]
        elif effect.role == "weak":
            for whole in _wholes(of_the_ill):
                truth[whole].also.append(effect.amount)
        elif effect.role not in ("less", "late"):
            known.said = effect.amount if known.said is None else known.said + effect.amount
    serious = truth["serious_injuries"].said
    told_by_others = {whole: list(truth[whole].also) for whole in FACTS}
    if serious is not None:
        for whole in _wholes(of_the_ill):
            truth[whole].also += [amount + serious for amount in told_by_others[whole]]
    heard = truth["serious_injuries"].claims
    for whole in _wholes(of_the_ill):
        truth[whole].claims += [amount + some for amount in list(truth[whole].claims) for some in heard]
    grave = any(effect.fact == "serious_injuries" and effect.role == "value" for effect in effects)
    if serious is not None and grave and serious.most[0] != 0:
        for whole in _wholes(of_the_ill):
            _the_serious_are_harmed(truth[whole], serious)
    dead = truth["deaths"].said
    for effect in effects:
        known = truth[effect.fact]
        if effect.role == "less" and known.said is not None:
            known.also.append(_less(known.said, effect.amount))
    # 13人受伤，其中12人重伤，死亡1人: of the 13, or besides
    parts = any(effect.role == "part" and effect.fact == "serious_injuries" for effect in effects)
    late = parts or any(effect.role == "late" for effect in effects)
    if dead is not None and late:
        for whole in ("injuries", "ill"):
            harmed = [amount for amount in (truth[whole].said, *truth[whole].also) if amount is not None]
            truth[whole].also += [_less(amount, dead) for amount in harmed]
    return truth


def _wholes(of_the_ill: bool | None) -> tuple[str, ...]:
    """Of whom the seriously affected are a part."""
    return ("injuries", "ill") if of_the_ill is None else ("ill",) if of_the_ill else ("injuries",)


def _the_serious_are_harmed(known: Known, serious: Amount) -> None:
    """2人重伤 alone makes 2 hurt, or at least 2; beside another count it may be part of it or come on top."""
    if known.said is not None:
        known.also.append(known.said + serious)
    if known.said is None or (known.said.most[0] or 0) < serious.least[0]:
        known.also += [serious, Amount((0, serious.least[1]), (None, None))]


def _less(whole: Amount, part: Amount) -> Amount:
    low = max(0, whole.least[0] - (part.most[1] or 0)), max(0, whole.least[1] - part.least[0])
    high = whole.most[0], whole.most[1]
    if high[0] is None:
        return Amount(low, high)
    return Amount(low, (max(0, high[0] - (part.most[0] or 0)), max(0, (high[1] or high[0]) - part.least[0])))


Verdict = Literal["invented", "wrong", "claim", "unread", "excluded"]
FALSE: frozenset[Verdict] = frozenset(("invented", "wrong", "claim"))


@dataclass(frozen=True)
class Fault:
    """One thing a reading gets wrong.

    ``invented``: shown and not said; ``wrong``: shown, and something else is said; ``claim``: put into somebody's
    mouth who did not say it; ``unread``: said and not shown, or so vaguely that it does not help; ``excluded``: it is
    asked, and what was said is none of the answers.
    """

    fact: str
    verdict: Verdict
    shown: str


def judge(reading: Reading, truth: Truth, *, to_be_read: bool) -> list[Fault]:
    """Everything false in a reading; where a text is easy, also what is not read."""
    faults: list[Fault] = []
    for fact in FACTS:
        known = truth[fact]
        found = reading.facts.get(fact)
        right = False
        if found is not None and shown_as_known(found):
            allowed = [*([known.said] if known.said else []), *known.also]
            low, high = found.at_least, found.at_most
            vacuous = not low and high is None
            if not vacuous and not any(amount.true_of(low, high) for amount in allowed):
                faults.append(Fault(fact, "wrong" if allowed else "invented", written(low, high)))
            right = any(amount.told_by(low, high) for amount in allowed)
        elif found is not None and found.readings and not _offered(found, known):
            faults.append(Fault(fact, "excluded", written(found.at_least, found.at_most) + "?"))
        if to_be_read and known.said is not None and not right and not any(fault.fact == fact for fault in faults):
            faults.append(Fault(fact, "unread", "" if found is None else written(found.at_least, found.at_most) + "?"))
    for claim in reading.claims:
        known = truth[claim.fact]
        tellable = [*known.claims, *([known.said] if known.said else []), *known.also]
        low, high = claim.found.at_least, claim.found.at_most
        if not claim.found.unknown and not any(amount.true_of(low, high) for amount in tellable):
            faults.append(Fault(claim.fact, "claim", written(low, high)))
    return faults


def _offered(found: Found, known: Known) -> bool:
    """One of the ways to read it is what was said: for what was not said, that it was not."""
    allowed = [amount for amount in (known.said, *known.also) if amount]
    nothing = any(option.at_least is None and option.at_most is None for option in found.readings)
    bounds = [(option.at_least, option.at_most) for option in found.readings]
    true = any(amount.true_of(low, high) for amount in allowed for low, high in bounds)
    return true or (nothing and known.said is None)


def figures_of(reading: Reading, truth: Truth) -> tuple[int, int]:
    """How many facts are said, and of these how many are shown as the words say them."""
    said = {fact: known for fact, known in truth.items() if known.said is not None}
    right = 0
    for fact, known in said.items():
        found = reading.facts.get(fact)
        if found is not None and shown_as_known(found):
            allowed = [amount for amount in (known.said, *known.also) if amount]
            right += any(amount.told_by(found.at_least, found.at_most) for amount in allowed)
    return len(said), right


def shown_as_known(found: Found) -> bool:
    """A person reads this as a figure, not as a question."""
    return not found.unknown and found.confidence >= SURE


def written(low: float | None, high: float | None) -> str:
    return str(low) if low == high else f"{'' if low is None else low}..{'' if high is None else high}"
