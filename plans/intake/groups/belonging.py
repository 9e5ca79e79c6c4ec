"""Whether people told of by a number are some of those told of before, all of them, or others beside them."""

from __future__ import annotations

from typing import Literal

from plans.intake.groups.mentions import Mention
from plans.intake.groups.model import FINE, HARMED, HELD, Group, Tree, spread, total
from plans.intake.groups.refs import Many
from plans.intake.patterns import lazy
from plans.intake.sorts import are_of_other_sorts

_BARE = lazy(r"(?:有|就|那|这|也|现在|目前|结果|后来|最后|先)*")
_MOVED = lazy(r"[^,。;!?\n\d]{0,5}?(?:[抬捞救拉拽背扒刨挖送接弄抱搜][出上下回]?[来去]?|走)(?:了|的)?")
_FORMAL = lazy(r"\d(?:人|名|例)")
UNIT = lazy(
    r"(?:[班组队村家车厂栋楼层桌科镇乡院校所户船场站店室区厅排组]|医院|大队|中队|车间|年级|寝室|宿舍|路|边|头|座|线|口|社|街道|单位|部门)(?:的|有|那边|这边)*$"
)
_IN_UNIT = lazy(
    r"(?:[班组队村家车厂栋楼层镇乡院校所船场站店室区路边头座线口舱井洞孔屋堂馆园棚寨矿]|车间|宿舍|[^,。;困埋失仍还其中已出剩余救]{2,6}(?=:))(?:的|有|那边|这边|里|上|下|还|被?困|失[联踪]|埋|压|关|了|着|:)*$"
)
"""Before a number: those of one unit, and what befell them."""
_NEXT = lazy(r"第[二三四五六七八九十2-9]|另一?[个辆台艘条户家]")
"""Before people: they are of another car than those before."""
_LIGHT = lazy(r"轻伤|轻微伤|伤势较轻|(?<=\d)轻|擦[破伤]|[划崴]了?[脚手口]|磕破|皮外|[崴扭]了")
_SUCH = lazy(
    r"(?:[其当]中)?(?:住院|骨折|骨裂|断[手腿胳脚]\w{0,2}|重伤?|[较最偏]重|危重|病危|昏迷|开颅|要手术|需手术|手术|缝针|颅脑|留观|输液|吸氧|[手腿脚腰胳膊肋骨]{1,2}(?:断|折|骨折)了?)的(?:有|是|就|才)?"
)
"""Before people, who are some of those hurt before."""
_ANYBODY = lazy(r"人$|人员|[乘游旅顾]客|[学师]生|群众|[村居]民|员$|孩|伤|患|病|、")
_TREATED = lazy(
    r"[没未](?:能)?(?:抢救|救|挺|缓|醒|抢|保)|抢救无效|不治|(?:送|抬|拉|到|扒|刨|挖|救|捞)[^,。]{0,6}(?:死|没|断气|不行|走了)"
)
"""Who dies so was among those brought in before."""

_FRAME = lazy(r"当班|入井|下井|在岗|应到|上岗|在册|核载|全(?:班|矿|车|厂)|[一总]共")
_INSIDE = lazy(r"还没|仍|尚|没(?:能)?(?:出|上|下|升)")
_OF_WHOM = lazy(r"[^,。;!?\n\d、]{2,5}的$")
_NOUN = 4
"""Characters behind a number in which it may stand whom it counts."""


def who(mention: Mention, noun: str) -> str:
    """The words that tell who is counted: 学生 of 3个学生, 看热闹的 of 看热闹的3个, 过路的 of 3个过路的."""
    before = _OF_WHOM.search(mention.lead)
    return noun or (before[0] if before else mention.tail[:_NOUN])


def _goes_on_listing(group: Group, mention: Mention) -> bool:
    """15个民工，其中2个擦伤，一个病危: what follows some of them, is told of others of them, and of none of these."""
    lots = mention.lots
    if "dead" in group.lots or lots.keys() <= FINE | {"care"} or lots.keys() & group.lots.keys() & HELD:
        return False
    if group.lots.keys() <= HELD or _LIGHT.search(group.mention.tail):
        return True
    return "grave" in lots and not _FORMAL.search(mention.counted)


