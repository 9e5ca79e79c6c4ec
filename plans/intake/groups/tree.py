"""Mentions as groups: who is part of whom, who is the rest, who stands beside; each group with what befell it."""

from __future__ import annotations

from plans.intake.groups.beside import attends, tells_again
from plans.intake.groups.counts import take_count
from plans.intake.groups.events import tells_of_nobody
from plans.intake.groups.headings import headed_one, heading, holds
from plans.intake.groups.mentions import Mention, heard
from plans.intake.groups.model import AMONG, FINE, HELD, Group, Tree, spread, total
from plans.intake.groups.ones import take_one
from plans.intake.groups.plainly import told_plainly
from plans.intake.groups.rests import take_rest
from plans.intake.groups.subjects import subject
from plans.intake.lexicon import alternatives
from plans.intake.patterns import lazy

_EVERY = lazy(r"[都全均]|个个|双双|一块儿?|一起")
_GOES_ON = lazy(
    lambda: (
        r"(?:人|[他她它]|自己|现在|目前|已经?|[还都全就也可又是有地的了着得上下里往没去过来一个会不算左右双前后满看轻被让给叫正在刚]"
        r"|只是?|当[场时]|马上|直接|后来|结果|不过|但|到现在|到|[全浑]?身上?|幸好|好在|[说喊]|送(?:医院|去)?|医生|着地|最后|至今|路上"
        r"|[上下中]午|早上|晚上|夜里|凌晨|刚[才刚]|今[早晨]|半夜|后半夜|基本|估计|据说|目前|暂时|倒|意识|情况|需要|正|因为|伤势|医院|诊断|初步|随后|随即|分别|大多|多数|多是|主要|经|等"
        r"|[均皆仅为系属早才]|全部|半[路道坡]|途中|的?时候?|以?后|再|(?:卫生院|车)(?=上|就|也|都|时|后)|人们?|打?[捞抬拉救扒挖刨背拖运弄搜拽扛撬摔跌掉落坠](?:起|开)?|溺水|发现|确[认定]|判定|宣布|证实|一看|抢救|身子"
        r"|\d{1,2}(?:[:点时]\d{0,2}分?|日)|[一二三四五六七八九十]{1,3}点[一二三四五六七八九十半]{0,3}分?"
        rf"|[臂肩胯踝肘腕颈颅胸腹髋背]|脊柱|{alternatives('persons', 'body')})*"
    )
)
_OF_THINGS = lazy(r"[^,。]{0,4}着的(?!人|那个|那位|[一两三四五六七八九\d])")
_PEOPLE = lazy(r"人(?![民员]|行道|工)|谁|[几多]个|大家|群众|乘客|学生")
_AND_ONE_MORE = lazy(r"(?:还有|另有|加上|外加|连同)(?!人说|点|几分|一?个?问题)[^,。;\d]{1,7}$")
_HE = lazy(r"[可但就只]?是?[他她](?![们俩仨两])")
_NEW_TOPIC = lazy(r"(?:(?:被困|失[联踪]|受伤|死|伤|重伤|轻伤|遇难|重|轻)(?:的|者|人员)|伤员|患者|病人|病号)")
_ARRIVED = lazy(
    r"(?:120|救护车|急救车|医生|大夫|救援|消防|警察|110|119)[^,。;]{0,4}(?:[到来在赶往叫去进]|已|正|也|马上|联系)"
)
_MACHINE = lazy(
    r"[^,。;]{0,8}(?:[电号]梯|摩天轮|缆车|索道|吊[厢椅篮]|过山车|道路?|大门|卷帘门|车门)[^,。;人]{0,5}(?:卡|堵|困|锁|压|埋)"
)
"""Of what it tells that is no person: 摩天轮卡住了."""
_AT_WORK = lazy(r"[开做卖看管送扫骑修打喂养收推拾捡种教烧][^,。;!?\n的\d]{1,4}的")
"""Who somebody is by what he does."""
_OF_HIM = lazy(r"人(?![们都全家])|[他她](?![们俩])|摔得|捞起来|捞上来|抬出来|挖出来|救出来|送到")
"""It goes on with the only one who was told of (离地三米松了手，摔得不省人事)."""
_STILL = lazy(r"还|仍|[没未不]")
_THEN = lazy(r"后来|结果|其实|原来|刚|现在|已经|在(?!找|搜|捞|等|挖)")


