"""The words of a clause that tell of people, and those that tell what befell them, by the table ``persons``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Literal, NamedTuple

from plans.intake.clauses import measure_end
from plans.intake.lexicon import alternatives, any_of
from plans.intake.numerals import Number, numbers
from plans.intake.patterns import lazy
from plans.intake.reading import Span
from plans.intake.replacing import FILL
from plans.intake.tokens import tokenise
from plans.intake.words import PERSON

Lot = Literal["well", "dead", "lost", "held", "grave", "hurt", "ill", "care", "out"]
LOTS: tuple[Lot, ...] = ("well", "dead", "lost", "held", "grave", "hurt", "ill", "care", "out")
"""What befell somebody, in the order in which words are looked for: who is well is not hurt (没伤着).

``care``: treated, or out of his senses, which may be of a wound or of an illness; ``out``: no longer where he was held.
"""
Lots = dict[Lot, int]
"""What befell somebody, and where that is said."""

_KINDS: Mapping[str, Lot] = {
    "dead": "dead",
    "missing": "lost",
    "trapped": "held",
    **dict.fromkeys(("serious", "critical", "grave"), "grave"),
    **dict.fromkeys(("hurt", "wound", "light"), "hurt"),
    **dict.fromkeys(("faint", "hospital"), "care"),
    "ill": "ill",
}
_PATIENTS = ("病人", "患者", "患儿", "伤员", "伤者")
"""They tell who somebody is, not what befell him now."""
_TURNING = ("out", "held", "lost")
"""Of these the last word counts (卡着，刚弄出来)."""
_WORDS = {lot: any_of("persons", lot) for lot in LOTS}
_BODY = lazy(lambda: rf"(?:{alternatives('persons', 'body')})")
_BODILY = lazy(
    lambda: (
        rf"{_BODY.pattern}[^,。;!?\n]{{0,7}}?(?:{alternatives('persons', 'damage')})"
        rf"|(?:{alternatives('persons', 'damage')})[了着到掉断破伤]?[^,。;!?\n\d]{{0,3}}?{_BODY.pattern}"
    )
)
_PAIN = lazy(
    r"(?:肚子?|肚皮|腹部?|头|胸口?|胃|嗓子|喉咙|心口|肠子?|舌头?|嘴(?:巴|唇)?|手脚|手指|四肢|眼睛?)"
    r"(?:有点|一直|都|也|发)*(?:疼|痛|麻|木|难受|绞|辣|流泪|紫|青|乌)"
)
"""It tells of an illness, not of a wound."""


def lots_of(words: str, at: int = 0) -> Lots:
    """What befell those of whom words tell; ``at`` is the offset of the words."""
    return {lot: at + where for lot, where in _lots(words)}


@lru_cache(maxsize=256)
def _lots(words: str) -> tuple[tuple[Lot, int], ...]:
    """The same, once for words that several readers of one message look at."""
    found: Lots = {}
    for lot in LOTS:
        if lot == "hurt" and (bodily := _BODILY.search(_PAIN.sub(lambda pain: FILL * len(pain[0]), words))):
            found["hurt"] = bodily.start()
        for match in _WORDS[lot].finditer(words):
            if lot in _TURNING or lot not in found:
                found[lot] = match.start()
        if lot in found and lot in ("well", "dead", "lost"):
            words = _WORDS[lot].sub(lambda match: FILL * len(match[0]), words)
    denied = False
    for token in tokenise(words):
        told = _KINDS.get(token.kind)
        if told is not None and not denied and words[token.start : token.end] not in _PATIENTS:
            found.setdefault(told, token.start)
        denied = token.kind == "deny"
    return tuple(found.items())


def without_well(words: str) -> str:
    """Words without those that say that somebody is well (一点皮没破)."""
    return _WORDS["well"].sub(lambda match: FILL * len(match[0]), words)


class Ref(NamedTuple):
    """Words that tell of people.

    Args:
        start, end: where they stand.
        many: how many; None of the rest whose number is not told.
        kind: ``count``, ``one`` or ``rest``.
        noun: who they are, where that is said.
    """

    start: int
    end: int
    many: int | None
    kind: Literal["count", "one", "rest"]
    noun: str


Piece = tuple[Span, Ref | None]
"""A stretch of a clause, and those of whom it tells; without them it goes on with those before."""

_ONE = lazy(lambda: alternatives("persons", "one"))
_PERSON = lazy(rf"(?:{PERSON})")
_PAIR = lazy(lambda: alternatives("persons", "pair"))
_TRIO = lazy(r"[爷娘哥姐弟]仨|一家(?P<n>[两三四五六七八2-8])口")
_REST = lazy(r"(?:其[余他它]|剩下?|余下|余|别的|另外的?)的?那?(?:人|乘客|学生|孩子|桌|几个|几位|姐妹)?(?:都|全|均|也)?")
_AGENT = lazy(r"[被让叫给遭由跟和向找等怪听据问]$|(?:通知|告诉)$")
"""Before a noun: who it is says nothing of himself (被教练拽回来)."""
_AND = lazy(r"[和跟与及同、加](?:他|她|我|俺|那|这|一个|一名|一位|[^,。;!?\n\d、]{0,5})$")
_OF = lazy(r"的(?!时候|话|那个|那位|[,。;])|家(?!长)|[们说讲报:]")
"""Behind a noun: it tells whose somebody is, or who says so (小林的老婆, 医生说)."""
_MODIFIED = lazy(r"[^,。;!?\n\d的]{0,8}的(?=[^,。;!?\n])")
_EVEN_ONE = lazy(r"人?[都也][没不看联找]|没[跑上出逃爬少落缺丢差]")
_SHARE = lazy(r"份|次|制|的[车座床]位")
_YOUNG = lazy(r"个半大")
_NEAR = 4
"""Characters between a number and the noun of those whom it counts (两个等车的女工)."""
_MOST = 100_000
_BOTH, _UNITS = 2, "人个位名俩"
_NUMBERED = lazy(r"[第初高大星期周十\-#.]$|(?:礼拜|双|国道|省道)$")
THINGS = lazy(
    r" ?(?:号[楼线桌车门院店厅馆矿井仓床栋机教宿舍反釜锅池]|[点时分秒年月日楼层栋单元路线]|小时|钟头"
    r"|多?[台辆部艘架条根只头匹顶间亩吨米公里斤栏幢套家户桌]|年级|车间|[班区组队中院厂矿期棵双轮颗封桶箱筐趟站岁级度%mM℃]"
    r"|个?多?(?:小时|月|星期|钟头|半(?![路道夜途]))|[块元万股场次回下声把道片堆面半角侧身边直起串溜摞圈点些会针刀棍拳脚盆锅瓶罐袋盒杯份顿盘手包洞坑泡指]"
    r"|大[片块]|口(?!人|全|都))"
)
"""Behind a number: it counts no people."""


def is_numbered(text: str, at: int) -> bool:
    """Whether the number there is a name: 高二, 第3名, K1042."""
    letter = at > 0 and text[at].isdigit() and text[at - 1].isascii() and text[at - 1].isalpha()
    return letter or _NUMBERED.search(text, 0, at) is not None


def pieces(text: str, span: Span) -> list[Piece]:
    """A clause cut so that each piece tells of one person or group."""
    low, high = span
    joined = _joined(text, low, high)
    if not joined:
        return [(span, None)]
    refs = _with_nouns(text, high, joined)
    starts = [low, *(ref.start for ref in refs[1:])]
    if len(refs) > 1 and refs[-1].kind == "count" and not lots_of(text[refs[-1].end : high]):
        starts = [low, *(ref.end for ref in refs[:-1])]  # 死1个伤4个
    return [((start, end), ref) for start, end, ref in zip(starts, [*starts[1:], high], refs, strict=True)]


def _joined(text: str, low: int, high: int) -> list[Ref]:
    """Those of a clause, without who is only named in passing; those joined by 和 are one group."""
    refs: list[Ref] = []
    for ref in _refs(text, low, high):
        last = refs[-1] if refs else None
        beside = (
            last is not None
            and _AND.fullmatch(text, last.end, ref.start) is not None
            and not lots_of(text[last.end : ref.start])
        )
        if ref.kind == "one" and (
            _OF.match(text, ref.end, high)
            or (last is not None and not beside and _AGENT.search(text, max(low, ref.start - _NEAR), ref.start))
        ):
            continue
        if last is not None and last.many and ref.many:
            if beside and last.kind == "one" and ref.many == _BOTH and text[ref.end - 1] in _UNITS:
                refs[-1] = ref._replace(start=last.start)  # 驾驶员与乘客两人
                continue
            counted = ref.kind == last.kind == "count" and ref.start == last.end
            if counted and not ref.noun:
                refs[-1] = last._replace(end=ref.end, many=ref.many)  # 阿珠和阿霞两个
                continue
            if beside or (counted and not lots_of(text[ref.end : high])):  # 司机和副驾, 伤了2名学生1名保安
                refs[-1] = Ref(last.start, ref.end, last.many + ref.many, "count", last.noun + ref.noun)
                continue
        refs.append(ref)
    return refs


def _with_nouns(text: str, high: int, refs: list[Ref]) -> list[Ref]:
    """A number and the noun of those whom it counts are one: 学生磕碰8个, 两个等车的女工."""
    ends = [*(ref.start for ref in refs[1:]), high]
    told: list[Ref] = []
    for ref, end in zip(refs, ends, strict=True):
        last = told[-1] if told else None
        if last is not None and ref.kind == "count" and not ref.noun and last.kind == "one":
            if not lots_of(text[ref.end : end]):
                told[-1] = Ref(last.start, ref.end, ref.many, "count", last.noun)
                continue
        elif last is not None and last.kind == "count" and not last.noun and ref.kind == "one":
            if ref.start - last.end <= _NEAR and not lots_of(text[last.end : ref.start]):
                told[-1] = last._replace(end=ref.end, noun=ref.noun)
                continue
        told.append(ref)
    return told


def _refs(text: str, low: int, high: int) -> Iterator[Ref]:
    """The words of a clause that tell of people, left to right."""
    counts = {low + number.start: number for number in numbers(text[low:high])}
    at = low
    while at < high:
        number = counts.get(at)
        ref = _count(text, low, high, number) if number is not None else _named(text, low, high, at, counts)
        if ref is not None:
            yield ref
            at = ref.end
        else:
            at = max(at + 1, low + number.end if number is not None else 0)


def _named(text: str, low: int, high: int, at: int, counts: Mapping[int, Number]) -> Ref | None:
    """Those of whom words without a number of their own tell."""
    rest = _REST.match(text, at, high)
    if rest is not None and rest.end() not in counts:
        return Ref(at, rest.end(), None, "rest", rest[0])
    if trio := _TRIO.match(text, at, high):
        return Ref(at, trio.end(), int(next(numbers(trio["n"])).low) if trio["n"] else 3, "count", "")
    pair = _PAIR.match(text, at, high)
    end = pair.end() if pair else at
    while pair is None and (one := _ONE.match(text, end, high)):
        end = one.end()
    if end == at:
        return None
    behind = _count(text, low, high, counts[end]) if end in counts else None
    if behind is not None:  # 孩子三个, 母子二人
        return Ref(at, behind.end, behind.many, "count", text[at:end])
    return Ref(at, end, 2 if pair else 1, "count" if pair else "one", text[at:end])


def _count(text: str, low: int, high: int, number: Number) -> Ref | None:
    """A head count with its noun."""
    start = low + number.start
    end = low + measure_end(text[low:high], number.end)
    measured = end > low + number.end
    if young := _YOUNG.match(text, end, high):
        end, measured = young.end(), True
    if _SHARE.match(text, end) or is_numbered(text, start) or (number.low == 1 and _EVEN_ONE.match(text, end, high)):
        return None
    if number.low != number.high or number.hedged or number.low >= _MOST:
        return None
    if not measured and (text[start] not in "俩仨" or _BODY.match(text, end, high) or THINGS.match(text, end)):
        return None
    modifier = _MODIFIED.match(text, end, high)
    noun = (_ONE.match(text, modifier.end(), high) if modifier else None) or _ONE.match(text, end, high)
    noun = noun or _PERSON.match(text, end, high)
    return Ref(start, noun.end() if noun else end, int(number.low), "count", noun[0] if noun else "")