def is_parallel(told: Tree, group: Group, mention: Mention, many: Many) -> bool:
    """5个醒了2个还昏着: a part beside the part before, and none of it."""
    outer = group.parent
    if group is not told.last or outer is None or not group.lots:
        return False
    if group.marked and not _goes_on_listing(group, mention):
        return False
    left = outer.remaining()
    if (
        left is None
        or left[1] < many[0]
        or not _BARE.fullmatch(mention.lead)
        or not (group.marked or _BARE.fullmatch(group.mention.lead))
    ):
        return False
    alike = HARMED & group.lots.keys() and HARMED & mention.lots.keys() and "dead" not in mention.lots
    if alike and left != many:
        told.gaps.add("among")
    return True


def is_all(told: Tree, mention: Mention, many: Many) -> bool:
    """三个都送医院了: as many as were told of so far, or as those last partitioned."""
    if many[1] < 2 or not told.roots or not mention.lots:
        return False
    chain = told.chain()
    for group in chain:
        if group.many == many and group.parts:
            spread(group, mention.lots)
            return True
        last = group.parts[-many[0] :]
        if len(last) == many[0] and all(part.many == (1, 1) and part.lots for part in last):
            for part in last:
                spread(part, mention.lots)  # 司机烧了手，有个孕妇呛了烟，俩人在医院
            return True
    for count in range(1, len(told.roots) + 1):
        groups = told.roots[-count:]
        if count > 1 and total(groups) == many:
            for group in groups:
                spread(group, mention.lots)
            return True
    if len(told.roots) == 1 and told.roots[0].many == many and not told.roots[0].parts:
        told.roots[0].lots = told.roots[0].lots | mention.lots
        return True
    return False


def belongs(group: Group, mention: Mention, *, more: bool) -> Literal["yes", "no", "unsure"]:
    """Whether people told of by a number are some of a group."""
    if are_of_other_sorts(who(group.mention, group.noun), who(mention, mention.ref.noun)):
        return "no"
    ref = mention.ref
    many, lots = ref.many or (0, 0), mention.lots
    left = group.remaining() or (0, 0)
    bare = _BARE.fullmatch(mention.lead) is not None or _MOVED.fullmatch(mention.lead) is not None
    closing = bool(group.parts) and many[0] == left[0] == left[1]
    other = _NEXT.search(mention.lead)
    if (more and not closing) or (other and other[0] not in group.mention.lead):
        return "no"
    if not group.lots:
        unit = UNIT.search(mention.lead) is not None and not bare
        return "no" if unit or (not lots and not bare and not closing) else "yes"
    if group.lots.keys() <= HELD | {"out"}:
        if not lots and _FRAME.search(mention.lead):
            return "no"  # 52个还没出来。当班12人
        if "out" in lots and _INSIDE.search(group.mention.lead + group.mention.tail):
            return "no"  # 52个还没出来, 升井3人
        if UNIT.search(mention.lead) and group.mention.sentence != mention.sentence and lots.keys() & {"dead", "hurt"}:
            return "no"  # 老两口被困。装配车间死亡1人
        units = _IN_UNIT.search(mention.lead) and _IN_UNIT.search(group.mention.lead)
        return "no" if units and lots.keys() & group.lots.keys() & HELD else "yes"  # 前车被困8人，3号车被困4人
    if "dead" in group.lots:
        return "yes" if not lots and bare and not ref.noun else "no"
    if group.lots.keys() <= FINE:
        return "no"
    if (
        "dead" in lots
        and (many == group.many or _LIGHT.search(group.mention.tail))
        and not mention.lead
        and mention.tail[:1] not in tuple("都全均")
    ):
        return "no"  # 两个重伤，两个遇难
    if "dead" in lots:
        treated = _TREATED.search(mention.tail) is not None
        if not bare or (
            _FORMAL.search(mention.counted) and (not treated or "伤" in group.mention.lead + group.mention.tail)
        ):
            return "no"
        group.tentative = group.marked or not (treated or mention.lead.endswith("有"))
        return "yes"
    if _LIGHT.search(group.mention.lead + group.mention.counted + group.mention.tail) and not lots.keys() <= FINE:
        return "no"  # 轻伤11个 重伤2个
    if "grave" in lots or (closing and more):
        return "yes"
    if _SUCH.fullmatch(mention.lead) and not _SUCH.fullmatch(group.mention.lead):
        return "yes"  # 一共伤了十七个，骨折的有4个
    if group.noun and ref.noun and not _ANYBODY.search(group.noun) and ref.noun[-1] != group.noun[-1]:
        return "yes" if closing else "no"  # 五个老人脸磕了，一个小伙子脚压了
    if ref.noun and ref.noun not in group.noun and not closing:
        return "unsure" if bare and not lots.keys() <= FINE else "no"
    if lots.keys() <= FINE:
        return "yes" if bare else "no"
    return "yes" if bare and not more else "no"