def tree(text: str) -> Tree:
    """The groups of masked text."""
    words = heard(text)
    told = Tree(gaps=words.gaps, nobody=words.nobody, local=words.local)
    for mention in words.mentions:
        ref = mention.piece.ref
        if _is_heading(told, text, mention):
            continue
        if ref is None:
            _go_on(told, text, mention)
        elif ref.kind == "rest":
            take_rest(told, mention)
        elif ref.kind == "one":
            if not attends(mention, told.everybody()):
                take_one(told, mention)
            else:
                told.lost, told.attending = True, mention.piece.span
        elif tells_again(mention, told.roots):
            continue
        else:
            take_count(told, mention)
    if not told.headed:
        told.gaps.add("who")
    told.plain = told_plainly(text, told, words.mentions)
    _take_listed(told)
    return told


def _take_listed(told: Tree) -> None:
    """撞了三个人，买菜的大妈、骑车的老汉，还有一个学生: as many as were told of are named behind, and are those."""
    for at, whole in enumerate(told.roots):
        if not whole.several or not whole.mention.lots or whole.parts:
            continue
        named: list[Group] = []
        for group in told.roots[at + 1 :]:
            if group.mention.lots or group.parts or group.kind == "rest":
                break
            named.append(group)
        if len(named) > 1 and total(named) == whole.many:
            for group in named:
                told.roots.remove(group)
                group.parent = whole
                whole.parts.append(group)
            return
        if named and named[0].lots and "、" in named[0].mention.lead:
            told.gaps.add("total")  # 顶了四个人，遛狗的、还有俩放学的，都是青紫


def _is_heading(told: Tree, text: str, mention: Mention) -> bool:
    """Whether words are but the heading of a list; those whom a list names have its fate."""
    (low, high), ref = mention.piece
    if ref is None:
        over = heading(text, low, high)
        if over is None:
            return False
        if not told.headed:
            told.gaps.add("who")
        told.heading, told.headed = over, False
        return True
    one = headed_one(text, low, ref.start) if ref.kind == "one" else None
    if one is not None:
        told.heading, told.headed = one, True
        mention.lots = one.lots | mention.lots
    elif (over := told.heading) is not None and not mention.tail and not AMONG.search(mention.lead):
        if holds(text, over, ref.start) and ref.kind != "rest":
            told.headed = True
            if not mention.lots:
                mention.lots, mention.headed = dict(over.lots), True
    return False


_ASIDE = lazy(
    r"(?:[落掉摔跌滚翻栽趴躺坐跪站抬送拉背抱拖挖刨扒捞喊按等拿用][^,。;!?\n人他她谁们]*|[^,。;!?\n人他她谁们的]{1,2})$"
)
"""A clause that tells of nobody else: 抬门抬了十分钟."""


def _are_not_taken(text: str, told: Tree, last: Group) -> bool:
    """一个还埋着，人都送医院了: who is still held, missing or well is none of those who were taken to hospital."""
    if not HELD.isdisjoint(last.lots) and "out" not in last.lots:
        return _STILL.search(text, *last.span) is not None
    if last.lots.keys() == {"well"}:
        return any(not group.lots.keys() <= FINE for group in told.everybody())
    return False


