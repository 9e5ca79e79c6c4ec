"""What the words around a phrase make of it: asserted, denied, left open, or not said at all.

The phrases stand in plan files, most words around them in the table ``surroundings``; here stands how far each of
these reaches. What is suspected, asked, told or rehearsed is open, what is supposed, prevented or past is nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice
from typing import Literal

from plans.intake.engine import compiled
from plans.intake.lexicon import alternatives, any_of
from plans.intake.occasions import occasion
from plans.intake.patterns import lazy
from plans.intake.reading import GIVES_VALUES, Span, Utterance

Force = Literal["yes", "no", "open", "nothing"]
"""What one place of a text does with a phrase."""

_MANY = 12
"""Places of one phrase that are looked at, so that a hostile text stays cheap."""

_NO_NEGATIVE = lazy(
    r"无(?:疑|法|论|奈|从|意|线)|未(?:成年|来|必|经)|没(?:有)?(?:等|想到|料到|多久|一会|来得及)|非(?:常|得)"
)
"""What only seems to begin with a denying word: 无疑请愿 is no 无…请愿."""
_NARROW = 8
_GAP = rf"[^,。;!?\n]{{0,{_NARROW}}}?"
_WIDE_GAP = r"[^。!?\n]{0,30}?"
_CLAUSE_ENDS = ",。;!?\n"
_SENTENCE_ENDS = "。;!?\n"


@dataclass(frozen=True)
class Phrase:
    """A phrase of a plan file, ready to be looked for.

    Args:
        parts: of each of its parts the words, one of which must stand in the text.
        source: the expression of the whole, with one group a part.
    """

    parts: tuple[tuple[str, ...], ...]
    source: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The whole; few texts hold the words of a phrase, and need it."""
        return compiled(self.source)


@lru_cache(maxsize=8192)
def phrase(written: str) -> Phrase:
    """Return the phrase that a plan file writes as ``公交/线路…停运``; see `plans.model.Fact`."""
    pieces = re.split("(…+)", written)
    parts = tuple(tuple(word for word in piece.split("/") if word) for piece in pieces[::2])
    gaps = [_WIDE_GAP if len(piece) > 1 else _GAP for piece in pieces[1::2]]
    groups = [f"({'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})" for words in parts]
    source = groups[0] + "".join(gap + group for gap, group in zip(gaps, groups[1:], strict=True))
    return Phrase(parts, source)


def places(text: str, letters: frozenset[str], written: str) -> Iterator[re.Match[str]]:
    """Yield where a phrase stands in normalised text.

    Args:
        letters: of the text, by which most words are seen to be absent.
    """
    sought = phrase(written)
    if written and all(any(letters.issuperset(word) and word in text for word in words) for words in sought.parts):
        found = islice(sought.pattern.finditer(text), _MANY)
        yield from (match for match in found if not _NO_NEGATIVE.match(text, match.start()))


