"""A later text cut into clauses, each with the head counts and the words of harm that stand in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from plans.intake.numerals import Number, numbers
from plans.intake.patterns import lazy
from plans.intake.reading import Span
from plans.intake.tokens import tokenise

ENOUGH = 60
"""Clauses that are looked at; a message has fewer, so that a hostile text stays cheap."""
MOST = 120
"""Characters of a clause that are looked at; people write marks before that."""
_CLAUSE = lazy(r"(?:[^,。;!?\n ]|(?<=[\x21-\x7f]) (?=[\x21-\x7f人名个例])|(?<=[^\x00-\x7f]) (?=\d))+")
_UNIT = lazy(
    r" ?(?:个(?![一-龥]{0,2}(?:棚|牌|墙|树|(?<![脚手腿])杆|塔(?!吊))|"
    r"洞|孔|窟窿|泡|字|词|问题|电话(?![打没关不])|医院|方案|点位|人影|"
    r"小时|月|多月|星期|钟头|半(?![路道夜途])|乡(?!亲)|镇(?!民)|县|市(?!民)|村(?![民妇里]|干部)|楼|班(?!主任|长|干)|点|组(?![长员])|车(?![主友])|房(?![东客])|厂(?!长)|学校|单位|地方|家庭|小区|"
    r"方向|部门|队(?![长友]|员(?:[受重轻死失被没也牺遇摔擦困])))"
    r"|(?<=[中里头]一)(?:男|女|老人|孩|学生|工人)"
    r"|[人名位例具](?!民(?![工警兵])|员|均|次|家|手|力)|号(?=人|$|的|受|重|轻|失|被|死|没)|口(?:人|(?=[,。;全都也]|电话|$))|(?<=[俩仨])(?!小时|钟头|月|村(?!民|干|医|妇)|班(?!主|长)|车(?!主|友)))"
)
_ORDINAL = "第跟"
_OWN = lazy(
    r"又|新增|一共|总共|累计|合计|共计|总计|没增加|未增加|无新增|没有?新增|没变|不变|找到|找着|联系上|救出|出来|转重|转轻|出院"
)
_FACTS = {
    "dead": "deaths",
    "missing": "missing",
    "trapped": "trapped",
    "endangered": "endangered",
    "ill": "ill",
    **dict.fromkeys(("serious", "critical", "grave"), "serious_injuries"),
    **dict.fromkeys(("hurt", "wound", "light"), "injuries"),
}
_BESIDE_THE_WORDS = (
    (
        "deaths",
        lazy(
            r"没了(?=[一两俩仨\d])|走了(?=[一两俩仨\d]|[二三四五六七八九][个名位人](?!半|多|小时|月|钟))(?!一[半些部大小趟圈遍会天夜段路])|死(?:者|亡)?(?:人数|数)|死的|死(?=[+＋\d:])|亡(?=\d)"
        ),
    ),
    ("missing", lazy(r"失[联踪](?:人数|数)|联系不[上到]|打不通|没着落|没下落|找不[到着]")),
    (
        "trapped",
        lazy(
            r"被困(?:人数|数)|困住|困着|困的|没出来|没救出|喊救命|呼救|[埋压困堵卡](?:了|住|着)(?=[一二两三四五六七八九十俩仨\d])"
        ),
    ),
    ("ill", lazy(r"病倒|不舒服|症状|发病|患病|染病")),
    ("serious_injuries", lazy(r"重伤|重症|重的|危重")),
    ("injuries", lazy(r"轻伤|轻的|受伤|伤员|伤者|伤的|伤(?=[+＋\d:了])")),
)
"""Words that tell a fact in an update, though a first report reads nothing from them."""


@dataclass(frozen=True)
class Clause:
    """What stands between two marks.

    Args:
        text: the clause.
        span: where it stands.
        before: the clause before it in the sentence.
        tail: what follows up to the end of the sentence, or to a clause with a count or a change of its own.
        rest: the next forty characters, whatever they are.
        among: the facts of those of whom the clauses behind 3名失联人员中 tell.
    """

    text: str
    span: Span
    before: str
    tail: str
    rest: str
    among: tuple[str, ...] = ()

    @cached_property
    def counts(self) -> tuple[Number, ...]:
        """The head counts, left to right."""
        return head_counts(self.text)

    @cached_property
    def count(self) -> Number | None:
        """The head count that the clause is about: of 重伤的3个里1个转轻了 the part, of 找到一个还差俩 the first."""
        counts = self.counts
        if len(counts) == 2 and _AMONG.match(self.text, counts[0].end):
            return counts[1]
        if len(counts) == 2 and _REST.search(self.text, counts[0].end, counts[1].start):
            return counts[0]
        if len(counts) == 2 and _SOME_WENT.search(self.text, 0, counts[1].start):
            return counts[1]
        return counts[0] if len(counts) == 1 else None

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """The facts whose words it holds, in order, each once."""
        return facts_of(self.text)

    def fact(self, other: str = "") -> str:
        """The first fact whose words it holds."""
        return self.facts[0] if self.facts else other


_AMONG = lazy(
    r"(?:个人|[人名位个例])?(?:伤员|伤者|病人|人员|患者|重伤|轻伤|失[联踪]|被困|的)*(?:里头|里面|当中|之中|里|中)"
)


_SOME_WENT = lazy(
    r"(?:重伤|轻伤|重症|重|轻|伤|困|失联|失踪)(?:的|员|人员|者)?(?:\d{1,3}|[一二两三四五六七八九十]{1,3})(?:个人|[个人名位例])"
    r"[^,。;!?\n]{0,6}?(?:走|没|死|转轻|转重|好转|醒|找到|救出|出来)了?$"
)
"""重的3个夜里走了 … of those who are known."""
_REST = lazy(r"(?:还差|还剩下?|剩下?|还有|还缺|差|另外|其余)(?:的)?$")


_NOT_ONE = lazy(r"[一1]个(?:人)?(?:都|也)?(?:不|没)(?:落|少|差|缺|剩|拉|丢|活)")
"""一个不落都找回来了 counts nobody."""


def head_counts(text: str) -> tuple[Number, ...]:
    """The numbers of a clause that count people; 第3个 counts nobody."""
    return tuple(
        number
        for number in numbers(text)
        if _UNIT.match(text, number.end)
        and _NOT_ONE.match(text, number.start) is None
        and (not number.start or text[number.start - 1] not in _ORDINAL)
    )


def measure_end(text: str, at: int) -> int:
    """Where the measure word ends that stands behind a number; the same place where none does."""
    unit = _UNIT.match(text, at)
    return unit.end() if unit else at


def facts_of(text: str) -> tuple[str, ...]:
    """The facts whose words a text holds, in order, each once."""
    found = [(token.start, _FACTS[token.kind]) for token in tokenise(text) if token.kind in _FACTS]
    if not found:
        found = [(match.start(), fact) for fact, words in _BESIDE_THE_WORDS if (match := words.search(text))]
    return tuple(dict.fromkeys(fact for _, fact in sorted(found)))


def clauses(text: str) -> list[Clause]:
    """The clauses of masked text, in order."""
    spans: list[Span] = []
    for match in _CLAUSE.finditer(text):
        spans.append((match.start(), min(match.end(), match.start() + MOST)))
        if len(spans) == ENOUGH:
            break
    cut: list[Clause] = []
    among: tuple[str, ...] = ()
    for at, (low, high) in enumerate(spans):
        if at and any(mark in text[spans[at - 1][1] : low] for mark in "。;!?\n"):
            among = ()
        cut.append(_cut(text, spans, at, among))
        if _AMONG_END.search(text, low, high):
            among = facts_of(text[low:high])
    return cut


_AMONG_END = lazy(r"(?:[员者人伤]|\d[个名人]|的)(?:里头|里面|当中|之中|里|中)(?=$|\d|[一二两三四五六七八九十])")


def _cut(text: str, spans: Sequence[Span], at: int, among: tuple[str, ...]) -> Clause:
    low, high = spans[at]
    joined = at > 0 and not any(mark in text[spans[at - 1][1] : low] for mark in "。;!?\n")
    before = text[slice(*spans[at - 1])] if joined else ""
    end = high
    for start, stop in spans[at + 1 : at + 4]:
        part = text[start:stop]
        if any(mark in text[end:start] for mark in "。;!?\n") or head_counts(part) or _OWN.search(part):
            break
        end = stop
    rest = text[high : high + 40]
    return Clause(
        text=text[low:high], span=(low, high), before=before, tail=text[high:end], rest=rest, among=among
    )  # fmt: skip
