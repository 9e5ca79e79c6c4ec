"""What a later text leaves as it was: those already counted, figures said to be unchanged, people who went home."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plans.intake.bare_totals import BARE
from plans.intake.changes import Change, exact
from plans.intake.clauses import facts_of, measure_end
from plans.intake.numerals import numbers
from plans.intake.patterns import lazy
from plans.intake.reading import After, Span
from plans.intake.sayings import said_of
from plans.intake.stepping import Bounds
from plans.intake.taking import overlap

_SUM = lazy(r"总数|总人数|累计|人数|伤亡|数字|统计|合计")
_STILL = lazy(
    r"还是(?:那|原来|早上|之前)?(?P<n>\d{1,4}|[一二两三四五六七八九十百俩仨]{1,4})(?:个人|[个人名例])?"
    r"(?=[,。;!伤死哈 \n]|$)|"
    r"维持(?P<m>\d{1,4})"
)
_NEW = lazy(
    r"又(?:来|送|收|添|增|死|伤|吐|倒|发现|有(?![^,。;!?\n]{0,12}(?:院|回家|消失|痊愈|治愈)))|新(?:增|来|送|收|发)|死|没了|遇难|不治|无效|重症|转重|ICU|恶化"
)
_NONE_NEW = lazy(r"(?:没(?:有)?|无)(?:再)?(?:新|又)[^,。;!?\n]{0,4}")
_OTHERS = lazy(r"其余|其他|别的|剩下")
_OF_THE_HURT = lazy(r"重[的伤症]|伤[员者的]|病人|住院|(?:就|也)?(?:是|系)失[联踪]")
_THINGS = lazy(
    r"[到着起]了?(?:一|[12两])[顶只双件部把条根块][^,。;!?\n]{1,6}|的(?:书包|鞋|手机|衣服|东西|帽子|包|遗物|身份证|救生衣|雨衣|拖鞋)|(?:书包|鞋子?|手机|衣服|帽子)(?:是|不是)"
)
_RESCUED_BEFORE = lazy(r"(?:昨[天晚]|前天|早先|之前|上午|下午|早上)(?:被)?(?:救|找|捞|挖|扒)[^,。;!?\n\d]{0,3}的")
_WENT = lazy(r"走了")
_STOPS = "。;!?\n"


def held(text: str, known: Mapping[str, Bounds], weak: str, changed: Mapping[str, After]) -> Iterator[Change]:
    """The facts that stay as they were, though numbers beside them seem to say otherwise."""
    yield from _said_unchanged(text, known, changed)
    yield from _already(text, known, changed)
    yield from _things(text, known, changed)
    now = changed.get(weak)
    if now is None or now.change != "set" or now.unknown or BARE.search(now.text) is None:
        yield from _home(text, known, weak)


def _said_unchanged(text: str, known: Mapping[str, Bounds], changed: Mapping[str, After]) -> Iterator[Change]:
    for low, high in _clauses(text):
        words = text[low:high]
        heard = said_of("unchanged", words)
        still = _STILL.search(words)
        number = next(numbers(still["n"] or still["m"]), None) if still else None
        if (heard is None and number is None) or _OTHERS.search(words):
            continue
        named = [fact for fact in facts_of(words) or _named(words) if fact in known]
        for fact in named:
            if number is None or (number.low, number.high) == known[fact]:
                yield Change(fact, 0, None, (low, high))
        if not named and heard is not None and _SUM.search(words):
            for fact, now in changed.items():
                if fact in known and (now.unknown or now.asks):
                    yield Change(fact, 0, None, (low, high))


def _named(words: str) -> list[str]:
    """死的, 伤的: whose figure it is, where no word of harm says more."""
    return [fact for fact, of in _OF if of.search(words)]


_OF = (("deaths", lazy(r"死|亡")), ("injuries", lazy(r"伤的|伤员|伤数")), ("serious_injuries", lazy(r"重的|重伤")))


def _things(text: str, known: Mapping[str, Bounds], changed: Mapping[str, After]) -> Iterator[Change]:
    """捞到的书包不是他的; 昨天救上来的5个里面走了一个: nobody was found."""
    match = _THINGS.search(text) or _RESCUED_BEFORE.search(text)
    if match is None:
        return
    low = max(text.rfind(mark, 0, match.start()) for mark in _STOPS) + 1
    ends = [at for mark in _STOPS if (at := text.find(mark, match.end())) >= 0]
    span = low, min(ends, default=len(text))
    for fact in ("missing", "trapped"):
        now = changed.get(fact)
        if fact in known and now is not None and now.span is not None and overlap(now.span, span):
            yield Change(fact, 0, None, span)


def _already(text: str, known: Mapping[str, Bounds], changed: Mapping[str, After]) -> Iterator[Change]:
    """就是先前报的司机: whom the sentence tells of is counted."""
    heard = said_of("already", text)
    while heard is not None:
        low = max(text.rfind(mark, 0, heard.span[0]) for mark in _STOPS) + 1
        if _OF_THE_HURT.search(text, low, heard.span[1]):
            return
        ends = [at for mark in _STOPS if (at := text.find(mark, heard.span[1])) >= 0]
        span = low, min(ends, default=len(text))
        for fact, now in changed.items():
            if fact in known and now.change != "same" and now.span is not None and overlap(now.span, span):
                yield Change(fact, 0, None, span)
        heard = said_of("already", text, heard.span[1])


def _home(text: str, known: Mapping[str, Bounds], weak: str) -> Iterator[Change]:
    """Who goes home was hurt all the same; those who stay are not all there were."""
    heard = said_of("home", text)
    base = exact(known, weak)
    if heard is None or not base or _NEW.search(_NONE_NEW.sub("", text)):
        return
    counted = [
        int(number.low)
        for number in numbers(text)
        if number.low == number.high and (measure_end(text, number.end) > number.end or text[number.end - 1] in "俩仨")
    ]
    if all(many <= base for many in counted):
        yield Change(weak, 0, None, heard.span)
        if _WENT.search(text):
            yield Change("deaths", 0, None, heard.span)  # 俩走了，自己打的车


def _clauses(text: str) -> Iterator[Span]:
    low = 0
    for at in range(len(text) + 1):
        if at == len(text) or text[at] in ",。;!?\n":
            if at > low:
                yield low, at
            low = at + 1
