"""Who stands beside what happened, and suffered nothing of it: helpers, families, officials, and numbers told again."""

from __future__ import annotations

from collections.abc import Sequence

from plans.intake.coming import CAME
from plans.intake.groups.mentions import HARMFUL, Mention
from plans.intake.groups.model import FINE, Group, Tree, total
from plans.intake.patterns import lazy

_CAME = lazy(rf"{CAME}$")
"""Before a number: those who came because of it (消防来了10个人, 村里去了五个人)."""
_ILL = lazy(r"病|患|伤|吐|烧(?!纸)|[晕昏]|症|拉|孩子|学生|娃")
_HELP = lazy(
    r"(?:帮忙|帮着|救人|救援|打火|扑火|救火|抢险|抢修|搜救|寻找|找人|抬人|抬|挖人|挖|扒|刨|维持|处置|处理|增援|支援|接应|陪|看热闹|看着"
    r"|围观|拍照|拍视频|录像|守|等|候|疏导|指挥|善后)"
)
_HELPING = lazy(rf"(?:[^,。;!?\n\d]{{0,6}})(?:{_HELP.pattern})")
"""What those do who help or look on (八个人过去帮忙搬)."""
_OFFICE = lazy(
    r"(?:[\u4e00-\u9fa5]{0,3})(?:厂长|校长|村长|镇长|乡长|县长|矿长|园长|局长|院长|支书|书记|主任|领导|班主任|经理|家属|老板|队长|店长|辅导员"
    r"|法人|负责人|安全员)(?:们|本人)?"
)
_ATTENDS = lazy(
    r"(?:[也都就还已正现]|已经|现在|目前|这会儿?|一直|人)*(?:在|去了?|到了?|赶到?了?|赶[去往])(?:了|的)?[^,。;!?\n\d]{0,4}(?:医院|卫生院|急诊|抢救室外|医院里|那边)"
    r"(?:了|里|那边|呢|守着?|陪着?|处理|盯着?|等着?|垫钱|办手续)*$"
)
"""厂长在医院: who is there on behalf of others."""
_AGAIN = lazy(
    r"(?:所以|反正)?(?:也|总共|一共|全部|统共)?(?:就|就是|就这|算|算是|这就|就这么|合着|加起来|现在是|一起)(?:是|有)?$"
)
_NO_MORE = lazy(r"(?:人|吧|了|个|人吧|人了|受?伤的?)*$")


def looks_on(mention: Mention) -> bool:
    """Whether people of whom no harm is told only came because of it: 消防来了10个人, 家属来了三个."""
    if mention.ref.kind != "count" or _ILL.search(mention.tail) or _ILL.search(mention.ref.noun):
        return False
    if _CAME.search(mention.lead) is not None:
        return True
    return _HELPING.match(mention.tail) is not None


_FRAME = 14
_PATIENT = lazy(
    r"[伤病患亡死]|[没未不失缺少差]|救|抢|被|让|倒|抬|捞|接收|接诊|登记|确诊|还|剩|又|另|也|影响|疏散|转移|安置|说|报|共|算"
)
_PARTS_OF = lazy(r"里[头面边]|其中|其[余他它]|剩|余下|别的|另外|都|全")


def are_there(group: Group) -> bool:
    """Whether a clause says of some only that they are there, and what they do: 去了六十个打火的, 俩小年轻动刀."""
    mention = group.mention
    words = mention.lead + mention.tail
    if group.kind != "count" or not group.several or mention.lots or len(words) > _FRAME:
        return False
    if "、" in group.noun:
        return False
    return not (_PATIENT.search(words) or HARMFUL.search(words) or _PATIENT.search(group.noun))


def introduces(text: str, told: Tree, group: Group) -> bool:
    """大巴上坐了37个，划伤5个: whether a clause only says who were there, before anybody's harm is told of."""
    if group.many is None or not are_there(group):
        return False
    at = told.roots.index(group)
    harmed = [root for root in told.roots[at + 1 :] if not root.lots.keys() <= FINE]
    before = [root for root in told.roots[:at] if root.lots]
    if before or not harmed or any(root.kind == "rest" for root in told.roots):
        return False
    counted = total(harmed)
    return counted is not None and counted[1] <= group.many[0] and _PARTS_OF.search(text, group.span[1]) is None


def attends(mention: Mention, others: Sequence[Group]) -> bool:
    """厂长在医院: whether one is there on behalf of others who were told of before, and is none of the treated."""
    ref = mention.ref
    if ref.kind != "one" or mention.lots.keys() != {"care"} or not others:
        return False
    if _OFFICE.fullmatch(ref.noun) is None or _ATTENDS.match(mention.tail) is None:
        return False
    return any(not group.lots.keys() <= FINE for group in others)


def tells_again(mention: Mention, roots: Sequence[Group]) -> bool:
    """就这三个: whether a number alone is that of all who were told of."""
    if mention.lots or mention.ref.noun or not _NO_MORE.fullmatch(mention.tail):
        return False
    if not _AGAIN.fullmatch(mention.lead):
        return False
    harmed = [root for root in roots if root.lots and not root.lots.keys() <= FINE]
    return bool(harmed) and total(harmed) == mention.ref.many
