"""What is told right beside a figure of what became of its people, or how it was reckoned: it may be another one.

Rules like those of `plans.intake.balance`: none reads anything, each names a kind of words beside which a figure is
asked.
"""

from __future__ import annotations

from itertools import islice

from plans.intake.around import Around, Rule
from plans.intake.numerals import Number, numbers
from plans.intake.patterns import lazy
from plans.intake.reading import Found
from plans.intake.tokens import Token

_ENOUGH = 24
"""Places that are looked at, so that a hostile text stays cheap."""
_PARTS = lazy(r"里[头面边]|当中|初报|[一二三]报|第[一二三四][遍次]|排除|符合|定义|单纯")


def otherwise(around: Around, name: str, found: Found) -> bool:
    """Whether the words beside a figure make it another one."""
    return bool(found.at_least) and any(rule(around, name, found) for rule in RULES)


def sum_of_parts(around: Around, name: str, found: Found) -> bool:
    """初报2死，二报3死; 病例57例，排除5例，符合定义52例: what was added is told of the same people."""
    counts = around.within(found)
    return len(counts) > 1 and _PARTS.search(around.text, counts[0].end, counts[-1].end + 2) is not None


_COMES_TO = lazy(
    r"[^,。;!?\n\d一二两三四五六七八九十]{0,3}(?:一?共|总共|合计)(?:有|是)?(\d{1,3}|[一二两三四五六七八九十]{1,3})[人个名]"
)


def comes_to_more(around: Around, name: str, found: Found) -> bool:
    """列车长、两名乘务和七名乘客烧伤共十人: right behind a figure stands a sum that is another."""
    match = _COMES_TO.match(around.text, found.span[1])
    number = next(numbers(match[1]), None) if match else None
    return number is not None and number.low != found.at_least


_RAN = lazy(r"吓跑|逃[了逸跑]|肇事|溜了|跑路|嫌疑|凶手|自首")
_BACK = lazy(r"[^。;!?\n]{0,6}(?:均|都|全)(?:已经?)?(?:找[回到着]|接走|领走|回家)")


def not_lost(around: Around, name: str, found: Found) -> bool:
    """司机吓跑了没找着; 走失儿童4名，均已找回."""
    if name != "missing":
        return False
    ran = _RAN.search(around.text, *around.clause(found.span))
    return ran is not None or _BACK.match(around.text, found.span[1]) is not None


_ALIVE = lazy(r"[有那]?[一1]?个[^,。;!?\n]{0,8}(?:救活|活过来|救回来)")


def one_lives(around: Around, name: str, found: Found) -> bool:
    """说四个没了，有一个后来抢救活了."""
    if name != "deaths" or not found.at_least or found.at_least < 2:
        return False
    high = around.sentence(found.span)[1]
    return _ALIVE.search(around.text, found.span[1], high) is not None


_DEAD = lazy(r"[^。;!?\n]{0,12}(?:烧没|烧死|没脱离危险)")


def dead_inside(around: Around, name: str, found: Found) -> bool:
    """3人没出来，确定在里面烧没了; 还在里面没脱离危险."""
    return name in ("missing", "trapped") and _DEAD.match(around.text, found.span[1]) is not None


_STRUCK = lazy(r"碰|撞|摔|砸|跌")
_IN_CARE = lazy(r"挂水|输液|送医|就诊|收治|住院|吸氧")
_CURRENT = lazy(r"漏电|触电|带电|电击|触到电")
_SICK = lazy(r"吐|拉肚|中毒|发[热烧]|腹泻|煤气|中暑")


def hurt_not_ill(around: Around, name: str, found: Found) -> bool:
    """12人自述碰撞不适; 漏电，挂水的有七个: who was struck is hurt, and not ill."""
    if name != "ill":
        return False
    text = around.text
    if _STRUCK.search(text, *found.span):
        return True
    in_care = _IN_CARE.search(text, *found.span) is not None
    return in_care and _CURRENT.search(text) is not None and _SICK.search(text) is None


_THE_ONE = lazy(
    r"[, ](?:[胖瘦高矮老小男女大]|年轻|后座|前座|前排|后排|头)[^,。;!?\n]{0,2}(?:的|都)|[, ][^,。;!?\n]{0,6}那[位个名]"
)
_SEATS = lazy(r"[, ](?:后座|前座|前排|后排)的?都")
_BORE_HIM = lazy(r"人?[^,。;!?\n]{0,1}(?:抬|背着|扒开|搬开|按住|拉开)")


def of_one_of_them(around: Around, name: str, found: Found) -> bool:
    """俩孩子爬变电箱，大的当场电死: one of so many. 六个人抬开的，抬开时人就走了: those who bore him."""
    counts = around.within(found)
    if name != "deaths" or not counts or (found.at_least or 0) < 2:
        return False
    if found.at_least != _one(counts[0].number):
        return len(counts) == 1 and _SEATS.search(around.text, counts[0].end, found.span[1]) is not None
    text, begin, end = around.text, counts[0].end, found.span[1]
    return _THE_ONE.search(text, begin, end) is not None or _BORE_HIM.match(text, begin, end) is not None


def _one(number: Number | None) -> int | float | None:
    return number.low if number is not None else None


_OTHER_KIND = lazy(
    r"其中|包[括含]|里[头边面]|[当之]中|内?含|内有|轻|微|疑似|密|无|治愈|出院|死|亡|失|困|合计|共|观察|隔离|解除"
)
_AS_GRAVE = lazy(r"重|危")
_GOES_ON = lazy(
    r"[^,。;!?\n]{0,4}?、[^,。;!?\n\d、()]{0,8}(?P<n>\d{1,3})(?:[个名人例位][^,。;!?\n、)]{0,3}|(?=[,。;、\n)]|$))"
)


