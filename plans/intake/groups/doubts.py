"""What makes it doubtful that groups were understood: totals that fit no parts, grades, one who may be several."""

from __future__ import annotations

from collections.abc import Sequence

from plans.intake.groups.model import FINE, HARMED, HELD, Group, Tree, total
from plans.intake.groups.units import are_apart
from plans.intake.patterns import lazy
from plans.intake.persons import names_a_part
from plans.intake.sorts import are_of_other_sorts
from plans.intake.words import FOLK

_SEVERAL = lazy(rf"(?:{FOLK})")
_ONE_OF = lazy(r"(?:[一1]?[个名位]|那|这|的)$")
_BREATHES = lazy(r"还有[点口丝]?气")
_NOT_OUT = lazy(r"没能?[跑逃救]?出来")
_TOTAL = lazy(r"(?:事故|现场|目前|现在)?(?:一共|总共|拢共|统共|共计|合计|总计|共)(?:有|是)?")
_PLAIN_HURT = lazy(r"(?:受?伤了?(?:者|员)?(?:人数)?[:为]?|\d{1,4}(?:人|名|个)?受?伤)")
_ANNOUNCES = lazy(r"[^,。;]{0,2}[:(]")
_UNIT = lazy(
    r"[一二三四五六七八九十\d东西南北甲乙丙a-zA-Z前后左右大小中高初][^,。;]{0,3}"
    r"(?:[区院班级楼队组村镇乡厂站店车船门边头房室栋中小]|车间|年级|宿舍)"
)
_OF_BOTH = lazy(r"死[^,。;\d后]{0,3}伤|伤[^,。;\d后]{0,3}[死亡]")
_HARMS: frozenset[str] = HARMED | {"dead"} | HELD


def doubts(text: str, told: Tree) -> set[str]:
    """What is doubtful in the groups of a text."""
    gaps: set[str] = set()
    everybody = told.everybody()
    dead = any("dead" in group.lots for group in everybody)
    if dead and not any(group.parts for group in told.roots):
        if any(
            "held" in group.lots and "dead" not in group.lots and _NOT_OUT.search(text, *group.span)
            for group in everybody
        ):
            gaps.add("held")  # 值班的老头没跑出来，确认死亡一人
    if told.illness and any(root.several and root.lots.keys() <= FINE for root in told.roots):
        gaps.add("who")  # 甲流，三班请假9人
    harmed = [group for group in everybody if group.lots or group.kind != "one"]
    if len(harmed) == 1:
        gaps |= _of_one(text, harmed[0])
    for at, root in enumerate(told.roots):
        after = told.roots[at + 1 :]
        if not root.several or root.many is None:
            continue
        if _TOTAL.fullmatch(root.mention.lead) and not root.lots and root.parts and root.remaining() != (0, 0):
            gaps.add("total")  # 共6人，死1伤4
        if _are_parts(text, root, after):
            gaps.add("total")
        if "ill" in root.lots and any(_in_hospital(text, other) and _within(other, root) for other in after):
            gaps.add("among")  # 发病9个，住院4个
        if any(part.marked and part.lots and root.lots.keys() <= HELD for part in root.parts) and root.lots:
            gaps.add("sort")  # 失联9例 里头有1人病危
        grave = sum(part.many[0] for part in root.parts if part.many and "grave" in part.lots)
        gone = sum(other.many[0] for other in after if other.many and "dead" in other.lots)
        if grave and gone and grave + gone == root.many[0]:
            gaps.add("among")  # 14人受伤，9人重伤5人死
    if any(group.several and _OF_BOTH.search(group.mention.lead) for group in everybody):
        gaps.add("sort")  # 撞死撞伤20余人
    for beside in (told.roots, *(group.parts for group in everybody)):
        if any(_sum_up(group, beside[at + 1 :]) for at, group in enumerate(beside)):
            gaps.add("total")  # 难受的只有9个，吐得厉害2个，7个躺在教室
    singles = [root for root in told.roots if root.kind == "one" and root.lots.keys() & HARMED]
    if singles and any(_says_how_many(text, root, len(singles)) for root in told.roots):
        gaps.add("total")  # 就老潘闪了腰，伤1个
    graves = [root for root in told.roots if "grave" in root.lots]
    for root in told.roots:
        plainly = "grave" not in root.lots and "hurt" in root.lots and _PLAIN_HURT.search(text, *root.span)
        if plainly and "轻" not in text[slice(*root.span)]:
            if any((grave.many or (0, 0))[0] < (root.many or (0, 0))[0] for grave in graves):
                gaps.add("grade")  # 重伤2名。伤7名
        if "lost" in root.lots and HARMED & root.lots.keys():
            gaps.add("sort")
    return gaps


_HURT_SO_MANY = lazy(r"(?:受?伤|轻伤)了?(?:\d{1,2}|[一两三四五六七八九十])[个人名]?")


def _says_how_many(text: str, group: Group, many: int) -> bool:
    """Whether a bare figure behind single persons may be the number of just those."""
    bare = group.kind != "one" and group.many == (many, many)
    return bare and _HURT_SO_MANY.fullmatch(text, *group.span) is not None


def _in_hospital(text: str, group: Group) -> bool:
    return group.lots.keys() == {"care"} and "院" in text[slice(*group.span)]


def _within(some: Group, whole: Group) -> bool:
    return bool(some.many and whole.many and some.many[1] <= whole.many[0])


def _are_apart(one: Group, other: Group) -> bool:
    """Whether two groups are of other units or sorts: 三个大爷, 两个路人."""
    if are_apart(one.unit, other.unit):
        return True
    return bool(one.noun and other.noun) and are_of_other_sorts(one.noun, other.noun)


def _are_parts(text: str, whole: Group, after: Sequence[Group]) -> bool:
    """遇难10人：一中遇难1；二中遇难8: what stands behind may be parts of those before, though it is not said."""
    after = [root for root in after if not _are_apart(whole, root)]
    listed = [root for root in after if not root.parts and root.many]
    if len(listed) > 1 and total(listed) == whole.many:
        return True  # 顶了四个人，卖菜的、遛狗的、还有俩放学的
    alike = [root for root in after if root.lots.keys() & whole.lots.keys() & _HARMS and root.many]
    if not alike or whole.many is None:
        return False
    if _ANNOUNCES.match(text, whole.mention.ref.end):
        return True
    if _UNIT.search(whole.mention.lead) and all(_UNIT.search(root.mention.lead) for root in alike[:1]):
        return False  # 一病区阳6，二病区阳2，门卫阳1
    return len(alike) > 1 and sum(root.many[0] for root in alike if root.many) <= whole.many[0]


def _sum_up(whole: Group, after: Sequence[Group]) -> bool:
    """Whether those who are told of right behind come to the number of those before."""
    if not whole.several or whole.many is None or whole.parts or not whole.lots.keys() & HARMED:
        return False
    left, seen = whole.many[0], 0
    for other in after:
        if other.many and other.lots.keys() & HARMED and not _are_apart(whole, other):
            left, seen = left - other.many[0], seen + 1
        if left <= 0:
            break
    return left == 0 and seen > 1


def _of_one(text: str, only: Group) -> set[str]:
    """保安受伤了 may be told of several; 还有气 of somebody hurt or dying."""
    gaps = set[str]()
    if only.kind == "one" and _SEVERAL.fullmatch(only.noun) and not names_a_part(text, only.span):
        if not _ONE_OF.search(text, 0, text.find(only.noun, *only.span)):
            gaps.add("folk")
    if only.lots.keys() == {"care"} and _BREATHES.search(text, *only.span):
        gaps.add("sort")
    return gaps
