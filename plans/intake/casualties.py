"""Mentions of a whole text -> one value per core fact: totals, sub-totals, grades, updates, later deaths."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from plans.intake.adding import added
from plans.intake.among_the_hurt import less_the_missing, less_those_who_died, some_of_whom_died
from plans.intake.around import Around
from plans.intake.cues import NORM, RUMOUR, TRUTH
from plans.intake.doubting import doubted
from plans.intake.in_hospital import hospital, signs
from plans.intake.leftover import unexplained
from plans.intake.lists import Listed, listed, whole_of
from plans.intake.mentions import Mention
from plans.intake.parts import grave_of_others, of_their_whole, without_parts
from plans.intake.patterns import lazy
from plans.intake.people import Group
from plans.intake.reading import Found, Span
from plans.intake.replacing import FILL
from plans.intake.rolls import rolled
from plans.intake.sentence import SentenceReader
from plans.intake.shares import shared
from plans.intake.tables import columns_plus, tabled
from plans.intake.tokens import Token, sentences, tokenise
from plans.intake.totals import INJURED, Value, across
from plans.intake.vessels import aboard
from plans.intake.words import EARLIER, ELSEWHERE

_ITEM = lazy(r"(?:^|(?<=[\s。;!?]))\(?\d{1,2}[、.)](?!\d)", sparse=True)
"""The number of an item in a list."""
_FORM_LINE = lazy(
    r"(?:死亡|重伤|轻伤|受伤|失联|失踪|被困)(?:人数|人员)?[: ]{1,2}\d{1,4}[^\n]{0,12}\n(?=[^\n:]{2,6}[: ]{1,2}\d)",
    sparse=True,
)
"""A line of a form: what follows on the next line goes on with it."""
_EARLIER = lazy(EARLIER, sparse=True)
_ELSEWHERE = lazy(ELSEWHERE, sparse=True)
_HOME = lazy(r"咱(?!们?那)|[我俺]们?(?:这|[村县乡镇校厂矿])|本[村县乡镇校厂矿]|今天这|这(?:边|起|次|回)", sparse=True)
"""From here on a sentence that spoke of others speaks of this event."""
_POISON = ("food_poisoning", "gas_poisoning", "epidemic")
_OF_FORCE = frozenset(("traffic", "collapse", "fall", "attack", "stampede", "explosion", "landslide", "mine_accident"))
"""Kinds of event that make people hurt and not ill: 司机在ICU."""
_AIR = lazy(r"[烟毒熏烤热暑呛]|煤气|燃气|气味|食堂|[吃喝]|发烧|发热|感染|流感|低血糖|缺氧")
_FELT = lazy(r"麻|[脸面]红|红肿|腮|脸肿|眼|呛|[疹痒]|喉|嗓|烧得")
"""Of the poisoned and in an epidemic: signs of illness (手发麻, 脸肿了, 烧得厉害)."""
_PAIN = lazy(r"喘|胸|疼|痛|憋")
"""Behind a blow or in a crowd: signs of a wound, where nobody breathed or ate anything."""
_PATIENT = lazy(r"(?<!毒)(?<!染)(?:病人|患者|患儿|病患|病号)$")
"""In a fire those who lie in hospital are people like others."""
_FACT = {
    "dead": "deaths",
    "missing": "missing",
    "trapped": "trapped",
    "ill": "ill",
    "endangered": "endangered",
    **dict.fromkeys(("serious", "critical", "grave"), "serious_injuries"),
    **dict.fromkeys(("hurt", "wound", "faint", "light"), "injuries"),
}


_HURT = frozenset(("hurt", "wound", "light", "serious", "critical"))
_LEAK = lazy(r"泄[漏露]|漏气|氨气|氯气|煤气|食堂|[饭菜]", sparse=True)
_MAY_BE_ILL = lazy(r"食堂|[饭菜席药毒病疫]")
"""Whether those in hospital are hurt or ill is not told where no word of either stands."""


def casualties(
    text: str, category: str | None, background: Callable[[int], bool]
) -> tuple[dict[str, Found], dict[str, Span], list[Span]]:
    """Core facts of normalised text, those it raises without a number, and head counts that nothing used.

    Told unit by unit they are added up; what is not sure is unknown, with the ways to read it.
    """
    given = text
    text, columns = tabled(_ITEM.sub(lambda item: "。" + FILL * (len(item[0]) - 1), text))
    text, people = rolled(text)
    columns |= people
    text = _FORM_LINE.sub(lambda line: line[0][:-1] + ",", text)
    text, lists = listed(text, category)
    facts, raised, spare, tokens = _stated(text, category, background)
    facts = {name: _of_a_list(found, lists) for name, found in facts.items()}
    sick = category in _POISON or ("伤" not in text and "serious_injuries" in facts and "injuries" not in facts)
    weak = "ill" if sick else "injuries" if {"injuries", "ill"} & (facts.keys() | raised.keys()) else ""
    summed = dict(added(text, facts, raised, weak, lambda part: _stated(part, category, lambda at: False)[:2]))
    for name, found in columns.items():
        summed[name] = columns_plus(found, summed.get(name))
    units = {name for name, found in summed.items() if found is not facts.get(name)}
    summed = shared(text, summed)
    used = [summed[name].span for name in units if name in summed]
    spare = [span for span in spare if not any(low <= span[0] < high for low, high in used)]
    spare = unexplained(text, spare)
    around = Around(text, tokens, summed, spare, units, category)
    facts = {
        name: _worded(given, replace(found, span=whole_of(found.span, lists)))
        for name, found in doubted(around).items()
    }
    for name, found in facts.items():
        if found.readings:
            raised.setdefault(name, found.span)
    return (
        facts,
        {name: span for name, span in raised.items() if name not in facts or facts[name].unknown},
        [_whole(given, span) for span in spare],
    )


class _Stated(NamedTuple):
    """Core facts, those that are raised without a number, head counts that nothing used, and what all was read from."""

    facts: dict[str, Found]
    raised: dict[str, Span]
    spare: list[Span]
    tokens: list[Token]


def _stated(text: str, category: str | None, background: Callable[[int], bool]) -> _Stated:
    """What normalised text says.

    Args:
        text: normalised text.
        category: kind of event; decides whether people in hospital are ill or injured.
        background: offset -> whether what is said there is about another event.
    """
    mentions: list[Mention] = []
    raised: dict[str, Span] = {}
    earlier, elsewhere, norms = _Cues(_EARLIER, text), _Cues(_ELSEWHERE, text), _Cues(NORM, text)
    rumours, homes = _Cues(RUMOUR, text), _Cues(_HOME, text)
    truths = [match.end() for match in TRUTH.finditer(text)]
    kept: list[Mention] = []
    spare: list[Span] = []
    words = set[str]()
    tolls = set[int]()
    groups = 0
    single: Group | None = None
    every = tokenise(text)
    parts = sentences(every)
    for index, (start, tokens) in enumerate(parts):
        reader = SentenceReader(text, tokens, index, groups, single)
        until = parts[index + 1][0] if index + 1 < len(parts) else len(text)
        if norms.between(start, until):
            continue
        truth = next((end for end in truths if start < end <= until), -1)
        if truth < 0 and rumours.between(start, until):
            continue
        reader.read()
        words.update(token.kind for token in tokens)
        tolls.update(group.index for group in reader.groups if group.toll)
        groups += len(reader.groups)
        spare.extend(reader.spare())
        single = _single(reader.groups) or single
        for mention in reader.mentions:
            at = mention.span[0]
            if mention.kind == "safe" or at < truth or background(at) or earlier.between(start, mention.span[1]):
                continue
            mentions.append(mention)
            if not elsewhere.between(homes.last(start, at), at):
                kept.append(mention)
        for kind, span in reader.raised.items():
            if kind in _FACT and not (span[0] < truth or background(span[0]) or earlier.between(start, span[0])):
                raised.setdefault(_FACT[kind], span)
    mentions = of_their_whole(_without_sums(kept or mentions), tolls)
    if category is not None and category not in _POISON:
        mentions = [m for m in mentions if m.kind != "ill" or not _PATIENT.search(m.words)]
    if category == "power_outage":
        mentions = [m for m in mentions if "呼吸机" not in m.words]  # ICU那38个上呼吸机的
    if category in _POISON:
        mentions = [
            m._replace(kind="ill") if m.kind in ("wound", "serious") and _FELT.search(m.words) else m for m in mentions
        ]
    if category in _OF_FORCE and _AIR.search(text) is None:
        mentions = [m._replace(kind="wound") if m.kind == "ill" and _PAIN.search(m.words) else m for m in mentions]
    ill = any(m.kind == "ill" for m in mentions) and not any(
        m.kind in ("hurt", "wound") or (m.kind == "serious" and "伤" in text[m.span[0] : m.span[1]]) for m in mentions
    )
    weak = "ill" if category in _POISON or ill or ("ill" in words and not words & _HURT) else "hurt"
    poisoned = "ill" in words or _LEAK.search(text) is not None
    open_ = not poisoned if weak == "ill" else not words & _HURT and _MAY_BE_ILL.search(text) is not None
    mentions = signs(mentions, weak)
    mentions = hospital(mentions, weak)
    grave = grave_of_others(mentions, tolls)
    died = {mention.group for mention in mentions if mention.kind == "dead"}
    facts: dict[str, Found] = {}

    def settle(fact: str, kinds: Sequence[str]) -> Value | None:
        chosen = [m for m in mentions if m.kind in kinds and not (m.group in died and m.kind != "dead")]
        if fact == "injuries":
            chosen = [m for m in chosen if m.group not in grave]
        value = across(without_parts(chosen), fact)
        if value is not None:
            facts[fact] = _found(text, value)
            if open_ and fact in ("ill", "injuries") and all(m.weak or m.kind == "hospital" for m in chosen):
                facts[fact] = replace(facts[fact], confidence=0.6)
        return value

    dead = settle("deaths", ("dead",))
    if dead is not None:
        less_the_missing(text, facts, mentions, dead)
    if weak == "ill":  # 均为轻症: of the ill
        mentions = [m for m in mentions if m.kind != "light" or "伤" in text[m.span[0] : m.span[1]]]
    hurt: tuple[str, ...] = INJURED
    if "伤" not in text and not any(m.kind in ("hurt", "wound", "light", "serious", "faint") for m in mentions):
        if category not in _OF_FORCE:
            hurt = tuple(kind for kind in INJURED if kind not in ("grave", "critical"))  # 1个重症: hurt or ill?
    graded = any(m.kind == "serious" and "伤" in text[m.span[0] : m.span[1]] for m in mentions)
    told = ("hurt", "wound", "light", *(("serious",) if graded else ()))
    injured = settle("injuries", hurt if weak == "hurt" else told)
    settle("serious_injuries", ("serious", "critical", "grave"))
    for fact in ("missing", "trapped", "ill", "endangered"):
        settle(fact, (fact,))
    endangered = aboard(text) if "endangered" not in facts else None
    if endangered is not None:
        facts["endangered"] = endangered
    fact = "ill" if weak == "ill" else "injuries"
    if fact not in facts or facts[fact].unknown:
        taken = settle(fact, ("hospital",))
        injured = taken if fact == "injuries" and taken is not None else injured
    if dead is not None:
        for fact in ("injuries", "ill"):
            some_of_whom_died(text, facts, fact, [m for m in mentions if m.kind == "dead"])
    if injured is not None and dead is not None:
        counted = [m for m in mentions if m.kind == "dead" and (m.group in dead.groups or m.low == dead.low)]
        less_those_who_died(text, facts, counted, mentions, injured)
    for name, found in facts.items():
        if found.unknown:
            raised.setdefault(name, found.span)
    raised = {name: span for name, span in raised.items() if name not in facts or facts[name].unknown}
    return _Stated(facts, raised, spare, every)


def _of_a_list(found: Found, lists: Sequence[Listed]) -> Found:
    """With the doubts of the list that it was added up from."""
    doubtful = any(item.doubtful and found.span[0] < item.span[1] and found.span[1] > item.span[0] for item in lists)
    return replace(found, confidence=min(found.confidence, 0.5)) if doubtful else found


def _worded(given: str, found: Found) -> Found:
    """With the words as they were given."""
    span = _whole(given, found.span)
    return replace(found, span=span, text=given[span[0] : span[1]])


def _whole(given: str, span: Span) -> Span:
    """A number that was moved beside its unit is cut nowhere."""
    low, high = span
    if given[low] == " " and low and given[low - 1].isdigit():
        low -= 1
    while low and given[low].isdigit() and given[low - 1].isdigit():
        low -= 1
    return low, high


def _single(groups: Sequence[Group]) -> Group | None:
    """The one harmed person of a sentence, to whom 伤者 in the next ones refers; None where there are several."""
    harmed = [group for group in groups if group.kinds and not group.unknown and group.low]
    return harmed[0] if len(harmed) == 1 and harmed[0].high == 1 else None


_OF_PEOPLE = frozenset(("dead", "missing", "trapped", *INJURED))
_FEW = 24
"""Mentions before a sum that it may be of."""


def _without_sums(mentions: list[Mention]) -> list[Mention]:
    """死了1个，伤了4个，一共5个: what all that was told comes to is no figure of the last harm; 共10人涉险 is one."""
    settled: list[Mention] = []
    for mention in mentions:
        if mention.running and mention.kind != "endangered" and not mention.sub and mention.low == mention.high:
            told = [m for m in settled[-_FEW:] if m.sentence == mention.sentence and m.kind in _OF_PEOPLE]
            told = [m for m in told if not (m.sub or m.zero)]
            several = len({m.kind for m in told}) > 1 and len({m.group for m in told}) == len(told)
            if several and mention.low == sum(m.low for m in told):
                continue
        settled.append(mention)
    return settled


class _Cues:
    """Where a pattern stands in a text, searched once."""

    def __init__(self, pattern: re.Pattern[str], text: str) -> None:
        self.ends = [match.end() for match in pattern.finditer(text)]

    def between(self, start: int, end: int) -> bool:
        at = bisect_right(self.ends, start)
        return at < len(self.ends) and self.ends[at] <= end

    def last(self, start: int, end: int) -> int:
        """Where the last one between two offsets ends, else the first offset."""
        at = bisect_right(self.ends, end) - 1
        return max(start, self.ends[at]) if at >= 0 else start


def _found(text: str, value: Value) -> Found:
    return Found(
        at_least=value.low,
        at_most=value.high,
        stated=value.stated,
        text=text[value.span[0] : value.span[1]],
        span=value.span,
        mode="increment" if value.mode_new else "total",
        approx=value.hedged,
        unknown=value.unknown,
        confidence=0.6 if value.open else 1.0,
    )
