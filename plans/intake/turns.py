"""What a text tells of the very people whom a figure counts: set aside, out again, told twice; it may be another one.

Rules like those of `plans.intake.balance`: none reads anything, each names a kind of words beside which a figure is
asked. The words stand in the table ``turns``.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import islice

from plans.intake import portions
from plans.intake.around import Around, Rule
from plans.intake.lexicon import any_of
from plans.intake.numerals import numbers
from plans.intake.patterns import lazy
from plans.intake.reading import Found, Span
from plans.intake.replacing import FILL

KINDS = ("aside", "out", "well", "busy", "graver", "half", "each", "rest", "actually")
"""Of the rows of the table."""
HELD = ("missing", "trapped")
HARMED = ("injuries", "ill")
HARM = {
    "deaths": lazy(r"死|亡|遇难|没了|遗体|致死"),
    "missing": lazy(r"失联|失踪|联系不上|找不[到着]|没找[到着]|下落"),
    "trapped": lazy(r"困|埋|压住|卡"),
    "injuries": lazy(r"伤|骨折|烧|烫|破|擦|崴|摔"),
    "serious_injuries": lazy(r"重|危"),
    "ill": lazy(r"中毒|病|吐|晕|发热|发烧|腹泻|拉肚子|不舒服|症状"),
}
"""Words of each fact, however they stand."""
_ENOUGH = 24
"""Places of one kind that are looked at, so that a hostile text stays cheap."""


_WORDS = {kind: any_of("turns", kind) for kind in KINDS}


@lru_cache(maxsize=256)
def told(kind: str, text: str) -> tuple[Span, ...]:
    """Where words of one kind of the table stand in a text."""
    return tuple(match.span() for match in islice(_WORDS[kind].finditer(text), _ENOUGH))


def turned(around: Around, name: str, found: Found) -> bool:
    """Whether something is told of those whom a figure counts that may make it another one."""
    return any(rule(around, name, found) for rule in RULES)


_LEFT_OUT = lazy(r"[没未](?:有)?(?:计|算|列|统|含|包)[^,。;!?\n]{0,6}$|算$")
_DONE = lazy(r"[^,。;!?\n]{0,10}[后为至到]")


def set_aside(around: Around, name: str, found: Found) -> bool:
    """死亡2人，其中1人与台风无关，剔除: somebody is not to be counted, and the figure may hold him."""
    if not found.at_least:
        return False
    text = around.text
    for low, high in told("aside", text):
        if _LEFT_OUT.search(text, max(0, low - 8), low) or FILL in text[max(0, low - 4) : low]:
            continue
        if (done := _DONE.match(text, high)) and -8 <= found.span[1] - done.end() < 12:
            continue  # 剔除重复登记后为3人, 核减为11人
        start, end = around.sentence((low, high))
        if not (start <= found.span[0] < end or HARM[name].search(text, start, end)):
            continue
        clause = max(text.rfind(mark, start, low) for mark in ",:(") + 1
        own = [token for token in around.counts if max(start, clause) <= token.start < low]
        if text[low] == "不" and own and clause >= found.span[1] and not HARM[name].search(text, clause, high):
            continue  # 106有俩但他俩是昨晚喝酒喝的不算: they were not counted
        return True
    return False


_NEAR = 12
"""Characters behind a figure within which its people are said to be well."""
_THOSE_LEFT = lazy(r"(?:仍|还|尚|剩|余|目前|现|最后)[^,。;!?\n]{0,8}$")
_STILL = lazy(r"(?:[困埋压卡堵]住?的|里[面头]的|底下的)[^,。;!?\n]{0,6}(?:还|仍|都没|没)")
_COUNT = lazy(r"[^,。;!?\n]{0,4}?(\d{1,3}|[一二两三四五六七八九十]{1,3}|[俩仨])")


def out_again(around: Around, name: str, found: Found) -> bool:
    """压住三个理货的，扒出来两个: how many are left is another figure.

    A bulletin that counts 人 and 名 tells of all who were trapped (5人被困，救出3人).
    """
    text = around.text
    if name not in HELD or not found.at_least or name in around.summed or ":" in text[slice(*found.span)]:
        return False
    if _THOSE_LEFT.search(text, max(0, found.span[0] - 10), found.span[0] + 3) or _STILL.search(text, found.span[1]):
        return False
    if any(found.span[1] <= low <= found.span[1] + _NEAR for low, _ in told("well", text)):
        return True
    before = {token.number.low for token in around.counts if token.number and token.start < found.span[0]}
    for low, high in told("out", text):
        if low < found.span[1] or _of_others(around, name, low):
            continue
        if _is_formal(around, found) and (name == "trapped" or not _FOUND.match(text, low)):
            continue
        busy = [span for span in told("busy", text) if low - 5 <= span[1] <= low and "," not in text[span[1] : low]]
        if busy:
            continue
        match = _COUNT.match(text, high)
        number = next(numbers(match[1]), None) if match else None
        if number is not None and found.at_least + number.low in before:
            continue  # 3个人进了料仓，埋住2个，跑出来1个
        return True
    return False


_FORMAL = lazy(r"(?<![个口])[人名例]$")
_FOUND = lazy(r"找[到着见](?!了?[^,。;!?\n]{0,6}(?:遗体|尸))|联系|取得|见到|回来|露|归队|到家|报平安|打通|接通")


def _is_formal(around: Around, found: Found) -> bool:
    return any(_FORMAL.search(around.text, token.start, token.end) for token in around.within(found))


def _of_others(around: Around, name: str, at: int) -> bool:
    """The words are those of another figure (他家小子爬出来的，断了肋骨); who died may be one of those."""
    known = ((fact, one.span) for fact, one in around.facts.items() if fact not in (name, "deaths"))
    return any(low <= at < high for _, (low, high) in known)


_BACK = (
    r"(?:[\d一二两三四五六七八九十]{1,3}[名个位人]?(?:重|轻)?(?:%s)|(?:%s)[\d一二两三四五六七八九十]{1,3}[名个位人]?)"
    r"(?:当中|里面|里头|之中|中|里)"
)
_TOLD_AGAIN = {
    "injuries": lazy(_BACK % ("伤者|伤员|伤", "伤者|伤员|伤")),
    "deaths": lazy(_BACK % ("死者|遇难者|遗体", "死者|遇难者|死|亡")),
    "ill": lazy(_BACK % ("病人|患者|病号", "病人|患者|病例|病")),
}


def told_again(around: Around, name: str, found: Found) -> bool:
    """1死3伤，3伤者中2人较重: they are told of again, and were added."""
    pattern = _TOLD_AGAIN.get(name)
    if pattern is None or len(around.within(found)) < 2:
        return False
    match = pattern.search(around.text, found.span[0] + 1, found.span[1] + 4)
    return match is not None and match.start() > around.within(found)[0].start


_PLUS = lazy(r"(?:另外?有?|还有|又有?|[和、及加与]|外加)$")


def graver_part(around: Around, name: str, found: Found) -> bool:
    """7个人蛰了，2个休克: whether the two are of the seven."""
    counts = around.within(found)
    if name not in HARMED or len(counts) < 2:
        return False
    many = [token.number.low for token in counts if token.number]
    last, first = counts[-1], counts[0]
    if found.at_least != sum(many) or many[-1] >= many[0] or _PLUS.search(around.text, counts[-2].end, last.start):
        return False
    return _graver(around, last.end) and not _graver(around, first.end)


def _graver(around: Around, at: int) -> bool:
    return any(at <= low <= at + 8 and "," not in around.text[at:low] for low, _ in told("graver", around.text))


_IS = lazy(r"[,。( ](?:就|都)?[是系为][^,。;!?\n\d]{1,8}")


def is_that_one(around: Around, name: str, found: Found) -> bool:
    """夹伤1名保洁，保洁手指骨折: who that is is told, and was added."""
    counts = around.within(found)
    if not counts or found.at_least is None:
        return False
    many = sum(token.number.low for token in counts if token.number)
    if found.at_least <= many:
        return False
    nouns = [around.text[t.start : t.end] for t in around.tokens if _in(t.start, found) and t.kind in _NOUNS]
    return len(set(nouns)) < len(nouns) or _IS.search(around.text, counts[0].end, found.span[1]) is not None


_NOUNS = ("one", "folk")


def _in(at: int, found: Found) -> bool:
    return found.span[0] <= at < found.span[1]


_FOUND_SO = lazy(r"[无没][^,。;!?\n]{0,8},[^;。!?\n]{0,12}(?:确认|宣布|宣告)死")


def told_by_doctor(around: Around, name: str, found: Found) -> bool:
    """奶奶已无生命体征，经医生确认死亡: one death that was added to itself."""
    if name != "deaths" or around.within(found) or found.at_least == 1:
        return False
    return _FOUND_SO.search(around.text, *found.span) is not None


def half_of_them(around: Around, name: str, found: Found) -> bool:
    """一个屋八个人晕了一半; 30人部分死亡，正在送医: the number is that of all, and so much of it is told."""
    if not found.at_least:
        return False
    inside = found.at_least == found.at_most and any(
        found.span[0] <= start < found.span[1] for start, _ in portions.spans(around.text)
    )
    return inside or any(found.span[1] - 1 <= start <= found.span[1] for start, _ in told("half", around.text))


def so_many_each(around: Around, name: str, found: Found) -> bool:
    """司机导游各伤1个: the number is that of each."""
    low, high = around.sentence(found.span)
    for start, end in told("each", around.text):
        number = next(numbers(around.text[end : end + 4]), None)
        other = number is not None and number.low != found.at_least  # it was multiplied
        if low <= start < high and around.within(found) and not other:
            return True
    return False


def the_rest(around: Around, name: str, found: Found) -> bool:
    """现在出来一个，其他的还没见着: the number is that of the others."""
    text = around.text
    if found.at_least and name not in HELD:
        return False
    if found.at_least:
        after = [span for span in told("rest", text) if found.span[0] < span[0] < found.span[1]]
        return any(not any(token.start >= high for token in around.within(found)) for _, high in after)
    low, _ = around.clause(found.span)
    rest = any(low <= span[0] < found.span[1] for span in told("rest", text))
    return rest and HARM[name].search(text, 0, low) is not None  # 受伤：学生5。其余无伤


_ORDINAL = lazy(r"第(\d{1,2}|[一二两三四五六七八九十]{1,2})(?:个(?!小时|月|班|点|车|路口)|[名位具])[^。;!?\n]{0,24}")


def at_least_the_second(around: Around, name: str, found: Found) -> bool:
    """第2名出水，无生命体征: there are more than were read."""
    if not found.at_least or name not in ("deaths", "injuries"):
        return False
    kinds = ("dead",) if name == "deaths" else ("wound", "hurt", "light")
    for match in islice(_ORDINAL.finditer(around.text), _ENOUGH):
        number = next(numbers(match[1]), None)
        if number is None or number.low <= sum(around.figures):
            continue
        if any(match.start() <= token.start < match.end() and token.kind in kinds for token in around.tokens):
            return True
    return False


_NOT = r"(?<!算)(?:不属|不算|不是|并非|不构成|不叫|谈不上)于?[^,。;!?\n]{0,3}(?:%s)"
_NOT_SO = {
    "trapped": lazy(_NOT % "被?困"),
    "missing": lazy(_NOT % "失联|失踪"),
    "deaths": lazy(_NOT % "死|遇难"),
    "injuries": lazy(_NOT % "受?伤"),
    "serious_injuries": lazy(_NOT % "重伤|重症"),
    "ill": lazy(_NOT % "病|中毒"),
}


def not_so(around: Around, name: str, found: Found) -> bool:
    """37人交通中断未撤出，不属被困."""
    _, high = around.sentence(found.span)
    return bool(found.at_least) and _NOT_SO[name].search(around.text, found.span[1], high) is not None


_NOT_MANY = lazy(r"没(?:有)?$")


def not_so_many(around: Around, name: str, found: Found) -> bool:
    """三十多人没几个伤的."""
    low = found.span[0]
    return bool(found.at_least) and _NOT_MANY.search(around.text, max(0, low - 2), low) is not None


def held_and_dead(around: Around, name: str, found: Found) -> bool:
    """值班的老头没跑出来，确认死亡一人: it is he."""
    dead = around.facts.get("deaths")
    if name not in HELD or not found.at_least or dead is None or not dead.at_least or around.within(found):
        return False
    if FILL in around.text[slice(*found.span)]:
        return False  # a table
    return dead.span[1] > found.span[0]


_NAME = lazy(r"[\u4e00-\u9fa5][某×]")


def named_again(around: Around, name: str, found: Found) -> bool:
    """范某被烫伤…范某未应答，已死亡: who was hurt is dead."""
    dead = around.facts.get("deaths")
    if name not in (*HARMED, *HELD) or dead is None or not dead.at_least:
        return False
    mine, gone = (set(_NAME.findall(around.text, max(0, one.span[0] - 2), one.span[1])) for one in (found, dead))
    return not mine.isdisjoint(gone)


_REST_OF_THEM = lazy(r"(?:其[余他]|剩下?|另外|余下)的?(\d{1,3}|[一二两三四五六七八九十]{1,3}|[俩仨])")


def less_the_dead(around: Around, name: str, found: Found) -> bool:
    """三个都送医院，一个没了，其余两个上着呼吸机: who died is still counted."""
    dead = around.facts.get("deaths")
    if name != "injuries" or not found.at_least or dead is None or not dead.at_least:
        return False
    for match in islice(_REST_OF_THEM.finditer(around.text, found.span[1]), _ENOUGH):
        number = next(numbers(match[1]), None)
        if number is not None and number.low + dead.at_least == found.at_least:
            return True
    return False


def actually_others(around: Around, name: str, found: Found) -> bool:
    """实为一家三口加员工一名，员工伤重: people are told of who were not read."""
    low, high = around.sentence(found.span)
    for start, end in told("actually", around.text):
        if low <= start < high and any(
            start <= token.start < end + 16 and not around.is_read(token.start, token.end) for token in around.counts
        ):
            return True
    return False


_SAYS = lazy(r"[说讲报](?:的|是|有|了)*(?:死|伤|亡|困|埋|失[联踪]|压|中毒)?了?$")
_COUNTED = lazy(
    r"[^。;!?\n]{0,40}?(?:核实|确认|核对|查|数|点|看)[^,。;!?\n]{0,4}?[^\d一二两三四五六七八九十俩仨]{0,4}?(?:是|就|有)"
    r"(\d{1,3}|[一二两三四五六七八九十]{1,3}|[俩仨])"
)


def counted_otherwise(around: Around, name: str, found: Found) -> bool:
    """门卫说死了两个，我数了——是一个."""
    counts = around.within(found)
    if not counts or not found.at_least:
        return False
    low, _ = around.clause(found.span)
    if not _SAYS.search(around.text, low, counts[0].start):
        return False
    match = _COUNTED.match(around.text, found.span[1])
    number = next(numbers(match[1]), None) if match else None
    return number is not None and number.low != found.at_least


_NAMED = lazy(r"[、,和][\u4e00-\u9fa5]{1,6}$")
_SUM = lazy(r"(?:算|共|计|加起来|合起来|拢共|等于|就是)(?:是|有|为)?$")


def added_to_its_parts(around: Around, name: str, found: Found) -> bool:
    """张家死了俩，李家一个，算三死: the sum was added to its parts."""
    counts = around.within(found)
    many = [token.number.low for token in counts if token.number]
    if len(many) < 2 or found.at_least is None or not max(many) <= many[-1] < found.at_least:
        return False
    bare = _NAMED.search(around.text, counts[-2].end, counts[-1].start) is None  # 家长两名、学生三名: they have a name
    three = len(many) > 2 and 2 * many[-1] == sum(many) == found.at_least and bare
    return three or _SUM.search(around.text, counts[-2].end, counts[-1].start) is not None


_DIES = lazy(r"(?:[老小大男女]的|司机|乘客|[个位名])[^,。;!?\n]{0,6}?(?:不行了|没了|没气|断气|凉了|硬了|没救)")


def some_are_dead(around: Around, name: str, found: Found) -> bool:
    """摔了俩，老的当场不行了，小的骨折: who died is still counted."""
    if name not in HARMED or not found.at_least or around.facts.get("deaths") is not None:
        return False
    _, high = around.sentence(found.span)
    return _DIES.search(around.text, found.span[0], high) is not None


_LIGHT = lazy(r"轻")


def the_light_alone(around: Around, name: str, found: Found) -> bool:
    """拉走7个，5个轻的2个重的: the grave ones are left out."""
    grave = around.facts.get("serious_injuries")
    if name != "injuries" or grave is None or not grave.at_least or not found.at_least:
        return False
    words = (max(0, found.span[0] - 2), min(len(around.text), found.span[1] + 2))
    apart = grave.span[0] >= found.span[1] or grave.span[1] <= found.span[0]
    return apart and len(around.within(found)) == 1 and _LIGHT.search(around.text, *words) is not None


RULES: tuple[Rule, ...] = (
    added_to_its_parts,
    some_are_dead,
    the_light_alone,
    counted_otherwise,
    set_aside,
    out_again,
    told_again,
    graver_part,
    is_that_one,
    told_by_doctor,
    half_of_them,
    so_many_each,
    the_rest,
    at_least_the_second,
    not_so,
    not_so_many,
    held_and_dead,
    named_again,
    less_the_dead,
    actually_others,
)
