"""A report as groups of people: introduced, parted, each with what became of it; figures are sums over the leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import combinations, islice

from plans.intake import portions
from plans.intake.borne_out import Plain
from plans.intake.cues import NORM, RUMOUR
from plans.intake.doubting import open_ended
from plans.intake.fates import blanked
from plans.intake.groups.each import UNKNOWN
from plans.intake.groups.figures import Figures, figures
from plans.intake.groups.refs import Many
from plans.intake.groups.tree import tree
from plans.intake.offering import offered
from plans.intake.patterns import lazy
from plans.intake.person_words import Lot, lots_of
from plans.intake.reading import Found
from plans.intake.replacing import FILL
from plans.intake.sorts import are_of_other_sorts
from plans.intake.taking import overlap
from plans.intake.words import EARLIER, ELSEWHERE, PERSON

_OTHER = lazy(
    rf"{EARLIER}|{ELSEWHERE}|另案|不在名册|隔壁(?:市|县|省|镇|乡)|邻[县市村]|上周|昨天那|那年|\d{{4}}年|总结|同比|累计|预计|考核|考死|游戏|电影|明[天早晚]|后天|下周|愚人节|打疫苗|体检|头一天|前一天|演习|演练|脚本|剧本",
    sparse=True,
)
"""Other events and other times."""
_CHANGED = lazy(
    r"[所原前]报|自己扣|算在|划掉|是陪护|应[为是]|同一人|再[发报说]一[遍次]|重发|笔录|嫌疑人|传唤|报名|转移(?:了)?[\d一二两三四五六七八九十俩仨]|错|更正|不对|有误|前报|核实为|核为|剔|不算|别算|算进去|扣[掉除]|为准|口径|后核|旧伤|转过[来去]|无关|没关系|先[说报]|原来没|改[口成为]|"
    r"后来说|报的是|又说|收回|撤回|误报|重复|不是这次|这次的|该算|算在里|另计|另算|两[次趟]|算了|升[到至]|增[到至加]|累计|现在死|又死|对不上|不一致|报[死伤][了\d]|只是来|老毛病|普通肠胃|不计|作废|所以|按[^,。]{0,5}算|就在那|转院|"
    r"有没有|是不是|没.着人|有关的|得加上|晕车|假的|说法|撤了|不用写|漏报|不变",
    sparse=True,
)
"""Words that take back or weigh what was told."""
_NO_HARM = lazy(r"见手青|够呛|瘫痪|残疾|坐轮椅的|脚手架|手脚架")
_ONE_UNIT = lazy(r"一(?:桌|车|船|间|屋|班|组|家|户|排|棚|条|辆|桶|箱)")
_UNITS = lazy(r"(?:[两三四五六七八九十]|\d)(?:桌|车|船|间|屋|家|户|排|棚|条|辆|桶|箱|个(?:班|组))")
"""四桌，一桌十个: so many in each."""


_TOLD = lazy(
    r"(?:医生|大夫|护士|医院|120|楼下|有人|邻居|群里|他们|人家|门卫|群众|村民|路人|卫生院|院里)[^,。]{0,4}[说讲](?!话)",
    sparse=True,
)
"""Whoever says so is heard, and what he says may be masked."""
_QUOTED = lazy(r"[“‘'\"「『][^”’'\"」』]{0,24}[\d一二三四五六七八九][^”’'\"」』]{0,24}[”’'\"」』]", sparse=True)
_OF_BOTH = lazy(r"伤亡[^,。;无没]{0,4}[\d一二三四五六七八九]|[\d一二三四五六七八九][人名]?伤亡", sparse=True)
_SEVERAL = lazy(
    r"(?<![十百千万\d])(?:[多数几若]|好几)[人名个位](?![\d一二两三四五六七八九十])|若干|不少人|一[些帮批群堆片](?:人|孩|学|工|乘|老)|好多|许多|"
    r"(?<!没)有人员|(?<![没无])有(?:人|学生|孩子|工人|乘客|老人|群众|村民)(?:受|被|伤|死|困|晕|吐|从|不|没|失|走|掉)"
    r"|[死伤]了人(?!们)|轻[^,。;!?\n\d]{0,3}(?:居多|为主|占多数|占大头)",
    sparse=True,
)
_RUN_TOGETHER = lazy(rf"(?:{PERSON})\d{{1,3}}[名位人个](?:{PERSON})\d{{1,3}}[名位人个]", sparse=True)
"""顾客3名店员2名中毒: whether it befell both."""
_KIN = lazy(r"兄弟|姐妹|姊妹|夫妻|夫妇|父子|父女|母女|母子|爷孙|祖孙|婆媳|老两口|两口子|小两口", sparse=True)
"""Two families are no parts of each other: 兄弟仨被困，夫妻俩当场没了."""
_ITEMS = 3
_LOGGED = lazy(r"(?:^|\n)\W{0,2}\d{1,2}[:时]?\d{2}(?!\d)")
"""Lines of a log, in which later ones may take back what earlier ones say."""
_TAKEN_BACK = lazy(r"错了|不对|更正")
_EARLIER = lazy(EARLIER)
_TODAY = lazy(r"今[天早晚儿夜]|这[次回]|刚[才刚]|现在|眼下")


def _without_earlier(text: str) -> str:
    """The text without what it tells of another time before it comes to this one."""
    before = _EARLIER.search(text)
    now = _TODAY.search(text, before.end()) if before else None
    if before is None or now is None:
        return text
    start = max(text.rfind(mark, 0, before.start()) for mark in ",。;!?\n") + 1
    return text[:start] + "," * (now.start() - start) + text[now.start() :]


_HIDDEN = lazy(rf"{FILL}{{3,}}")
_DISOWNED = lazy(r"网|群|传|抖音|微信|朋友圈|微博|短视频|假|谣|编|演|电影|去年|上次|如果|要是|万一")


def _masked_harm(text: str, plain: str) -> bool:
    """Whether somebody's words that are not heard tell of people: 老板娘说头疼."""
    for match in _HIDDEN.finditer(text):
        low, high = match.span()
        if not plain[low:high].strip(_APART):
            continue  # what is only asked or feared, or of another day
        if _DISOWNED.search(plain, max(0, low - _BESIDE), min(len(plain), high + _BESIDE)) is None:
            if lots_of(plain[max(0, low - _BESIDE) : high]):
                return True
    return False


