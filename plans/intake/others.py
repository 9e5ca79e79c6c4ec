"""Other people of whom a text tells beside a figure, in words or in a shape that no reading took in.

Rules like those of `plans.intake.balance`: none reads anything, each names a kind of people beside whom a figure is
asked.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import islice

from plans.intake.around import Around, Rule, counted_harms
from plans.intake.body_words import next_part
from plans.intake.patterns import lazy
from plans.intake.reading import Found
from plans.intake.replacing import FILL
from plans.intake.turns import HARM, HARMED
from plans.intake.words import PERSON

_WOUND = frozenset(("wound", "hurt", "light", "faint"))
_KINDS = {
    "deaths": frozenset(("dead",)),
    "missing": frozenset(("missing",)),
    "trapped": frozenset(("trapped",)),
    "ill": frozenset(("ill", "faint")),
    "injuries": _WOUND,
    "serious_injuries": frozenset(("serious", "critical", "grave")),
}
_ENOUGH = 24
"""Places that are looked at, so that a hostile text stays cheap."""


def others(around: Around, name: str, found: Found) -> bool:
    """Whether somebody else is told of whom a figure may leave out."""
    return bool(found.at_least) and any(rule(around, name, found) for rule in RULES)


_ANOTHER = lazy(
    r"(?:另(?:外)?(?:有|还有)?|还有)那?(?:[一1][名个位人]|[名个位])(?P<rest>[^,。;!?\n ]{1,40})"
    r"(?![^。;!?\n]{0,12}(?:未|没|不)有?(?:计|算|列|含|包))"
)


def another_one(around: Around, name: str, found: Found) -> bool:
    """一名饲养员咬伤；另一名同事跌进水沟擦伤."""
    if name not in HARMED:
        return False
    for match in islice(_ANOTHER.finditer(around.text), _ENOUGH):
        low, high = match.span("rest")
        harms = (token for token in around.tokens if low <= token.start < high and token.kind in _KINDS[name])
        if any(not around.is_read(token.start, token.end) for token in harms):
            return True
    return False


_BODY = r"(?:手背|手腕|手指|手|胳膊|小?腿|头|额头|脸|腰|脚踝?|嘴|眼睛?|膝盖|肩膀?|后?背|鼻子|耳朵|下巴)"
_BODIES = lazy(rf"[\u4e00-\u9fa5]{{2,5}}{_BODY}上?、[\u4e00-\u9fa5]{{2,5}}{_BODY}")


def bodies(around: Around, name: str, found: Found) -> bool:
    """挨砸的：司机手背、前排大妈头、学生肩膀: each of them is one."""
    return name == "injuries" and name not in around.summed and _BODIES.search(around.text) is not None


_OF_ALL = lazy(rf"(?:{PERSON})?(?:里头|里面|当中|之中|中(?![毒暑招弹刀枪小学年老])|里)")


def one_of_all(around: Around, name: str, found: Found) -> bool:
    """13个船员里大副磕伤: the number is that of all, of whom one is told."""
    counts = around.within(found)
    if len(counts) != 1 or counts[0].number is None or counts[0].number.low != found.at_least or found.at_least < 2:
        return False
    return _OF_ALL.match(around.text, counts[0].end, found.span[1]) is not None


_TOO = lazy(r"也(?![不没门是就有许])")


_TOO_WAS = lazy(r"也(?:被|给|让|挨|遭|受|吃)了?(?:伤|[一几两]?[刀棍拳下脚]|[^,。;!?\n没不]{0,4}[伤破断烧烫砸撞咬捅砍])")


def too(around: Around, name: str, found: Found) -> bool:
    """另外救他们的两个组长手上也起泡: so there are others. 拉架的也挨了一刀: he is another one."""
    if name not in HARMED or found.mode == "increment" or len(around.within(found)) > 1 or name in around.summed:
        return False
    if any(not around.is_read(*match.span()) for match in islice(_TOO_WAS.finditer(around.text), _ENOUGH)):
        return name == "injuries"
    return _TOO.search(around.text, *found.span) is not None


_NOUN = lazy(r"(?!人?[中里]|[共计合总有])[\u4e00-\u9fa5]{1,4}")


def counted_beside(around: Around, name: str, found: Found) -> bool:
    """服务员2名厨师1名烧伤: right before the number another one is left over."""
    counts = around.within(found)
    low, _ = around.clause(found.span)
    nouns = {token.end for token in around.tokens if token.kind in ("one", "folk")}
    return bool(counts) and any(
        low <= token.start < found.span[0]
        and token.start in nouns  # 9名工人4人死亡: of whom four
        and _NOUN.fullmatch(around.text, token.end, counts[0].start)
        for token in around.over
    )


_BARE = lazy(r"(?<=[\u4e00-\u9fa5])(\d{1,3})(?=[,。;)、 \n(]|$)")


def bare_number(around: Around, name: str, found: Found) -> bool:
    """划伤观众2，1个缝了针: a number without a unit, and the figure is smaller."""
    if found.at_least is None:
        return False
    text = around.text
    low, _ = around.sentence(found.span)
    for match in islice(_BARE.finditer(text, low, found.span[0]), _ENOUGH):
        if int(match[1]) > found.at_least and not around.is_read(*match.span()):
            start, _ = around.clause(match.span())
            if HARM[name].search(text, start, match.start()):
                return True
    return False


def rows(around: Around, name: str, found: Found) -> bool:
    """田某 溺水死亡⏎秦某 溺水死亡: more lines tell of the harm, each without a number, than were counted."""
    text, kinds = around.text, _KINDS[name]
    if found.at_least is None or text.count("\n") < 2 or name == "serious_injuries":
        return False
    ends = [at for at, char in enumerate(text) if char == "\n"][: 2 * _ENOUGH]
    lines: dict[int, set[str]] = {}
    for token in around.tokens:
        lines.setdefault(bisect_left(ends, token.start), set()).add(token.kind)
    rows = sum(not kinds.isdisjoint(there) and there.isdisjoint(("count", "deny")) for there in lines.values())
    return rows >= 2 and rows > found.at_least


_CLOCK = lazy(rf"[^\n]{{0,8}}(?:\d{{1,2}}[:点时]|{FILL}|。。)")
_WHOLE = lazy(r"[共总合]计?|累计|加起来|算上|报")


def line_before(around: Around, name: str, found: Found) -> bool:
    """① …1伤⏎② …2死6伤: a line before has a number of its own, and is no earlier state of the same."""
    text, kinds = around.text, _KINDS[name]
    line = text.rfind("\n", 0, found.span[0])
    low, _ = around.clause(found.span)
    if line < 0 or name in around.summed or _WHOLE.search(text, low, found.span[0] + 1):
        return False
    return any(
        count.number is not None
        and count.number.low not in (0, found.at_least)
        and not _CLOCK.match(text, text.rfind("\n", 0, harm.start) + 1)
        for harm, count in counted_harms(around, kinds, 0, line)
    )


_BY_NAME = lazy(
    r"(?<![\u4e00-\u9fa5])(?:[老小阿][张王李赵刘陈杨黄周吴徐孙马朱胡郭何罗高林郑谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁余叶蒋杜苏魏程吕丁沈]"
    r"|[\u4e00-\u9fa5]某)(?![\u4e00-\u9fa5]?(?:说|报|讲|:)|[家两])"
)


def by_name(around: Around, name: str, found: Found) -> bool:
    """老李背上砸了一下，小王脚崴了: more are named than were counted."""
    if name not in HARMED or around.within(found) or name in around.summed:
        return False
    low, high = around.sentence(found.span)
    well = {around.clause((token.start, token.end)) for token in around.tokens if token.kind in ("safe", "unhurt")}
    found_in = islice(_BY_NAME.finditer(around.text, low, high), _ENOUGH)
    named = {match[0] for match in found_in if around.clause(match.span()) not in well}
    return found.at_least is not None and len(named) > found.at_least


_NO_HARM = lazy(r"[没不未冇无]|[好了]$|抱|拉|拽|捂|举|牵|拿|递|摇|拍|救|抓")
"""In a clause with a part of the body: nothing befell it that is told there."""


def a_part_alone(around: Around, name: str, found: Found) -> bool:
    """轮机师傅肋骨, 手腕肿得像馒头: a part of somebody's body is named beside a figure that leaves it out."""
    if name != "injuries" or found.mode == "increment" or name in around.summed or around.within(found):
        return False
    at, high = 0, len(around.text)
    for _ in range(_ENOUGH):
        part = next_part(around.text, at, high)
        if part is None:
            return False
        at = part[1]
        if not around.is_read(*part) and not _NO_HARM.search(around.text, *around.clause(part)):
            return True
    return False