_CUES = {
    kind: any_of("surroundings", kind)
    for kind in (
        "suspected", "suspected_behind", "asked", "supposed", "prevented", "rule", "past", "scripted", "about",
        "corrects", "others",
    )
}  # fmt: skip
_LIGHT = f"(?:{alternatives('surroundings', 'light')})"
_DENIED = lazy(
    rf"(?:(?<![从有毫])无(?!法|从|锡|数|证|照|牌|线|人机|论|奈|意)|(?<![从])未(?!成年|来|必|经)|没有?(?!想到|料到|多久|一会|来得及)|"
    rf"并未|并没有?|尚未|暂未|暂无|不(?:会再?|再|可能|至于|在|处于)?|不是|并非|并不是|非(?=$|属)|不属于?|不算|不存在|"
    rf"哪来(?:的)?(?:什么)?|哪里来的?|哪有(?:什么)?|算不上|谈不上|够不上|达不到|零)(?:、|和|或|及|{_LIGHT}){{0,6}}$"
    r"|(?:未|没有?|并未|并没有?|无)(?:造成|导致|引起|引发|影响|发生|出现|发现|检出)[^,。;!?]{0,8}$"
)
_RULED_OUT = lazy(r"(?:排除|否定|否认|误报|误传|误以为|错当成|误认为|误当成)[^,。;!?]{0,10}$")
_NEGATIVE = lazy(r"[没未无不排]|非(?!典|法|洲|机动)")
"""A phrase that begins so denies by itself: what follows belongs to it (没有疑似病例)."""
_NOT_RULED_OUT = lazy(
    r"(?:(?:不能?|未能?|没有?能?|没办?法|无法|尚未|还没有?|难以|不好|暂不能?|不可|不敢)(?:完全|彻底)?(?:排除|否认|否定)"
    r"|(?:不是|并不是|并非|不可能|不会|不能说|不至于|不等于)(?:说)?没有?|不是不|不得不)[^,。;!?]{0,14}$"
)
_DENIED_BEHIND = lazy(
    r"[^,。;!?]{0,8}?(?:(?<![不未没能法以])(?:已经?|可以|基本|初步|全部|均|都)?(?:被)?(?:排除|否定)|不成立|不存在|阴性|"
    r"是假的|误报|误传|谣言|不属实|虚惊|没有的事|取消(?!后)|推迟|延期|没有发生|未发生|没发生|没有出现|未出现|没出现|不是真的|"
    r"不沾边|不搭(?:边|界)|没(?:有|半点|一点|任何|啥|什么)*关系|无关(?!紧要)|扯不上|挨不着|差得远)|"
    r"(?:一?个|事件|的情况|的事|现象|疫情|病例|情况)?(?:也|还|都|暂时|目前|倒)*(?<![沉淹埋])(?:没有|没)(?:的|了)?$"
)
_DENIED_LATER = lazy(
    r"[,。;](?:后来|现在|目前|最后|最终|结果|经查|经检测|经核实|化验后?|检查后?|检测后?|专家)?[^,。;!?不未没能法]{0,4}?(?:已经?|也|都)?(?:被)?"
    r"(?:排除|否定)了?(?=[,。;!\n]|$)"
)
"""怀疑霍乱,后来排除了: the clause behind rules out what was just spoken of."""
_WRONG_BEHIND = lazy(
    r"(?:的)?(?:这条|那条)?(?:消息|说法|事|情况|信息|报告)?(?:都|全|也|就)?(?:是)?"
    r"(?:(?:报|搞|弄|说|看|听|传|写)错|作废|不对(?!劲|称|外)|不算数|有误|不准)"
)
_NOT_SO_LATER = lazy(
    r"[,。;!?](?:[^,。;!?\d]{0,6},)?(?:其实|结果|后来|原来|刚才|最后|经查|核实后?|现在?)*(?:就|只|也)?(?:是|系)?(?:个|一场|一次)?"
    r"(?P<no>虚惊|误会|没有的事|没这回事|没那回事|没事[,。;!\n]?$)"
    r"|[,。;!?](?:[^,。;!?\d]{0,6},)?(?:后来|经查|经核实|其实|刚才|结果|现)?(?:是|我)?(?:证实|核实|发现|更正|纠正)?(?:为)?(?:都|全|并)?"
    r"(?:(?:报|搞|弄|说|看|听|传|写)错|不对(?!劲|称|外)|更正|撤回|作废|不是(?![一两几])(?=了?[,。;!?\n]|$)|并不是(?=[,。;!?\n]|$)|没有(?=[,。;!?\n]|$))"
)
"""起火，虚惊一场 was none; 起火，看错了 may have been another thing, or another place."""
_NOW = lazy(r"[,:](?:但|可|而)?(?:是)?(?:现在|如今|目前|今[天年早晚日]|昨[天晚]|这[次回]|此次|本次|刚[才刚])")
"""Behind a word of the past: the rest of the sentence is of now (以前没有过，现在确诊霍乱)."""
_STILL_RULED = lazy(r"[^,。;!?]{0,6}?(?:不能|无法|尚未|还没有?|未|没有?|难以)(?:完全|彻底)?(?:排除|确[认诊定])")
_ASKED_BEHIND = lazy(r"(?:吗|么|嘛|了没有?|没有|没|不|与否|还是[^,。;!?]{1,8})?\??$")
_TAG = lazy(
    r"[,:]?(?:是吗|对吗|真的吗|有吗|是不是|对不对|是真的吗|对吧|(?:是)?真的?(?:还是)?假的?|有这回事吗|属实吗|是否属实)\?*(?=[,。;!?\n]|$)"
)
_NO_DRILL = lazy(r"(?:不是|并非|非|不属于)[^,。;!?]{0,2}$")


def _before(pattern: re.Pattern[str], text: str, low: int, start: int) -> bool:
    """Whether a cue begins between two places, and so stands before what begins at the second or around it."""
    match = pattern.search(text, low)
    return match is not None and match.start() <= start