def _go_on(told: Tree, text: str, mention: Mention) -> None:
    """Words without people of their own: they tell of those before, where nothing else stands between."""
    low, high = mention.piece.span
    lots = mention.lots
    last = told.last
    if lots.keys() <= FINE | {"care"} and _ARRIVED.match(text, low, high):
        told.lost = True
        return
    if not lots:
        if last is not None and not HELD.isdisjoint(last.lots) and _THEN.match(text, low, high):
            told.gaps.add("after")
        if _AND_ONE_MORE.match(text, low, high):
            told.gaps.add("who")
        if _HE.match(text, low):
            told.other = True
        if not _GOES_ON.fullmatch(text, low, min(high, low + 2)) and not text[low:high].endswith("着"):
            told.aside = (told.aside or not told.lost) and _ASIDE.match(text, low, high) is not None
            told.lost = True
        return
    if lots.keys() == {"care"} and last is not None and _are_not_taken(text, told, last):
        told.lost = True
        return
    if lots.keys() == {"held"} and _MACHINE.match(text, low, high):
        told.lost = told.lost or last is not None
        return
    if last is None:
        if not tells_of_nobody(text[low:high], lots):
            if not lots.keys() <= FINE | {"care"} and (other := subject(text, mention)) is not None:
                take_one(told, other)
                return
            told.gaps.add("who")
        elif "ill" in lots:
            told.illness = True
        return
    if _NEW_TOPIC.match(text, low):
        if lots.keys() <= FINE | {"care"}:
            told.lost = True
            return
        told.gaps.add("who")
    if "held" in lots and _OF_THINGS.match(text, lots["held"], high):
        return
    lead = min(lots.values())
    if not _GOES_ON.fullmatch(text, low, lead):
        soft = lots.keys() <= FINE | {"care", "held"} and not _PEOPLE.search(text, low, high)
        if soft and _EVERY.search(text, low, lead) and lots.keys() <= FINE | {"care"}:
            pass
        elif not last.lots and lots.keys() <= HELD and not told.other:
            last.lots = dict(lots)  # 剩下5个在回风巷，路堵了出不来
            return
        elif soft and not HELD.isdisjoint(lots) and _AT_WORK.match(text, low) and (other := subject(text, mention)):
            take_one(told, other)  # 开铲车的还没出来
            return
        elif soft:
            if "out" in lots and not HELD.isdisjoint(last.lots):
                told.gaps.add("after")
            told.lost = True
            return
        elif not lots.keys() <= FINE | {"care"} and (other := subject(text, mention)) is not None:
            take_one(told, other)
            return
        else:
            told.gaps.add("who")
            return
    if _HE.match(text, low) and last.many != (1, 1):
        told.gaps.add("who")
    alone = "lost" not in lots and len(told.everybody()) == 1 and _OF_HIM.match(text, low)
    if told.lost and not (last.many == (1, 1) and (alone or (last.lots and told.aside))):
        told.gaps.add("interrupted")
    if (
        _EVERY.search(text, low, max(lots.values()))
        and last.kind == "one"
        and last.parent is None
        and not lots.keys() <= FINE
    ):
        told.gaps.add("together")
    bare = [root for root in told.roots if not root.lots and not root.parts]
    if last in bare and len(bare) > 1 and text[low - 1 : low] != "(":
        if _EVERY.search(text, low, lead):
            if any(root.many and root.many[0] != root.many[1] for root in bare[:-1]):
                told.gaps.add("who")  # 滞留两百多，掉下去7个，都是皮外伤
            for root in bare:
                root.lots = dict(lots)
            return
        if any(root.kind != "one" for root in bare[:-1]) and bare[-1].kind != "one":
            told.gaps.add("who")
    if _EVERY.search(text, low, lead) and last.parent is not None and not ("dead" in lots and last.several):
        left = last.parent.remaining()
        if left is not None and left[1] == 0:
            spread(last.parent, lots)
            return
    elif _EVERY.search(text, low, lead) and "out" in lots:
        for root in told.roots:
            if not HELD.isdisjoint(root.lots):
                root.lots = root.lots | lots
    last.lots = last.lots | lots
    last.span = (last.span[0], high)
