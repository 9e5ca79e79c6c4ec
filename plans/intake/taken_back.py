"""Figures that were never right: somebody told dead who lives, people counted twice, figures withdrawn."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from plans.intake.changes import Change, exact
from plans.intake.clauses import clauses, facts_of, measure_end
from plans.intake.numerals import Number, numbers
from plans.intake.patterns import lazy
from plans.intake.reading import Span
from plans.intake.sayings import Heard, said_of
from plans.intake.stepping import Bounds

_STOPS = ",。;!?\n"
_WAS_DEAD = lazy(r"没死(?!人)|按活|(?<!没)(?:活过来|救活)|又醒|又有(?:了)?(?:脉搏|呼吸|心跳)")
"""Who comes back to life was told of as dead."""
_ONE = lazy(
    r"那[个位名]|第[一二三四五六七八九\d]{1,2}个|[一1]个|有个|那个|阿[一-龥]|老[一-龥]|小[徒伙姑工]|徒弟|司机|师傅|减一"
)
_DEAD_TOTAL = lazy(
    r"(?:死亡|死的|遇难的?)(?:人数)?(?:为|是|改成?|就|只有)?(?P<a>\d{1,3}|[一二两三四五六七八九十俩仨])(?=人|个|名|,|。|;|、|$)|"
    r"(?:只|就)(?:走|没|死)了?(?P<b>\d{1,3}|[一二两三四五六七八九十俩仨])|只有(?P<c>\d{1,3}|[一二两三四五六七八九十俩仨])(?=个|具)"
)
_MORE_DEAD = lazy(r"又(?:死|没|走)了?[一二两俩\d]|新增死亡")
_GRAVE = lazy(r"重伤|ICU|重症|监护")
_TO = lazy(
    r"(?:应该?[为是]|实[际为]是?(?:就|只)?有?|其实是?|只有|正确[^,。;!?\n\d]{0,6}是|(?:剔除|扣除|核减|核实|减)(?:后|完)|"
    r"现[为是]|改[为成]|还是|[,]|是|共|总数|(?:病例|人|例)数)(?:的)?(?:就|只)?(?:剩|有)?(?P<n>\d{1,4}|[一二两三四五六七八九十百俩仨]{1,4})(?![\d:.点时分日月岁])"
)
_NOBODY = lazy(
    r"(?:其实|根本|压根|里面|里头)?没(?:有)?人(?:死亡?|受伤|被困|失踪)?(?=[,。;! \n]|$)|没死人|没有死人|没有死亡|无人"
)


def lives(text: str, sure: str, known: Mapping[str, Bounds], weak: str) -> Iterator[Change]:
    """Somebody who was told of as dead is alive; only what is asserted (`sure`) says so."""
    base = exact(known, "deaths")
    if not base or _MORE_DEAD.search(text) or _COMES_TO_NOTHING.search(text):
        return
    alive = said_of("lives", text)
    before = said_of("told_dead", text) or said_of("mistaken", text)
    unhurt = alive is None and said_of("mistaken", text) is not None
    if unhurt:
        alive = said_of("unhurt", text)
    if alive is None or sure[slice(*alive.span)] != alive.words:
        return
    if before is None and _WAS_DEAD.search(text) is None:
        return
    if unhurt and "deaths" not in facts_of(text) and said_of("told_dead", text) is None:
        return  # 护士弄错了人，护士好好的: nobody was told dead
    many = _how_many(text, alive, before, base)
    if many is None:
        return
    span = _span(alive, before)
    stated = any(number.low == base - many and text[number.end : number.end + 1] == "死" for number in numbers(text))
    yield Change("deaths", -many, None, span, closes=stated)
    if said_of("unhurt", text) is None:
        yield Change(weak, many, None, span, claimed=True, closes=stated)
        if _GRAVE.search(text) and "serious_injuries" in known:
            yield Change("serious_injuries", many, None, span, claimed=True)


def _how_many(text: str, alive: Heard, before: Heard | None, base: int) -> int | None:
    """How many of the dead live: by the new total, by the number beside the words, or one."""
    total = _DEAD_TOTAL.search(text)
    while total is not None:
        number = next(numbers(total["a"] or total["b"] or total["c"]), None)
        if number is not None and number.low < base and (before is None or total.start() > before.span[0] + 1):
            return base - int(number.low)
        total = _DEAD_TOTAL.search(text, total.end())
    for item in (alive, before):
        if item is None:
            continue
        low, high = _clause(text, item.span)
        counted = [number for number in _heads(text[low:high]) if number <= base]
        if counted:
            return counted[-1] if item is alive else counted[0]
    return 1 if base == 1 or _ONE.search(text) else None


def counted_off(text: str, known: Mapping[str, Bounds], weak: str, revised: Collection[str] = ()) -> Iterator[Change]:
    """Some were counted who should not have been, or a figure does not hold."""
    text = _SUSPECTED.sub(lambda match: "□" * len(match[0]), text)
    wrong = said_of("mistaken", text) or said_of("off", text)
    if wrong is None:
        wrong = _of_before(text, known)
    if wrong is None or revised or _COMES_TO_NOTHING.search(text):
        return
    low, high = 0, len(text)
    counts = _heads(text[low:high])
    anew = [int(number.low) for match in _TO.finditer(text) for number in numbers(match["n"])]
    if said_of("off", text) and _IMPLIED.search(text):
        counts = [*counts, 1]
    named = [fact for fact in facts_of(text) if fact in known]
    told = {weak if fact in ("injuries", "ill") else fact for fact in facts_of(text)}
    if (told and not told & known.keys()) or (wrong.words.startswith("不") and _OF_OTHERS.search(text)):
        return  # 群里说新增死亡2个，不属实, where nobody was known dead
    beside = next(
        (fact for fact in facts_of(text[slice(*_clause(text, wrong.span))]) if known.get(fact, (0, 0)) != (0, 0)), ""
    ) or _of_figure(text, wrong.span, known)
    named = [beside] if beside else named
    order = [beside] if beside else [*dict.fromkeys([*named, weak, *known])]
    for fact in order:
        base = exact(known, fact)
        less = {base - n for n in counts} if base else set()
        closing = [m for m in {*counts, *anew} & less if m in anew or base != 2 * m]
        if closing:
            sure = len(closing) == 1 and closing[0] in anew
            yield Change(fact, None, max(closing) + _since(text), wrong.span, counted_off=True, closes=sure)
            return
    alone = [fact for fact in known if exact(known, fact)]
    fact = next((fact for fact in order if exact(known, fact) and (fact in named or fact == weak)), "")
    fact = fact or (alone[0] if len(alone) == 1 else "")
    if _STRUCK.search(wrong.words) and exact(known, "missing") and not named:
        fact = "missing"  # 一家四口在宾馆，这四个划了
    if not fact:
        return
    base = exact(known, fact) or 0
    off = said_of("off", text)
    if off is not None:
        behind = next(numbers(text[off.span[1] : off.span[1] + 4].lstrip("了")), None)
        counted = _heads(text[off.span[0] : _clause(text, off.span)[1]])
        counted = counted or ([int(behind.low)] if behind is not None and not behind.start else [])
        counted = counted or _heads(text[: off.span[0]])[-1:]
        if (not counted and _IMPLIED.search(text)) or (counted and counted[0] == base):
            counted = [1] if not counted else []
        if base in counted and _NOBODY.search(text):
            yield Change(fact, None, 0, off.span)
            return
        if counted and counted[0] < base:
            yield Change(fact, -counted[0], None, off.span, counted_off=True, mild=True)
            return
    to = next(
        (
            match
            for match in _TO.finditer(text, wrong.span[0])
            if (number := next(numbers(match["n"]), None)) is not None and 0 < number.low < base
        ),
        None,
    )
    if to is not None and len(named) <= 1:
        sure = fact in facts_of(text[slice(*_clause(text, to.span()))])
        number = next(numbers(to["n"]), None)
        if number is not None:
            yield Change(fact, None, int(number.low), (wrong.span[0], to.end()), sure=sure, mild=True)


def struck_of_them(text: str, known: Mapping[str, Bounds]) -> Iterator[Change]:
    """之前报的9例里有3例不是这个病，撤掉: so many of those who were known are none."""
    for match in _SOME_OF_THEM.finditer(text):
        whole, part = (next(numbers(match[name]), None) for name in ("n", "k"))
        if whole is None or part is None or part.low >= whole.low or part.low != part.high:
            continue
        of = [fact for fact, bounds in known.items() if bounds == (whole.low, whole.low)]
        named = [fact for fact in of if fact in facts_of(match[0])]
        fact = (named or of or [""])[0]
        end = min(_sentence_end(text, match.end()), match.end() + 60)
        why = said_of("off", text[:end], match.end()) or said_of("mistaken", text[:end], match.end())
        if not fact or fact in ("missing", "trapped") or (len(of) > 1 and not named) or why is None:
            continue
        rest = text[end:] + text[match.end() : end]
        if any(number.low == number.high and number.low > 3 for number in numbers(rest) if _counts(rest, number)):
            continue  # further counts: it is not plain what comes of them all
        many = int(part.low) - (1 if _ONE_AND_THE_SAME.search(text, match.end(), match.end() + 12) else 0)
        span = match.start(), why.span[1]
        yield Change(fact, -many, None, span, counted_off=True, closes=True)
        return


_SOME_OF_THEM = lazy(
    r"(?P<n>\d{1,4}|[二两三四五六七八九十百]{1,4})(?:个|例|名|人|位)[^,。;!?\n\d]{0,8}?(?:里|中)(?:头|面|边)?,?(?:有|其中|面)?"
    r"(?P<k>\d{1,3}|[一二两三四五六七八九十]{1,3}|[俩仨])(?:个|例|名|人|位|(?<=[俩仨]))"
)
_ONE_AND_THE_SAME = lazy(r"同一(?:个)?人|一个人|大名小名|同名")


def _counts(text: str, number: Number) -> bool:
    return measure_end(text, number.end) > number.end


def _sentence_end(text: str, at: int) -> int:
    return min((found for mark in "。;!?\n" if (found := text.find(mark, at)) >= 0), default=len(text))


def nobody_lost(text: str, known: Mapping[str, Bounds]) -> Iterator[Change]:
    """乌龙，没人失联: nobody is looked for."""
    match = _NOBODY_LOST.search(text)
    if match is None:
        return
    fact = "missing" if re.search("失|丢", match[0]) else "trapped"
    if exact(known, fact):
        yield Change(fact, None, 0, match.span(), closes=True)


_NOBODY_LOST = lazy(
    r"(?:没(?:有)?|无)(?:任何)?人(?:员)?(?:失[联踪]|走[失丢]|被?困|被埋)(?!的|过|在|[^,。;!?\n]{0,3}(?:消息|情况))|"
    r"(?:压根|根本|其实)(?:就)?没人(?=[,。;! \n]|$)"
)


def _of_figure(text: str, span: Span, known: Mapping[str, Bounds]) -> str:
    """请从17里划掉: the fact of which so many were known; empty where the clause tells no such number."""
    for number in numbers(text[slice(*_clause(text, span))]):
        of = [fact for fact, bounds in known.items() if bounds == (number.low, number.low)]
        if number.low > 2 and number.low == number.high and len(of) == 1:
            return of[0]
    return ""


def _of_before(text: str, known: Mapping[str, Bounds]) -> Heard | None:
    """昨天那33是含疑似的: a figure is told as it is known, and that it was of before."""
    for match in _BEFORE.finditer(text):
        number = next(numbers(match["n"]), None)
        if _AS_IT_WAS.search(text[slice(*_clause(text, match.span()))]):
            continue  # 昨天那两个伤的没啥变化
        if number is not None and number.low > 1 and (number.low, number.high) in known.values():
            return Heard(match[0], match.span())
    return None


_AS_IT_WAS = lazy(r"(?:没(?:有|啥|什么)?|不|未)变|照旧|稳定|还是|平稳")
_BEFORE = lazy(
    r"(?:昨[天晚日]|早先|之前|前面|原来|起先|先头|上午|早上|上一?版)(?:那个?|报的?|说的?|写的?)+[^,。;!?\n\d]{0,4}"
    r"(?P<n>\d{1,4}|[一二两三四五六七八九十百]{1,4})"
)


def _since(text: str) -> int:
    """今天新发4: those who came since, beside a figure set right."""
    more = _NEW.search(text)
    number = next(numbers(more["n"]), None) if more else None
    return int(number.low) if number is not None and number.low == number.high else 0


_NEW = lazy(r"新(?:发|增|收)(?:病例|患者)?(?P<n>\d{1,3})")
_STRUCK = lazy(r"划(?:了|掉|去)")
_SUSPECTED = lazy(r"疑似[^,。;!?\n]{0,6}排除|排除[^,。;!?\n]{0,4}疑似")
_COMES_TO_NOTHING = lazy(r"抵消|(?:合计|总数|总的)(?:没|不)(?:动|变|错|用改)")
_IMPLIED = lazy(r"有个|那个|那位|一个|[一1]具|名一样|是一个人|同一")


def withdrawn(text: str, known: Mapping[str, Bounds]) -> Iterator[Change]:
    """A figure as it is known is named, and it is said that it does not hold: nothing is known then, or nobody."""
    wrong = said_of("mistaken", text)
    if wrong is None:
        return
    low = max((text.rfind(mark, 0, wrong.span[0]) for mark in "。;!?\n"), default=-1) + 1
    words = text[low : wrong.span[1]]
    if _MORE_TOLD.search(words):
        return  # 说失联又多了2个，不属实: no figure as it was known
    for fact in facts_of(words):
        base = exact(known, fact)
        if not base:
            continue
        counted = _heads(words) or [int(number.low) for number in numbers(words)]
        if base in counted or (not counted and base == 1 and _ONE.search(words)):
            nobody = _NOBODY.search(text) is not None
            yield Change(fact, None, 0 if nobody else None, (low, wrong.span[1]), withdrawn=not nobody, closes=nobody)


_OF_OTHERS = lazy(
    r"又(?:多(?![报算登写])|[死伤添增有])|新增|再[增添]|有人[说传讲]|网上|微博|抖音|朋友圈|听说|谣|都说|都传"
)
_MORE_TOLD = lazy(r"又(?:多(?![报算登写])|[死伤添增有])|新增|再[增添]")


def voided(text: str, known: Mapping[str, Bounds]) -> Iterator[tuple[str, Span]]:
    """Figures as they are known of which all is said to be no event at all: “皮带机伤三人”是推演用的稿子，压根没这事.

    Args:
        text: all of it, with what is scripted, quoted or taken back.
    """
    if _NO_EVENT.search(text) is None:
        return
    told = False
    for match in _HELD_UP.finditer(text):
        for fact, number in _figures(match[1]):
            if known.get(fact) == (number, number):
                told = True
                yield fact, match.span()
    counted = [fact for fact, bounds in known.items() if bounds != (0, 0)]
    if not told and len(counted) == 1 and _ALL_BACK.search(text) and not _heads(text):
        yield counted[0], (0, len(text))


def _figures(words: str) -> Iterator[tuple[str, int | float]]:
    """1死5伤, 伤三人: figures with the fact that each is of."""
    for number in numbers(words):
        behind = words[number.end : number.end + 2]
        if behind[:1] in ("死", "伤", "亡"):
            yield ("injuries" if behind[0] == "伤" else "deaths"), number.low
    for clause in clauses(words):
        if clause.count is not None and clause.facts:
            yield clause.facts[0], clause.count.low


_NO_EVENT = lazy(
    r"(?:并无|没有|压根没|根本没|没|无)(?:此|这(?:回|个|种)?|那(?:回|个)?)事|(?:特此|予以)?撤销|收回|作废|(?:误|贴|发|转)错?(?:发|贴|群)"
)
_HELD_UP = lazy(r"[\"“「『]([^\"”」』\n]{2,30})[\"”」』]")
_ALL_BACK = lazy(r"^[^,。;!?\n]{0,8}(?:说|报|搞|弄|发)错[^。;!?\n]*(?:收回|撤回|作废|撤销)[了吧啊]*[。!]?$")


def _heads(words: str) -> list[int]:
    """The exact head counts."""
    return [
        int(number.low)
        for number in numbers(words)
        if number.low == number.high
        and words[max(0, number.start - 1) : number.start] != "第"
        and (
            measure_end(words, number.end) > number.end
            or words[number.end - 1] in "俩仨"
            or words[number.end : number.end + 1] in tuple("伤死亡")
        )
    ]


def _clause(text: str, span: Span) -> Span:
    low = max(text.rfind(mark, 0, span[0]) for mark in _STOPS) + 1
    ends = [at for mark in _STOPS if (at := text.find(mark, span[1])) >= 0]
    return low, min(ends, default=len(text))


def _span(one: Heard, other: Heard | None) -> Span:
    if other is None:
        return one.span
    return min(one.span[0], other.span[0]), max(one.span[1], other.span[1])
