"""Units of which a report tells in turn: who was in the first car was not in the second (前车司机, 后车司机)."""

from __future__ import annotations

from typing import NamedTuple

from plans.intake.patterns import lazy

_FAMILIES = (
    ("shop", lazy(r"车间|仓库|食堂|锅炉房|工段|[产水装配]线|工棚")),
    ("room", lazy(r"宿舍|寝室|病房|病区|包间|教室")),
    ("hospital", lazy(r"医院|卫生院|[一二三四五六]院|急救中心|诊所")),
    ("school", lazy(r"小学|中学|幼儿园|[一二三四五六七八九]中")),
    ("class", lazy(r"班|年级|[初高大][一二三四1-4](?!班|楼)")),
    ("floor", lazy(r"楼|层|单元|栋|幢|地下室")),
    ("village", lazy(r"村|庄|屯|寨|社区|小区")),
    ("group", lazy(r"组|小队")),
    ("ship", lazy(r"船|艇|筏|渔\d{1,5}")),
    ("car", lazy(r"车(?!间|厢)|大巴|中巴|三轮(?!车)|皮卡|一辆(?!车)|[二三四五六七八九两]辆(?!车)")),
)
_BEHIND = lazy(
    r"$|[里上的内那这有还另是共:死伤亡重轻失被困受埋压少没缺倒吐晕烧砸撞发遇]|驾驶|目前|现在|已|又|当场|车厢"
)
"""What may stand behind the name of a unit: what befell those of it."""
_NO_NAME = lazy(r"(?:[送转到拉抬去往在把]|收治|其中|整|全|这|那|同)")
"""Words that bring somebody there, and units that are no others (全车)."""
_LONGEST = 8
_BESIDE = {("village", "group"), ("school", "class"), ("shop", "floor"), ("floor", "shop"), ("car", "ship")}
"""Those of the first are none of the second, since the first is the larger, or beside it."""


class Unit(NamedTuple):
    """A unit by its name, and of what family it is: two of one family with other names are apart."""

    family: str
    name: str


def unit_in(lead: str) -> Unit | None:
    """The unit that the words before people name: 后车 of 后车司机, 二班 of 二班有5个学生; none of 车上4个人."""
    if _NO_NAME.match(lead):
        return None
    for family, ends in _FAMILIES:
        for end in ends.finditer(lead, 0, _LONGEST):
            if end.end() > 1 and _BEHIND.match(lead, end.end()):
                return Unit(family, lead[: end.end()])
    return None


def are_apart(one: Unit | None, other: Unit | None) -> bool:
    """Whether those of one unit are none of the other."""
    if one is None or other is None:
        return False
    if one.family != other.family:
        return (one.family, other.family) in _BESIDE
    return not one.name.endswith(other.name) and not other.name.endswith(one.name)
