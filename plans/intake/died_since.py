"""How many of the hurt died since, and how many of them were gravely hurt: 昨晚死了俩，都是重伤那五个里头的.

Understood where all the counts are those who died, their parts, and the gravely hurt as they were known.
"""

from __future__ import annotations

from collections.abc import Mapping

from plans.intake.changes import exact
from plans.intake.clauses import measure_end
from plans.intake.numerals import numbers
from plans.intake.patterns import lazy
from plans.intake.reading import After, Option, Span
from plans.intake.stepping import Bounds
from plans.intake.taking import in_doubt, same_bounds, was

_GRAVE = r"(?:重伤|重症|危重|重的|ICU|监护)"
_N = r"(?P<n>\d{1,2}|[一二两三四五六七八九]|[俩仨])"
_DIED = lazy(rf"(?:死|(?<![运送接拉转抬带])走|没|去世)了{_N}(?:个|人|名|位|例|(?<=[俩仨])|(?=[,。;! \n]|$))")
_ALL_GRAVE = lazy(rf"(?:都|均|全|俩)(?:是|在|系|属)?[^,。;!?\n]{{0,4}}{_GRAVE}")
_FROM_GRAVE = lazy(rf"{_GRAVE}[^,。;!?\n]{{0,10}}$")
_PART = lazy(
    rf"(?P<n>[一二两三四五\d]|[俩仨])(?:个|人|名|(?<=[俩仨]))[^,。;!?\n]{{0,6}}?(?:(?P<grave>{_GRAVE})|(?P<light>轻[伤的]))"
)
_ELSE = lazy(
    r"新[增送来收]|又(?:送|来|收|添|伤|多|接|抬|拉|有(?!一?[个人名]?(?:死|走|没)))|转(?:重|轻|出|到)|救[出活上]|找[到着]|[?吗]|可能|听说|据说|累计|一共|共|总|不是|更正|失[联踪]|被困"
)
_STILL_FOUGHT_FOR = lazy(r"(?:没|停)(?:了)?(?:心跳|呼吸)[^。;!?\n]{0,6}(?:还|正|仍)?在(?:抢救|按压|做心肺)")
ENOUGH = 80


def died_since(text: str, known: Mapping[str, Bounds], weak: str, changed: Mapping[str, After]) -> Mapping[str, After]:
    """What is known then; a person says so before it counts.

    Args:
        text: masked.
        known: what the case knew.
        weak: the fact of people of whom only a number is told.
        changed: what others made of the text.
    """
    dead = changed.get("deaths")
    if dead is not None and dead.change == "add" and not dead.asks and _STILL_FOUGHT_FOR.search(text):
        return {**changed, "deaths": in_doubt(dead, known.get("deaths"))}  # 没了心跳，正在抢救
    match = _DIED.search(text)
    hurt, serious = exact(known, weak), exact(known, "serious_injuries")
    if match is None or not hurt or not serious or len(text) > ENOUGH or _ELSE.search(text):
        return changed
    base = exact(known, "deaths")
    many = next((int(number.low) for number in numbers(match["n"])), 0)
    if base is None or any(exact(known, fact) for fact in ("missing", "trapped")):
        return changed
    grave = _of_the_grave(text, match.span(), many)
    if grave is None or not 0 < many <= hurt or grave > serious:
        return changed
    parts = {int(number.low) for part in _PART.finditer(text) for number in numbers(part["n"])}
    for number in numbers(text):
        counted = measure_end(text, number.end) > number.end or text[number.end - 1] in "俩仨"
        if counted and number.low not in {1, many, serious, *parts}:
            return changed
    new = {"deaths": (base + many, base), weak: (hurt - many, hurt), "serious_injuries": (serious - grave, serious)}
    kept = {name: After(at_least=low, at_most=high) for name, (low, high) in known.items()}
    told = {fact: _after(text, total, old, match.span()) for fact, (total, old) in new.items() if total != old}
    return kept | {fact: _agreed(now, changed.get(fact)) for fact, now in told.items()}


def _agreed(new: After, old: After | None) -> After:
    """Two readings that agree need no further question."""
    return old if old is not None and not old.unknown and same_bounds(old, new) else new


def _of_the_grave(text: str, span: Span, many: int) -> int | None:
    """How many of those who died were gravely hurt; None where nothing tells."""
    low = max((text.rfind(mark, 0, span[0]) for mark in ",。;!?\n"), default=-1) + 1
    if _FROM_GRAVE.search(text, low, span[0]) or _ALL_GRAVE.search(text, span[1]):
        return many
    parts = [
        (int(number.low), part["grave"] is not None)
        for part in _PART.finditer(text, span[1])
        for number in numbers(part["n"])
    ]
    return sum(n for n, grave in parts if grave) if sum(n for n, _ in parts) == many else None


def _after(text: str, total: int, old: int, span: Span) -> After:
    words = text[slice(*span)]
    option = Option(at_least=total, at_most=total, text=words, span=span)
    return After(
        at_least=total, at_most=total, change="fall" if total < old else "add", asks=True, text=words, span=span,
        readings=(option, was((old, old))),
    )  # fmt: skip
