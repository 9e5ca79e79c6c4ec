"""What a later text tells of people and no step took in: what it may touch is asked, not left as it was.

An old figure that stands on beside such words reads as if it had been told anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from plans.intake.clauses import Clause, facts_of
from plans.intake.numerals import numbers
from plans.intake.patterns import lazy
from plans.intake.reading import After, Option, Span
from plans.intake.replacing import FILL
from plans.intake.steps import FREED, HELPERS, NO_NEWS, NOT_FREED, Bounds, Step
from plans.intake.taking import added, any_overlap, asked, was

_DIED = lazy(r"没了(?=[,。;! ]|$)|走了(?=[一两\d俩])|死|不行了|没气|没救|咽气|遇难|身亡|遗体|牺牲|去世|没挺")
_GRADE = lazy(r"转轻|转重|变重|变轻|减轻|加重|好转|重症[增减加]|脱离危险|普通病房|[按算]轻伤|[按算]重伤|转成重|转为重")
_WRONG = lazy(
    r"不对|没那么多|没这么多|有误|报了[一两]遍|重复|登记重|重名|算重|数重|多报|少报|漏报|漏了|听岔|认错|弄错|搞错|作废|要改|得改|算错"
)
_NOT_OF_THEM = lazy(
    r"出院|回家|转院|转到|转走|转往|转送|送到|住在|观察|安置|疏散|转移|家属|岁|床|名单|电话|车(?!祸)|钱|元|米|天|小时|分钟|"
    r"手术|输血|专家|医生|护士|队|台|艘|架|条|民警|记者|路人|现场|到了|赶"
)
"""Whoever is told of so is counted already, or helps."""


def unheeded(
    text: str,
    clauses: Sequence[Clause],
    steps: Sequence[Step],
    used: Collection[Span],
    changed: Mapping[str, After],
    before: Mapping[str, Bounds],
    weak: str,
) -> Iterator[tuple[str, After]]:
    """Facts with what they may be, where a clause tells of people and nothing was made of it.

    Args:
        text: masked.
        used: spans that a step, a revision or a figure of the first reading was made of.
        changed: what is known by now; only what is as it was, or was reached by a step beside it, is asked.
        before: what the case knew.
        weak: the fact of people in hospital.
    """
    spans = [step.span for step in steps] + list(used)
    for at, clause in enumerate(clauses):
        if any_overlap(clause.span, spans) or FILL in clause.text or NO_NEWS.search(clause.text):
            continue
        for fact in dict.fromkeys(_touched(clause, before, weak)):
            now = changed.get(fact)
            if now is not None and now.change == "same" and fact in before and before[fact] != (None, None):
                yield fact, _asked(clause, before[fact])
        for fact in _goes_on(text, clauses, at, steps):
            now = changed.get(fact)
            if now is not None and not now.unknown and clause.count is not None:
                yield fact, _further(clause, now, before.get(fact))


def _touched(clause: Clause, before: Mapping[str, Bounds], weak: str) -> Iterator[str]:
    part = clause.text
    lost = [fact for fact in ("missing", "trapped") if before.get(fact, (0, 0)) != (0, 0)]
    if _WRONG.search(part):
        named = clause.facts or facts_of(clause.before)
        for fact, bounds in before.items():
            if fact in named or any((number.low, number.high) == bounds for number in numbers(part)):
                yield fact
    if HELPERS.search(part):
        return
    if _GRADE.search(part):
        yield "serious_injuries"
    if not clause.counts:
        return
    if _DIED.search(part):
        yield from ("deaths", weak)
        if "重" in part or "serious_injuries" in clause.facts:
            yield "serious_injuries"
        yield from lost
    elif FREED.search(part) and not NOT_FREED.search(part):
        yield from lost
    elif clause.facts and not _NOT_OF_THEM.search(part):
        yield from clause.facts


def _goes_on(text: str, clauses: Sequence[Clause], at: int, steps: Sequence[Step]) -> Iterator[str]:
    """头一船接出来15个，第二船13个: a number without a word of its own, in the sentence of a step."""
    clause = clauses[at]
    if clause.count is None or clause.facts or HELPERS.search(clause.text) or _NOT_OF_THEM.search(clause.text):
        return
    for step in steps:
        if step.how != "less" or step.fact not in ("missing", "trapped"):
            continue
        low, high = min(step.span[0], clause.span[0]), max(step.span[1], clause.span[1])
        if not any(mark in text[low:high] for mark in "。!?\n"):
            yield step.fact


def _asked(clause: Clause, base: Bounds) -> After:
    count = clause.count or (clause.counts[-1] if clause.counts else None)
    many: Bounds = (count.low, count.high) if count is not None else (1, 1)
    words, span = clause.text, clause.span
    more = Option(at_least=added(base[0], many[0]), at_most=added(base[1], many[1]), text=words, span=span)
    fewer = Option(
        at_least=max(0, (base[0] or 0) - (many[1] or 0)),
        at_most=None if base[1] is None else max(0, base[1] - (many[0] or 0)),
        text=words,
        span=span,
    )
    return asked((was(base), fewer, more), "fall", words, span)


def _further(clause: Clause, now: After, base: Bounds | None) -> After:
    count = clause.count
    many = count.low if count is not None else 0
    so_far = Option(at_least=now.at_least, at_most=now.at_most, text=now.text, span=now.span)
    less = Option(
        at_least=max(0, (now.at_least or 0) - many),
        at_most=None if now.at_most is None else max(0, now.at_most - many),
        text=clause.text,
        span=clause.span,
    )
    return asked((less, so_far, was(base)), "fall", now.text, now.span)