def _is_told(text: str, plain: str) -> bool:
    """Whether somebody is quoted, and what he says is not heard; 医生说没救了 is heard."""
    if len(text) != len(plain):
        return _TOLD.search(plain) is not None
    return any(
        FILL in text[told.end() : told.end() + _BESIDE] or not _SURE.search(told[0]) for told in _TOLD.finditer(plain)
    )


_SURE = lazy(r"医生|大夫|护士")
_BESIDE = 6
_APART = f"{FILL},。;!? \n"
"""What stands where the text is set apart (`plans.intake.utterances.without`)."""
LONGEST = 400
"""Characters of a text that is read so."""
_OF_PARTS = ("deaths", "injuries", "missing", "trapped")
_OF_PEOPLE = ("deaths", "injuries", "serious_injuries", "missing", "trapped", "ill")


_UNHURT = lazy(r"[没未无]有?受?伤的?$|[没未无]有?受?伤的\d")
_OF_LOT: Mapping[Lot, tuple[str, ...]] = {
    "dead": ("deaths",),
    "grave": ("serious_injuries", "injuries", "ill"),
    "hurt": ("injuries",),
    "ill": ("ill", "injuries"),
    "care": ("injuries", "ill"),
    "held": ("trapped",),
    "lost": ("missing",),
}


def by_groups(text: str, plain: str, category: str | None, facts: dict[str, Found]) -> dict[str, Found]:
    """The facts, with what the groups come to where nothing was read or it is asked.

    Where the groups come to another figure than one that is shown, one of both readers misunderstood the text, and the
    groups say nothing. Where not everything was understood, what they come to is offered beside what is asked.

    Args:
        text: normalised and masked.
        plain: the same, in which only what tells of nobody here and now is masked.
        category: kind of event; without it and without facts nothing is told.
        facts: as they would be shown.
    """
    told = grouped(text, category, plain) if category is not None or facts else None
    if told is None:
        return facts
    if told.gaps:
        return {
            name: _beside_gaps(text, told, name, found) if name in told.counts else found
            for name, found in _of_each_unknown(told, facts).items()
        }
    outdated: list[str] = []
    doubted: list[str] = []
    for name in _OF_PEOPLE:
        found, many = facts.get(name), told.counts.get(name)
        if found is None or found.unknown or (many is None and found.at_most == 0):
            continue
        if (found.at_least, found.at_most) != many:
            if told.plain or _outdated(told, name, found, many):
                outdated.append(name)
            elif found.value == 1 and many and many[0] == many[1] > 1 and _misses_one(told, name):
                doubted.append(name)  # 会计心跳停了，一个学生救不活了
            else:
                return facts
    changed = {name: found for name, found in facts.items() if name not in outdated}
    for name in told.counts:
        if name not in changed or changed[name].unknown:
            changed[name] = _as_told(text, told, name)
    for name in doubted:
        changed[name] = offered(open_ended(facts[name], _DOUBT), told.counts[name], text, told.spans[name])
    return changed


