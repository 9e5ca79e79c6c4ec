"""Words by which a writer takes a figure back, adds to it, takes from it, or tells it a second time.

Each table holds what may stand in a clause that does so; a clause is understood only where nothing else stands there
(刚核实, 医院那边说应该是), so that a place or another group (路边死了1个) is never taken for a correction.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from plans.intake.patterns import lazy
from plans.intake.settling.counts import Count
from plans.intake.tokens import tokenise
from plans.intake.words import CASUALTY, PERSON

Move = Literal["wrong", "checked", "more", "less", "again", "talk"]
"""What a mark does to figures told before: they were wrong, are looked at again, grow, shrink, or are told again.

``talk``: it is only spoken of telling and counting, so that a figure of the same harm is the one told before.
"""

_N = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3})"
_SLIP = "说|数|写|打|报|搞|弄|记|点|算|看|听|发|填"
_HEAD = r"(?:个人?|[人名位例])"
_OF_BEFORE = r"(?:上面|前面|刚才?|之前|上条|先前|上一条)(?:[说报发写]?的)?(?:那个?|那条|数字?)?(?:不|别)(?:算|作数)"

WRONG = lazy(
    rf"{_OF_BEFORE}|不对(?!劲|付)|(?:{_SLIP})[错反岔]了?|错了|更正(?:一?下)?[为成]?|纠正(?:一?下)?|订正|口误|手误|笔误|有误|"
    r"不准确?(?![备许])|不实|误报|改(?:[成为]|一下)|打错字|修正[为成]?|应该?[是为]|应该|实[际为]|其实|准确的?|才对|"
    r"不是(?=[|,。! ]|$)|"
    r"以[这此]个?(?:数|条)?为准|(?:不|别)算数?(?=[,。;!?\n ]|$)|作废|撤回|"
    r"(?:啊|哦|噢|呃|哎)?不(?:不)?(?=[,。! ]|$)|等[下等]|等一下|慢着|且慢|没那么[多少]|不止"
)
CHECKED = lazy(
    r"(?:刚|已|现|经|后来?|又|再)*"
    r"(?:核实|核对|核查|复核|查实|核准|核定|核|清点|确认|统计)(?:清楚|完|了|过|后|为|的|一[遍下次])*|"
    r"(?:又|重新|再|后来|从头)+(?:数|点|核|对|清点|统计|查)(?:了|过|清楚|下来|完)*(?:一[遍下次])?(?:了)?|"
    r"[数点查](?:清楚?|准)了?|最新(?:消息|数字?|情况)?|最终|最后"
)
MORE = lazy(
    r"(?:还|再|又|刚才?|要|得|应该|前面|之前|我|另外)*"
    rf"(?:(?:漏|(?<![下坠跌掉])落)[报数算记写了掉下]*|少[报数算记写]了?|加上|算上|补报|补充?|多了|添|加(?!起|到|在|一[块起]|总))(?:{_N}{_HEAD})?|"
    rf"还?有(?={_N}{_HEAD}[^,。;、 \n]{{0,8}}(?:没[算报数记]|忘))|又(?:{_N}{_HEAD})|"
    r"也算(?:的话|上|进去)?|也(?:在|是)(?:里[头面]|内|其中)|算进[去来]|忘了?[算报数记]|没[算报数记](?:上|进去?)?"
)
LESS = lazy(
    rf"(?:有|其中|里面|里头)*(?:{_N}{_HEAD}|有个人)?(?:是)?"
    r"(?:[算报数记写登]重|重复(?!一?[遍下次]|:)|重名|同名|[记数算报登写填点]了?[两2][遍次回])"
    r"(?:统计|登记|计算|[算报数记])?(?:了|的)?|"
    rf"多[报数算记写]了?(?:{_N}{_HEAD})?|"
    rf"(?:去掉|扣[掉除]|刨[去掉]|减[掉去]|剔[除掉]|划掉|除[去掉])(?:{_N}{_HEAD})?(?:[登算报数记]?重复?(?:名|登记)?的)?|"
    rf"(?:其中|里面|里头|有)*(?:{_N}{_HEAD})"
    r"(?:不?是(?:来)?(?:误报|帮忙|看热闹|陪护|我们这|本次|这次|看病|路过|陪床)的?|不算|不是这的)"
    r"|不[能该]?算(?:进去|在内)?"
)
AGAIN = lazy(
    r"(?:我|刚才?)*(?:再|又)(?:说|报|发|讲|强调|重复)(?:一?[遍下次声])?|重[发申](?:一?[遍下次])?|"
    r"重复(?:(?:一?[遍下次])|(?=:))|复述|总之|总的(?:来说|就是)?|反正|汇总|归总|概括|一句话|也就是说?|情况(?:就是)?|"
    r"(?:还是)?(?:那个|这个)?数(?:字)?没[变错]|还是那个数|没错|信号不好|没说清楚?|"
    r"(?<![\u4e00-\u9fa5])(?:结果|这会儿|现在)?就(?:是|这些)|转(?=:)|小结|总结|完整的?(?:情况|版)?"
)
MOVES: tuple[tuple[Move, re.Pattern[str]], ...] = (
    ("less", LESS),
    ("more", MORE),
    ("again", AGAIN),
    ("checked", CHECKED),
    ("wrong", WRONG),
)
"""The first that is found in a clause is meant."""
_FILLER = lazy(
    r"不好意思|抱歉|前头|这会儿|对不起|刚刚|刚才?|前面|上面|之前|早先|先前|原来|原先|一开始|上一条|那条|这条|我们?|俺们?|咱们?|这边|那边|"
    r"那个|这个|人数|数字?|医院|大夫|医生|120|[说讲报数写](?:的|了|是)?|现在|目前|一共|总共|总数|合计|合起来|总计|共计?|"
    r"只有|其中|里[面头]|底下|下[面头]|当场|现场|实际上?|已经?|后来|也|还|都|就|才|又|再|那|这|是|为|有|成|的|了|吧|啊|呀|哦|噢|"
    r"哎呀?|呃|嗯|唉|哈|对|收到|好的?|上|不|字|以|为准|吗|被|者|[:,。! 、~—()-]"
)
"""What else may stand there and says nothing."""
_LABELS = lazy(
    r"走了|没找[到着]|找不[到着]|联系不上|困[着住的]|出不来|没出来|没上来|伤得?[重轻]?|挂了?彩|没[了气]|死|亡|[重轻]伤|"
    r"[埋压卡堵](?:着|了|住)?"
)
TALK = lazy(r"[说讲报发写数点查核清算统念填登问错岔准确切记改更修订复归汇转瓢]")
"""Somebody tells or counts, where nothing else is said."""
_OF_TALK = lazy(
    r"[说讲报发写数点查核清算统念填登问看听错岔准确切记录改更修订复归汇转瓢嘴口手眼多少漏落全齐楚明白完过遍回次下一两再又重新正"
    r"应该实际其最终后来前上面昨今晚早午时这会儿现目结果总共合计以如我你您俺咱们跟和给把请大概家了的得着到为是有成啊吧呢吗"
    r"哦噢嗯唉哈呀不没对好就那些个块数字人情况消息条话句且慢划掉减增去除]"
)
"""Of these characters words are made that speak of telling and counting, and of nobody who was hurt or where."""
_WHO = lazy(rf"(?:{PERSON})(?![报说讲称通反])")
"""People; one who tells a figure (门卫报伤9) is no filler, for two who tell of one harm need not agree."""
PEOPLE = lazy(PERSON)
"""Behind a figure: whom it counts."""
SUMMED = lazy(r"一共|总共|总数|合计|合起来|加起来|加一[块起]|加到一起|总计|[拢统]?共|伤亡")
"""Before a figure: it may be that of all who were told of."""
OTHERWISE = lazy(rf"(?<=[个人名位例\d])(?:而)?(?:不是|并非)(?P<old>{_N})(?:{_HEAD})?[的了啊吧]*$")
"""Behind a figure: 应该是3个不是5个."""
NOT = lazy(r"(?<!是)(?:不是|并非)(?=[^,。;!?\n]{0,6}$)")
WRONG_BEHIND = lazy(
    r"(?:这|那)?(?:个|条)?(?:数字?|人数)?(?:是|都|全)?"
    rf"(?:(?:不对)+(?!劲|付)|(?:{_SLIP})[错反]了?|错[了的]|是错|有误|不准确?(?![备许])|不实|误报|作废|"
    r"[更纠]正(?:一?下)?|改(?:一下)?)[了的啊呀吧哈]*$"
)
"""Behind a figure: it is wrong."""
CONFIRMED = lazy(r"(?:对|嗯|是|确实|没错|就|的)+")
"""Before a figure that was just told: it is so."""
DISMISSED = lazy(_OF_BEFORE)
"""上面的不算: what was told before does not count."""
IDLE = lazy(r"没[算报数记]|忘[了记]|也算|算进|重复?|不算|是(?:来)?(?:帮忙|看热闹|陪)")
"""Behind a number: it is by how many a figure was too small or too great."""
EARLIER = lazy(
    r"(?:原来|原先|早先|起初|起先|一开始|先前|之前|前面|上面|上一?条|上次|刚才?|刚刚|先)"
    r"(?:我们?)?(?:[说报讲写发数]|通报|上报|统计)(?:的|了|是|过)*"
    r"|(?:昨[天晚]|今早|早上|上午|中午|下午|前头|头一[报次]|第一次)(?:我们?)?[说报讲写发](?:的|了|是|过)*"
)
"""Before a figure: it was told before, and another is to follow."""
ASKED = lazy(r"(?:几个|多少)人?(?:[?]|(?=\n|$))", sparse=True)
"""Behind a label: how many is asked, and the answer may be a bare number."""
SPEAKER = lazy(
    r"(?:^|(?<=\n))(?:[\[(【][一-龥]{1,4}[\])】] ?|[一-龥]{1,4}: ?|[一-龥]{1,4} \d{1,2}:\d\d:?\n?|"
    r"\[?\d{1,2}:\d\d\]? ?[一-龥]{1,4}: ?)(?:@[一-龥]{1,4} )?"
)
"""Who writes a line of a chat that was forwarded."""


def residue(text: str, low: int, high: int, counts: Sequence[Count]) -> str:
    """What a clause says beside its figures and the harm that they are of."""
    chars = list(text[low:high])
    for count in counts:
        start, end = max(0, count.head[0] - low), max(0, count.head[1] - low)
        chars[start:end] = "|" * (end - start)
    for token in tokenise("".join(chars)):
        if token.kind in CASUALTY:
            chars[token.start : token.end] = "|" * (token.end - token.start)
    return _WHO.sub("", "".join(chars)) if counts else "".join(chars)


def move_of(words: str) -> Move | None:
    """What the marks in such words do to figures before them; by how many they change is told apart from that."""
    if DISMISSED.search(words):
        return "wrong"
    told = next((move for move, pattern in MOVES if move not in ("less", "more") and pattern.search(words)), None)
    return "talk" if told is None and TALK.search(words) and not said_besides(words) else told


def named(words: str) -> bool:
    """Whether they name a harm that is told in other words than a harm's own (走了, 没找到)."""
    return _LABELS.search(words) is not None


def said_besides(words: str) -> str:
    """What is left of such words without marks and what says nothing; empty where they only correct."""
    for _, pattern in MOVES:
        words = pattern.sub("|", words)
    return _OF_TALK.sub("", _FILLER.sub("", _LABELS.sub("", words))).replace("|", "")
