"""Mentions of a whole text -> one value per core fact: totals, sub-totals, grades, updates, later deaths."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from plans.intake.mentions import Mention, SentenceReader
from plans.intake.numerals import numbers
from plans.intake.people import Group
from plans.intake.reading import Found, Span
from plans.intake.tokens import sentences, tokenise
from plans.intake.words import EARLIER, ELSEWHERE

_EARLIER = re.compile(EARLIER)
_ELSEWHERE = re.compile(ELSEWHERE)
_VESSEL = re.compile(r"[客渡渔货游]船|轮船|船只|小船|木船|汽艇|快艇|游艇|客轮|渡轮|船上|船舶")
_DISTRESS = re.compile(r"触礁|翻沉|翻船|沉没|沉船|倾覆|搁浅|遇险|失控|进水|碰撞|起火|侧翻|漂流|翻覆|失去动力")
_ABOARD = re.compile(r"(?:船上|艇上|轮上|载有|搭载|乘载|载客|载着|乘员|船员|乘客|载)(?:共有?|有|乘客|人员|船员|游客)*(?=[\d一二两三四五六七八九十百约近])")
_POISON = ("food_poisoning", "gas_poisoning", "epidemic")
_INJURED = ("hurt", "wound", "serious", "critical", "grave", "light")
_FACT = {
    "dead": "deaths", "missing": "missing", "trapped": "trapped", "serious": "serious_injuries", "critical": "serious_injuries", "grave": "serious_injuries", "ill": "ill",
    "endangered": "endangered", "hurt": "injuries", "wound": "injuries", "light": "injuries",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class _Value:
    """What one sentence says about one fact."""

    low: int | float
    high: int | float | None
    stated: int | float | None
    span: Span
    rank: int
    mode_new: bool
    hedged: bool
    unknown: bool
    update: bool
    sentence: int
    groups: tuple[int, ...]


def casualties(
    text: str, category: str | None, background: Callable[[int], bool]
) -> tuple[dict[str, Found], dict[str, Span]]:
    """Core facts of normalised text, and the facts it raises without a number.

    Args:
        text: normalised text.
        category: kind of event; decides whether people in hospital are ill or injured.
        background: offset -> whether what is said there is about another event.
    """
    mentions: list[Mention] = []
    raised: dict[str, Span] = {}
    earlier, elsewhere = _Cues(_EARLIER, text), _Cues(_ELSEWHERE, text)
    kept: list[Mention] = []
    groups = 0
    single: Group | None = None
    for index, (start, tokens) in enumerate(sentences(tokenise(text))):
        reader = SentenceReader(text, tokens, index, groups, single)
        reader.read()
        groups += len(reader.groups)
        single = _single(reader.groups) or single
        for mention in reader.mentions:
            at = mention.span[0]
            if mention.kind == "safe" or background(at) or earlier.between(start, at):
                continue
            mentions.append(mention)
            if not elsewhere.between(start, at):
                kept.append(mention)
        for kind, span in reader.raised.items():
            if kind in _FACT:
                raised.setdefault(_FACT[kind], span)
    mentions = kept or mentions
    ill = any(m.kind == "ill" for m in mentions) and not any(m.kind in ("hurt", "wound", "serious") for m in mentions)
    weak = "ill" if category in _POISON or ill else "hurt"
    mentions = _hospital(mentions, weak)
    died = {mention.group for mention in mentions if mention.kind == "dead"}
    facts: dict[str, Found] = {}

    def settle(fact: str, kinds: Sequence[str]) -> _Value | None:
        chosen = [m for m in mentions if m.kind in kinds and not (m.group in died and m.kind != "dead")]
        value = _across(chosen, fact)
        if value is not None:
            facts[fact] = _found(text, value)
        return value

    settle("deaths", ("dead",))
    injured = settle("injuries", _INJURED if weak == "hurt" else ("hurt", "wound", "light"))
    settle("serious_injuries", ("serious", "critical", "grave"))
    for fact in ("missing", "trapped", "ill", "endangered"):
        settle(fact, (fact,))
    if "endangered" not in facts:
        facts |= _aboard(text)
    fact = "ill" if weak == "ill" else "injuries"
    if fact not in facts or facts[fact].unknown:
        settle(fact, ("hospital",))
    if injured is not None:
        _less_those_who_died(text, facts, mentions, injured)
    for name, found in facts.items():
        if found.unknown:
            raised.setdefault(name, found.span)
    return facts, {name: span for name, span in raised.items() if name not in facts or facts[name].unknown}


def _aboard(text: str) -> dict[str, Found]:
    """People aboard a vessel in distress are endangered, whatever becomes of them."""
    if not (_VESSEL.search(text) and _DISTRESS.search(text)):
        return {}
    for match in _ABOARD.finditer(text):
        number = next(numbers(text[match.end() : match.end() + 20]), None)
        if number is not None and number.start == 0 and text[match.end() + number.end : match.end() + number.end + 1] in "人名":
            span = (match.start(), match.end() + number.end + 1)
            return {"endangered": Found(at_least=number.low, at_most=number.high, stated=number.stated,
                                        text=text[span[0] : span[1]], span=span, approx=number.hedged)}  # fmt: skip
    return {}


def _single(groups: Sequence[Group]) -> Group | None:
    """The one harmed person of a sentence, to whom 伤者 in the next ones refers; None where there are none or several."""
    harmed = [group for group in groups if group.kinds and not group.unknown and group.low]
    return harmed[0] if len(harmed) == 1 and harmed[0].high == 1 else None


def _hospital(mentions: list[Mention], weak: str) -> list[Mention]:
    """People taken to hospital count as hurt or ill where the text says so of some of them, or says nothing better."""
    parents = {m.parent for m in mentions if m.sub and m.kind in (*_INJURED, "ill")}
    strong = {m.sentence for m in mentions if m.kind == "ill"}
    settled = []
    for mention in mentions:
        if mention.left and mention.kind in ("hospital", "ill"):
            continue
        if mention.kind == "hospital" and (
            mention.group in parents or (weak == "ill" and mention.sentence not in strong)
        ):
            mention = mention._replace(kind=weak)
        settled.append(mention)
    return settled


class _Cues:
    """Where a pattern stands in a text, searched once."""

    def __init__(self, pattern: re.Pattern[str], text: str) -> None:
        self.ends = [match.end() for match in pattern.finditer(text)]

    def between(self, start: int, end: int) -> bool:
        at = bisect_right(self.ends, start)
        return at < len(self.ends) and self.ends[at] <= end


def _within(mentions: Sequence[Mention], fact: str) -> _Value | None:
    """Combine what one sentence says: disjoint groups add up, parts do not."""
    updates = [m for m in mentions if m.update or (m.left and m.kind in ("trapped", "missing"))]
    if updates:
        return _value(updates[-1:], 3)
    whole = _whole(mentions)
    whole = [m for m in whole if not m.included] or whole
    counted = [m for m in whole if not m.unknown and not m.zero]
    if not counted:
        return _value(whole[-1:], 1) if whole else None
    if fact == "injuries":
        counted = _grades(counted)
    if fact == "serious_injuries":
        return _serious(counted)
    stated = [m for m in counted if not m.implied] or counted
    if len(stated) < len(counted) and not any(m.other for m in counted):
        counted = stated
    distinct = _distinct(counted)
    return _value(distinct, _rank(distinct))


def _rank(distinct: Sequence[Mention]) -> int:
    """How firm a statement is: 0 follows from a noun, 1 is said in passing or added up here, 2 is a stated total."""
    if all(m.implied for m in distinct):
        return 0
    stated = len(distinct) == 1 and distinct[0].summary
    return 2 if stated or any(m.running for m in distinct) else 1


def _whole(mentions: Sequence[Mention]) -> list[Mention]:
    """Mentions that are no part (其中) of people already counted for the same fact."""
    seen: set[int] = set()
    whole = []
    for mention in mentions:
        if not (mention.sub and mention.parent in seen):
            whole.append(mention)
        seen.add(mention.group)
    return whole


def _grades(counted: list[Mention]) -> list[Mention]:
    """Grades that exclude each other are summed; a stated number of all injured counts instead of them."""
    general = [m for m in counted if m.kind == "hurt"]
    graded = _others([m for m in counted if m.kind not in ("hurt", "wound")], general)
    wounds = _others([m for m in counted if m.kind == "wound"], general)
    if not general and wounds and any(m.kind != "light" for m in graded):
        general, wounds = wounds + [m for m in graded if m.kind == "light"], []
        graded = [m for m in graded if m.kind != "light"]
    if general and graded and not any(m.other for m in general):
        return general if sum(m.low for m in general) >= sum(m.low for m in graded) else graded
    return counted


def _others(mentions: list[Mention], known: list[Mention]) -> list[Mention]:
    groups = {m.group for m in known}
    return [m for m in mentions if m.group not in groups]


def _serious(counted: list[Mention]) -> _Value:
    """重症11例、危重症8例: whether the critical are among the grave is not said, so it stays an interval."""
    critical = [m for m in counted if m.kind == "critical"]
    grave = _others([m for m in counted if m.kind == "grave"], critical)
    if not (critical and grave):
        distinct = _distinct(counted)
        return _value(distinct, _rank(distinct))
    both, more = _value(grave, 1), _value(critical, 1)
    high = None if both.high is None or more.high is None else both.high + more.high
    return replace(both, low=max(both.low, more.low), high=high, hedged=True)


def _distinct(counted: list[Mention]) -> list[Mention]:
    """Disjoint groups: each once, repeats and running totals folded."""
    distinct: list[Mention] = []
    groups: set[int] = set()
    summed: int | float = 0
    for mention in counted:
        if mention.group in groups:
            continue
        last = distinct[-1] if distinct else None
        if last and (mention.running or (mention.summary and not last.summary and mention.low >= summed)):
            distinct, summed = [], 0
        elif last and not mention.other:
            repeated = mention.low == last.low and mention.kind == last.kind and mention.span[0] - last.span[1] > 12
            if repeated or (mention.kind == "hospital" and mention.low <= last.low):
                continue
        distinct.append(mention)
        groups.add(mention.group)
        summed += mention.low
    return distinct


def _value(mentions: Sequence[Mention], rank: int) -> _Value:
    high = None if any(m.high is None for m in mentions) else sum(m.high or 0 for m in mentions)
    stated = None if any(m.stated is None for m in mentions) else sum(m.stated or 0 for m in mentions)
    return _Value(
        low=sum(m.low for m in mentions),
        high=high,
        stated=stated,
        span=(min(m.span[0] for m in mentions), max(m.span[1] for m in mentions)),
        rank=rank,
        mode_new=all(m.new for m in mentions),
        hedged=any(m.hedged for m in mentions),
        unknown=all(m.unknown for m in mentions),
        update=any(m.update or (m.left and m.kind in ("trapped", "missing")) for m in mentions),
        sentence=mentions[0].sentence,
        groups=tuple(m.group for m in mentions),
    )


def _across(mentions: Sequence[Mention], fact: str) -> _Value | None:
    """The last stated total counts, unless it is smaller than an earlier one without saying that it corrects it."""
    zeros = [m for m in mentions if m.zero]
    rest = [m for m in mentions if not m.zero]
    by_sentence: dict[int, list[Mention]] = {}
    for mention in rest:
        by_sentence.setdefault(mention.sentence, []).append(mention)
    best: _Value | None = None
    for part in by_sentence.values():
        value = _within(part, fact)
        if value is None:
            continue
        if best is None or best.unknown or (value.update and not value.unknown):
            best = value
        elif value.unknown:
            continue
        elif best.mode_new and not value.mode_new:
            best = value
        elif value.mode_new and not best.mode_new:
            best = _plus(best, value) if not best.update and value.low and best.rank < 2 else best
        elif value.rank > best.rank and best.rank < 1 or (value.rank >= best.rank and value.low >= best.low):
            best = value
        elif value.rank == 2 and best.rank == 1 and best.low <= value.low:
            best = value
    if best is None or best.unknown:
        if zeros and (best is None or zeros[-1].sentence >= best.sentence):
            return _value(zeros[-1:], 1)
    return best


def _plus(first: _Value, second: _Value) -> _Value:
    high = None if first.high is None or second.high is None else first.high + second.high
    stated = None if first.stated is None or second.stated is None else first.stated + second.stated
    return replace(first, low=first.low + second.low, high=high, stated=stated)


def _less_those_who_died(text: str, facts: dict[str, Found], mentions: Sequence[Mention], injured: _Value) -> None:
    """10人烧伤，其中1人死亡: who died is dead only."""
    for mention in mentions:
        if mention.kind == "dead" and mention.sub and mention.parent in injured.groups and not mention.unknown:
            low = max(0, injured.low - (mention.high if mention.high is not None else injured.low))
            high = None if injured.high is None else injured.high - mention.low
            stated = None if injured.stated is None or mention.stated is None else injured.stated - mention.stated
            if high is not None and high < 0:
                return
            facts["injuries"] = replace(facts["injuries"], at_least=low, at_most=high, stated=stated)
            return


def _found(text: str, value: _Value) -> Found:
    return Found(
        at_least=value.low,
        at_most=value.high,
        stated=value.stated,
        text=text[value.span[0] : value.span[1]],
        span=value.span,
        mode="increment" if value.mode_new else "total",
        approx=value.hedged,
        unknown=value.unknown,
    )
