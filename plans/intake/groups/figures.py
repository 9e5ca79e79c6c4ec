"""Groups as figures: the leaves of the tree, each with what befell it and those of whom it is a part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from plans.intake.groups.beside import are_there, introduces, looks_on
from plans.intake.groups.doubts import doubts
from plans.intake.groups.inside import at_first, left_inside, of_parts, only_there, some_are_out, whole_told
from plans.intake.groups.model import FINE, HARMED, HELD, Group, Tree
from plans.intake.groups.plainly import DOES
from plans.intake.groups.refs import Many
from plans.intake.patterns import lazy
from plans.intake.person_words import Lot, Lots
from plans.intake.reading import Span

_POISON = ("food_poisoning", "gas_poisoning", "epidemic")
_GAS = lazy(
    r"毒|煤气|煤炉|一氧化碳|沼气|硫化氢|氨|氯|中暑|热射病|热晕|高温|闷热|热水器(?!漏电)|化粪池|菜窖|诺如|流感|[呛烟熏]"
)
_WATER = lazy(r"[河江湖海塘渠库堰溪潭沟冰船泳]|(?<!透)水")
_BURIED = lazy(r"[埋压夹]")
_NO_ANSWER = lazy(r"[叫喊]了?[^,。]{0,3}[没不](?:应|醒|动|答|反应)")
_CALLED = lazy(r"对讲机|电话|[少缺差]|找|联系|回音|影")
_SMOKE_WORDS = "烟|熏|呛"
_EVERY = lazy(r"[都全均]")
_NOT_UP = lazy(r"没能?再?(?:升井|升?上来)|没(?:了|有)?动静")
_FELL = lazy(r"(?:晕|昏|栽|抽)[^,。]{0,3}(?:倒|过去|了)?[^,。]{0,3},?[^,。]{0,4}(?:磕|摔|碰|撞|划)")
"""Who faints and is hurt in the fall is hurt."""
_FAINTED = lazy(r"(?<!撞)(?<!砸)(?<!打)[晕昏](?!死|车|船)")
_UNWELL = lazy(
    rf"{_SMOKE_WORDS}|低血糖|抽筋|脱水|中暑|心脏|心梗|犯病|哮喘|癫痫|羊癫|孕|肚子?[疼痛]|高血压|晕车|过敏|发烧"
)
"""An illness, also where others are hurt."""
_EVEN_SO = lazy(r"十?[一二两三四五六七八九]{2}十?|[\d十百千][多余]")
"""Numbers of which all understand the same bounds: 五六个, 二十多个."""
_SCARED = lazy(r"吓|吸氧的")
"""They are frightened, or need oxygen every day: no illness that befell them."""
_UNHURT = lazy(r"[没未无]受?伤的|受伤|伤员")
"""Where others are not hurt, those in hospital are."""
_STILL = lazy(r"[还仍正没困等]|出不来|[上下出过走][不唔](?:[来了掉去])|敲|喊得?应")
_PLACED = lazy(
    r"[车船机井楼屋房校班厂桥台棚洞池窖库店筏艇笼梯][里内上中下头]|井下|当班|在场|全[车班村校家]|乘客|学生|[坐住载]|下[去到了]|进[去了]|掉|落|翻|名册|入井|下井|同行|一行|一家|宿舍|"
    r"[吃喝聚]|到场|上工|干活|作业|工人|里[面头]|登记|[总统拢]?共|[到在]岗|[应实]到|在册|[核实]载|应有|定员|编制|捞|救|刨|挖|扒|抬|搜|找|清点|倒|两口|母子|父子|夫妻|祖孙|爷孙|母女|姐妹|兄弟|被[他她]"
)


@dataclass
class Leaf:
    """People of whom nothing more is told."""

    many: Many
    lots: Lots
    group: Group
    over: bool


@dataclass
class Figures:
    """How many fared how, in whose words, and what was not understood."""

    counts: dict[str, Many] = field(default_factory=dict)
    spans: dict[str, Span] = field(default_factory=dict)
    gaps: set[str] = field(default_factory=set)
    attending: Span | None = None
    """Words of one who is in hospital, and is none of the treated."""
    below: bool = False
    """Who did not come up is counted as trapped, not as missing."""
    singles: set[int] = field(default_factory=set)
    wholes: set[int] = field(default_factory=set)
    of_each: list[tuple[Lot, int]] = field(default_factory=list)
    """As of `Tree`."""
    at_first: dict[str, int] = field(default_factory=dict)
    """How many there were before some were brought out."""
    of_parts: dict[str, set[int]] = field(default_factory=dict)
    """Numbers of some of those who are counted."""
    leaves: dict[str, list[Group]] = field(default_factory=dict)
    """Those who are added up for each fact."""
    wounds: bool = False
    """Who is grave is wounded."""
    plain: bool = False
    """Of each it is told in a clause of his own."""
    parted: set[int] = field(default_factory=set)
    """The numbers of a group and its parts, where these are all of it and nobody else is told of."""
    some_out: set[str] = field(default_factory=set)
    """Facts of which it is told how many are out, and others are left."""

    def add(self, fact: str, many: Many, group: Group) -> None:
        """Count people for a fact."""
        span = group.span
        self.leaves.setdefault(fact, []).append(group)
        low, high = self.counts.get(fact, (0, 0))
        self.counts[fact] = low + many[0], high + many[1]
        first, last = self.spans.get(fact, span)
        self.spans[fact] = min(first, span[0]), max(last, span[1])


def figures(text: str, told: Tree, category: str | None) -> Figures:
    """What the groups of a text come to."""
    found = Figures(gaps=set(told.gaps), plain=told.plain, attending=told.attending)
    everybody = told.everybody()
    hurt = any("hurt" in group.lots for group in everybody)
    poison, gas = category in _POISON, _GAS.search(text) is not None
    found.wounds = not gas and any(not group.lots.keys().isdisjoint(_OF_WOUNDS) for group in everybody)
    weak = "ill" if poison or (gas and not hurt) else "injuries"
    harmed = any(not group.lots.keys() <= FINE for group in everybody)
    harmed_roots = sum(any(not one.lots.keys() <= FINE for one in (root, *root.parts)) for root in told.roots)
    freed: set[str] = set()
    for root in told.roots:
        well = root.lots.get("well", -1)
        if root.several and well > root.lots.get("lost", well) and _EVERY.search(text, max(0, well - 3), well + 1):
            root.lots = root.lots | {"out": well}  # 失联5人，全部安全
    only_there(told)
    left_inside(text, told)
    found.at_first, found.of_parts, found.some_out = at_first(told), of_parts(told), some_are_out(told)
    found.parted = whole_told(told)
    for root in told.roots:
        if (
            "out" in root.lots
            and "dead" not in root.lots
            and root.lots["out"] > max(root.lots.get("held", -1), root.lots.get("lost", -1))
        ):
            if (root.many or (0, 0))[1] > 1 and not _BURIED.search(text, *root.span):
                freed |= {fact for lot, fact in (("held", "trapped"), ("lost", "missing")) if lot in root.lots}
        some_died = bool(root.parts) and all(part.lots.keys() == {"dead"} for part in root.parts)
        if some_died and "ill" in root.lots and "hurt" not in root.lots and root.remaining() != (0, 0):
            found.gaps.add("among")  # 八个人中毒，三个没救过来: are they among the ill?
        if harmed and not root.parts and not root.lots and introduces(text, told, root):
            continue
        root.there = all(part.lots for part in root.parts) and harmed_roots <= 1 and are_there(root)
        for leaf in _leaves(root, {}, found.gaps):
            _count(found, leaf, weak, text, category, harmed=harmed, hurt=hurt)
    if weak == "ill" and any("hurt" in group.lots and "ill" in group.lots for group in everybody):
        found.gaps.add("sort")
    found.gaps |= doubts(text, told)
    for fact, span in told.nobody.items():
        if found.counts.get(fact, (0, 0))[1]:
            if fact not in told.local:
                found.gaps.add("nobody")
        else:
            found.counts[fact], found.spans[fact] = (0, 0), span
    for fact in freed:
        if fact not in found.counts and "deaths" not in found.counts:
            spans = [group.span for group in everybody]
            found.counts[fact] = (0, 0)
            found.spans[fact] = spans[0]
    return found


def _leaves(group: Group, above: Lots, gaps: set[str]) -> Iterator[Leaf]:
    lots = _merged(above, group.lots, gaps)
    if group.many is None:
        if lots and not lots.keys() <= FINE:
            gaps.add("rest")
        return
    if not group.parts:
        yield Leaf(group.many, lots, group, over=False)
        return
    if "dead" in lots:
        if any(part.lots.keys() - {"dead"} for part in group.parts):
            gaps.add("sort")
        yield Leaf(group.many, lots, group, over=False)
        return
    for part in group.parts:
        yield from _leaves(part, lots, gaps)
    left = group.remaining()
    if group.tentative and left != (0, 0):
        gaps.add("among")
    if left is None:
        gaps.add("rest")
    elif left[1] > 0:
        if left[0] != left[1] and lots:
            gaps.add("whole")
        yield Leaf(left, lots, group, over=True)
    elif left[1] < 0:
        gaps.add("part")


def _around(text: str, group: Group) -> str:
    """Their words, and those right before."""
    low, high = group.span
    return text[max(0, low - _BEFORE) : high]


_BEFORE = 0
_OF_WOUNDS: frozenset[Lot] = frozenset(("hurt", "held", "lost"))
"""Where somebody fared so, who is grave is wounded."""
_BELOW = ("gas_poisoning", "mine_accident", "collapse")
"""Kinds of event in which those who do not come up are known to be below."""


_CARED_FOR = frozenset(
    ("traffic", "fall", "collapse", "explosion", "attack", "stampede", "landslide", "air_crash", "earthquake")
)
"""Kinds of event in which those who are treated are hurt, also where no wound is named."""


def _merged(above: Lots, own: Lots, gaps: set[str]) -> Lots:
    if "lost" in above and "well" in own and own.keys() <= FINE:
        own = own | {"out": max(own.values())}  # 俩娃找不着，有一个自己回家了
    if "dead" in own:
        return {"dead": own["dead"]}
    if "dead" in above and own and not own.keys() <= FINE:
        gaps.add("sort")
    if "well" in own and not HELD.isdisjoint(own) and "out" not in own:
        gaps.add("sort")  # 3名工人被困，都没事
    if not HELD.isdisjoint(above) and "held" in above and {"grave"} & own.keys() and "lost" in above:
        gaps.add("sort")
    if "well" in own and not HARMED.isdisjoint(above.keys()) and own.keys() <= FINE:
        gaps.add("sort")
    return above | own


def _count(found: Figures, leaf: Leaf, weak: str, text: str, category: str | None, *, harmed: bool, hurt: bool) -> None:
    """The facts for which the people of a leaf count."""
    lots, many, span = leaf.lots, leaf.many, leaf.group.span
    if not lots:
        if leaf.group.kind == "one":
            return
        marked = any(part.marked and part.lots for part in leaf.group.parts)
        placed = leaf.group.parent is not None or leaf.group.there or _PLACED.search(_around(text, leaf.group))
        if leaf.over and not marked and placed:
            return
        if harmed and leaf.group.parent is None and looks_on(leaf.group.mention):
            return
        if leaf.group.mention.tail and DOES.fullmatch(leaf.group.mention.tail):
            return
        found.gaps.add("lot" if harmed else "whole")
        return
    if many[0] != many[1] and not lots.keys() <= FINE and not _EVEN_SO.search(leaf.group.mention.counted):
        found.gaps.add("about")
    if "dead" in lots:
        found.add("deaths", many, leaf.group)
        return
    out, lost, held = (lots.get(lot, -1) for lot in ("out", "lost", "held"))
    own = leaf.group.lots
    inherited = "held" in lots and "held" not in own
    over = not inherited and not lots.keys().isdisjoint(("hurt", "grave", "care", "well"))
    if inherited and not leaf.over and _BURIED.search(text, lots["held"], lots["held"] + 3):
        if not own.keys().isdisjoint(("hurt", "grave", "care", "well")) and out < held:
            found.gaps.add("sort")
    if lost > out and inherited and _NO_ANSWER.search(text, *span):
        found.add("trapped", many, leaf.group)
    elif lost > out:
        if _NO_ANSWER.search(text, *span) and not _CALLED.search(text, *span):
            found.gaps.add("sort")
        below = category in _BELOW and _NOT_UP.search(text, *span) is not None
        if not below and not _WATER.search(text) and _NOT_UP.search(text, *span):
            found.gaps.add("sort")
        found.below |= below
        found.add("trapped" if below else "missing", many, leaf.group)
    elif held > out and not (over and not _STILL.search(text, *span)):
        dry = "被困" in text or _STILL.search(text, *span) or _BURIED.search(text, *span)
        if _WATER.search(text) and not dry:
            found.gaps.add("sort")
        found.add("trapped", many, leaf.group)
    if "grave" in lots:
        found.add("serious_injuries", many, leaf.group)
        if category is not None or "hurt" in lots:  # 老许在ICU: of a wound, or ill?
            found.add("ill" if weak == "ill" and "hurt" not in lots else "injuries", many, leaf.group)
        elif found.wounds:
            found.add(weak, many, leaf.group)
        else:
            found.gaps.add("sort")
    elif "hurt" in lots:
        found.add("injuries", many, leaf.group)
        if "ill" in lots and "ill" in own and "hurt" in own and not _FELL.search(text, *span):
            found.gaps.add("sort")
    elif "ill" in lots:
        found.add("ill", many, leaf.group)
        scared = category in _CARED_FOR or _SCARED.search(text, *span) is not None
        if weak != "ill" and (category == "drowning" or (scared and not _UNWELL.search(text, *span))):
            found.gaps.add("sort")
    elif "care" in lots and not hurt and category not in _CARED_FOR and _FAINTED.search(text, *span):
        found.add("ill", many, leaf.group)
    elif "care" in lots and ("well" not in lots or weak == "ill"):
        found.add(weak, many, leaf.group)
        if weak == "injuries" and not hurt and category not in _CARED_FOR and not _UNHURT.search(text):
            found.gaps.add("sort")
