"""The missing and the trapped in an account: who was found or brought out, how, and who is left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from plans.intake.changes import Change, exact
from plans.intake.fates import LOCATED, Fate, Group, Item
from plans.intake.numerals import numbers
from plans.intake.patterns import lazy
from plans.intake.reading import Span
from plans.intake.sayings import said_of
from plans.intake.stepping import Bounds

_GONE: frozenset[Fate] = frozenset(("found", "back", "alive", "out", "dead", "hurt"))
_OUT: frozenset[Fate] = frozenset(("back", "out", "dead"))
_CARE = lazy(r"出院|医院|包扎|留观|在院|住院|轻伤|伤员|病人|挂水|缝|门诊|检查|病房|床位|症状|康复|治愈|高压氧|舱")
_LEFT_CARE = lazy(r"出院|病房|床位|门诊|舱|检查|包扎|留观|在院|住院")
_UNSURE_OF_WHOM = lazy(
    r"(?:尚|还)?(?:未|没)辨认|待辨认|没认出|认不出|身份(?:待|不明|未)|待比对|比对中|暂不(?:列|计|算)|不知(?:道)?是(?:不是|谁)|"
    r"不(?:在|是)[^,。;!?\n]{0,6}(?:失[联踪]|名单)"
)
_PERHAPS = lazy(r"(?:可能|好像|估计|大概|似乎|说不定)(?:还|也)?(?:有|剩|困|埋|压)")
_LAID_HANDS_ON = lazy(r"找[到着见]|寻[到着]|发现|搵到")
_NEWLY = lazy(r"又|新增|新发现|再(?:次)?(?:发现|有)|另有")
_EMPTY = lazy(
    r"(?:清|搜|腾)空(?:了)?|全空|没(?:有)?(?:被?困的?)?人(?:了|啦)(?=[,。;! \n]|$)|"
    r"(?:里面|里头|下面|底下|[楼车屋村厂井棚]里|井下)(?:都|已经|也)?没(?:有)?人(?=[,。;! \n]|$)|"
    r"(?:没有?|无)(?:其他|其它)?(?:被困|受困)(?:的)?(?:人|群众)"
)
_DEAD_AND_HURT = lazy(r"(?P<a>\d{1,2}|[一二两三四五六七八九])死(?P<b>\d{1,2}|[一二两三四五六七八九])伤")
_NOBODY_HURT = lazy(r"(?:没(?:有)?|无)人受?伤|[都均全](?:没|未|无)(?:有)?(?:受)?伤")


@dataclass(frozen=True)
class _Held:
    """Those who are told of, of one group: gone, still there, dead, hurt."""

    gone: int
    still: int | None
    dead: int
    hurt: int
    span: Span


def lost(told: Sequence[Item], known: Mapping[str, Bounds], weak: str) -> Iterator[Change]:
    """Who of the missing and the trapped was found, died or was hurt, and how many are left."""
    of = [fact for fact in ("missing", "trapped") if exact(known, fact)]
    if not of:
        return
    by_fact: dict[str, list[Item]] = {}
    sums = False
    died: int | None = None
    for item in told:
        if len(of) == 1 and item.many == exact(known, of[0]) and (item.many or 0) > 1 and not item.fates - {"alive"}:
            if _ALL_WENT.search(item.words):
                item = replace(item, fates=item.fates | {"out"})  # 七个都上海警船了
        if item.sum and item.fates & (LOCATED | {"dead", "still"}):
            sums = True
            died = item.many if "dead" in item.fates else died
            continue
        fact = _of(item, of, known, weak)
        if fact is None:
            return
        if fact:
            by_fact.setdefault(fact, []).append(item)
    dead = hurt = 0
    before = exact(known, "deaths")
    spans: list[Span] = []
    changes: list[Change] = []
    for fact, group in by_fact.items():
        base = exact(known, fact) or 0
        held = _counted(fact, group, base)
        if held is None:
            return
        left = any(item.left for item in group)
        if died is not None and before is not None and held.still is not None and not held.gone:
            if died - before == base - held.still > 0:
                dead = died - before  # 累计找到遇难者5人，仍有8人失联
                changes.append(Change(fact, None, held.still, held.span))
                spans.append(held.span)
                continue
        if held.still is None:
            if held.gone > base or sums:
                return
            to = base - held.gone
        elif held.gone == 0 or held.gone + held.still == base:
            if held.still > base or (sums and held.gone + held.still != base):
                return
            to = held.still
        elif held.gone + held.still < base and not left:
            to = base - held.gone  # 沙湾的1名依旧无消息: one of those who are left
        else:
            return  # some are told of twice, or not at all
        perhaps = any(_PERHAPS.search(item.words) for item in group)
        changes.append(Change(fact, None, to, held.span, sure=not perhaps))
        dead, hurt = dead + held.dead, hurt + held.hurt
        spans.append(held.span)
    if not changes:
        return
    yield from changes
    span = min(low for low, _ in spans), max(high for _, high in spans)
    whom = "injuries" if weak != "ill" or "injuries" in known else weak
    if dead:
        yield Change("deaths", dead, None, span)
    if not hurt and whom == "injuries" and whom not in known:
        if all(change.to == 0 for change in changes) and any(_NOBODY_HURT.search(item.words) for item in told):
            yield Change(whom, None, 0, span)
        return
    if hurt or dead:
        yield Change(whom, hurt, None, span)


_ALL_WENT = lazy(
    r"[都全均](?:部|数|体)?(?:已|已经|安全|平安)?(?:上|到|进|回|下|离|撤|送)(?!不|班|课|午)[^,。;!?\n]{0,6}(?:了|船|车|岸|家|院)"
)


def _of(item: Item, lost: Sequence[str], known: Mapping[str, Bounds], weak: str) -> str | None:
    """The fact of those whom an item tells of; empty = of others; None = it may be of either."""
    if _UNSURE_OF_WHOM.search(item.words):
        return None
    if is_more(item):
        return ""
    more = not item.named and not item.fates & (LOCATED | {"still"}) and _NEWLY.search(item.words) is not None
    if item.sum or more:
        return ""
    if "still" in item.fates and _NEWLY.search(item.words):
        return None
    if _EMPTY.search(item.words):
        return "trapped" if "trapped" in lost else ""
    if item.group == "serious_injuries":
        return ""
    if not (item.fates & (_GONE | {"still"})) and not item.left:
        return ""
    if (
        "dead" in item.fates
        and len(lost) == 1
        and (item.many or 0) > 1
        and item.many == exact(known, lost[0])
        and not _NOT_SEEN.search(item.words)
    ):
        if (
            item.many != exact(known, "deaths")
            and not said_of("off", item.words)
            and not said_of("mistaken", item.words)
        ):
            return lost[0]  # 挖通了，三个人遇难: all three who were looked for
    if item.group:
        return item.group if item.group in lost else lost[0] if len(lost) == 1 else ""
    located = item.fates & (LOCATED | {"still"})
    if "alive" in item.fates and item.many and lost == ["missing"] and "在" in item.words and not located:
        return "missing"  # 两口子在后山庙里，人好的
    care = _LEFT_CARE if "out" in item.fates else _CARE
    if (care.search(item.words) and exact(known, weak)) or item.new or not (located or item.left):
        return ""  # 没事, 没了 alone may be said of anybody
    whole = item.many is not None and item.many in (exact(known, fact) for fact in lost)
    if located == {"back"} and exact(known, weak) and not (whole and item.many != exact(known, weak)):
        return ""  # 自己回家: some of the hurt
    if len(lost) == 1:
        return lost[0]
    if "found" in item.fates:
        return "missing"
    if "still" in item.fates and (_NOT_SEEN.search(item.words) or _NOT_OUT.search(item.words)):
        return "missing" if _NOT_SEEN.search(item.words) else "trapped"
    return "trapped" if "out" in item.fates else None


_NOT_SEEN = lazy(r"没(?:见|找|消息|信|音|联|捞|踪|影|回)|未(?:见|找|联)|无(?:消息|音|下落|踪)|下落|失联|联系不上")
_NOT_OUT = lazy(r"(?:没|未)(?:能|法)?(?:有)?(?:[上出下]来|出|救|升|弄)|不(?:肯|愿|上|下)|等|困|压|埋|卡|吊|挂")


_LOST: tuple[Group, ...] = ("missing", "trapped")


def regrouped(told: Sequence[Item], known: Mapping[str, Bounds]) -> list[Item]:
    """Of which group people are, where numbers tell: 三户11人转出8人，余3人 are those 11 who were trapped."""
    lost = [fact for fact in _LOST if exact(known, fact)]
    bases = {base: fact for fact in lost if (base := exact(known, fact)) and base > 1}
    if len(lost) == 2 and len(bases) == 1 and exact(known, lost[0]) == exact(known, lost[1]):
        return list(told)
    items: list[Item] = []
    of: Group = ""
    rest = 0
    for at, item in enumerate(told):
        behind = told[at + 1] if at + 1 < len(told) else None
        if item.many in bases and not item.named and item.fates <= {"still"}:
            if len(lost) == 2 or _THOSE.search(item.words):
                of, rest = bases[item.many], item.many
                items.append(item if item.fates else replace(item, group=of))
                continue
        elif behind is not None and behind.left and item.many and item.fates & LOCATED and len(lost) == 2:
            if item.many + (behind.many or 0) in bases:  # 拉回来6个，还剩俩
                rest = item.many + (behind.many or 0)
                of = bases[rest]
        own = item.named and item.group != of
        if own or not rest or (item.many or 0) > rest:
            items.append(item)
            continue
        rest -= item.many or 0
        items.append(replace(item, group=of))
    return items


_THOSE = lazy(r"那|没(?:到|回|见|找|联|出|上)|名单|失[联踪]|[里中]$")


def _counted(fact: str, group: Sequence[Item], base: int) -> _Held | None:
    gone = dead = hurt = 0
    still: int | None = None
    rest: list[Item] = []
    for item in group:
        if _EMPTY.search(item.words) and fact == "trapped":
            if "out" in item.fates and item.many == 1 and gone + 1 == base:
                hurt += "hurt" in item.fates
            gone, still = base, 0
            continue
        if item.others and item.many is None:
            rest.append(item)
            continue
        if (item.left and not item.fates & (LOCATED | {"dead"})) or "still" in item.fates:
            if item.many is None and not (item.every or base - gone == 1):
                return None  # 小吴自己走回来了；实习生仍然没消息: the one who is left
            still = (still or 0) + (item.many if item.many is not None else base - gone)
            continue
        found = "found" in item.fates and _LAID_HANDS_ON.search(item.words) is not None
        if fact == "trapped" and not item.fates & _OUT and not found:
            if "hurt" in item.fates and item.many == 1 and not item.counted:
                hurt += 1  # 三口爬到隔壁了，孩子手划了个口子
            continue  # 通上话了, 能说话: they are still there
        if item.many is None and not item.every and (base != 1 or any(other.many for other in group)):
            if any(other.many for other in group):
                continue  # 扒着了! 最后那个大姐…
            return None
        many = item.many if item.many is not None else base - gone
        if item.every and "最后" in item.words:
            many = base - gone
        gone += many
        told = _DEAD_AND_HURT.search(item.words)
        if told is not None and (both := [int(number.low) for number in numbers(f"{told['a']}个{told['b']}")]):
            if sum(both) == many:
                dead, hurt = dead + both[0], hurt + both[-1]
            continue
        dead += many if item.fates & {"dead", "went"} else 0
        hurt += many if "hurt" in item.fates else 0
    for item in rest:
        if "still" in item.fates:
            still = base - gone
        elif item.fates & (LOCATED if fact == "missing" else _OUT):
            more = base - gone - (still or 0)
            gone += more
            dead += more if "dead" in item.fates else 0
            hurt += more if "hurt" in item.fates else 0
    if not gone and still is None:
        return None
    return _Held(gone, still, dead, hurt, (group[0].span[0], group[-1].span[1]))


_ALSO_LOST = lazy(
    r"另外还(?:有|困|埋|压|卡)|也(?:还)?(?:没|未)(?:[上出下回]来|见|找|到|有)|也(?:在等|困|被困|埋|等)|(?:前面|之前|先前|原来)[^,。;!?\n]{0,6}(?:没算|没报|漏|以为|不知道)|"
    r"(?:又|再|新)(?:有|发现|报|多了?|增加?|添了?)[^,。;!?\n]{0,8}(?:没|未|困|埋|失|不见)"
)


def is_more(item: Item) -> bool:
    """还有1人也没上来，之前以为他调休: one more than were known to be looked for."""
    lost = bool(item.fates & {"still", "out"}) and item.many is not None and not item.sum and item.group in ("", *_LOST)
    return lost and "dead" not in item.fates and _ALSO_LOST.search(item.words) is not None


def more_lost(told: Sequence[Item], known: Mapping[str, Bounds]) -> Iterator[Change]:
    """Those who are missing or trapped too."""
    of = [fact for fact in _LOST if exact(known, fact)]
    more = [item for item in told if is_more(item) and item.group in ("", *of)]
    if len(of) == 1 and more:
        yield Change(
            of[0], sum(item.many or 0 for item in more), None, (more[0].span[0], more[-1].span[1]), claimed=True
        )
