"""People told of by a number: a part of those before, all of them, or others beside them."""

from __future__ import annotations

from plans.intake.groups.belonging import UNIT, belongs, is_all, is_parallel
from plans.intake.groups.each import is_each, times
from plans.intake.groups.mentions import Mention
from plans.intake.groups.model import AMONG, FINE, HARMED, HELD, INSIDE, MORE, Group, Tree, total
from plans.intake.groups.refs import Many, Ref
from plans.intake.patterns import lazy

_TOTAL = lazy(
    r"(?:一共|总共|拢共|统共|共计|合计|总计|加起来|共|总计|满打满算|全部|[共总]数)(?:是|有|就)?[^,。;!?\n\d]{0,4}$"
)
_ALL = lazy(r"^(?:人|的|[^,。;!?\n]{0,2})?(?:都|全|均|个个|一起|双双|无一)")
_OF_THOSE = lazy(r"(?:人|伤员|伤者|病人|孩子|学生)?(?:里[头边面]?|当中|之中|中间?)(?:的|还?有)?$")
_THOSE = lazy(r"(?:^|[也还])那$")
_CORRECTED = lazy(r"(?:错了|不对|说错|更正|纠正|不是)[^,。\d]{0,4}是$|^(?:应该|其实|改|改为|准确说)?是$")
_INTENSIVE = lazy(r"手术|ICU|重|抢救|监护")
_ALSO = lazy(r"(?<![一])也(?!不|没有人)")
_EXCEPT = lazy(r"除$")
_LAST = lazy(r"最后(?:那|这|的)?$")
_THEY = lazy(
    r"[他她它咱我俺][们]?$|(?<![就])这$|那$|(?:^|[那第的])[头前后末]$|[加连带](?:上)?[^,。\d]{0,4}$|(?:算上|包括|连同)[^,。\d]{0,6}$"
)
_ADDED = lazy(r"(?:再|另外)?(?:外加|加上|连带)")
_SAME_ONE = lazy(r"[就只](?:[有是没])?[他她我]$")
_INTRODUCES = lazy(r"那$|[加连带](?:上)?[^,。\d]{0,4}$|(?:算上|包括|连同)[^,。\d]{0,6}$")
"""The number stands for all, of whom nobody was told before: 连司机38人."""
_THOSE_OUT = lazy(r"(?:[捞救挖扒刨抬拉跑逃爬][出上下]?来?|出来|上来|下来|获救|升井|上岸)的")
_NAMED_UNIT = lazy(r"[\u4e00-\u9fa5]{1,3}(?:医院|卫生院|诊所|[一二三]院|村|班|车间|小学|中学)")
_PREDICATE = lazy(
    r"(?!是|为|的|在|[叫姓]|分别|来自|属|系|[^,。]{0,6}(?:的|级|班|岁)$|[那这里上下]|人$|左右$|多$)[^,。;]{2,}"
)
"""Behind the number of a part: something befell them that is not known."""
_BRIEF = 7
_PLUS = lazy(r"^(?:再|另外|外)?加上?(?![^,。]{0,2}[他她我自])")
_PASSED = lazy(
    r"^(?:人|在?路上|后来|昨[晚天夜]|今[早天]|刚[才刚]?|夜里|凌晨|早上|下午|已经?|也|就|半小时|前|后)*(?:走了|走的)$"
)


