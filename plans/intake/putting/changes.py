"""A figure told with what it was before: 受伤人数由17人更正为19人，其中重伤仍为4人; 遇难4人（较上次增1）; 失联清零."""

from __future__ import annotations

from itertools import islice

from plans.intake.numerals import numbers
from plans.intake.patterns import lazy
from plans.intake.replacing import FILL

_N = r"(?:\d{1,4}|[一二两三四五六七八九十百廿卅]{1,4})"
_MEASURE = r"(?:个人|[人名例个位])?"
_HARM = (
    r"(?:死亡|遇难|死者|死的|受伤|伤者|伤员|伤的|重伤|轻伤|危重|重症|失[联踪]|被困|住院|发病|患病|中毒|确诊|感染|病例)"
)
_OF = rf"{_HARM}(?:者|的|人数|人员|病例|总数|数|更正|订正|修正|调整|:)*"
_BECAME = (
    r"(?:更正|核定|核减|核增|核实|核准|核|修正|修订|调整|更新|订正|变更|增加|新增|增|上升|升|减少|减|下降|降|变|改)"
    r"后?[为至到成]"
)
_BEFORE = r"(?:(?:原来|原先|原报|此前|之前|前报|最初|初报)的?)?"
_FROM = lazy(
    rf"(?P<of>{_OF})(?P<was>:?(?:已)?[由从]{_BEFORE}(?P<old>{_N}){_MEASURE},?(?:已)?{_BECAME})"
    rf"(?P<new>{_N})(?P<measure>{_MEASURE})(?!分之)",
    sparse=True,
)
_STILL = lazy(
    rf"(?P<of>{_OF})(?P<was>:?(?:(?:仍然?|依然|依旧|维持|(?<!的)还)[是为在]|维持))(?={_N}{_MEASURE}(?:[,。;!?\n)]|$))",
    sparse=True,
)
_BY = lazy(
    rf"(?P<of>{_OF})(?P<was>(?:新增|核增|增加|核减|减少|又增){_N}{_MEASURE}[,、](?:现|目前|已)?(?:共计?|累计|合计|总计|总数[为是]?|达到?))(?={_N})",
    sparse=True,
)
_BESIDE = lazy(
    rf"\((?:[较比][^()\d]{{0,6}}|其中)?(?:新增加?|增加?|净增|上升|减少?|下降|多|少)了?{_N}{_MEASURE}\)",
    sparse=True,
)
_NONE_LEFT = lazy(r"(?:失[联踪]|被困)(?:者|人员|人数)?(?:已|全部)*(?P<none>清零|归零)(?=[,。;!?\n)]|$)", sparse=True)
_REPEATED = lazy(
    rf"[,;(。](?:其中|有|因|因为|原因是|系)?(?P<n>{_N})(?:个人|[人名例个位])(?:系|为|是|因)?(?:重复|误|重名|同一)[^,。;!?\n)]{{0,8}}\)?",
)
_NOT_BUT = lazy(rf"(?P<of>{_OF})(?P<was>{FILL}{{3,}}[,;]?(?:而)?(?:应该?|实际)?[是为])(?={_N}{_MEASURE})", sparse=True)
"""伤的不是5个，是8个, with the first masked."""
_ENOUGH = 12


def without_asides(text: str) -> str:
    """遇难4人（较上次增1）: by how many a figure has changed is left out, also of what tells the times apart."""
    return _BESIDE.sub(lambda match: FILL * len(match[0]), text)


def as_they_are(text: str) -> str:
    """Masked text in which such figures say only what is so now."""
    for match in reversed(list(islice(_FROM.finditer(text), _ENOUGH))):
        text = _without(text, *match.span("was"))
        again = _REPEATED.match(text, match.end())
        if again is not None and _value(match["old"]) - _value(match["new"]) == _value(again["n"]):
            text = _without(text, *again.span())  # 由4人核为3人，1人重复登记
    text = _NOT_BUT.sub(lambda match: match["of"] + FILL * len(match["was"]), text)
    text = _BY.sub(lambda match: match["of"] + FILL * len(match["was"]), text)
    text = _STILL.sub(lambda match: match["of"] + FILL * len(match["was"]), text)
    return _NONE_LEFT.sub(lambda match: match[0][: match.start("none") - match.start()] + "0人", text)


def _without(text: str, low: int, high: int) -> str:
    return text[:low] + FILL * (high - low) + text[high:]


def _value(word: str) -> float:
    number = next(numbers(word), None)
    return -1 if number is None else number.low