def list_goes_on(around: Around, name: str, found: Found) -> bool:
    """头晕的小孩11个、扮鬼的老师1个: behind a figure its list goes on, and nothing read it."""
    if name in around.summed or name == "deaths" or found.at_least != found.at_most:
        return False
    match = _GOES_ON.match(around.text, found.span[1])
    if match is None or around.is_read(*match.span("n")) or _OTHER_KIND.search(match[0]):
        return False
    return (_AS_GRAVE.search(match[0]) is not None) == (name == "serious_injuries")


_SLIGHT = lazy(r"擦|皮|蹭|破")


def slight_alone(around: Around, name: str, found: Found) -> bool:
    """儿童重伤；另有婴儿一名，仅擦伤: who is hurt gravely is not in the figure of all who are hurt."""
    grave = around.facts.get("serious_injuries")
    if name != "injuries" or grave is None or not grave.at_least or len(around.within(found)) != 1:
        return False
    apart = grave.span[0] >= found.span[1] or grave.span[1] <= found.span[0]
    return apart and _SLIGHT.search(around.text, max(0, found.span[0] - 2), found.span[1] + 2) is not None


_BARE = {
    "injuries": lazy(r"(?:砸|烧|烫|撞|压|摔|划|挤|炸)伤[\u4e00-\u9fa5]{1,4}(\d{1,3})(?=[,。;!\n )]|$)"),
    "deaths": lazy(r"(?:遗体|打捞|捞出|捞起|死者)[\u4e00-\u9fa5]{0,4}(\d{1,3})(?=[,。;!\n )]|$)"),
}
_AMONG = lazy(r"其中|[没未无]")


def bare_behind(around: Around, name: str, found: Found) -> bool:
    """工人伤16；雨棚砸伤摊贩6: a harm with people and a number without a unit, which nothing read."""
    if name not in _BARE or name in around.summed:
        return False
    text = around.text
    for match in islice(_BARE[name].finditer(text), _ENOUGH):
        among = _AMONG.search(text, max(0, match.start() - 3), match.end())
        if not around.is_read(*match.span()) and int(match[1]) and among is None:
            return True
    return False


_SIGNS = lazy(r"失去意识|昏迷|叫不醒|没反应|口吐白沫|抽搐|干呕|呕吐|昏倒|晕倒|吐血|吐了|作呕|头晕")
_OF_THEM = lazy(r"其中|里[头面]|最|没|无|未|等|出现|发生|现象")
_OF_ALL = lazy(r"均|都|[共总合]计?|累计")
_WHO = frozenset(("one", "pair"))


def ill_apart(around: Around, name: str, found: Found) -> bool:
    """巡检员2名失去意识⏎…1名头晕送医: somebody else is told of with signs of illness."""
    if name != "ill" or name in around.summed:
        return False
    text, most = around.text, found.at_least or 0
    for match in islice(_SIGNS.finditer(text), _ENOUGH):
        low, high = around.clause(match.span())
        if around.is_read(*match.span()) or _OF_THEM.search(text, low, match.end()):
            continue
        counts = [_one(token.number) for token in around.counts if low <= token.start < high]
        who = [token for token in around.tokens if low <= token.start < match.start() and token.kind in _WHO]
        number = (counts[0] if counts else None) or (1 if who else 0)
        if number == most or (number < most and match.start() > found.span[1]):
            continue
        if number and not (number < most and _OF_ALL.search(text, *around.clause(found.span))):
            return True
    return False


_ADDS = lazy(r"又(?:加|来|送|收|多)了?$|再加$|另外[^,。;!?\n]{0,6}(?:来|收|送)了?$")


def added_later(around: Around, name: str, found: Found) -> bool:
    """我们科吐了3个⏎又加1个⏎另外放射科来了2个: more are told of behind a figure, and were not added."""
    if name not in ("injuries", "ill") or name in around.summed:
        return False
    behind = (t for t in around.counts if t.start >= found.span[1] and not around.is_read(t.start, t.end))
    return any(_ADDS.search(around.text, around.clause((t.start, t.end))[0], t.start) for t in behind)


_ALL_TOLD = lazy(r",(?:就|共|一共)?[伤死][了亡]?[1一]个?人?$")
_PEOPLE = frozenset(("one", "folk", "pair"))


def counted_twice(around: Around, name: str, found: Found) -> bool:
    """差一个船老大没找到; 老潘闪了腰，伤1个: one person who was added to the number that counts him."""
    counts = around.within(found)
    if len(counts) != 1 or name in around.summed or not found.at_least or found.at_least != found.at_most:
        return False
    number = _one(counts[0].number)
    if number is None or found.at_least != number + 1:
        return False
    text, (low, high), count = around.text, found.span, counts[0]
    if "各" in text[max(0, count.start - 3) : count.start]:
        return False
    others = [t for t in around.tokens if low <= t.start < high and t.kind in _PEOPLE and not _is_of(around, count, t)]
    return not others or _ALL_TOLD.search(text, low, high) is not None


def _is_of(around: Around, count: Token, person: Token) -> bool:
    """The noun is that of the number (一名老人)."""
    return 0 <= person.start - count.end <= 2 and "," not in around.text[count.end : person.start]


RULES: tuple[Rule, ...] = (
    sum_of_parts,
    comes_to_more,
    not_lost,
    one_lives,
    dead_inside,
    hurt_not_ill,
    of_one_of_them,
    list_goes_on,
    slight_alone,
    bare_behind,
    ill_apart,
    added_later,
    counted_twice,
)
