"""So many of each of several: 两家各埋了3个; of 每个宿舍都有两个 it is not known how many they are."""

from __future__ import annotations

from plans.intake.numerals import numbers
from plans.intake.patterns import lazy

_NUMERAL = r"[一二两三四五六七八九十俩仨\d]"
UNKNOWN = lazy(
    r"(?:各(?![位种项类])"
    rf"|每(?!小时|分钟|[秒天日年月周隔次回趟挖逢过当到米]))[^,。;:!?\n 位\d]{{0,7}}?(?:{_NUMERAL}|几)"
    r"(?!条|只|根|下|刀|棍|拳|脚|遍|次|票|元|块|点|小时|[\d十]{0,2}[月日号]|份)"
    rf"|分别(?!送|转|在|由)[^,。;]{{0,12}}{_NUMERAL}"
    rf"|一(?:桌|车|船|间|屋|班|组|家|户|排|棚|条|辆|桶|箱)(?:[坐住有是装带]着?|都是?)?(?:[二两三四五六七八九十]|\d)[\d十]{{0,2}}[个人位]",
    sparse=True,
)
"""Words that tell of so many in each."""
_COUNT_OF = (
    r"[二两三四五六七八九十\d]+(?:家|辆|条|户|间|栋|层|所|座|艘|节"
    r"|个(?:班|组|村|车间|宿舍|寝室|教室|病房|单位|学校|乡镇?|镇|厂|队|小区|年级|工棚|车厢?))"
)
"""So many units, of which the same is told: 两个车间都有5个."""
_ALL_HAVE = r"[都均](?:有|是|各|死|伤|困|埋)"
_EACH = lazy(
    r"(?:各(?:自|有|都|又)*|每[^,。;\d]{1,4}?(?:都|也|均|有)+)[^,。;!?\n\d]{0,4}$"
    rf"|{_COUNT_OF}[^,。;:\d]{{0,5}}{_ALL_HAVE}[^,。;!?\n\d]{{0,4}}$"
)
_ENUMERATED = lazy(
    r"[一二三四五六七八九十\d]+号?(?:班|组|车间|楼|队|村|年级|车)|[初高][一二三]|[甲乙丙丁](?:船|队|班|组|方)?"
)
_COUNTED = lazy(
    r"(?P<n>[二两三四五六七八九十\d]+)(?:个|家|辆|条|户|间|栋|层|所|座|支|台|桌|艘|节|处|名|位)(?:[^,。;\d的]{0,5})各"
    rf"|(?P<m>{_COUNT_OF})[^,。;:\d]{{0,5}}{_ALL_HAVE}"
    r"|(?P<two>两[^,。;\d]{1,6}|[俩][^,。;\d]{0,4}|[东西南北甲乙]{2}[^,。;\d]{0,5}|前后[^,。;\d]{1,3}|双方)各"
)
_OF_HARMS = lazy(r"死伤|轻重|男女|大小|老少|伤亡")
_FEW = 2
_MOST = 30


def is_each(lead: str) -> bool:
    """Whether the number behind the words is that of each of several."""
    return _EACH.search(lead) is not None


def times(lead: str) -> int | None:
    """Of how many it is said; None where that is not known."""
    if _OF_HARMS.search(lead):
        return None
    enumerated = len(_ENUMERATED.findall(lead))
    if enumerated >= _FEW:
        return enumerated
    counted = _COUNTED.search(lead)
    if counted is None:
        return None
    if counted["two"]:
        return _FEW
    number = next(numbers(counted["n"] or counted["m"]), None)
    if number is None or not isinstance(number.low, int) or number.low != number.high:
        return None
    return number.low if _FEW <= number.low <= _MOST else None