class Around:
    """What the words around a place of the text make of it.

    Args:
        text: normalised.
        utterances: the text cut by what its writer does with each stretch.
    """

    def __init__(self, text: str, utterances: Sequence[Utterance]) -> None:
        self.text, self.utterances, self.letters = text, utterances, frozenset(text)
        match = _CUES["scripted"].search(text)
        self.scripted = match is not None and not _NO_DRILL.search(text, max(0, match.start() - 6), match.start())

    def places(self, written: str) -> Iterator[re.Match[str]]:
        """Yield where a phrase stands."""
        return places(self.text, self.letters, written)

    def force(self, match: re.Match[str], suffices: bool = False, others: bool = False) -> Force:
        """Return what becomes of a phrase that stands here.

        Args:
            suffices: what is suspected (疑似) is already what the plan asks for.
            others: it is of other places (`plans.intake.occasions.of_others`).
        """
        start, end = match.span()
        told = self._told(start, start, end)
        kind = told.kind if told is not None else None
        last = self._told(end - 1, start, end)
        if last is not None and last.kind not in GIVES_VALUES and (kind is None or kind in GIVES_VALUES):
            kind = last.kind  # 轮船爆炸，漏水是去年的事
        if told is not None and told.kind == "supposed" and _CUES["suspected"].search(told.cue):
            kind = "reported"  # 可能扩散: it may be so, which is more than a thought
        if kind in ("supposed", "past", "withdrawn", "rumour") or _CUES["about"].match(self.text, end):
            return "nothing"
        low, high = self._bounds(start, end, _CLAUSE_ENDS)
        first, stop = self._bounds(start, end, _SENTENCE_ENDS)
        if any(_before(_CUES[cue], self.text, first, start - 1) for cue in ("supposed", "rule")):
            return "nothing"
        past = _CUES["past"].search(self.text, first)
        if past is not None and past.start() < start and not _NOW.search(self.text, past.end(), start):
            return "nothing"
        if _before(_CUES["prevented"], self.text, max(low, start - 14), start - 1):
            return "nothing"
        elsewhere = occasion(self.text, first, low, start, end, high, others=others)
        if elsewhere is not None:
            return elsewhere
        unsure = kind is not None and kind not in GIVES_VALUES
        if unsure or self.scripted or self._asked(low, start, end, high, stop):
            return "open"
        if _NOT_RULED_OUT.search(self.text, low, start) or _STILL_RULED.match(self.text, end, high):
            return "open"
        denies = _NEGATIVE.match(self.text, start) is not None
        if self._denied(max(low, start - 16), start) or (not denies and _DENIED_BEHIND.match(self.text, end, high)):
            return "no"
        if not denies and _DENIED_LATER.match(self.text, high):
            return "no"
        later = _NOT_SO_LATER.match(self.text, high)
        if later is not None or _WRONG_BEHIND.match(self.text, end, high):
            return "no" if later is not None and later["no"] and not denies else "open"
        for group in range(2, match.re.groups + 1):
            gap = match.end(group - 1), match.start(group)
            if _CUES["supposed"].search(self.text, *gap) or _CUES["prevented"].search(self.text, *gap):
                return "nothing"
            if _CUES["suspected"].search(self.text, *gap) or _CUES["asked"].search(self.text, *gap):
                return "open"
            if self._denied(*gap):
                stretch = self.text[slice(*gap)]  # 市区从来没有过霍乱，这是第一例: what never was is there now
                return "no" if len(stretch) <= _NARROW and "," not in stretch and stretch[-1:] != "过" else "open"
        before = _CUES["suspected"].search(self.text, max(low, start - 24))
        behind = None if denies else _CUES["suspected_behind"].match(self.text, end, high)
        before = before if before is not None and before.start() < start else None
        doubts = [found[0] for found in (before, behind) if found is not None]
        return "open" if any(not (suffices and doubt.endswith("疑似")) for doubt in doubts) else "yes"

    def _told(self, place: int, start: int, end: int) -> Utterance | None:
        """The utterance that a place of a phrase is in; None also where its cue is a word of it (在网上到处传)."""
        told = next((one for one in self.utterances if one.span[0] <= place < one.span[1]), None)
        at = self.text.find(told.cue, *told.span) if told is not None and told.cue else -1
        return None if told is not None and start <= at < end and told.kind != "asked" else told

    def _bounds(self, start: int, end: int, marks: str) -> Span:
        low = max(self.text.rfind(mark, 0, start) for mark in marks) + 1
        ends = (at for at in (self.text.find(mark, end) for mark in marks) if at >= 0)
        return low, min(ends, default=len(self.text))

    def _denied(self, low: int, start: int) -> bool:
        return any(pattern.search(self.text, low, start) for pattern in (_DENIED, _RULED_OUT))

    def _asked(self, low: int, start: int, end: int, high: int, last: int) -> bool:
        text = self.text
        if _before(_CUES["asked"], text, low, start) or _TAG.match(text, high) or _TAG.match(text, end):
            return True
        closing = _ASKED_BEHIND.search(text, end, high)
        if closing is None:
            return False
        asks = closing[0].rstrip("?") not in ("", "没有", "没") or text[high : high + 1] == "?"
        return asks and high >= last - 1


def corrects(text: str, start: int, end: int) -> bool:
    """Whether what stands between two contradicting hits says that the later one replaces the earlier one."""
    between = text[max(start, end - 30) : end + 4]
    return _CUES["corrects"].search(between) is not None and not _CUES["others"].search(between)
