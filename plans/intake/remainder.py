"""What a later text tells of people and no step took in: the fact that it may touch is asked, not left to stand.

An old figure that stands on beside such words reads as if it had been told anew. Nothing here changes a figure.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from plans.intake.clauses import Clause, facts_of
from plans.intake.lost_people import FREED, NOT_FREED
from plans.intake.numerals import numbers
from plans.intake.patterns import lazy
from plans.intake.reading import After, Option, Span, Unread
from plans.intake.replacing import FILL
from plans.intake.stepping import HELPERS, Bounds, Step
from plans.intake.steps import NO_NEWS
from plans.intake.taking import added, any_overlap, asked, bounds_of, was

Way = Literal["more", "fewer", "either"]
_STOPS = "。;!?\n"
_HELD = ("missing", "trapped")
_HARMED = ("injuries", "ill")
_ALL = ("deaths", *_HELD, *_HARMED)


@dataclass(frozen=True)
class _Cue:
    """Words that tell of somebody without a number, and which facts they may move."""

    words: re.Pattern[str]
    facts: tuple[str, ...]
    way: Way


_SOMEBODY = r"(?:[个位名俩仨]|老[人头汉]|大[爷妈娘]|孩子?|娃儿?|伤员|病人|重的|轻的)"
_DIED = (
    r"[^,。;!?\n]{0,12}?(?:没了(?!音|消息)|走了(?=[,。;!?\n]|$)|没留住|不行了|没挺|没救(?![援出])|没气|凉了|硬了|"
    r"咽了?气|断了?气)"
)
_CUES = (
    _Cue(lazy(_SOMEBODY + _DIED), ("deaths",), "more"),
    _Cue(
        lazy(r"(?:重[症伤的]|伤[员者]|病房)[^,。;!?\n]{0,6}" + _SOMEBODY + _DIED),
        ("serious_injuries", *_HARMED),
        "fewer",
    ),
    _Cue(
        lazy(
            r"(?<![没未不])(?:找[到着](?!原因|源)|联系上|打通|接通|露面|露头|报平安|回来了|有下落|到家了)|[差缺剩]的?(?:下的)?(?:还是|还有|就)"
        ),
        ("missing",),
        "fewer",
    ),
    _Cue(
        lazy(
            r"(?<![没未不])(?:[救扒挖拉抬弄拽背抱刨掏拖放接](?:了)?[出上下](?!班|车|课|去)|脱困|升井)|(?<![没未不跑])[出上下]来[了咧啦]"
        ),
        ("trapped", "missing"),
        "fewer",
    ),
    _Cue(
        lazy(
            r"转轻|转重|变重|变轻|减轻|加重|恶化|好转|重症[增减加]|转普通|转出|拔管|插管|呼吸机|脱离危险|普通病房|"
            r"进了?(?:ICU|重症)|[按算]轻伤|[按算]重伤|转成重|转为重"
        ),
        ("serious_injuries",),
        "either",
    ),
)
_TAKEN_OFF = lazy(r"扣掉|扣除|剔除|刨掉|去掉|不相干|撤回|作废|重复算|算重|多报|错报|报错")
"""Where nothing else changes, and no fact is named, it may be of any."""
_WRONG = lazy(
    r"不对|没那么多|没这么多|有误|报了[一两]遍|重复|登记重|重名|数重|少报|漏报|漏了|听岔|认错|弄错|搞错|要改|得改|算错|"
    + _TAKEN_OFF.pattern
)
_COUNTED_DEAD = lazy(r"没了(?=[,。;! ]|$)|走了(?=[一两\d俩])|死|不行了|没气|没救|咽气|遇难|身亡|遗体|牺牲|去世|没挺")
_FOUND_DEAD = lazy(r"(?<![没未不])(?:捞|挖|扒|刨|搜到|[找抬]到|找着|抬出)")
"""Who is found dead may be one of those who are looked for."""
_NO_CHANGE = lazy(r"家属|出院|转院|转走|还是|不变|不动|没变|没[有]?(?:新增|增加)|未增加|无新增")
_THINGS = tuple("袋辆车条台艘间栋")
_THEY_HELP = lazy(HELPERS.pattern + r"|[电水气]局|公司(?:来|派)|查线|抢修|维修")
_WHO_THEY_ARE = lazy(
    r"(?:里[头面]|其中|当中|[者员的]中)(?:有)?[一二两三四五六七八九十俩仨\d]{1,3}[个名人位]?(?:都)?(?:是|系|为)(?!死|伤|重|轻|失)|"
    r"[一二两三四五六七八九十俩仨\d][个名人位]?(?:伤员|伤者|病人|患者)(?:都)?是(?!重|轻|死)|"
    r"[一二两三四五六七八九十俩仨\d][个名人位]?(?:都)?(?:是)?(?:外[地省县村]|本[地村县厂校]|男|女)"
    r"[^,。;!?\n\d]{0,3}的?(?=[,。;!? \n]|$)"
)
"""受伤的里面两个是小孩, 有两人外地的: nothing changes by that."""
_NOT_OF_THEM = lazy(
    r"出院|回家|转院|转到|转走|转往|转送|送到|住在|观察|安置|疏散|转移|家属|岁|床|名单|电话|车(?!祸)|钱|元|米|天|小时|分钟|"
    r"手术|输血|专家|医生|护士|队|台|艘|架|条|民警|记者|路人|现场|到了|赶"
)
"""Whoever is told of so is counted already, or helps."""


@dataclass(frozen=True)
class Remainder:
    """What is left of a text when it was taken in.

    Args:
        text: masked.
        before: what the case knew.
        weak: the fact of people of whom only a number is told.
        steps: that the text was found to tell.
        used: spans that a step, a revision or a figure was made of, sure or not.
        changing: those of them that changed something, or were read as sure.
        unread: numbers that no reading used.
    """

    text: str
    clauses: Sequence[Clause]
    before: Mapping[str, Bounds]
    weak: str
    steps: Sequence[Step]
    used: Collection[Span]
    changing: Collection[Span]
    unread: Sequence[Unread]

    def asked(self, changed: Mapping[str, After]) -> dict[str, After]:
        """Facts that may be others than `changed` has them, each with the ways to mean it."""
        told: dict[str, After] = {}
        for clause in self.clauses:
            if not self._is_left(clause):
                continue
            for fact in self._counted(clause):
                if fact not in told and self._stands(fact, "more", changed):
                    told[fact] = _by_count(clause, self.before[fact])
            for fact in self._in_turns(clause):
                now = {**changed, **told}.get(fact)
                if now is not None and not now.unknown:
                    told[fact] = _further(clause, now, self.before.get(fact))
        told = dict(self._by_words(changed)) | told
        told |= self._found_dead({**changed, **told})
        if any(item.change != "same" for item in changed.values()):
            return told
        return self._numbers_unread() | self._taken_off(changed) | told

    def _is_left(self, clause: Clause) -> bool:
        """Nothing in it was taken in, asked or said to be as it was."""
        taken = any_overlap(clause.span, self.used) or FILL in clause.text
        return not taken and NO_NEWS.search(clause.text) is None

    def _by_words(self, changed: Mapping[str, After]) -> Iterator[tuple[str, After]]:
        """What words without a number tell, wherever they stand."""
        for cue in _CUES:
            match = next((m for m in cue.words.finditer(self.text) if not any_overlap(m.span(), self.changing)), None)
            if match is None:
                continue
            for fact in cue.facts:
                if self._stands(fact, cue.way, changed):
                    yield fact, _in_question(self.before[fact], cue.way, match[0], match.span())

    def _stands(self, fact: str, way: Way, changed: Mapping[str, After]) -> bool:
        """It was known, nothing changed it, and it can change so."""
        base, now = self.before.get(fact, (None, None)), changed.get(fact)
        if now is None or now.change != "same" or base == (None, None):
            return False
        return base[1] != 0 or way == "more"

    def _counted(self, clause: Clause) -> Iterator[str]:
        """The facts that a clause nothing took in may move, most of them by its head count."""
        part = clause.text
        if _WHO_THEY_ARE.search(part):
            return
        if _WRONG.search(part):
            named = clause.facts or facts_of(clause.before)
            for fact, bounds in self.before.items():
                if fact in named or any(
                    (number.low, number.high) == bounds and part[number.end : number.end + 1] not in _THINGS
                    for number in numbers(part)
                ):
                    yield fact
        if HELPERS.search(part) or not clause.counts:
            return
        lost = [fact for fact in _HELD if self.before.get(fact, (0, 0)) != (0, 0)]
        if _COUNTED_DEAD.search(part):
            yield from ("deaths", self.weak)
            if "重" in part or "serious_injuries" in clause.facts:
                yield "serious_injuries"
            yield from lost
        elif FREED.search(part) and not NOT_FREED.search(part):
            yield from lost
        elif clause.facts and not _NOT_OF_THEM.search(part):
            yield from clause.facts

    def _in_turns(self, clause: Clause) -> Iterator[str]:
        """头一船接出来15个，第二船13个: a number without a word of its own, in the sentence of a step."""
        if clause.count is None or clause.facts or HELPERS.search(clause.text) or _NOT_OF_THEM.search(clause.text):
            return
        for step in self.steps:
            if step.how != "less" or step.fact not in _HELD:
                continue
            low, high = min(step.span[0], clause.span[0]), max(step.span[1], clause.span[1])
            if not any(mark in self.text[low:high] for mark in _STOPS):
                yield step.fact

    def _found_dead(self, changed: Mapping[str, After]) -> dict[str, After]:
        """在坝下发现一具遗体: perhaps one of those who are looked for."""
        dead = changed.get("deaths")
        if dead is None or dead.change not in ("add", "set") or not _FOUND_DEAD.search(self.text):
            return {}
        if any(fact in changed and changed[fact].change != "same" for fact in _HELD):
            return {}
        return {
            fact: _in_question(self.before[fact], "fewer", dead.text, dead.span)
            for fact in _HELD
            if self._stands(fact, "fewer", changed)
        }

    def _taken_off(self, changed: Mapping[str, After]) -> dict[str, After]:
        """诊所那个不相干，扣掉: one fewer, of whichever fact."""
        match = _TAKEN_OFF.search(self.text)
        if match is None or any_overlap(match.span(), self.changing):
            return {}
        return {
            fact: _in_question(self.before[fact], "either", match[0], match.span())
            for fact in _ALL
            if self._stands(fact, "either", changed)
        }

    def _numbers_unread(self) -> dict[str, After]:
        """人头是6个: where nothing changes, a number that was not read may be any figure that its sentence names."""
        if _NO_CHANGE.search(self.text):
            return {}
        told: dict[str, After] = {}
        held = [fact for fact in _HELD if self.before.get(fact, (0, 0))[0]]
        for item in self.unread[:1]:
            number = next(numbers(item.text), None)
            if number is None or any_overlap(item.span, [step.span for step in self.steps]):
                continue
            low = max(self.text.rfind(mark, 0, item.span[0]) for mark in _STOPS) + 1
            ends = [at for mark in _STOPS if (at := self.text.find(mark, item.span[1])) >= 0]
            sentence = self.text[low : min(ends, default=len(self.text))]
            if _WHO_THEY_ARE.search(sentence):
                continue
            if _THEY_HELP.search(self.text, max(low, item.span[0] - 8), item.span[1] + 4):
                continue
            named = [fact for fact in facts_of(sentence) if fact in self.before]
            for fact in named or ([self.weak] if self.weak in self.before else held):
                base = self.before[fact]
                new = Option(at_least=number.low, at_most=number.high, text=item.text, span=item.span)
                if bounds_of(new) in self.before.values():
                    continue
                more = Option(at_least=added(base[0], number.low), at_most=added(base[1], number.high))
                fewer = Option(at_least=0, at_most=max(0, (base[0] or 0) - int(number.low)))
                options = (was(base), new, more, fewer) if fact in held else (was(base), new, more)
                told[fact] = asked(options, "set", item.text, item.span)
        return told


def _in_question(base: Bounds, way: Way, words: str, span: Span | None) -> After:
    """As it was, or more, or fewer; how many is not told."""
    low, high = base
    more = Option(at_least=(high if high is not None else low or 0) + 1, at_most=None, text=words, span=span)
    fewer = Option(at_least=0, at_most=max(0, (low or 0) - 1), text=words, span=span)
    ways = {"more": (more,), "fewer": (fewer,), "either": (fewer, more)}[way]
    return asked((was(base), *ways), "fall" if way == "fewer" else "set", words, span)


def _by_count(clause: Clause, base: Bounds) -> After:
    """As it was, or as many fewer or more as the clause counts; one, where it counts nobody."""
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
    """As many fewer as this clause counts too, or as few as the steps made it, or as it was."""
    many = clause.count.low if clause.count is not None else 0
    so_far = Option(at_least=now.at_least, at_most=now.at_most, text=now.text, span=now.span)
    less = Option(
        at_least=max(0, (now.at_least or 0) - many),
        at_most=None if now.at_most is None else max(0, now.at_most - many),
        text=clause.text,
        span=clause.span,
    )
    return asked((less, so_far, was(base)), "fall", now.text, now.span)