def a_crowd(around: Around, name: str, found: Found) -> bool:
    """掉下来7个…嫂子被砸中后背: one who is told of by a noun, where numbers of others are left over."""
    if name not in HARMED or around.within(found) or found.at_least != 1 or name in around.summed:
        return False
    return any(token.number is not None and token.number.low > 1 for token in around.over)


_CORPSES = lazy(r"(?:[尚还另又再有]|剩下?)[^,。;!?\n\d]{0,4}?(?:\d{1,3}|[一二两三四五六七八九十]{1,3})具(?![体有备])")


def more_bodies(around: Around, name: str, found: Found) -> bool:
    """认领遗体3具，尚有1具身份不明."""
    return name == "deaths" and any(
        not around.is_read(*match.span()) for match in islice(_CORPSES.finditer(around.text), _ENOUGH)
    )


_BY_THEMSELVES = lazy(
    r"(?:还有|[另又]有?)(?:\d{1,3}|[一二两三四五六七八九十几]{1,3}|[俩仨])[个人名]?[^,。;!?\n]{0,6}?自[己行][^,。;!?\n]{0,6}?"
    r"(?:医院|诊所|卫生|看的?|去)"
)


def by_themselves(around: Around, name: str, found: Found) -> bool:
    """救护车拉走6个，还有2个自己去的医院."""
    if name not in HARMED or name in around.summed:
        return False
    return any(not around.is_read(*match.span()) for match in islice(_BY_THEMSELVES.finditer(around.text), _ENOUGH))


RULES: tuple[Rule, ...] = (
    by_themselves,
    by_name,
    a_part_alone,
    a_crowd,
    more_bodies,
    another_one,
    bodies,
    one_of_all,
    too,
    counted_beside,
    bare_number,
    rows,
    line_before,
)
