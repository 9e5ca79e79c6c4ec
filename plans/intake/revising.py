"""Figures that a later text sets anew: 死亡2→3, 由2人改为3人, 下调至1人, 死亡+1, 前面报3人不准，应为2人."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from plans.intake.clauses import facts_of
from plans.intake.numerals import numbers
from plans.intake.patterns import lazy
from plans.intake.reading import Span
from plans.intake.stepping import Bounds, How
from plans.intake.taking import any_overlap

_N = r"(?:\d{1,4}|[零一二两三四五六七八九十百]{1,5}|[俩仨])"
_MEASURE = r" ?(?:个人|[人名例个位具])?"
_ARROW = r" ?(?:→|➡️?|⇒|->|=>|—>|-->|>)+ ?"
_BECOMES = (
    r"(?:变成?|改成?为?|调整?为|更正为|更新为|修正为|核实为|核减[为至]|核增[为至]|[降减升增][为至到]|减少[到至为]|下降[到至为]|"
    r"增加[到至为]|上升[到至为]|上调[到至为]|下调[到至为]|调[为至])了?"
)
_FROM_TO = lazy(rf"(?P<old>{_N}){_MEASURE}(?:{_ARROW}|,?{_BECOMES})(?P<new>{_N})(?![\d.:%点日月时分]){_MEASURE}")
_MOVED = lazy(
    r"(?:(?P<down>下调|调低|调减|核减|下修|回落|降低|减少|下降|(?:要|得|(?<!相)应该?|需)再?[减扣]|[降减])|(?:要|得|(?<!相)应该?|需)再?[加添]|上调|调高|调增|核增|上升|增加|增)(?P<to>[到至为成])?了?"
    rf"(?P<new>{_N})(?P<m>{_MEASURE})(?![\d.:%点日月时分])"
)
_SIGNED = lazy(
    rf"(?<![0-9])(?:人数|人员|数|者)?[: ]{{0,2}}(?P<sign>[+-])(?P<new>\d{{1,3}}){_MEASURE}(?=[,。;!? \n)]|$)"
)
_UPDATED = lazy(rf"(?:人数|数)(?:更新|调整|变更|修正|有变)[:,](?:是|为|现在)?(?P<new>{_N}){_MEASURE}(?=[,。;!? \n]|$)")
_WRITTEN = lazy(
    r"(?:一?栏|项|数|人数|相应|那里)?(?:请|要|应|得|就)?(?:写|填|改|记|(?:更新|更正|修正)(?=[为成到至]))(?:成|为|作|到|至)?"
    rf"(?P<new>{_N}){_MEASURE}(?=[,。;!? \n]|$)"
)
_SHOULD_BE = lazy(rf"(?:人数|数)(?:应该?|应当)(?:为|是)(?P<new>{_N}){_MEASURE}(?=[,。;!? \n]|$)")
_FEWER = lazy(rf"(?<![最至不])(?:少|减)了?(?P<new>{_N})(?:个人|[人名例个位])")
_EARLIER = lazy(
    r"(?:前面|之前|刚才|刚刚|先前|原来|原先|此前|上次|上一?[报条]|早上|上午|下午|中午|昨天|昨晚|[前原初])"
    r"(?:我|我们|他们)?(?:说|报|讲|发|报告|上报|通报|写)?(?:的|过|了)?(?:是|有)?"
    rf"(?P<told>[^,。;!?\n\d]{{0,8}}?(?P<old>{_N})(?:个人|[人名例个位])?[^,。;!?\n\d]{{0,6}}?),?"
    r"(?:不准确?|有误|不对|错了?|报错了?|弄错了?|搞错了?|多了|少了|报多了|报少了|不实|重复了?|有出入)[,。:;! ]{1,2}"
    r"(?:[^,。;!?\n\d]{0,6}?)(?:应该?是|应为|实为|实际上?[是为]?|改[成为]|更正[为是]|核实[后为是]{0,2}|现[在为是]{1,2}|其实是|只有|是|为)"
    rf"(?P<now>[^,。;!?\n\d]{{0,6}}?(?P<new>{_N})(?![\d.:%点日月时分])(?:个人|[人名例个位])?[^,。;!?\n\d]{{0,4}})"
)
_NOT_BUT = lazy(
    rf"不是(?P<told>[^,。;!?\n\d]{{0,4}}?(?P<old>{_N}){_MEASURE}[^,。;!?\n\d]{{0,4}}?)[,，]?(?:而)?(?:应该)?是(?P<now>(?:死|伤)?(?P<new>{_N}){_MEASURE})"
    r"(?![\d.:%点日月时分])"
)
_BUT_NOT = lazy(
    rf"(?:是|有|应该是|就|[只才仅][^,。;!?\n\d]{{0,5}}?)(?P<now>(?P<new>{_N}){_MEASURE})[,，]?不是(?P<told>(?P<old>{_N}){_MEASURE})(?![\d.:%点日月时分])"
)
_BESIDE_TOTAL = lazy(r"\d ?[人名例个]?\([+-]?$")
_LIGHT = lazy(r"轻伤(?:人数|者|员)?[: ]*$")
_LED = lazy(r"[由从]$")
_STOP = ",。;!?\n"
ENOUGH = 20


@dataclass(frozen=True)
class Revision:
    """A figure set anew.

    Args:
        fact: which; empty where the words name none and no known figure is the one that they speak of; where several
            are, there is a revision of each.
        how: ``set``, ``add`` or ``less``.
        number: to how many, or by how many.
        old: what the words take to have been known; None where they do not say.
        sure: the words name the fact.
        total: so many they are in all now, whatever else the text tells of them (`plans.intake.named_totals`).
    """

    fact: str
    how: How
    number: int | float
    old: int | float | None
    span: Span
    sure: bool = True
    total: bool = False


def revisions(text: str, said: str, known: Mapping[str, Bounds]) -> Iterator[Revision]:
    """The figures that a text sets anew, in order.

    Args:
        text: masked: of what is asserted.
        said: the same with what is taken back in the same breath (刚才说2个不对，是3个).
        known: what the case knows.
    """
    told: list[Revision] = []
    for item in _all(text, said, known):
        again = any(
            item.fact == old.fact and item.number == old.number and any_overlap(item.span, (old.span,)) for old in told
        )
        if not again:  # 由17人更正为19人 is one figure, in whatever words it is found
            told.append(item)
            yield item


def _all(text: str, said: str, known: Mapping[str, Bounds]) -> Iterator[Revision]:
    corrected = [match for pattern in (_EARLIER, _NOT_BUT, _BUT_NOT) for match in pattern.finditer(said)]
    for match in corrected[:ENOUGH]:
        old, new = _exact(said, match.span("old")), _exact(said, match.span("new"))
        named = facts_of(match["told"]) or facts_of(match["now"]) or facts_of(_lead(said, match.start()))
        same = [fact for fact, bounds in known.items() if bounds == (old, old)]
        for fact in named[:1] or same or [""]:
            if new is not None:
                yield Revision(fact, "set", new, old, match.span(), sure=bool(named))
    for match, _ in zip(_FROM_TO.finditer(text), range(ENOUGH), strict=False):
        named = facts_of(_lead(text, match.start()) + text[match.start()])
        old, new = _exact(text, match.span("old")), _exact(text, match.span("new"))
        if not named and old is not None:  # 重度由3人降为2人: the one figure that is so known
            named = tuple(fact for fact, bounds in known.items() if bounds == (old, old))[:2]
            named = named if len(named) == 1 and _LED.search(_lead(text, match.start())) else ()
        light = named[-1:] == ("injuries",) and _LIGHT.search(_lead(text, match.start())) is not None
        if light and new is not None and old is not None:
            yield from _light(text, known, old, new, match.span())
        elif named and new is not None:
            yield Revision(named[-1], "set", new, old, match.span())
    for pattern in (_MOVED, _FEWER, _SIGNED, _UPDATED, _WRITTEN, _SHOULD_BE):
        for match, _ in zip(pattern.finditer(text), range(ENOUGH), strict=False):
            lead = _lead(text, match.start("sign") + 1 if pattern is _SIGNED else match.start())
            named, number = facts_of(lead), _exact(text, match.span("new"))
            if not named or number is None or (pattern is _SIGNED and not _ends_with_harm(lead)):
                continue
            if pattern is _SIGNED and _BESIDE_TOTAL.search(lead):
                continue  # 死亡:3(+1) tells the total
            if pattern in (_UPDATED, _WRITTEN, _SHOULD_BE) or (pattern is _MOVED and match["to"]):
                yield Revision(named[-1], "set", number, None, match.span())
            elif pattern is _SIGNED:
                yield Revision(named[-1], "add" if match["sign"] == "+" else "less", number, None, match.span())
            elif pattern is _FEWER or match["m"].strip() or text[match.end() : match.end() + 1] in "，,。;!?\n(":
                less = pattern is _FEWER or match["down"]
                yield Revision(named[-1], "less" if less else "add", number, None, match.span())


def _light(
    text: str, known: Mapping[str, Bounds], old: int | float, new: int | float, span: Span
) -> Iterator[Revision]:
    """轻伤 9→8: of the hurt, where those of before were the lightly and the seriously hurt."""
    serious, hurt = known.get("serious_injuries", (None, None)), known.get("injuries", (None, None))
    if serious[0] is None or hurt[0] is None or old + serious[0] != hurt[0]:
        return
    now = next((m for m in _FROM_TO.finditer(text) if "serious_injuries" in facts_of(_lead(text, m.start()))), None)
    grave = _exact(text, now.span("new")) if now else serious[0]
    if grave is not None:
        yield Revision("injuries", "set", new + grave, hurt[0], span)


def _exact(text: str, span: Span) -> int | float | None:
    """The number that stands there; of 五六, and of 3 in 3至6人, none."""
    number = next(numbers(text[span[0] : span[0] + 16]), None)
    if number is None or number.start or number.end != span[1] - span[0] or number.low != number.high:
        return None
    return number.low


def _lead(text: str, at: int) -> str:
    """What stands before an offset in its clause."""
    return text[max(text.rfind(mark, max(0, at - 20), at) for mark in _STOP) + 1 or max(0, at - 20) : at]


def _ends_with_harm(lead: str) -> bool:
    """死亡+1, 重伤人数+1: the sign stands right behind the word."""
    return bool(facts_of(lead[-5:]))
