"""People told by their names and by whose kin they are are as many: 死者是李某、王某和王某的儿子 is 死者是3人."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice

from plans.intake.engine import compiled
from plans.intake.lexicon import rows
from plans.intake.numerals import numbers
from plans.intake.patterns import lazy
from plans.intake.reading import Span
from plans.intake.replacing import FILL

_N = r"(?:\d{1,2}|[一两二三四五六七八九])"
_MORE = "还有|以及|另有|加上|再加上?"
_PAIRS = "老两口|小两口|两口子|[母父]女俩?|[母父]子俩?|婆媳俩?|姐弟俩?|兄妹俩?|夫妻俩?|夫妇俩?"
_BOTH = "父子|母女|兄弟|姐妹"
_KIN = (
    "儿媳妇?|女婿|嫂子|儿子|女儿|妻子|媳妇|爱人|老婆|丈夫|老公|母亲|父亲|妈妈?|爸爸?|孙子|孙女|外孙女?|弟弟|妹妹|哥哥|姐姐|侄子|侄女|外甥女?|同桌|同学|室友"
    "|邻居|同事|徒弟|师傅|工友|对象|女友|男友|婆婆|公公|岳母|岳父|丈母娘|老丈人|小舅子|小姨子|爷爷|奶奶|表[弟哥姐妹]|堂[弟哥姐妹]|孩子|娃"
)
_ROLE = (
    "学生|司机|驾驶员|电工|焊工|瓦工|邻居|村民|工人|厂长|班长|组长|队长|老师|教师|校医|门卫|保安|厨师|船老大|船主|船员|乘客|游客|业主|租户"
    "|房东|店主|老板娘?|会计|实习生|徒弟|保洁|护士|医生|护工|村医|支书|村支书|组员|队员|员工|职工|家长|放[羊牛]的|看[门场]的|帮工|小工"
    "|(?:隔壁|对门|同|本|另一个?|我们|他们)(?:班|宿舍|寝室|村|家|屋|组)的?"
)


@cache
def _listed() -> re.Pattern[str]:
    often = "".join(row.cells[1] for row in rows("surnames", 2, 2) if row.cells[0] != "double")
    called = f"[{often}]某{{1,2}}[甲乙丙丁]?"
    home = rf"家(?:老[大二三四]|媳妇|小子|闺女|{_BOTH})"
    name = (
        rf"(?:(?:一个)?姓[{often}]的|{called}|[老小阿大][{often}](?![\u4e00-\u9fa5]?[村庄])"
        rf"|[{often}](?:师傅|大[爷妈娘哥姐叔婶]|阿姨|叔|婶|嫂|哥|姐|老师|主任|大夫|{home}))"
    )
    kin = rf"(?:{name}|[他她其自己]{{1,2}}们?|(?<=[和及与跟、]))?的?(?:{_KIN})(?:{name})?"
    aside = r"(?:\([^()\n]{0,14}\))?"
    who = rf"(?:{_PAIRS})(?=[、和及与跟,])|(?:{_ROLE}|(?<=[是有:])[\u4e00-\u9fa5]{{2,3}})?(?:{kin}|{name}){aside}"
    some = rf"{_N}[个名位][\u4e00-\u9fa5]{{1,4}}?(?=[,。、;]|$|[都全均])"
    more = rf"(?:{who}|[\u4e00-\u9fa5]{{2,8}}?{called}{aside}|[\u4e00-\u9fa5]{{2,3}}[他她]?(?:{_KIN})|{some})"
    joint = rf"(?:、|[和及与跟]|,?(?:{_MORE}))"
    return compiled(rf"(?<![、和及与跟])(?P<list>{who}(?:{joint}{more}){{1,11}})(?!、|[和及与跟]|,?还有)")


@cache
def _kin() -> re.Pattern[str]:
    return compiled(rf"{_KIN}|{_N}[个名位]")


_CALLED = lazy(r"[\u4e00-\u9fa5]某{1,2}")
_ASIDE = lazy(r"\([^()\n]*\)")
_SO_MANY = lazy(rf"{_N}(?=[个名位])")
_TWO = lazy(rf"家(?:{_BOTH})$|^(?:{_PAIRS})$")
_SEPARATOR = lazy(rf"、|(?<=[\u4e00-\u9fa5)])[和及与跟](?=[\u4e00-\u9fa5])|,?(?:{_MORE})")
_HARMED = lazy(
    r"(?:死者|死的|死亡|遇难|没了|伤者|受伤|伤的|失[联踪]|被?[困埋]|发[烧热]|[吐拉泻晕咳倒]|中毒|中招|病|出疹|送医|住院|确诊|[咬摔砸烫蛰]|菌|蘑菇|吃|落水|掉|淹|冲|坠|触电|烧|撞|被)"
    r"[^,。;!?\n\d]{0,8}?(?:有|是|为|:|包括|分别)+$"
)
"""Before a list: what befell them."""
_BEFELL = lazy(
    r"(?:,?(?:一家|这|他们|她们|加起来|一共|总共)?(?P<n>\d{1,2}|[一两三四五六七八九十]|[俩仨])(?:个人|[个名位口]人?|人|(?<=[俩仨])))?"
    r"(?:到现在|至今|现在|目前|还|仍|正|在|都|全|均|也|一起|一块儿?|先后|当场|已|经|不幸|被|,)*(?:没了|死|遇难|身亡|受伤|伤|失联|失踪|没找|找不|困|埋|落水|掉|吐|拉|晕|中毒|发[烧热]|倒|送医|送[^,。]{1,5}院|住院|抢救|冲走|卷走|骨折|烧|烫|砸|感染|确诊|不行了|没救)"
)
_ENOUGH = 6


def counted(text: str) -> tuple[str, list[Span]]:
    """Masked text in which a list of names, of whom it is told what befell them, is so many people; and where."""
    places: list[Span] = []
    if "、" not in text and "和" not in text and "还有" not in text:
        return text, places
    for match in islice(_listed().finditer(text), _ENOUGH):
        low, high = match.span("list")
        many = sum(_many(part) for part in _SEPARATOR.split(_ASIDE.sub("", match["list"])) if part)
        if any(name in text[high:] for name in _CALLED.findall(match["list"])):
            continue  # …, 乔某重伤: what befell one of them is told apart
        behind = _BEFELL.match(text, high)
        number = next(numbers(behind["n"]), None) if behind and behind["n"] else None
        if number is not None:
            if number.low == many and _kin().search(match["list"]):
                text = text[:low] + FILL * (high - low) + text[high:]
            continue
        if behind is None and not _HARMED.search(text, max(0, low - 16), low):
            continue
        if behind is not None and not _HARMED.search(text, max(0, low - 16), low) and "某" not in match["list"]:
            continue
        word = f"{many}人"
        text = text[:low] + FILL * (high - low - len(word)) + word + text[high:]
        places.append((low, high))
    return text, places


def _many(part: str) -> int:
    """两个伙计 are two, and so are 梁家父子."""
    number = next(numbers(part), None) if _SO_MANY.match(part) else None
    return int(number.low) if number is not None else 2 if _TWO.search(part) else 1
