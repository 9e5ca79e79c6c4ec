"""Numbers that count nobody: 三岔路口, 302宿舍, 102省道, 核载39, 二婶."""

from __future__ import annotations

from plans.intake.numerals import Number
from plans.intake.patterns import lazy
from plans.intake.person_words import THINGS, is_numbered
from plans.intake.replacing import FILL
from plans.intake.words import PERSON

_MEASURES = lazy(
    r" ?(?:[千万]?伏|"
    r"[万千]?户|千瓦|兆瓦|毫[克米]|ppm|[遍页路号幢次起天届节床张舱层方份车船趟线点级成度刻转处件座套]|千米|公分|小时|多?[分秒]|来?[米里斤]|点|:|-\d"
    r"|个(?:村|组|乡|镇|县|班|车|棚|点|寨|屯|社|小区|社区|单元|楼|厂|工地|学校|医院|站|部门|方阵|电话(?![打没关不])|手牌|问题|方向|口子))"
)
PLACES = lazy(
    r"个(?:宿舍|寝室|班(?![长主])|屋|车(?![主友])|村(?![民里霸])|单位|小区|房间|工地|病房|车间|地方|吊?[车厢舱笼椅]|轿厢|吊篮|楼层|单元|乡镇|乡(?!亲)|镇|社区|学校|年级|点位?|[洞坑窟])"
)
"""Behind a number of places in which people are: 两个吊厢."""
_CLOCK = lazy(r"[点时:\-./]$")
_NAME = lazy(
    rf"(?!{PERSON})"
    r"(?![一二三四五六七八九十两俩\d]|[死伤亡重轻危麻残失困人名个位例口具条男女孩学师工民乘客旅患员司妇婴幼居群昏晕吐获送救住出逃跑还都全没已在是有被好均皆俱也就又"
    r"不下来去当正未抢转留无脱清治骨擦烧烫摔砸倒趴躺埋压同战警医护歹顾职观遗尸落坠掉漂冲溺淹触发热咳呕腹头确咬挨流感受为系属经自因从由升离变加减改增算报的了着过余多几]"
    r"|病(?![区室房])|姐[妹弟]|[兄弟]|姊妹|夫[妻妇]|[母父][女子]|爷孙|儿(?![子媳])|老(?![二三四板旧])|小[孩娃朋伙姑]|上[来岸了吊]|生(?!产)|中毒|矿工|船员|渔民|村民|路人|行人|市民|农民|牧民|少年|青年)"
    r"[a-zA-Z\u4e00-\u9fa5]"
)
"""Behind a number that is part of a name or counts things: neither people nor what befell them."""
_SHORT_NUMERAL = lazy(
    r"[二三四五六七八九十两]|十[一二三四五六七八九]|[二三四五六七八九]十[一二三四五六七八九]?|\d{1,4}"
)
_NO_COUNT = lazy(
    r"(?:[核实限满]载|车号|车牌|水位|[余地]震|[体水气]温|血[压氧]|心率|脉搏|降雨|雨量|浓度|流量|编号|单号|工号|桩号|电话|手机|邮编|警单|"
    r"今年|腊月|正月|零下|百分之|年纪|年龄|岁数|版本|第\d{1,3}期|[国省县]道[A-Z]?)[:是为]?$"
)
"""Before a number that counts no people."""
_ROOM = lazy(r"\d?[1-9]0\d{1,2}(?:那?户|室|房|门|住的|的)")
_ITEM = lazy(r"[.、)](?!\d)")
_LINE = lazy(r"(?:^|[\n;。:(])[ (]?$")
_CALLED = ("110", "119", "120", "122", "12345")
_HARMS_BARE = "死伤亡重轻麻残失困"
PAIRED_PARTS = lazy(
    r"个(?:膝盖?|眼睛|眼珠|眼皮|耳朵|肩膀|胳膊肘|手肘|脚后跟|脚底板?|手掌心?|手心|鼻孔|腮帮)(?!.?[破断伤]的)"
)
"""两个膝盖磨得见白: behind a number, two of one body."""
NAILS = lazy(r"(?:指甲盖?|门?牙|肋骨|手指头?|脚趾头?|指头|椎骨)[^,。;\d]{0,3}[掀断掉折碎裂崩](?:了|掉)?$")
"""指甲盖掀了两个: before a number, what of one body it counts."""


def counts_nobody(text: str, number: Number) -> bool:
    """Whether a number of a text surely counts no people."""
    start, end = number.start, number.end
    word, behind = text[start:end], text[end : end + 1]
    if word.startswith(_CALLED) or FILL in word:
        return True
    if number.low <= 1 and not number.digits and behind not in _HARMS_BARE:
        return True  # 一看, 一起
    if number.digits and _ITEM.match(text, end) and _LINE.search(text, 0, start):
        return True  # 1. 张某
    if behind == "某":
        return True  # 万某
    if word == "数" and behind not in "人名位个十百千":
        return True  # 我数了数
    if word[-1] in "百千万" and word[0] in "百千万":
        return True  # 万一, 百货
    if _MEASURES.match(text, end) or _CLOCK.search(text, max(0, start - 3), start):
        return True
    if THINGS.match(text, end) or PLACES.match(text, end) or is_numbered(text, start):
        return True
    if _NO_COUNT.search(text, max(0, start - 8), start) or (_ROOM.match(text, start) and number.digits):
        return True
    return not number.hedged and _SHORT_NUMERAL.fullmatch(word) is not None and _NAME.match(text, end) is not None
