"""Newcomers told of unit by unit: 三中新增4例，四中新增6例，实验小学1例; 石桥镇死2伤9，柳树镇死1伤4，没报过.

Only a text that tells of nobody else is understood: no total, nobody found, rescued, released or worse. Counts that
come to the one before them are its parts (楼上又呛倒三个，七楼两个八楼一个).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from plans.intake.changes import exact
from plans.intake.clauses import facts_of, measure_end
from plans.intake.numerals import Number, numbers
from plans.intake.patterns import lazy
from plans.intake.reading import After, Option, Span
from plans.intake.replacing import FILL
from plans.intake.stepping import HELPERS, ONCE_MORE, Bounds
from plans.intake.taking import same_bounds, was

_NEW = lazy(
    r"又(?!对|核实|查|问|看|数|打|说|点|去|回|确认|是|能|要)|(?<!更)新[增收报添来送发到入]|[增再]补|补(?:报|登|录)|另外还?(?:有|又)|另有|"
    r"还(?:有|伤|倒|送|收|处理)|也(?:报|有|来|送|倒|伤|吐|晕|中招)|[添增](?=[\d一二两三四五六七八九十俩仨])|"
    r"(?:加进|计入|并入|补进)(?:总数|去)?|(?:一并|一起|都要?|要|请|得)(?:加|报|算|计)(?:上|进去|入)?|加[上了]?(?=[\d一二两三四五六七八九十俩仨])"
)
_SURELY_NEW = lazy(r"又|新|[增再补添漏]|另|也|没(?:有)?(?:算|报|统计|登)|加")
_NOT_BEFORE = lazy(
    r"(?:之前|前面|前头|原来|先前|刚才|一直)?(?:都)?(?:没|未)(?:有)?(?:算|报|写|统计|登记|录|计)(?:过|到|进去?|入|上|在内)?|"
    r"(?:加进|计入|并入|补进)(?:总数|去)?|(?:一并|都要?|要|请|得)(?:加|报|算|计)(?:上|进去|入)?|增补|[补漏]报|报上来"
)
_OF_OTHERS = lazy(
    r"(?:失[联踪]|[被受]困)(?:的|人员|者)?(?:还|仍|尚)有|回来(?!报)|(?:送医|送[去到往]?医院|住院|[受重轻]?伤)的(?:里[头面])?又(?=[死没走])|一共|总共|累计|合计|共计|总计|总数(?!,|$|。)|目前|现有|现在(?:是|有|共)|加(?:一)?起来?|加一块|[升涨增]到|[升增]至|达到?|其中|里[头面]有|当中|这下|就是|"
    r"[里中](?:又|还|也)?有|[伤病][员者][里中]|不治|走[了一二两三俩\d]|没了|没[挺救扛熬]|恶化|加重|"
    r"病危|呼吸机|遗体|尸|[一二两三四五\d]具|(?<![报核])[出上下]来(?!的人)|[合凑](?:起来|上|够)|这就|拢共|统共|"
    r"那(?=[\d一二两三四五六七八九十俩仨几])|还[剩差缺]|剩|其[余他]|别的|出院|回家|返校|复课|解除|治愈|好转|转(?:院|重|轻|危|到|往|普)|"
    r"重[伤症]|危重|ICU|监护|插管|抢救|救[出起上下]|获救|升井|[挖扒捞刨抬背抱拉找]到|[挖扒捞刨]出|找[着见回]|联系[上到]|脱[困险]|平安|没事|没伤|无恙|"
    r"不算|不是|减|扣|剔|划|删|撤|重复|更正|不对|搞错|有误|应该?[是为]|其实|实际|核实|确认|疑似|排除|密接[^,。;!?\n]{0,4}(?:转运|隔离)|隔离|"
    r"[?]|吗|没有(?!报|算|统计|登)|未见|可能|也许|大概|好像|估计|听说|据说|比|除了|这是第|第[\d一二两三四五六七八九十]|不变|照旧"
)
_FINE = lazy(
    r"陪|专家|领导|记者|群众|转移|撤离|疏散|安置|采样|检测|做核酸|密接|电话|投诉|笔录|手术|喊|吓|核实|存|名字|"
    r"次|回(?=[,。;! \n]|$)|遍|安顿|来看|问|报名|打电话|岁"
)
_PAIR = lazy(
    r"死亡?(?:的)?(?P<d>\d{1,3}|[一二两三四五六七八九十]{1,3}|[俩仨])[个人名]?"
    r"[,、 ]?(?:受)?伤(?P<i>\d{1,4}|[一二两三四五六七八九十]{1,3}|[俩仨])[个人名]?"
)
_LOST = {
    "missing": lazy(r"失[联踪]|冲走|卷走|联系不上|不见了|打不通|没着落|没下落"),
    "trapped": lazy(r"被困|困[住着在]|埋[住着在]"),
}
_DEAD = lazy(r"死|遇难|没了|身亡|亡")
_ILL = lazy(r"吐|拉肚|腹泻|肚子|发[病烧热]|头[晕疼痛]|恶心|确诊|阳|中招|不舒服|病例|\d例")
_UNIT = lazy(
    r"班|院|村|校(?!医)|[初高][一二三]|口|[小中大]学|幼儿园|乡|镇|门|边|厂|车间|[楼栋层]|组|队|游|城[东西南北]|^[东西南北]|厨|前台|所|站|室|店|棚|沟|岸|"
    r"路|街|县|区|年级|[一二三四五六七八九]中|科|路过|居民|对面|隔壁|宿舍|屯|社|庄|寨|坪|湾|坝|桥|车|家"
)
_CLAUSE = lazy(r"[^,。;!?\n]+")
ENOUGH = 120


@dataclass(frozen=True)
class _Group:
    """So many of a fact, of a unit, where one is named before the number."""

    fact: str
    many: int
    unit: str
    span: Span
    sentence: int


def newly_told(text: str, known: Mapping[str, Bounds], weak: str, changed: Mapping[str, After]) -> Mapping[str, After]:
    """What is known once they are added; a person says so where others read the text otherwise.

    Args:
        text: masked.
        known: what the case knew.
        weak: the fact of people of whom only a number is told.
        changed: what others made of the text.
    """
    groups = list(_groups(text, known, weak)) if _may_be_so(text) else []
    if not groups or any(exact(known, group.fact) is None for group in groups):
        return changed
    if not facts_of(text) and not _ILL.search(text) and not any(group.unit for group in groups):  # 再加一个
        return changed
    if any(group.fact in _LOST for group in groups) and not _SURELY_NEW.search(text):
        return changed  # 还有俩困在上面: who are left of them
    lost = any(exact(known, fact) for fact in _LOST)
    dead = any(group.fact == "deaths" for group in groups)
    if dead and (lost or not (_NOT_BEFORE.search(text) or _NEW.search(text)) or not any(g.unit for g in groups)):
        return changed
    more = _summed(groups)
    if more is None or any(item.change == "add" and name not in more for name, item in changed.items()):
        return changed  # 后备箱还有一个，也死了
    new: dict[str, After] = {}
    for fact, many in more.items():
        span = next(group.span for group in groups if group.fact == fact)
        new[fact] = _added(text, many, known[fact], span, changed.get(fact))
    rest = {name: After(at_least=low, at_most=high) for name, (low, high) in known.items()}
    return {**rest, **new}


_GRADED = lazy(r"[,。;](?:\d{1,2}|[一二两三四五六七八九十])[死亡伤重轻](?![者员口势情])")
"""又送来两名伤者，一死一伤: how those are who came."""


def _may_be_so(text: str) -> bool:
    return (
        len(text) <= ENOUGH
        and FILL not in text
        and _NEW.search(text) is not None
        and not _GRADED.search(text)
        and not _OF_OTHERS.search(text)
        and not _FINE.search(text)
        and not ONCE_MORE.search(text)
        and not HELPERS.search(_HURT_HELPERS.sub("", text))
    )


_HURT_HELPERS = lazy(
    r"消防(?:队员?|员)|[骑货轿卡客]车|(?:汽|私家|面包|救护|电动|电瓶|大巴|公交)车|车[上里]|车间|打车|开车|"
    r"家长(?=也|都|吐)"
)


def _groups(text: str, known: Mapping[str, Bounds], weak: str) -> Iterator[_Group]:
    """Everybody who is counted; a clause in which a number counts nobody ends it all with a fact that is not known."""
    sentence, end, last = 0, 0, ""
    for clause in _CLAUSE.finditer(text):
        if any(mark in text[end : clause.start()] for mark in "。;!?\n"):
            sentence, last = sentence + 1, ""
        end = clause.end()
        words = clause[0]
        if both := _PAIR.search(words):
            unit = _unit(words[: both.start()])
            yield _Group("deaths", _value(both["d"]), unit, clause.span(), sentence)
            yield _Group(weak, _value(both["i"]), unit, clause.span(), sentence)
            continue
        counts = list(_heads(words))
        start = 0
        for at, number in enumerate(counts):
            stop = counts[at + 1].start if at + 1 < len(counts) else len(words)
            before = words[start : number.start]
            behind = words[number.end : stop] if at + 1 == len(counts) else words[number.end : number.end + 1]
            start = measure_end(words, number.end)
            if number.low != number.high:
                yield _Group("", 0, "", clause.span(), sentence)
                return
            told = last if last in _LOST and not facts_of(words) else ""  # 东村新报失联2人，西村新报1人
            last = fact = told or _fact(before + behind, words, known, weak)
            yield _Group(fact, int(number.low), _unit(before), clause.span(), sentence)


def _heads(words: str) -> Iterator[Number]:
    for number in numbers(words):
        counted = measure_end(words, number.end) > number.end or words[number.end - 1] in "俩仨"
        bare = number.start and words[number.start - 1] in "死亡伤" and not words[number.end : number.end + 1].strip()
        if counted or bare:
            yield number


def _value(digits: str) -> int:
    return next((int(number.low) for number in numbers(digits)), 0)


def _unit(before: str) -> str:
    found = _UNIT.search(before)
    return before[: found.end()] if found else ""


def _fact(near: str, clause: str, known: Mapping[str, Bounds], weak: str) -> str:
    for fact, words in _LOST.items():
        if words.search(clause):
            return fact
    if _DEAD.search(clause):
        return "deaths"
    if {"injuries", "ill"} <= known.keys():
        return "ill" if _ILL.search(near) else "injuries" if "injuries" in facts_of(near) else ""
    return weak


def _summed(groups: Sequence[_Group]) -> dict[str, int] | None:
    """How many of each fact; None where it is open whether one is a part of the other."""
    more: dict[str, int] = {}
    at = 0
    last: _Group | None = None
    while at < len(groups):
        whole = groups[at]
        end, total = at + 1, 0
        while end < len(groups) and groups[end].fact == whole.fact and total < whole.many:
            total += groups[end].many
            end += 1
        parts = whole.many > 1 and total == whole.many and end - at > 2
        if last is not None and last.fact == whole.fact and not _is_another(last, whole):
            return None
        more[whole.fact] = more.get(whole.fact, 0) + whole.many
        last = whole
        at = end if parts else at + 1
    return more


def _is_another(last: _Group, group: _Group) -> bool:
    """Of a unit of its own: 一班又添3个，二班添2个."""
    if last.unit and group.unit:
        return last.unit != group.unit
    return group.many > last.many and bool(group.unit)


def _added(text: str, more: int, base: Bounds, span: Span, old: After | None) -> After:
    total = (base[0] or 0) + more
    words = text[slice(*span)]
    option = Option(at_least=total, at_most=total, text=words, span=span)
    new = After(at_least=total, at_most=total, change="add", text=words, span=span)
    if old is not None and not old.unknown and not old.asks and same_bounds(old, new):
        return new
    return After(
        at_least=total, at_most=total, change="add", asks=True, text=words, span=span, readings=(option, was(base))
    )  # fmt: skip