_DOUBT = 0.6


def as_parted(text: str, plain: str, category: str | None, facts: dict[str, Found]) -> dict[str, Found]:
    """The facts, those of one group all of whom are told of in parts: 当班七个人，三个还没找着四个没伤着."""
    told = grouped(text, category, plain) if category is not None or facts else None
    if told is None or told.gaps or not told.parted:
        return facts
    changed = dict(facts)
    for name in _OF_PARTS:
        found, many = facts.get(name), told.counts.get(name)
        if found is None or (found.unknown and many is None) or (found.at_least, found.at_most) == many:
            continue
        if not found.unknown and found.at_most not in told.parted:
            continue
        del changed[name]
        if many is not None:
            changed[name] = _as_told(text, told, name)
    return changed


def _as_told(text: str, told: Figures, name: str) -> Found:
    (low, high), (start, end) = told.counts[name], told.spans[name]
    stated = low if low == high else None
    kind = Plain if (told.plain or low in told.wholes) and not told.gaps else Found
    return kind(at_least=low, at_most=high, stated=stated, text=text[start:end], span=(start, end))


_OF_THE_HURT = frozenset(("sort",))
"""Gaps that leave who was found, and who was not, as it is."""


def _beside_gaps(text: str, told: Figures, name: str, found: Found) -> Found:
    """A figure where not everything was understood: nobody is missing any more, or one more way to read it."""
    over = (name == "missing" or (name == "trapped" and not found.at_most)) and not found.unknown
    over = over and told.gaps <= _OF_THE_HURT
    if over and _outdated(told, name, found, told.counts[name]):
        return _as_told(text, told, name)
    return offered(found, told.counts[name], text, told.spans[name])


def _outdated(told: Figures, name: str, found: Found, many: Many | None) -> bool:
    """埋11人，挖出8个: the figure is of all who were held at first, or of those below who are no more missing."""
    if found.at_most != found.at_least or found.at_most is None:
        return False
    if not found.at_most and name in ("trapped", "missing"):
        # 困着9人，接出来4个，都没受伤: none of those is hurt
        return many is not None and many[0] > 0 and name in told.some_out
    surely = found.at_most > 1 or name in ("trapped", "missing")
    if many and surely and many[0] == many[1] > found.at_most > 0 and _misses_some(told, name, int(found.at_most)):
        return True  # 摊主还没找到。两名乘客还没找到
    if many is None and found.value == 1 and told.attending and overlap(found.span, told.attending):
        return True  # 厂长在医院
    if told.at_first.get(name) == found.at_most:
        return many is None or many[1] < found.at_most
    if many and many[0] and not found.at_most and _UNHURT.search(found.text):
        return True  # 没伤的31，没了的2，其余在医院
    if many and many[0] > found.at_most and found.at_most in told.of_parts.get(name, ()):
        return True  # 砸了6个工人，手断的有2个
    if many and found.at_most in told.singles and many[0] > found.at_most and not many[0] % found.at_most:
        return True  # 两辆车上各死了一个
    below = told.counts.get("trapped")
    return name == "missing" and many is None and told.below and below == (found.at_least, found.at_most)


_OF_HIS = lazy(r"[他她我俺咱它]")


def _are_others(one: str, other: str) -> bool:
    """Whether two nouns tell of different people: of other sorts, or in quite other words (夫妻, 保安老周)."""
    apart = bool(one and other) and set(one).isdisjoint(other) and not _OF_HIS.match(one) and not _OF_HIS.match(other)
    return apart or are_of_other_sorts(one, other)