def take_count(told: Tree, mention: Mention) -> None:
    """Take in people told of by a number."""
    ref = mention.ref
    if ref.many is None:
        return
    if mention.lots and is_each(mention.lead):
        ref = _of_all(told, mention, ref)
    many, lots = ref.many or (0, 0), mention.lots
    more = MORE.search(mention.lead) is not None or _PLUS.match(mention.lead) is not None
    marked = AMONG.search(mention.lead) is not None
    if marked and INSIDE.search(mention.lead) and not any(root.several for root in told.roots):
        marked = False  # 电梯困人，里头7个
    every = _ALL.match(mention.tail) is not None
    if told.within is not None and told.within is told.last:
        told.add(mention, told.within).marked = True
        return
    before = told.last
    if mention.headed and before is not None and before.mention.headed and before.parent is None:
        told.add(mention, None)  # 受伤：幼儿9，老师2
        return
    also = _ALSO.search(mention.lead + mention.counted + mention.tail) is not None
    if also and lots and not told.has(lots):
        told.gaps.add("also")
    if also and lots and not marked and ref.noun and told.has(lots) and told.roots:
        if not any(ref.noun in group.noun for group in told.everybody()):
            told.add(mention, None)  # 学生吐了20个，老师也吐了2个
            return
    if "、" in ref.noun and any(_is_named(told, noun) for noun in ref.noun.split("、")):
        told.gaps.add("these")  # 小伙下去拉也晕了，小伙和一个大妈拉上来了
    if _EXCEPT.search(mention.lead):
        told.gaps.add("except")
    if not marked and not more and (every or _TOTAL.search(mention.lead) or lots.keys() <= (FINE | {"care"})):
        if is_all(told, mention, many):
            return
        told_of = total([root for root in told.roots if root.lots])
        if every and not mention.lead and not ref.noun and told_of and 0 < told_of[0] < many[0]:
            told.gaps.add("these")
    if _TOTAL.search(mention.lead) and any(root.lots for root in told.roots):
        if total([root for root in told.roots if root.lots]) == many and not lots:
            return
        told.gaps.add("total")
    if _OF_THOSE.match(mention.tail):
        anchor = next((group for group in reversed(told.everybody()) if group.many == many), None)
        if anchor is not None:
            told.last, told.lost, told.within = anchor, False, anchor
            if lots:
                told.gaps.add("these")
            return
        told.within = told.add(mention, None)
        return
    if _THOSE.search(mention.lead):
        frame = next((group for group in told.chain() if group.parts and group.remaining() == many), None)
        if frame is not None:
            told.add(mention, frame)
            return
    if _CORRECTED.search(mention.lead) and not lots and not mention.tail and told.last is not None:
        told.last.many = many
        told.corrected = True
        return
    if not lots and UNIT.search(mention.lead) and told.last is not None and told.last.parent is None:
        before = told.last
        same = before.mention.sentence == mention.sentence and not more
        if same and before.lots and before.kind == "count" and UNIT.search(before.mention.lead) and not before.parts:
            mention.lots = lots = dict(before.lots)  # 七年级发烧9人，八年级6人
    if _ADDED.fullmatch(mention.lead) and lots and ref.noun and told.roots and "都" not in mention.tail[:2]:
        told.add(mention, None)  # 司机没了，加上三个民工受伤
        return
    if _THEY.search(mention.lead) and (told.roots or not _INTRODUCES.search(mention.lead)):
        if _SAME_ONE.search(mention.lead) and many == (1, 1) and not lots and told.last is not None:
            return  # 就他一个
        if not is_all(told, mention, many):
            told.gaps.add("these")
        return
    if _LAST.search(mention.lead) and many == (1, 1):
        frame = next((group for group in told.chain() if group.parts and group.remaining() == many), None)
        if frame is None:
            told.gaps.add("these")
        told.add(mention, frame)
        return
    if "、" in mention.lead and not _TOTAL.search(mention.lead) and told.last is not None and told.last.several:
        told.gaps.add("total")  # 顶了四个人，卖菜的、遛狗的、还有俩放学的
    if _again_told(told, mention):
        told.gaps.add("among")
    if "out" in lots and not more and not marked:
        _join_held(told, many)
    for group in told.chain():
        left = group.remaining()
        if left is None or left[1] < many[1] or not group.several or told.of_other_unit(mention, group):
            continue
        if not marked and is_parallel(told, group, mention, many):
            continue
        if group.parent is not None and not group.lots and not group.parts and group.many == many and not every:
            continue  # 两个三年级的两个五年级的
        if marked and many[0] <= left[1]:
            if lots and lots.keys() <= group.lots.keys() and "其中" not in mention.lead:
                told.gaps.add("among")  # 外面5人受伤，里面3人受伤
            part = told.add(mention, group)
            part.marked = True
            if not lots and group.lots.keys() & HARMED:
                if _PASSED.match(mention.tail):
                    part.lots = {"dead": mention.piece.span[0]}  # 烧伤4个人，其中一个昨晚走了
                elif len(mention.tail) < _BRIEF and _PREDICATE.match(mention.tail):
                    told.gaps.add("lot")
            return
        membership = belongs(group, mention, more=more)
        if membership == "unsure":
            told.gaps.add("among")
        if membership == "yes":
            if not lots and (_PREDICATE.match(mention.tail) or (group.lots.keys() & HELD and mention.tail)):
                told.gaps.add("lot")
            if lots.keys() == {"care"} and left != many and not more and not UNIT.search(mention.lead):
                if any({"ill", "hurt"} & part.lots.keys() for part in group.parts):
                    told.gaps.add("among")  # 入住142：呕吐19，送医5
            told.add(mention, group)
            return
    if marked:
        told.gaps.add("part")
    elif (
        lots
        and lots.keys() <= {"care", "grave"}
        and not more
        and (not UNIT.search(mention.lead) or _INTENSIVE.search(mention.tail))
    ):
        moved = mention.tail.startswith("转")  # 3人受伤，5人转市医院
        if any(root.lots.keys() & HARMED and (moved or (root.many or many)[1] >= many[0]) for root in told.roots):
            told.gaps.add("among")
    told.add(mention, None)


def _again_told(told: Tree, mention: Mention) -> bool:
    """送县医院十五个…，县医院两个进手术室; 捞出来9个，…，捞出来的有一个磕了头: of people counted before."""
    if _THOSE_OUT.match(mention.lead) and any("out" in root.lots for root in told.roots):
        return True
    unit, counted = _NAMED_UNIT.search(mention.lead), (group for group in told.everybody() if group.several)
    return unit is not None and any(unit[0] in group.mention.lead for group in counted)


def _of_all(told: Tree, mention: Mention, ref: Ref) -> Ref:
    """两辆车上各死了一个: a number of each as that of all of them."""
    low, high = ref.many or (0, 0)
    units = times(mention.lead)
    if units is None or low != high:
        told.of_each.extend((lot, low) for lot in mention.lots)
        return ref
    told.singles.add(low)
    told.wholes.add(low * units)
    ref = ref._replace(many=(low * units, high * units))
    mention.piece = mention.piece._replace(ref=ref)
    return ref


def _is_named(told: Tree, noun: str) -> bool:
    """Whether one was told of by a noun."""
    return bool(noun) and any(group.many == (1, 1) and group.noun.endswith(noun) for group in told.everybody())


def _join_held(told: Tree, many: Many) -> None:
    """先埋2个又埋2个，刨出3个: those brought out may be of any of the groups that were held."""
    held: list[Group] = []
    for root in reversed(told.roots):
        if root.parts or not root.lots or not root.lots.keys() <= HELD or root.many is None:
            break
        held.insert(0, root)
    together = total(held)
    if len(held) > 1 and together is not None and held[-1].many and held[-1].many[1] < many[1] <= together[1]:
        held[0].many = together
        for other in held[1:]:
            told.roots.remove(other)
        told.last = held[0]
