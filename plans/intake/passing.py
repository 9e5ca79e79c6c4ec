"""Totals that a later text tells in passing: 这是第四个, 加上他四个了, 仨了, 合起来8个, 比原先说的多2个."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from plans.intake.changes import Change, exact
from plans.intake.clauses import facts_of, measure_end
from plans.intake.fates import fates_of
from plans.intake.numerals import numbers
from plans.intake.patterns import lazy
from plans.intake.reading import Span
from plans.intake.sayings import said_of
from plans.intake.stepping import HELPERS, Bounds

_NUMBER = r"(?:\d{1,4}|[一二两三四五六七八九十百]{1,4}|[俩仨])"
_HEADS = r"(?:个人|个|人|名|例|具|位|口)?"
_END = r"(?=[了啦,。;!哈啊\n]|$| (?![-~—至到\d]))"
_TOTAL = lazy(
    rf"第(?P<a>{_NUMBER})(?:个(?!月|小时|车|班|组|点|方案|电话|地方|房间|孔)|具|名|位|例)(?!现场)|"
    rf"(?:连|加|算|带)(?:上)?(?:他|她|它|我|这个?|那个?)(?:们)?(?:一共|总共|就|也)?(?:是|有|到|了)?(?P<b>{_NUMBER}){_HEADS}{_END}|"
    r"(?:(?<=[,。;! \n])|^)(?:这|那)?(?:就|都|已经?|可)?(?:是|有|到)?"
    rf"(?:凑(?:够|到)|总共|一共|合起来|合计|拢共|共|累计)?(?:是|有)?(?P<c>{_NUMBER}){_HEADS}了{_END}|"
    r"(?:这下|这样|这么着?|这就|加上|连上|统共|满打满算|总共|一共|合起来|拢共|凑(?:够|到)|加起来|"
    rf"(?:伤|死|困|病|吐)[^,。;!?\n\d]{{0,3}}(?:(?<!不)到|有))(?:是|有)?(?P<d>{_NUMBER}){_HEADS}(?:了)?{_END}"
)
_MORE_BY = lazy(
    rf"比[^,。;!?\n\d]{{1,10}}多(?:了|出)?(?P<a>{_NUMBER})(?:个|人|名|例|(?<=[俩仨]))|(?:得|要|该|就)多(?P<b>{_NUMBER})个"
)
_DEAD = lazy(r"没了|没气|死|[一二两三四五六七八九十\d]具|遗体|遇难|走了一|不行了|漂来|身亡|尸")
_STOPS = ",。;!?\n"


def totals(text: str, known: Mapping[str, Bounds], weak: str) -> Iterator[Change]:
    """A total beside the one or the few who were told of just before, where both come to it."""
    match = _TOTAL.search(text)
    if match is None or HELPERS.search(text[max(0, match.start() - 4) : match.end() + 4]):
        return
    number = next(numbers(match["a"] or match["b"] or match["c"] or match["d"]), None)
    if number is None or number.low != number.high:
        return
    total = int(number.low)
    more = _more(text, match.span())
    fitting = [fact for fact in known if exact(known, fact) is not None and (exact(known, fact) or 0) + more == total]
    fitting = [fact for fact in fitting if fact not in ("serious_injuries", "endangered")]
    if own := ["deaths"] if _DEAD.search(match.group()) else facts_of(match.group()):
        fitting = [fact for fact in fitting if fact in own]  # 死亡增加到7人，受伤5人: of the dead, whatever comes to 7
    if any(exact(known, fact) for fact in ("missing", "trapped")) and fates_of(text) & {"out", "found"}:
        fitting = [fact for fact in fitting if fact == "deaths"]  # 第二名出来: the second of those who are looked for
    low = max(text.rfind(mark, 0, match.start()) for mark in "。;!?\n") + 1
    ends = [at for mark in "。;!?\n" if (at := text.find(mark, match.end())) >= 0]
    fact = _meant(text, text[low : min(ends, default=len(text))], fitting, weak)
    if fact:
        yield Change(fact, None, total, match.span(), closes=match["a"] is None)
    elif fitting == ["deaths"] and match["a"] and not facts_of(text):
        yield Change("deaths", None, total, match.span(), sure=False)


def left_out(text: str, known: Mapping[str, Bounds], weak: str) -> Iterator[Change]:
    """遇难者是4位，之前漏了一位: so many were not counted, and with them it comes to so many."""
    missed = _MISSED.search(text)
    if missed is None or _PARTIAL.search(text):
        return
    counts = [int(number.low) for number in numbers(text) if number.low == number.high]
    named = [fact for fact in facts_of(text) if fact in known]
    for fact in dict.fromkeys([*named, weak]):
        base = exact(known, fact)
        totals_of = [m for n in counts for m in counts if base and base + n == m]
        if totals_of:
            # with further counts it is not plain which of them comes to which
            yield Change(fact, None, max(totals_of), missed.span(), sure=len(counts) <= 2)
            return


_PARTIAL = lazy(r"抵消|(?:学生|老师|男的?|女的?|大人|孩子)[^,。;!?\n]{0,3}(?:是|有)\d")
_MISSED = lazy(r"(?<!说)漏|没(?:有)?(?:登记|算|报|统计|写|录)|少[报算]|补[报录登]")


def _more(text: str, span: Span) -> int:
    """How many were told of before the total, in its sentence: one, where no number tells."""
    low = max(text.rfind(mark, 0, span[0]) for mark in "。;!?\n") + 1
    before = text[low : span[0]]
    counted = [
        int(number.low)
        for number in numbers(before)
        if number.low == number.high
        and (measure_end(before, number.end) > number.end or before[number.end - 1] in "俩仨")
    ]
    return sum(counted) or 1


def _meant(text: str, sentence: str, fitting: Sequence[str], weak: str) -> str:
    """The fact that the words are of, among those to which the numbers come; the sentence of the total tells first."""
    dead = _DEAD.search(sentence) is not None
    told = tuple(weak if fact in ("injuries", "ill") and fact not in fitting else fact for fact in facts_of(sentence))
    if not (dead or told):  # 先后走了三个人。这是第四个
        dead, told = _DEAD.search(text) is not None, facts_of(text)
    if dead and "deaths" in fitting:
        return "deaths"
    named = [fact for fact in told if fact in fitting]
    if named or told or dead:
        return named[0] if named else ""
    if weak in fitting and "deaths" not in fitting:
        return weak
    return fitting[0] if len(fitting) == 1 and fitting[0] not in ("missing", "trapped", "deaths") else ""


def more_by(text: str, known: Mapping[str, Bounds], weak: str) -> Iterator[Change]:
    """6个，比学校讲的多俩: so many more than were known."""
    match = _MORE_BY.search(text)
    number = next(numbers(match["a"] or match["b"]), None) if match else None
    if match is None or number is None or number.low != number.high:
        return
    end = next((at for at in range(match.end(), len(text)) if text[at] in "。;!?\n"), len(text))
    low = max(text.rfind(mark, 0, match.start()) for mark in "。;!?\n") + 1
    clause = max(text.rfind(mark, 0, match.start()) for mark in _STOPS) + 1
    named = [fact for fact in facts_of(text[clause:end]) if fact in known]
    named = named or [fact for fact in facts_of(text[low:end]) if fact in known]
    fact = named[0] if named else weak if weak in known else ""
    base = exact(known, fact)
    if fact and base is not None:
        yield Change(fact, int(number.low), None, match.span())


def by_units(text: str, known: Mapping[str, Bounds], weak: str) -> Iterator[Change]:
    """三年级3个，四年级4个: of whom is not said, so that it is asked."""
    base = exact(known, weak)
    parts = _BY_UNIT.fullmatch(text.rstrip("。!;"))
    if base is None or parts is None:
        return
    total = sum(int(number.low) for number in numbers(_UNIT_NAME.sub("", text)) if number.low == number.high)
    if total != base:
        yield Change(weak, None, total, (0, len(text)), sure=False)


_UNIT = r"[一-龥]{0,4}?[\d一二三四五六七八九十]{0,2}(?:年级|班|院|车间|组|村|镇|乡|号楼|栋|楼|车|校|所|科)"
_UNIT_NAME = lazy(_UNIT)
_BY_UNIT = lazy(
    rf"{_UNIT}(?:有|是|:)?{_NUMBER}(?:个|人|名|例)(?:[,、; ]{_UNIT}(?:有|是|:)?{_NUMBER}(?:个|人|名|例)){{1,9}}"
)


def apart(text: str, known: Mapping[str, Bounds], weak: str) -> Iterator[Change]:
    """两名巡检员也说头晕，和那三位不是一拨: more of them, and none of those who were known."""
    heard = said_of("apart", text)
    base = exact(known, weak)
    if heard is None or said_of("mistaken", text):
        return
    if base and (both := _DEAD_AND_HURT.search(text)):  # 三社报上来死1伤2，没算在里头
        dead, hurt = (next(numbers(both[name]), None) for name in ("dead", "hurt"))
        if dead is not None and hurt is not None:
            yield Change("deaths", int(dead.low), None, both.span(), claimed=True)
            yield Change(weak, int(hurt.low), None, both.span(), claimed=True)
        return
    others = [fact for fact in facts_of(text) if fact not in (weak, "injuries", "ill")]
    lost = [fact for fact in ("missing", "trapped") if exact(known, fact)]
    if lost and (set(others) == set(lost) if others else lost == ["trapped"] and _INSIDE.search(text)):
        others, whom = [], lost[0]  # 里面还有两个，刚才没算进去
    elif exact(known, "missing") and _SHORT.search(text):
        others, whom = [], "missing"  # 还少一个，之前没报
    elif not base:
        return
    else:
        whom = weak
    counted = [
        (int(number.low), number)
        for number in numbers(text)
        if number.low == number.high
        and (
            measure_end(text, number.end) > number.end
            or text[number.end - 1] in "俩仨"
            or text[max(0, number.start - 1) : number.start] in tuple("伤吐病倒")
        )
    ]
    counted = [
        (many, number)
        for many, number in counted
        if many != base and not HELPERS.search(_BY_CAR.sub("", text[number.end : number.end + 7])[:5])
    ]
    many = [number for number, _ in counted]
    if not many and not others and _ONE.search(text):
        many = [1]  # 大货司机自己去医院了，不在那8个里头
    if others or not many:
        return
    if len(many) > 1 and many[0] != sum(many[1:]):  # 补报了两个，一个鼻骨一个手腕
        low, high = counted[0][1].start, counted[-1][1].end
        if any(mark in text[low:high] for mark in _STOPS) or _WITHIN.search(text, low, high):
            return
        many = [sum(many)]  # 两个崴脚的、一个压到胸口的
    yield Change(whom, many[0], None, heard.span, closes=True)


_SHORT = lazy(r"(?:还|又)(?:少|缺|差)了?(?=[一二两三四五六七八九十俩仨\d])")
_INSIDE = lazy(
    r"(?:里[面头]|底下|下面|井下|洞里|楼[上里])(?:还|也)?有(?=[一二两三四五六七八九十俩仨\d])|[困压埋卡堵](?:着|住|在)"
)
_ONE = lazy(r"司机|乘客|师傅|老师|保安|老板|大[爷妈叔姐]|学生|孩子|[一1]个(?!人都)|有个|[老小][张王李赵刘陈]")
_DEAD_AND_HURT = lazy(r"死亡?(?P<dead>\d{1,2})[个人名]?[,、 ]?伤(?P<hurt>\d{1,2})[个人名]?(?=[,。;!?\n ]|$)")
_BY_CAR = lazy(r"打车|坐车|开车|骑车|车祸|自己")
_WITHIN = lazy(r"其中|[里其]头|里面|当中|[个名人]里|中有")


def came(text: str, weak: str) -> int:
    """How many came since, told beside others who were counted off: 又收儿童18、成人7; 夜里陆续加8; not 新增死亡1."""
    return sum(
        int(number.low)
        for match in _CAME.finditer(text)
        if not (named := facts_of(match[0])) or weak in named
        for number in numbers(match["n"])
        if number.low == number.high
    )


_CAME = lazy(
    r"(?:又(?:收|来|送|吐|添|加|报)|新(?:增|收|来|送|登记|发)|补(?:报|登)?(?!充)|陆续(?:加|来|送|收)|再(?:加|收|添))(?:了|到)?"
    rf"(?P<n>[^,。;!?\n\d一二两三四五六七八九十百俩仨]{{0,6}}{_NUMBER}{_HEADS}"
    rf"(?:、[^,。;!?\n\d一二两三四五六七八九十百俩仨]{{0,4}}{_NUMBER}{_HEADS}){{0,4}})(?=[,。;!?( \n了]|$)"
)
