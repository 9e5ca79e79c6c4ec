"""Whether a text tells of people one after another, of each in a clause of his own: such a text is read for certain.

司机没事，带队老师腿断了，两名工人还压在底下: who stands first in each clause, and what befell him behind him. Two
readings that differ on such a text do not weigh the same: that of groups is right.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from plans.intake.groups.belonging import who
from plans.intake.groups.mentions import Mention
from plans.intake.groups.model import FINE, Group, Tree
from plans.intake.groups.units import are_apart, unit_in
from plans.intake.patterns import lazy
from plans.intake.sorts import are_of_other_sorts

_LEAD = lazy(
    r"(?:(?:抬|救|拉|挖|扒|刨|捞|送)[出上下]来了?|还有|另有|又有|有|还|另外?|外加|加上|而|其中|目前|现在|[车船机][上里]|里[面头]|[一总]共|共|一对|[我俺咱他她]|跟车|随[车船]|店|保洁|带队)*"
)
"""What may stand before people who begin a clause, beside the unit in which they are."""
_UNIT = lazy(r"[\u4e00-\u9fa5a-zA-Z\d]{2,7}(?:那边|那|[上里]面?|有|还|:|:有)*")
DOES = lazy(
    r"(?:[也都还就正已]|已经|正在|在)*(?:报的?了?警|打(?:的|了)?(?:110|119|120|电话)|帮|扶|守|等|看着?|清点|喊|拍|找人|救人|维持|"
    r"旁边|现场|路边|边上|一旁|陪|吓|发抖|哭|配合|赶|接|做笔录|回家|抢险|指挥)[^,。;!?\n\d]{0,8}"
)
"""What they do of whom it is told in passing."""
_OF_WHOM = lazy(r"(?:[还另]有|另外)?[\u4e00-\u9fa5]{2,5}的")
_DOCTOR = lazy(r"大夫|医生|护士|法医|民警|警察|消防")
_SAYS = lazy(r"说|讲|看|宣[布告]|确认|来")
_TAIL = 12


def told_plainly(text: str, told: Tree, mentions: Sequence[Mention]) -> bool:
    """Whether each clause tells of people of its own; those told of twice may be the same."""
    seen = False
    for mention in mentions:
        if mention.piece.ref is None:
            if seen:
                return False
            continue
        frame, seen = not seen, True
        first = mention.first or text[mention.piece.span[0] - 1] in "、:"
        if mention.lots and _DOCTOR.search(mention.ref.noun) and _SAYS.search(mention.tail):
            return False  # 大夫来看说没了
        if not first or len(mention.tail) > _TAIL or not _begins(mention):
            return False
        if not mention.lots and not DOES.fullmatch(mention.tail) and (mention.tail.strip(":") or not frame):
            return False
    harmed = [root for root in told.roots if not root.lots.keys() <= FINE]
    if not harmed and all(group.lots.keys() <= FINE for group in told.everybody()):
        return False
    if any(_nested(root) for root in told.roots):
        return False
    return len(told.everybody()) > _PAIR and all(
        _are_others(one, other) for one, other in combinations(harmed[:_FEW], 2)
    )


_FEW = 6
_PAIR = 1


def _begins(mention: Mention) -> bool:
    """Whether nothing but a unit stands before them."""
    if _LEAD.fullmatch(mention.lead) or _OF_WHOM.fullmatch(mention.lead):
        return True
    return unit_in(mention.lead) is not None and _UNIT.fullmatch(mention.lead) is not None


def _nested(root: Group) -> bool:
    """Whether it was inferred of some that they are a part of others of whom something was told."""
    return any(not root.lots.keys() <= {"out"} or bool(part.parts) for part in root.parts)


def _are_others(one: Group, other: Group) -> bool:
    """Whether two groups are not told of the same people."""
    if are_apart(one.unit, other.unit):
        return True
    if are_of_other_sorts(who(one.mention, one.noun), who(other.mention, other.noun)):
        return True
    if one.unit is not None and one.unit == other.unit and one.kind == "one" and other.kind == "count":
        return one.noun[-2:] not in other.noun  # 后车司机没了，车上4个人失联
    first, second = _noun(one), _noun(other)
    return bool(first and second) and set(first).isdisjoint(second)


def _noun(group: Group) -> str:
    """Who they are: 学生, or 围观的 of 围观的3个."""
    before = _OF_WHOM.fullmatch(group.mention.lead)
    return group.noun or (before[0] if before else "")
