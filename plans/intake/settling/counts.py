"""Figures of people in a text, each with the one harm that is told of it: 死3，伤5个 are two.

They are what a correction may speak of: where a number has no harm, or one clause has two harms for it, there is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from plans.intake.clauses import facts_of
from plans.intake.numerals import Number, numbers
from plans.intake.patterns import lazy
from plans.intake.reading import Span

_UNIT = lazy(
    r" ?(?:个人|[号口]人|个(?!月|小时|多?[小钟]|星期|班|车|村|乡|镇|县|市|点|组|房|厂|学校|单位|地方|家庭|方向|部门)"
    r"|[人名位例具](?!民|员[^死伤受失被遇]|次|家|手|力))"
)
_BARE = lazy(r"(?:[死伤亡重轻困埋]了?|死亡|受伤|遇难|失[联踪]|被困|重伤|轻伤|[死伤]者|[的是有:])$")
_BARE_END = lazy(r"(?=[,。;!?\n 、)]|$|[死伤亡重轻失遇受被])")
CLAUSE = lazy(r"[^,。;!?\n 、]+")


@dataclass(frozen=True)
class Count:
    """One figure.

    Args:
        fact: the fact of its harm; None where none stands beside it.
        low, high: its bounds.
        number: where it stands.
        head: where it stands with its measure.
        span: with its harm.
        gap: where the marks before it begin.
    """

    fact: str | None
    low: float
    high: float | None
    number: Span
    head: Span
    span: Span
    gap: int = 0

    def behind(self, gap: int) -> Count:
        """The same behind marks that begin there."""
        return replace(self, gap=gap)

    def now(self, new: Count) -> Count:
        """The figure with the number of another one."""
        return replace(self, low=new.low, high=new.high)

    @property
    def bounds(self) -> tuple[float, float | None]:
        """Inclusive."""
        return self.low, self.high


def counts_of(text: str, low: int, high: int) -> list[Count] | None:
    """The figures of one clause; None where it is open whose harm is whose.

    Args:
        text: normalised.
        low, high: where the clause stands.
    """
    heads = list(_heads(text, low, high))
    if not heads:
        return []
    if len(heads) == 1:
        facts = facts_of(text[low:high])
        if len(facts) > 1:
            return None
        return [_count(heads[0], facts[0] if facts else None, (low, high))]
    if not facts_of(text[low:high]):
        return [_count(head, None, (low, high)) for head in heads]
    ends = [head[1] for _, head in heads[:-1]]
    behind = [low, *ends], [*ends, high]  # 死3人伤5人
    starts = [head[0] for _, head in heads[1:]]
    before = [low, *starts], [*starts, high]  # 3人死亡5人受伤
    for lows, highs in (behind, before):
        spans = list(zip(lows, highs, strict=True))
        told = [facts_of(text[start:end]) for start, end in spans]
        if all(len(one) == 1 for one in told):
            return [_count(head, one[0], span) for head, one, span in zip(heads, told, spans, strict=True)]
    return None


def _count(head: tuple[Number, Span], fact: str | None, span: Span) -> Count:
    number = head[0]
    own = head[1][0], head[1][0] + number.end - number.start
    return Count(fact, number.low, number.high, own, head[1], span, span[0])


def _heads(text: str, low: int, high: int) -> Iterator[tuple[Number, Span]]:
    clause = text[low:high]
    for number in numbers(clause):
        if number.start and clause[number.start - 1] in "第跟":
            continue
        unit = _UNIT.match(clause, number.end)
        if unit is None and clause[number.start : number.end] in ("数", "几", "好几"):
            continue  # 失踪的数不对
        end = unit.end() if unit else number.end
        bare = clause[number.end - 1] in "俩仨" or (
            _BARE.search(clause, 0, number.start) and _BARE_END.match(clause, number.end)
        )
        if unit or bare:
            yield number, (low + number.start, low + end)
