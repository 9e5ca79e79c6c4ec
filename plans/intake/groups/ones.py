"""One person told of by a noun: a member of a group, somebody told of before, or another one."""

from __future__ import annotations

from plans.intake.groups.belonging import who
from plans.intake.groups.mentions import Mention
from plans.intake.groups.model import AMONG, FINE, HELD, MORE, Group, Tree
from plans.intake.groups.refs import ORDINAL
from plans.intake.lexicon import alternatives
from plans.intake.numerals import numbers
from plans.intake.patterns import lazy
from plans.intake.sorts import are_of_other_sorts

_PART = lazy(r"(?:其中|包[括含]|(?<![在到了着从])里[头面边]|(?<=[个人名])里|当中|内?含|有)[^,。;!?\n\d]{0,8}$")
_FOLK = lazy(
    r"学生|乘客|旅客|游客|村民|居民|顾客|客人|女?工人?|民工|路人|行人|住户|员工|同学|队员|大家|家长|老师|女生|男生|师生|病人|患者|群众|职工"
)
_ONE_OF = lazy(r"(?:(?<![多数几])[个名位]|那|这|的|小|老|女|男|跟车|带队|班)$")
_ALL = lazy(r"[都全均]")
_TOGETHER = lazy(r"[和跟与同][^,。;]{1,6}[都全均双]")
_DOCTOR = lazy(r"医生|大夫|法医|护士")
_SHOOK = lazy(r"摇(?:了?摇)?头")
_DECLARES = lazy(r"宣[布告]|确认|判定")
_HELPER = lazy(r"邻居|同事|工友|村民|民警|保安|路人|大伙|群众|家属|老乡|同学|老师|路过|邻|亲戚")
_FETCHES = lazy(r"(?:们|自己)?[^,。;]{0,4}?(?:背|抬|救|拉|拽|抱|扶|捞|托|接|送|弄|搀)(?:了)?(?:出|下|上|回|走|到)")
_BOTH = lazy(r"^[^,。;]{0,8}也")
_SUPERLATIVE = lazy(r"最[大小老重轻高矮前后][^,。]{0,2}$")
_ELSEWHERE = lazy(
    r"(?:隔壁|对面|楼[上下]|门口|路过|旁边|[后前]面)[^,。]{0,6}$|[^,。]{2,}[馆店摊铺厂楼边口校院所场][的里]?$"
)
"""Somebody of another place than those before: 一楼麻将馆老板."""
_THAT = lazy(r"(?:[那这](?:个|位|人)|他|她)$")


_EVERY_ONE = lazy(r"(?:还|也)?[都全均]")
"""6名女工都没找到，带队的死了: he is none of those of whom all is told."""
_OF_PAIR = lazy(r"(?:男|女|老|小|大)(?:的|方)")
_PAIR = lazy(lambda: alternatives("persons", "pair"))
_KIN = lazy(
    r"(?:哥哥?|弟弟?|姐姐?|妹妹?|爸爸?|父亲|爹|妈妈?|母亲|娘|儿子|女儿|闺女|爷爷|奶奶|孙子|孙女|老头|老太太|老公|老婆|丈夫|妻子|媳妇|公公|婆婆|师傅|徒弟)"
)
"""One of two of kin: 父子俩，爸爸没了."""
_HAS = lazy(r"有(?:[一1]?[个名位])?$")


