"""Clauses that tell what happened, to things or in which place, before anybody is spoken of: 甲流, 电梯卡在五楼."""

from __future__ import annotations

from plans.intake.groups.model import FINE
from plans.intake.patterns import lazy
from plans.intake.person_words import Lots

_PEOPLE = lazy(
    r"人(?![民员工]|行道|防|次|才)|谁|[个名位]|的(?:$|都|也|有)|[们娃孩我他她咱俺]|学[生员徒]|工人|师傅|员|者|老[头汉太\u4e00-\u9fa5](?=[^\u4e00-\u9fa5]|$)|第[一二三四五六]"
)
_SENSES = lazy(r"[昏晕倒]|送[来走医到]|醒|气")
_ILLNESS = lazy(
    r"(?:甲流|乙流|流感|诺如|手足口|水痘|腮腺炎|红眼病|登革热|霍乱|痢疾|麻疹|百日咳|猩红热|布病|钩体|流脑|H\dN\d|食物中毒|煤气中毒|中毒|中暑|热射病|吃坏了?|吃坏肚子|呕吐|腹泻|发热|发烧|拉肚子)"
)
_OF_SOMEBODY = lazy(r"(?:压|砸|埋|撞|伤|困|碰|烧|轧|刮|咬|烫)(?:着|到|了|住|倒)+人(?:了|啦)?$")
"""围墙倒了压着人: who they are is told behind."""
_HELD_THING = lazy(r"(?:梯|罐笼|轿厢|索道|缆车|摩天轮|挖机|吊篮|后轮|箱|缆|民房)")


def tells_of_nobody(words: str, lots: Lots) -> bool:
    """Whether a clause before all people tells of none: it names a place, an illness or a thing that is stuck."""
    keys = lots.keys()
    if keys <= FINE or _OF_SOMEBODY.search(words):
        return True
    if _PEOPLE.search(words):
        return False
    if keys <= FINE | {"care"}:
        return _SENSES.search(words) is None
    if keys <= {"ill", "care"}:
        return _ILLNESS.search(words) is not None
    if keys == {"held"}:
        return _HELD_THING.search(words) is not None
    return keys == {"grave"} and words.startswith("ICU")
