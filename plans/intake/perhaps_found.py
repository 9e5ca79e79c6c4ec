"""Of the lost one is told to be somewhere, in words that nothing else took in: then how many are left is asked.

失踪的两个其中一个在医院，就是那四个伤的里面的: an old figure does not stand unasked beside it.
"""

from __future__ import annotations

from collections.abc import Mapping

from plans.intake.changes import exact
from plans.intake.numerals import numbers
from plans.intake.patterns import lazy
from plans.intake.reading import After, Option
from plans.intake.stepping import Bounds
from plans.intake.taking import asked, was

_LOST = lazy(r"失[联踪]")
_SOMEWHERE = lazy(
    r"(?:(?:其中|那|有|的)[^,。;!?\n]{0,3}[一1]个(?:人)?|[妈爸爹娘]|男的|女的|孩子|儿子|闺女|老[人头婆公]|他|她)"
    r"(?:已经?|就|其实|早就?|现在|原来)*(?:躺|住|人)?在[^,。;!?\n]{0,10}(?:医院|卫生院|[一二三]院|家|派出所|学校|伤员里?|网吧|宾馆|村)"
)
_SEARCHED = lazy(
    r"(?:还|仍|没|未|正)[^,。;!?\n]{0,6}(?:找|搜|寻|消息|下落)|家[属人里长]|[查问]|最后[^,。;!?\n]{0,4}在|进山|前|以前|之前"
)
_WENT = lazy(
    r"(?<![运送接拉转抬带])走了?(?P<n>\d{1,3}|[一二两三四五六七八九十]{1,3})个?[人名]?[^,。;!?\n]{0,3}[,;](?:还|现在)?(?:剩|有|还剩)(?:下)?"
    r"(?P<k>\d{1,3}|[一二两三四五六七八九十]{1,3})个?[^,。;!?\n]{0,6}(?:在院|住院|留观|观察|输液|挂水|医院|吊水)"
)
ENOUGH = 120


def perhaps_found(text: str, known: Mapping[str, Bounds], changed: Mapping[str, After]) -> Mapping[str, After]:
    """What is known, with the lost in question where one of them is told to be somewhere."""
    base, now = exact(known, "missing"), changed.get("missing")
    if not base or now is None or now.change != "same" or now.asks or len(text) > ENOUGH or not _LOST.search(text):
        return changed
    match = _SOMEWHERE.search(text)
    if match is None or _SEARCHED.search(match[0]):
        return changed
    option = Option(at_least=base - 1, at_most=base - 1, text=match[0], span=match.span())
    return {**changed, "missing": asked((option, was(known["missing"])), "fall", match[0], match.span())}


def went_home(text: str, known: Mapping[str, Bounds], weak: str, changed: Mapping[str, After]) -> Mapping[str, After]:
    """走了22个，剩18个还在院, of 40: those went home, and nobody died."""
    match, base = _WENT.search(text), exact(known, weak)
    if match is None or not base or len(text) > ENOUGH:
        return changed
    both = [int(number.low) for name in ("n", "k") for number in numbers(match[name])]
    if len(both) != 2 or sum(both) != base or both[0] < 3:
        return changed
    return {name: After(at_least=low, at_most=high) for name, (low, high) in known.items()}
