"""Which stretches of a later text speak of another event: 另外东街又出了一起车祸，死了2人; 昨天那起火灾又死了1个."""

from __future__ import annotations

from collections.abc import Iterator

from plans.intake.kinds import likely
from plans.intake.patterns import lazy
from plans.intake.reading import Span

_ANOTHER = lazy(
    r"另(?:外)?(?:的)?[一1](?:起|场|处|件|个事故|个现场|条线)|(?:又|还|再|也)(?:发生|出|来|有|接|接到|接报|报)了?(?:[一1](?:起|场|处|件|桩)(?![^,。;!?\n]{0,2}(?:漏|补))|个(?:车祸|事故|火灾))|"
    r"第[二2三3](?:起|场|件)|新(?:发生|接报|接到|出)(?:了)?[一1]?(?:起|场|件)|刚(?:刚)?(?:又)?(?:接报|接到|接警)(?:一|1)?(?:起|场)?|"
    r"(?:别的|其他|其它)(?:地方|现场|事故|案子|那起|那边)|不是(?:这|咱们?这|我们这)(?:一)?(?:起|场|件|边|回|个)|跟这(?:起|个|边)没关系"
)
"""From here on to the end of the paragraph it is of something else."""
_THAT_ONE = lazy(
    r"(?:昨天|昨晚|前天|前几天|上周|上次|上回|隔壁|邻县|邻市|外县|外地|别的|那边|[东西南北]边|[\u4e00-\u9fa5]{2,6}?)?"
    r"那(?:一)?[起场件](?:事故|事件|车祸|火灾|火|塌方|坍塌|中毒|爆炸|踩踏|矿难|案子)?|"
    r"(?:隔壁(?=[县市村镇乡区矿厂]|小区|学校)|(?<![去到在往送转赴回])(?:邻县|邻市|邻村|外县|外地|外省))|"
    r"(?:昨天|昨晚|前天|前几天|上周|上次|上回)(?:的|那个?)?(?:事故|车祸|火灾|塌方|坍塌|中毒|爆炸|踩踏|矿难)"
)
"""Its sentence is of something else."""
_THIS_ONE = lazy(r"(?:咱们?|我们|我|刚才|上午|今早|今天)(?:报的?|说的?|这边)?(?:的)?那[起场件]")
_ALSO = lazy(r"(?:又|也|另外|同时|还)[^,。;!?\n]{0,8}$")
_STOP = "。;!?\n"


def elsewhere(text: str, category: str | None) -> tuple[Span, ...]:
    """Spans of masked text whose figures may be those of another event.

    Args:
        category: the kind of the case's event.
    """
    return tuple(_spans(text, category))


def _spans(text: str, category: str | None) -> Iterator[Span]:
    for match in _ANOTHER.finditer(text):
        end = text.find("\n", match.end())
        yield _start(text, match.start()), len(text) if end < 0 else end
    for match in _THAT_ONE.finditer(text):
        if _THIS_ONE.search(text, max(0, match.start() - 6), match.end()):
            continue
        ends = [at for mark in _STOP if (at := text.find(mark, match.end())) >= 0]
        yield match.start(), min(ends, default=len(text))
    if category in (None, "other"):
        return
    start = 0
    for at in (*[at for at, char in enumerate(text) if char in _STOP], len(text)):
        sentence = text[start:at]
        if _of_another_kind(sentence, category):
            yield start, at
        start = at + 1


_NEW_EVENT = lazy(
    r"(?:又|也|另外|同时|还)[^,。;!?\n]{0,6}?(?:着火|起火|失火|发生|出了|撞|翻车|塌|爆炸|淹|滑坡|泥石流|中毒|踩踏|落水)"
)


def _of_another_kind(sentence: str, category: str | None) -> bool:
    """东街又着火了，烧伤2人 in a traffic accident."""
    if not _NEW_EVENT.search(sentence):
        return False
    kinds = likely(sentence)
    return bool(kinds) and category not in kinds


def _start(text: str, at: int) -> int:
    return max(text.rfind(mark, max(0, at - 20), at) for mark in ",。;!?\n") + 1