def _misses_some(told: Figures, name: str, many: int) -> bool:
    """Whether so many are only some of those who are counted for a fact, of whom each is told in words of his own."""
    leaves = told.leaves.get(name, [])[:_LEAVES]
    counted = [leaf.many[1] for leaf in leaves if leaf.many]
    if leaves and all("care" in leaf.lots and leaf.lots.keys() <= {"care", "ill"} and not leaf.noun for leaf in leaves):
        counted = counted[1:]  # 县医院17个，镇卫生院6个，村医那儿挂水的4个: the first may be all of them
    elif any(not _are_others(one.noun, other.noun) for one, other in combinations(leaves, 2)):
        return False
    elif any(leaf.lots.keys() <= {"care"} for leaf in leaves):
        return False  # 3名工人烧伤，厂长在医院陪着
    return any(sum(some) == many for size in range(1, len(counted)) for some in combinations(counted, size))


def _misses_one(told: Figures, name: str) -> bool:
    """Whether one is only one of those who are counted, each the subject of a clause."""
    leaves = told.leaves.get(name, [])
    return all(leaf.noun and leaf.mention.first and not leaf.parent for leaf in leaves) and _misses_some(told, name, 1)


_LEAVES = 6


def _of_each_unknown(told: Figures, facts: dict[str, Found]) -> dict[str, Found]:
    """每个宿舍都有两个拉肚子的: the facts, without the figure of one for that of all."""
    changed = dict(facts)
    for name, one in facts.items():
        whole, most = told.counts.get(name, (0, 0))[1], one.at_most
        if most is not None and one.at_least == most in told.singles and whole > most:
            changed[name] = replace(one, at_least=1, at_most=None, stated=None, unknown=True)
    for lot, many in told.of_each:
        for name in _OF_LOT.get(lot, ()):
            found = facts.get(name)
            if found is not None and not found.unknown and found.at_least == found.at_most == many:
                changed[name] = replace(found, at_least=1, at_most=None, stated=None, unknown=True)
    return changed


_CLAUSE = lazy(r"[^,。;!?\n ]+")
_SO = lazy(r"(?:确认过了?|没错|对|重复|再[说报]一[遍次]|嗯|是的)")
_COUNTS = lazy(r"[\d一二两三四五六七八九十百][人名个位例口]")


def _told_again(text: str) -> bool:
    """Whether a figure is told twice, at once or behind words that say it is so: 死亡59个！死亡59个！."""
    before = ""
    for match in _CLAUSE.finditer(text):
        if match[0] == before and len(before) > _FEWEST and _COUNTS.search(before):
            return True
        before = before if _SO.fullmatch(match[0]) else match[0]
    return False


_FEWEST = 3


@lru_cache(maxsize=4)
def grouped(text: str, category: str | None, plain: str) -> Figures | None:
    """What masked text comes to; None where it tells of nobody."""
    if len(text) > LONGEST:
        return None
    text = _without_earlier(text)
    text = _NO_HARM.sub(lambda match: "□" * len(match[0]), text)
    told = tree(blanked(text))
    if not told.roots and not told.nobody:
        return None
    found = figures(text, told, category)
    if told.corrected:
        plain = _TAKEN_BACK.sub("", plain)
    for gap, pattern in (("other", _OTHER), ("changed", _CHANGED), ("rumour", RUMOUR), ("norm", NORM)):
        if pattern.search(text if gap == "other" else plain or text):
            found.gaps.add(gap)
    each = [match for match in UNKNOWN.finditer(text) if not _ONE_UNIT.match(match[0]) or _UNITS.search(text)]
    if len(each) > len(told.singles):
        found.gaps.add("each")
    found.singles = told.singles
    found.of_each, found.wholes = told.of_each, told.wholes
    if _masked_harm(text, plain) or _is_told(text, plain) or _QUOTED.search(plain) or _OF_BOTH.search(text):
        found.gaps.add("heard")
    if len(_LOGGED.findall(plain)) > 1 or text.count(";") > _ITEMS:
        found.gaps.add("lines")
    if _SEVERAL.search(text):
        found.gaps.add("several")
    if _RUN_TOGETHER.search(text):
        found.gaps.add("among")
    if len({match[0] for match in islice(_KIN.finditer(text), _ITEMS)}) > 1 and "trapped" in found.counts:
        found.gaps.add("among")
    if portions.told(text):
        found.gaps.add("share")
    if _told_again(text):
        found.gaps.add("again")
    return found
