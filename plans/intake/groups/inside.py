"""Those who are still where others were brought out of: 索道上17个人，放下来12个，上面还有5个."""

from __future__ import annotations

from plans.intake.groups.model import FINE, HARMED, HELD, Group, Tree
from plans.intake.patterns import lazy
from plans.intake.person_words import Lot

_DEVICE = lazy(r"电梯|轿厢|[\d一二三四五六七八九]号梯|索道|缆车|吊厢|吊椅|吊篮|摩天轮|过山车|大摆锤|跳楼机|海盗船|飞椅")
"""What people hang or sit in when it stops."""
_MINE = lazy(r"矿|井下|巷道")
_OUT_OF = lazy(r"[甩摔掉跑]|[出下]来|的$")
_STOPPED = lazy(r"困|(?<!没)停|卡|断电|跳[电闸]|没电|故障|坏|不动|挂|悬|夹层|急停|失灵")
_IN_IT = lazy(r"[里上内头面中]|厢|舱|笼|梯|座|挂|[坐载关装]|人$")
_REMAIN = lazy(r"还|剩|仍|[里上下][面头边]|没")
_STAYS = lazy(r"^(?:都|也|还|仍|正|人)*(?:在(?!找|搜|捞|医院)|等|困|没)")
_MISSED = lazy(r"[差缺少]")
_HELD: tuple[tuple[Lot, str], ...] = (("held", "trapped"), ("lost", "missing"))
_FREED = FINE | {"care"}


def left_inside(text: str, told: Tree) -> None:
    """Give those who stay behind, of whom no other word tells, what befell them."""
    if any("dead" in group.lots for group in told.everybody()):
        return
    below = _MINE.search(text) is not None
    stuck = _DEVICE.search(text) is not None and _STOPPED.search(text) is not None
    for root in told.roots:
        if root.kind != "count" or not root.lots.keys() <= {"held"}:
            continue
        freed = [part for part in root.parts if "out" in part.lots and part.lots.keys() <= _FREED]
        bare = [part for part in root.parts if not part.lots and part.kind != "one"]
        if (
            freed
            and len(bare) == 1
            and (lot := _lot_of(bare[0]))
            and not (below and lot == "lost")
            and root.remaining() == (0, 0)
        ):
            bare[0].lots = {lot: bare[0].span[0]}
        elif (
            stuck
            and not root.lots
            and not bare
            and len(freed) == len(root.parts)
            and _IN_IT.search(root.mention.lead)
            and not _OUT_OF.search(root.mention.lead)
        ):
            root.lots = {"held": root.span[0]}


_ONLY_THERE = lazy(r"^[^,。;!?\n还仍困埋压卡堵出]*$")


def only_there(told: Tree) -> None:
    """父子俩在里面，父亲没了，儿子烫了手: where all of them are told of, that they were inside befell none of them."""
    for root in told.roots:
        if root.lots.keys() == {"held"} and root.parts and root.remaining() == (0, 0):
            words = root.mention.lead + root.mention.tail
            if all(part.lots for part in root.parts) and _ONLY_THERE.match(words):
                root.lots = {}


def whole_told(told: Tree) -> set[int]:
    """六个人，两个没找着四个没伤着: the numbers, where all of one group are told of in parts, and nobody else is."""
    frames = [root for root in told.roots if root.lots or root.parts]
    if len(frames) != 1 or (frame := frames[0]).lots or not frame.several or frame.remaining() != (0, 0):
        return set()
    plain = all(part.lots.keys() - {"care"} and not part.parts and part.many for part in frame.parts)
    if len(frame.parts) < 2 or not plain:
        return set()
    return {many[1] for many in (frame.many, *(part.many for part in frame.parts)) if many}


def _lot_of(left: Group) -> Lot | None:
    """Whether they are known to be there (还有5个) or are only missed (还差5个)."""
    words = left.mention.lead + left.mention.counted
    if left.kind == "rest":
        return "held" if _STAYS.search(left.mention.tail) or words.startswith("还剩") else None
    if _MISSED.search(words):
        return "lost"
    return "held" if _REMAIN.search(words + left.mention.tail) else None


def of_parts(told: Tree) -> dict[str, set[int]]:
    """砸了6个工人，手断的有2个: numbers of some of those hurt or ill, which are not how many they are."""
    found: dict[str, set[int]] = {}
    for group in told.everybody():
        if group.many is None or "dead" in group.lots:
            continue
        for lot, fact in (("hurt", "injuries"), ("ill", "ill")):
            if lot in group.lots:
                numbers = {part.many[1] for part in group.parts if part.many and part.lots.keys() & HARMED}
                found.setdefault(fact, set()).update(numbers - {group.many[1]})
    return found


def _remains(part: Group) -> bool:
    """3人还困着: they are no other ones (前车被困8人，3号车被困4人)."""
    return (
        part.kind == "rest" or _REMAIN.search(part.mention.lead + part.mention.counted + part.mention.tail) is not None
    )


def counted_out(group: Group) -> list[Group]:
    """Those of a group who are told by their number to be out (困了9个，出来4个)."""
    return [part for part in group.parts if part.kind == "count" and "out" in part.lots]


def some_are_out(told: Tree) -> set[str]:
    """For those trapped and missing: whether so many are told to be out as leave others there."""
    return {
        fact
        for group in told.everybody()
        for lot, fact in _HELD
        if lot in group.lots and counted_out(group) and (group.remaining() or (0, 0))[0] > 0
    }


def at_first(told: Tree) -> dict[str, int]:
    """For those trapped, missing and hurt: how many there were, where it is told who of them is so still.

    被困5人，救出3人 alone does not say that the figure of those who are trapped is another one.
    """
    found: dict[str, int] = {}
    for group in told.everybody():
        if group.many is None:
            continue
        if not group.parts:
            if group.several and "lost" in group.lots and group.lots.get("out", -1) > group.lots["lost"]:
                found["missing"] = group.many[1]  # 失联5人，都上岸了
            continue
        if "hurt" in group.lots and any("dead" in part.lots for part in group.parts):
            found["injuries"] = group.many[1]
        for lot, fact in (("dead", "deaths"), ("hurt", "injuries")):
            if not HELD.isdisjoint(group.lots) and lot not in group.lots:
                if any(lot in part.lots and part in counted_out(group) for part in group.parts):
                    found[fact] = group.many[1]  # 困了9个，出来4个，轻伤
        all_out = "out" in group.lots or any("out" in part.lots and part.many == group.many for part in group.parts)
        for lot, fact in _HELD:
            gone = any(part.lots.keys() - {lot} for part in group.parts)
            still = any(
                (lot in part.lots and (gone or _remains(part))) or (part.kind == "rest" and not part.lots)
                for part in group.parts
            )
            others = "out" in set().union(*(part.lots for part in group.parts))
            if (lot in group.lots and (still or all_out)) or (not group.lots and still and others):
                found[fact] = group.many[1]
    return found
