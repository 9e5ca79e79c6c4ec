"""What a text tells only to say that it is not so: 最开始传死一个，不实; 对“…致2死”的说明; 说摔死七八个，纯属造谣！"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from plans.intake.lexicon import alternatives
from plans.intake.patterns import lazy
from plans.intake.reading import Span

_ENOUGH = 16
"""Places that are looked at, so that a hostile text stays cheap."""
_FAR = 60
"""Characters of a sentence before the words that disown it."""
_MARKS = ",。;:!?\n"
_ENDS = "。;!?\n"
_LEAD = lazy(
    r"(?:那|这|都|全|完全|其实|后来|现|经|已|据|官方|警方|公安|网警|现场|当地|部门|我[们局办]?|均|查|证实|核实|核查|调查|发现|知道|说法|个|些|了|后|,)*"
    r"(?:系|是|属于?|为|纯属|纯粹)*"
)
_TAIL = r"(?:的?(?:信息|消息|说法|言论|传言|传闻|内容|情况|视频|数字))?[了啊哈呀啦的]*(?=[,。;!?\n ]|\Z)"
_FIGURE = lazy(r"\d|[一二两三四五六七八九十百几俩仨]|死|伤|亡|困|失踪|失联|中毒")
_SAYING = lazy(r"传|说|称|报|网|听|喊|写|帖|视频|谣")
_HELD_UP = lazy(r"[\"“「『][^\"”」』\n]{2,40}[\"”」』]")
_HARM = lazy(r"死|伤|亡|遇难|困|埋|失踪|失联|毒|没了|出事|塌|炸|烧|撞|跳|砍|淹|尸")
_NAMED_SO = lazy(
    r"(?:[对就针关]|关于|针对|所谓的?|网传|网上|传|回应|有关|涉及|标题|首个到场报|误报|谣传|流传|转发)(?:的|说|称|报|为|:)*$"
)
_ANSWERED = lazy(
    r"[^。!?\n]{0,24}?(?:的?(?:说明|回应|澄清|辟谣|声明)|实为|实际[是为]|不实|并非|系误|(?:系|是|属|为)(?:[^,。;!?\n]{0,4}(?:拼接|旧|老)|编造|捏造|虚构|谣|外[省地])|谣|不属实|有误|为假|是假|没这回事|没有的事)"
)

_SAFE = lazy(r"找[到着见回]|联系上|回[来家]|出来|接到|平安|没事|好好的|活着")


_UNTRUE = lazy(lambda: f"(?:{alternatives('utterances', 'untrue')}){_TAIL}", sparse=True)
"""The end of a clause that says that what stands before it is not so."""


def disowned(text: str) -> Iterator[Span]:
    """Spans of normalised text that its writer tells only to say that they are not so."""
    for match in islice(_UNTRUE.finditer(text), _ENOUGH):
        at = max(text.rfind(mark, 0, match.start()) for mark in _MARKS + " ") + 1
        if not at or not _LEAD.fullmatch(text, at, match.start()):
            continue  # 网上说的是假的 is a clause with what is not so
        start = _saying(text, at - 1, back=text.startswith(("那", "这"), at))
        if start < at - 1 and not (match[0].startswith("虚惊") and _SAFE.search(text, start, at)):
            yield start, at - 1  # 都在网吧找着了，虚惊一场: it was the alarm that was not so
    for match in islice(_HELD_UP.finditer(text), _ENOUGH):
        if not _HARM.search(match[0]):
            continue
        named = _NAMED_SO.search(text, max(0, match.start() - 8), match.start())
        if _ANSWERED.match(text, match.end()) and (named or _FIGURE.search(match[0])):
            yield match.span()


def _saying(text: str, end: int, *, back: bool) -> int:
    """Where the saying begins that ends here: its clause, or as far back in the sentence as somebody says it."""
    while end and text[end - 1] in _MARKS + " ":
        if text[end - 1] in _ENDS and not back:
            return end
        end -= 1
    low = max(max(text.rfind(mark, 0, end) for mark in _ENDS) + 1, end - _FAR)
    marks = ",: " if "," in text[low:end] else ",:"  # who sets blanks alone may set them anywhere
    starts = [low, *(at + 1 for at in range(low, end) if text[at] in marks)]
    for start in starts:
        stop = next((at for at in range(start, end) if text[at] in marks), end)
        if _SAYING.search(text, start, stop) and _FIGURE.search(text, start, end):
            return start
    return starts[-1] if _FIGURE.search(text, starts[-1], end) else end
