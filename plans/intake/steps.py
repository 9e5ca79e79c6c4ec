"""What a later text does to known figures: more came, some were found, rescued, died of wounds, counted twice.

Each clause is one step at most for each fact; totals that the reading found stand beside the steps, not among them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from plans.intake.numerals import Number, numbers
from plans.intake.patterns import lazy
from plans.intake.reading import Span
from plans.intake.tokens import tokenise

How = Literal["add", "less", "set", "none", "same", "withdrawn"]


@dataclass(frozen=True)
class Step:
    """One change of one fact.

    Args:
        how: ``add``, ``less``, ``set`` to so many, ``none`` = none is left, ``same`` = left as it was, ``withdrawn``.
        low, high: how many.
    """

    fact: str
    how: How
    low: int | float
    high: int | float
    span: Span


Bounds = tuple[int | float | None, int | float | None]
_CLAUSE = lazy(r"[^,。;!?\n ]+")
_ADD = lazy(
    r"又|再[增添有]|新增|新来|新送|新收|新发|增加|多出|多了|添了|没算进去|漏了|漏报|补报|另外(?=新|还|又)|还有\S{0,4}没算"
)
_TOTAL = lazy(
    r"一共|总共|累计|合计|共计|总计|升至|升到|增至|增加到|更新为|达到|现在是|目前是|加一块|加一起|加起来|汇总|数清|点清|就(?=\d)|还是|变成|核实"
)
_TWICE = lazy(r"重了|算重|重复|多算|多报|减掉|减去|刨掉|扣掉|去掉")
_HOME = lazy(r"出院|回家|治愈|痊愈|解除|包扎完|处理完")
_WORSE = lazy(
    r"转(?:成|为)?重(?:症|伤)|转(?:进|入|到)?(?:了)?(?:ICU|重症)|进(?:了)?(?:ICU|重症)|加重|变(?:成)?重|升(?:级)?为重|恶化|病情重了"
)
_BETTER = lazy(r"脱险|转轻|改轻|转为轻|脱离(?:生命)?危险|转普通|转出(?:ICU|重症)")
_FOUND = lazy(r"找到|找着|找见|找回|联系上|联络上|有信|有下落|回来了|露面|冒出来|打通了电话|发现(?=\S{0,3}具)")
_OUT = lazy(
    r"救出|救上来|救下|救了(?=\d|[一二两三])|出来|捞上来|捞出|扒出|挖出|刨出|升井|抬出|抬下|拉上来|拉出|脱困|放出来|弄出来|获救|上来了"
)
_BODY = lazy(r"遗体|尸体|具(?=[,。;! ]|$)|遇难|没了(?=[,。;! 的]|$)|死了|已经?死|无生命|没气|硬了|身亡|死亡|不行了")
_DIED = lazy(
    r"走了|没了(?=[,。;! ]|$)|死了|死\d|死[一二两三四五六七八九十]|不行了|没(?:能)?(?:抢)?救(?:过来|回来|活)|"
    r"没挺过|没挺住|抢救无效|救治无效|医治无效|不治|去世|离世|咽气|牺牲|遇难|身亡|死亡"
)
_OF_WOUNDS = lazy(r"重伤|轻伤|伤员|伤者|住院|ICU|抢救|救治|医治|不治|医院|医生|大夫|病房|监护|没挺|重的|烧伤|病人|里头")
_GRAVE = lazy(r"重伤|ICU|重症|监护|重的|危重|病危")
_ALL = lazy(r"都|全|一个不[落少]|一个没(?:落|少)|均|所有|没有?人了|最后")
_LEFT = lazy(r"(?:还差|还剩下?|剩下?|另外|还有|尚有|仍有|其余|余下)(?:的)?(?:那)?(?=\d|[一二两三四五六七八九十俩仨个])")
_NAMED = lazy(r"某|那个|一(?:人|个|名)|他|她|小[张王李赵刘陈]|老[张王李赵刘陈]")
_KIN = lazy(r"叔侄|母女|母子|父子|父女|夫妻|夫妇|两口子|姐妹|兄弟|俩")
_LISTED = lazy(r"(?:不在|没在|不是)\S{0,4}(?:失踪|失联|名单)")
_MISREPORTED = lazy(r"弄错|搞错|报错|说错|误报|记错|不实|不属实|有误|认错")
_WITHDRAWN = lazy(r"撤回|作废|撤销|收回|不可靠|先不算|不算数|别算")
_ALIVE = lazy(r"抢救过来|救过来了|救活|活过来|没死|还活着|醒了|醒过来|缓过来")
_NO_NEWS = lazy(
    r"无新增|没有?新增|没有?新的|没变|没动|不变|没有?变化|无变化|没增加|未增加|没有?增加|总数不动|还是(?:刚才)?那些|没新收|没有新收"
)
_PLACES = lazy(r"转(?:到|往|院|市|县|省)|拉到|送到")
_FACTS = {
    "dead": "deaths",
    "missing": "missing",
    "trapped": "trapped",
    "endangered": "endangered",
    "ill": "ill",
    **dict.fromkeys(("serious", "critical", "grave"), "serious_injuries"),
    **dict.fromkeys(("hurt", "wound", "light"), "injuries"),
}
_SHORT = lazy(r"(?:又)?(?:少|缺)了?(?=\d|[一二两三四五六七八九十俩仨])")
ENOUGH = 60


def steps(text: str, known: Mapping[str, Bounds], weak: str) -> Iterator[Step]:
    """The steps of masked text, in order.

    Args:
        known: what the case knows, fact -> bounds.
        weak: the fact of people of whom it is only said that they are in hospital.
    """
    clauses = [match.span() for _, match in zip(range(ENOUGH), _CLAUSE.finditer(text), strict=False)]
    for at, span in enumerate(clauses):
        yield from _clause(text, clauses, at, span, known, weak)


def _clause(
    text: str, clauses: Sequence[Span], at: int, span: Span, known: Mapping[str, Bounds], weak: str
) -> Iterator[Step]:
    part = text[span[0] : span[1]]
    before = text[clauses[at - 1][0] : clauses[at - 1][1]] if at else ""
    behind = text[span[1] : clauses[at + 2][1]] if at + 2 < len(clauses) else text[span[1] :]
    behind = behind[:40]
    count = _people(part)
    many = (count.low, count.high if count.high is not None else count.low) if count else None
    if _NO_NEWS.search(part):
        for fact in known:
            yield Step(fact, "same", 0, 0, span)
        return
    if _WITHDRAWN.search(part) or (_WITHDRAWN.search(behind) and _fact(part, weak) and not _ADD.search(part)):
        named = _fact(part, "") or _fact(before, "")
        if named:
            yield Step(named, "withdrawn", 0, 0, span)
            return
    if _TWICE.search(part + behind[:8]) and many:
        yield Step(_fact(part, weak), "less", *many, span)
        return
    if _HOME.search(part) and not _DIED.search(part):
        for fact in (weak, "serious_injuries"):
            yield Step(fact, "same", 0, 0, span)
        return
    if _MISREPORTED.search(part) and re.search(r"死", part):
        low, high = many or (1, 1)
        if _ALIVE.search(part + behind):
            yield Step("deaths", "less", low, high, span)
            yield Step(weak, "add", low, high, span)
            if _GRAVE.search(behind):
                yield Step("serious_injuries", "add", low, high, span)
        return
    if _WORSE.search(part) and not _PLACES.search(part.replace("转重", "")):
        low, high = many or _one(before) or (1, 1)
        yield Step("serious_injuries", "add", low, high, span)
        yield Step(weak, "same", 0, 0, span)
        return
    if _BETTER.search(part) and (_GRAVE.search(part) or _GRAVE.search(before)):
        if many:
            yield Step("serious_injuries", "less", *many, span)
        yield Step(weak, "same", 0, 0, span)
        return
    if "missing" in known and known["missing"] != (0, 0) and _FOUND.search(part):
        yield from _found(text, part, behind, span, many, known)
        return
    lost = "trapped" if known.get("trapped", (0, 0)) != (0, 0) else "missing" if "missing" in known else ""
    if lost and _OUT.search(part) and known.get(lost, (0, 0)) != (0, 0):
        yield from _out(part, before, behind, span, many, lost, known, weak)
        return
    if lost and (left := _LEFT.search(part)) and many and not _HOME.search(part):
        kind = _fact(part, "")
        first = known[lost][0] or 0
        below = lost == "trapped" and re.search(r"没上来|没出来|没救出", part) is not None
        if (kind in ("", lost) or below) and many[1] <= first and not re.search(r"送|住院|轻|重伤|院", part):
            yield Step(lost, "set", *many, (span[0] + left.start(), span[1]))
            return
    if _DIED.search(part) and not _TOTAL.search(part) and not re.search(r"无|没有死|没死|没有?人死", part):
        yield from _dead(part, before, behind, span, many, weak)
        return
    if _SHORT.search(part) and many and re.search(r"联系不上|没找到|找不|不见|点名|清点", before + part + behind):
        yield Step("missing", "add" if "又" in part else "set", *many, span)
        return
    if _ADD.search(part) and many and not _TOTAL.search(part):
        fact = _fact(part, "") or _fact(behind[:12], "") or weak
        if re.search(r"危险区|受威胁|隐患点", part):
            fact = "endangered"
        if fact == "serious_injuries" and re.search(r"送|拉|抬|收", part):
            yield Step(weak, "add", *many, span)
        yield Step(fact, "add", *many, span)


def _found(
    text: str,
    part: str,
    behind: str,
    span: Span,
    many: tuple[int | float, int | float] | None,
    known: Mapping[str, Bounds],
) -> Iterator[Step]:
    first = known["missing"][0] or 0
    if many is None:
        if _KIN.search(part):
            many = (2, 2)
        elif _ALL.search(part) or not _NAMED.search(part):
            many = (first, first)
        else:
            many = (1, 1)
    many = min(many[0], first), min(many[1], first) if first else many[1]
    dead = _BODY.search(part + behind.split("。")[0]) and not re.search(r"活的|活着|没事|好好的|没伤", part + behind)
    if dead:
        yield Step("deaths", "add", *many, span)
        if _LISTED.search(part + behind):
            return
    yield Step("missing", "none" if many[0] >= first else "less", *many, span)


def _out(
    part: str,
    before: str,
    behind: str,
    span: Span,
    many: tuple[int | float, int | float] | None,
    lost: str,
    known: Mapping[str, Bounds],
    weak: str,
) -> Iterator[Step]:
    first = known[lost][0] or 0
    if many is None:
        if not _ALL.search(part):
            return
        many = (first, first)
    gone = min(many[0], first), min(many[1], first)
    yield Step(lost, "none" if gone[0] >= first else "less", *gone, span)
    near = part + behind[:14]
    if _BODY.search(near) and not re.search(r"没死|没有死", near):
        yield Step("deaths", "add", *many, span)
    elif re.search(r"(?:都|均|全)?带伤|受伤|(?<![没无])伤(?!着|势)", near) and not re.search(
        r"没(?:受)?伤|没伤着|无伤", near
    ):
        yield Step(weak if weak == "injuries" else "injuries", "add", *many, span)


def _dead(
    part: str, before: str, behind: str, span: Span, many: tuple[int | float, int | float] | None, weak: str
) -> Iterator[Step]:
    around = before + part + behind[:24]
    wounded = _OF_WOUNDS.search(around)
    if not (_ADD.search(part) or wounded or re.search(r"刚|刚刚|夜里|今早", part)):
        return
    low, high = many or _one(before) or (1, 1)
    yield Step("deaths", "add", low, high, span)
    if wounded:
        yield Step(weak, "less", low, high, span)
        if _GRAVE.search(around):
            yield Step("serious_injuries", "less", low, high, span)


_UNIT = lazy(r" ?(?:个(?!小时|月|多月|星期|钟头|乡|镇|县|市|村|楼|班|点|组)|[人名位例口具](?!民|员|均|次)|(?<=[俩仨]))")


def _people(part: str) -> Number | None:
    """The last head count of a clause."""
    found = None
    for number in numbers(part):
        if _UNIT.match(part, number.end) and part[number.start - 1 : number.start] not in ("第", "那", "跟"):
            found = found or number
    return found


def _one(before: str) -> tuple[int | float, int | float] | None:
    count = _people(before)
    return (count.low, count.high if count.high is not None else count.low) if count else None


def _fact(part: str, weak: str) -> str:
    """The fact of which a clause speaks, by its words of harm."""
    for token in tokenise(part):
        fact = _FACTS.get(token.kind)
        if fact is not None:
            return fact
    return weak


def named_figures(words: str) -> Iterator[tuple[str, int | float, int | float | None]]:
    """Facts that stretches of a text name with a number, each by its first word of harm."""
    for match in _CLAUSE.finditer(words):
        fact, count = _fact(match[0], ""), _people(match[0])
        if fact and count:
            yield fact, count.low, count.high
