"""A later text that strikes people off a list: 多算了一个，老刘昨天请假没下井; 22个里头剔两个，流感.

How many are struck is told beside the word (减一个), or by those just told of (有一个是来探视的…刨掉他). It is
understood only where every other count is accounted for: the figure as it was, as it is now, and those who came since
(另外转阳2个).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from plans.intake.changes import exact
from plans.intake.clauses import facts_of, measure_end
from plans.intake.numerals import Number, numbers
from plans.intake.patterns import lazy
from plans.intake.reading import After, Option, Span
from plans.intake.stepping import Bounds
from plans.intake.taking import asked, was

_N = r"(?P<n>\d{1,3}|[一二两三四五六七八九十]{1,3}|[俩仨])"
_HEAD = (
    r"(?:个人?(?!多?(?:小时|月|点|钟头|电话|班|村(?!民)|乡(?!亲)|镇(?!民)|县))|[人名例位具](?!次|民|员)|(?<=[俩仨]))"
)
_LESS = lazy(
    r"(?:(?<![早比])(?:核[减销]|剔[除掉]|剔|刨[掉去除]|刨|扣[掉除去减]|扣|减[掉去]|减|划[掉去]|划|勾掉|去掉|除掉|删[掉去除]|删|"
    rf"拿掉|撤掉|摘掉|抠掉|退回|(?<!疑似)排除)了?(?:其中|[他她这那])?(?:的)?{_N}{_HEAD}"
    rf"|(?:(?<=[,。;! ])|^)去{_N.replace('<n>', '<m>')}{_HEAD}(?=[,。;!\n]|$))"
)
_SURPLUS = lazy(
    rf"(?P<m>(?!))?(?:多(?:[算报写记数填]|统计|登记)|(?:[算报写记数填]|统计|登记)的?[多重]|"
    rf"重复?(?:登记|计算|统计|录入|上报|[算报记])?)了?{_N}{_HEAD}"
)
_STRUCK = lazy(
    r"(?:扣[掉除]|划[掉去]|[去减刨]掉|[减刨]去|减了|[剔划]出[去来]|剔[掉除]|拿掉|撤[掉销]|勾掉|删[掉了]?|摘(?:掉|出去|出来)|拿出来|移[出除]|"
    r"(?:(?<=[,。;! 给要请得该])|^)[去划撤]了|核[减销]|不该(?:算|报|写|登)(?:进[来去]|在内)?)"
    r"(?:[他她它]们?|这[个位]|那[个位])?(?:了|吧|哈|啊|才对)?(?=[,。;! \n]|$)"
)
_NOT_OF_IT = lazy(
    r"[跟和与](?:这|本|此|咱|我们)?[^,。;!?\n]{0,6}(?:没(?:有)?(?:关系|联系)|无关|不相干|不搭界|两码事)|"
    r"不(?:能|该|应)?算(?:在里[头面]|进[来去]|在内|数|(?:是)?(?:伤员|伤者|病人|病例|患者|受伤|失联的?|失踪的?|被困的?))?"
    r"(?=[,。;! \n]|$)|不(?:计|列)(?:入|(?=[,。;! \n]|$))|"
    r"不是(?:这个病|这次|这回|这起|[被让][^,。;!?\n]{1,4}的)|(?:是|都)装的"
)
_NAMED = lazy(r"[伤病]|患者|失[联踪]|被困")
_AMONG = lazy(
    r"[个名例位人的俩仨员者数单](?:里头?|里面|当中|之中|中)(?:面|边)?(?!学|心|医|国|午)|其中|名单|那(?=[一二两三四五六七八九十俩仨\d]|个)"
)
_NEVER_THERE = lazy(
    r"(?:压根|根本|其实|昨天|早)[^,。;!?\n]{0,6}(?:没(?:有)?(?:下井|上班|来|在|去|上车|住|这(?:么)?个?人)|不在|请假|搬走)|查无此人|(?:没|无)(?:有)?(?:这|此)(?:么)?个?人|虚惊|同名|重名|请假"
)
_CAME = lazy(r"又(?!是)|新增|新[发添报来收查检]|另[外有]|今天新|转阳|补[报登上]|再加|漏[报了算]")
_NOT_SAID = lazy(
    r"疑似|可能|也许|大概|估计|听说|据说|有人说|[还正]在核|没核完|[?]|吗|要不要|是不是|是否|别(?:划|减|扣|去|删)|先别|不(?:要|能|用)(?:划|减|扣|去|删)"
)
_GROUPS = (
    ("deaths", lazy(r"死(?:亡|者|的|了的)|遇难|没了的")),
    ("missing", lazy(r"失[联踪]|联系不上|没找[到着]")),
    ("trapped", lazy(r"[被受]困|困[着住]?的|困在|埋着?的")),
    ("serious_injuries", lazy(r"重伤|重症|危重")),
    ("injuries", lazy(r"(?<!重)伤(?:员|者|的|情|数|人)|受伤")),
    ("ill", lazy(r"病例|患者|病人|确诊|发病|中毒")),
)
_DIED = lazy(r"(?:死|(?<![搬迁带接送拉抬领转])走|没|去世)了(?=[,。;! \n]|$)|不治|遇难|身亡")
_TURNED = lazy(r"转[轻重危]|升[级至]|ICU|出院|救(?:出|活|回)|找(?:到|着)|送(?:来(?!的)|到|医)")
_STOPS = "。;!?\n"
ENOUGH = 160


@dataclass(frozen=True)
class Strike:
    """So many of a fact are struck off, and so many came since.

    Args:
        fact: of which.
        less, more: how many.
        sure: they were counted before; else it is asked.
        span: the words.
    """

    fact: str
    less: int
    more: int
    sure: bool
    span: Span


def strike(text: str, known: Mapping[str, Bounds], weak: str) -> Strike | None:
    """Who is struck off; None where nobody is, or where the text tells more than that.

    Args:
        text: masked, with what is said to be past (上个月就搬走了).
        known: what the case knew.
        weak: the fact of people of whom only a number is told.
    """
    if len(text) > ENOUGH or _NOT_SAID.search(text):
        return None
    told = _LESS.search(text) or _SURPLUS.search(text)
    bare = None if told else _STRUCK.search(text)
    of_others = None if told or bare else _NOT_OF_IT.search(text)
    match = told or bare or of_others
    if match is None:
        return None
    counts = _heads(text)
    fact = _fact(text, match.span(), known, weak, counts)
    base = exact(known, fact)
    if not fact or not base or (fact == "deaths" and base == 1):
        return None
    if told is not None:
        less = next((int(number.low) for number in numbers(told["n"] or told["m"])), 0)
    else:
        less = _told_of(text, match.start(), counts, base)
    more = _came(text, counts, {base, less, base - less, 1})
    if more is None or not less or less > base or (less == base and not (base == 1 and _NEVER_THERE.search(text))):
        return None
    allowed = {base, less, base - less, base - less + more, more, 1, *_others(known, fact)}
    if any(number.low != number.high or number.low not in allowed for number in counts):
        return None
    if _says_otherwise(text, base - less + more, base, less):
        return None
    if fact != "deaths" and (_DIED.search(text) or "deaths" in facts_of(text)):
        return None
    if _TURNED.search(text) and not _NEVER_THERE.search(text):
        return None
    of_known = _AMONG.search(text) is not None or (base > 1 and any(number.low == base for number in counts))
    closes = base - less > 1 and any(number.low == base - less for number in counts)  # 擦伤的4个不计，伤11人
    named = of_others is not None and _NAMED.search(of_others[0]) is not None  # 不算伤员
    sure = named or bare is not None or told is not None or of_known or closes
    return Strike(fact, less, more, sure, match.span())


def _heads(text: str) -> list[Number]:
    """The head counts, of a family too (一家三口)."""
    return [
        number
        for number in numbers(text)
        if text[max(0, number.start - 1) : number.start] != "第"
        and (measure_end(text, number.end) > number.end or text[number.end - 1] in "俩仨")
    ]


def _others(known: Mapping[str, Bounds], fact: str) -> set[int]:
    return {many for other in known if other != fact and (many := exact(known, other))}


def _fact(text: str, span: Span, known: Mapping[str, Bounds], weak: str, counts: Sequence[Number]) -> str:
    """The fact that is named nearest before the words; else the only one of which any are known."""
    low = max(text.rfind(mark, 0, span[0]) for mark in _STOPS) + 1
    end = min((at for mark in _STOPS if (at := text.find(mark, span[1])) >= 0), default=len(text))
    near: list[tuple[int, str]] = []
    for fact, words in _GROUPS:
        own = fact if exact(known, fact) else weak if fact in ("injuries", "ill") else ""
        if own and exact(known, own):
            near += [(match.start(), own) for match in words.finditer(text, low, end)]
    before = [fact for at, fact in sorted(near) if at < span[1]]
    if before:
        return before[-1] if len(set(before)) == 1 else ""
    if near:
        return min(near)[1]
    some = [fact for fact in known if exact(known, fact) and fact not in ("serious_injuries", "endangered")]
    whole = [fact for fact in some for number in counts if number.low == exact(known, fact) and (number.low or 0) > 2]
    if len(set(whole)) == 1:
        return whole[0]
    lost = [fact for fact in some if fact in ("missing", "trapped")]
    if len(some) == 1:
        return some[0]
    return weak if weak in some and not lost and not _NEVER_THERE.search(text) else ""


def _told_of(text: str, at: int, counts: Sequence[Number], base: int) -> int:
    """有一个是来探视的…刨掉他: of whom was told before the words; nobody where that is open."""
    told = [int(number.low) for number in counts if number.end <= at and number.low == number.high]
    told = [many for many in told if many != base]
    if told:
        return told[-1] if len(set(told)) == 1 else 0
    return 1 if _is_one(text[:at]) else 0


def _is_one(words: str) -> bool:
    """A single person is told of: 李大爷, 王某, 那个老太."""
    return _ONE.search(words) is not None


_ONE = lazy(
    r"某(?!村|县|市|厂|地)|[一1]个|有个|那个|那位|大[爷妈姐哥叔婶娘]|老太太?|老[头汉]|老[一-龥](?=[,昨今前就是没在他她])|小[一-龥](?=[,昨今前就是没在他她])|"
    r"司机|师傅|保安|孩子|(?:姓)[一-龥]的"
)


_CLAUSE = lazy(r"[^,。;!?\n]+")


def _came(text: str, counts: Sequence[Number], of_strike: set[int]) -> int | None:
    """How many came since; None where it is open."""
    more = 0
    for clause in _CLAUSE.finditer(text):
        low, high = clause.span()
        if _CAME.search(clause[0]) and len(list(numbers(clause[0]))) != sum(low <= one.start < high for one in counts):
            return None
    for number in counts:
        low = max(text.rfind(mark, 0, number.start) for mark in ",。;!?\n") + 1
        end = min((at for mark in ",。;!?\n" if (at := text.find(mark, number.end)) >= 0), default=len(text))
        words = text[low:end]
        if not _CAME.search(words):
            continue
        if _LESS.search(words) or _SURPLUS.search(words) or number.low != number.high or more:
            return None
        more = int(number.low)
    if not more and _CAME.search(text) and any(number.low not in of_strike for number in counts):
        return None
    return more


_TO = lazy(
    r"(?:应该?[为是]|实[际为有](?:是|有)?|其实[就是]?|只有|按|现[为是在]|改[为成]|还[剩是有]|剩|共|总数是?|(?:病例|人)数)(?:伤者?|死亡?)?(?:就|只|还)?[剩有是]?"
    r"(?P<n>\d{1,4}|[一二两三四五六七八九十百]{1,4}|[俩仨])(?![\d:.点时分日月岁楼号])"
)


def _says_otherwise(text: str, new: int, base: int, less: int) -> bool:
    """A total that is told is another."""
    told = [int(number.low) for match in _TO.finditer(text) for number in numbers(match["n"])]
    return any(many not in (new, base, less, 1) for many in told)


def without_the_struck(
    text: str, known: Mapping[str, Bounds], weak: str, changed: Mapping[str, After], revised: Collection[str]
) -> Mapping[str, After]:
    """What is known then; where no more is told than who is struck off, nothing else changes.

    Args:
        text: masked, with what is said to be past (上个月就搬走了).
        known: what the case knew.
        weak: the fact of people of whom only a number is told.
        changed: what others made of the text.
        revised: facts that the text sets anew.
    """
    told = strike(text, known, weak)
    if told is None or any(name not in known and not item.asks for name, item in changed.items()):
        return changed
    new = _taken_off(text, told, known[told.fact])
    now = changed.get(told.fact)
    if {*revised} - {told.fact} or (new.unknown and now is not None and now.asks):
        return changed
    return {name: After(at_least=low, at_most=high) for name, (low, high) in known.items()} | {told.fact: new}


def _taken_off(text: str, told: Strike, base: Bounds) -> After:
    """What is known then of the fact; a person says so before it counts."""
    new = (base[0] or 0) - told.less + told.more
    words = text[slice(*told.span)]
    option = Option(at_least=new, at_most=new, text=words, span=told.span)
    if new == base[0]:
        return After(at_least=new, at_most=new)
    change: Literal["fall", "set"] = "fall" if new < (base[0] or 0) else "set"
    if not told.sure:
        return asked((option, was(base)), change, words, told.span)
    return After(
        at_least=new, at_most=new, change=change, asks=True, text=words, span=told.span, readings=(option, was(base))
    )  # fmt: skip