def take_one(told: Tree, mention: Mention) -> None:
    """Take in one person told of by a noun."""
    ref = mention.ref
    if (
        mention.lots
        and not mention.lots.keys() <= FINE
        and _FOLK.fullmatch(ref.noun)
        and not _ONE_OF.search(mention.lead)
    ):
        told.gaps.add("folk")
    behind = max(0, max(mention.lots.values(), default=0) - ref.end)
    if mention.lots and (_ALL.match(mention.tail) or _TOGETHER.match(mention.tail[:behind])):
        told.gaps.add("together")
    last = told.last
    if last is not None and _DECLARES.search(mention.tail) and _DOCTOR.fullmatch(ref.noun):
        told.go_on_with(last, mention.lots)  # 医生到场后宣布死亡
        return
    if (
        last is not None
        and not HELD.isdisjoint(last.lots)
        and _HELPER.search(ref.noun)
        and _FETCHES.match(mention.tail)
    ):
        told.go_on_with(last, mention.lots)  # 邻居背下来了
        return
    if last is not None and last.many == (1, 1) and _DOCTOR.search(ref.noun) and _SHOOK.search(mention.tail):
        told.go_on_with(last, {"dead": mention.piece.span[0]})  # 大夫摇摇头走了
        return
    same = _named_before(told, mention)
    if same is not None:
        same.lots = same.lots | mention.lots
        told.last, told.lost = same, False
        return
    if _THAT.search(ref.noun):
        that = _that(told, mention)
        if that is not None:
            that.lots = that.lots | mention.lots
            told.last, told.lost = that, False
            return
        of = next((group for group in told.chain() if group.several), None)
        if of is not None:
            told.add(mention, of).marked = True  # 烫了3位老人，八十六岁那位没救过来
            return
    if ORDINAL.match(ref.noun):
        place = next((int(number.low) for number in numbers(ref.noun[1:2])), 1)
        among = (group for group in told.chain() if group.many and group.many[1] >= max(place, 2))
        of = next((group for group in among if (group.remaining() or (0, 0))[1]), None)
        if of is not None:
            told.add(mention, of).marked = True  # 三个学生，第一个没事，第二个腿断了
            return
    also = _BOTH.match(mention.tail) is not None
    more = MORE.search(mention.lead) is not None or also or mention.tail.startswith("自己")
    before = told.roots[-1] if told.roots else None
    if also and before is not None and not before.lots and not before.parts and mention.lots:
        before.lots = dict(mention.lots)  # 遛狗的滑下去了，拉她的也没上来
    elif also and mention.lots and not told.has(mention.lots):
        told.gaps.add("also")
    for group in told.chain():
        left = group.remaining()
        if left is None or left[1] < 1 or (group.many or (0, 0))[1] < 2 or told.of_other_unit(mention, group):
            continue
        kin = _KIN.fullmatch(ref.noun) is not None and _PAIR.match(group.noun) is not None
        others = is_another(group, mention) and not _HAS.search(mention.lead) and not kin
        if (not mention.lots and len(mention.tail) > 1) or others:
            continue
        member = _OF_PAIR.fullmatch(ref.noun) and _PAIR.match(group.noun) and not more
        if member or ref.noun in group.noun or _SUPERLATIVE.search(mention.lead):
            told.add(mention, group)
            return
        if not group.lots or group.lots.keys() <= HELD | {"out", "care"}:
            if more and not (group.parts and left == (1, 1)):
                continue
            told.add(mention, group)
            return
        if not mention.lots and not more:
            told.add(mention, group)
            return
        if (
            _HAS.search(mention.lead)
            and group.noun
            and _FOLK.fullmatch(group.noun) is None
            and mention.lots
            and ref.noun not in group.noun
            and not AMONG.search(mention.lead)
        ):
            told.gaps.add("among")  # 撞了4个家长3个孩子，有个老人伤得很重
        if AMONG.search(mention.lead) or (_PART.search(mention.lead) and not more):
            told.add(mention, group).marked = True
            return
        apart = (
            ("dead" in group.lots and "dead" not in mention.lots)
            or group.marked
            or group.lots.keys() <= FINE
            or _ELSEWHERE.search(mention.lead) is not None
        )
        if not more and not apart and mention.lots and not mention.lots.keys() <= FINE:
            if not group.parts and group.noun == "":
                told.gaps.add("among")
    told.add(mention, None)


def is_another(group: Group, mention: Mention) -> bool:
    """Whether somebody is none of a group: of another sort, or of others of whom the same was told of all."""
    noun, ref = who(group.mention, group.noun), mention.ref
    if are_of_other_sorts(noun, ref.noun) or are_of_other_sorts(noun, mention.lead + ref.noun):
        return True
    if not group.noun or group.parts or _OF_PAIR.fullmatch(ref.noun) or not set(group.noun).isdisjoint(ref.noun):
        return False
    same = group.lots.keys() & mention.lots.keys()
    return bool(same & HELD) or _EVERY_ONE.match(group.mention.tail) is not None


def _named_before(told: Tree, mention: Mention) -> Group | None:
    """大爷没挺过去, of whom a clause before told: by the same noun, or by the end of it."""
    noun = mention.ref.noun
    if not noun or _THAT.search(noun):
        return None
    for group in reversed(told.everybody()):
        if group.many != (1, 1) or not group.noun or told.of_other_unit(mention, group):
            continue
        longer, shorter = sorted((group.noun, noun), key=len, reverse=True)
        if longer == shorter or (len(shorter) > 1 and longer.endswith(shorter)):
            return group
        if any(
            shorter[at : at + 2] in longer and shorter[at : at + 2] not in _COMMON for at in range(len(shorter) - 1)
        ):
            return group
    return None


_COMMON = (
    "某某",
    "师傅",
    "老师",
    "大爷",
    "大妈",
    "阿姨",
    "老板",
    "司机",
    "学生",
    "女的",
    "男的",
    "一个",
    "孩子",
    "老人",
    "邻居",
    "大哥",
    "大姐",
)


def _that(told: Tree, mention: Mention) -> Group | None:
    """喊得醒那个在挂氧: one of whom it was told alone, by what befell him, else the last."""
    ones = [group for group in told.everybody() if group.many == (1, 1)]
    if not ones:
        return None
    lead = set(mention.lots)
    for group in reversed(ones):
        if lead & group.lots.keys():
            return group
    return ones[-1]
