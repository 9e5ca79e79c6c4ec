"""What somebody says of himself: his real name, his office and his telephone, read from one line or three.

    赵敏 区应急管理局 0356-2250777
    姓名：赵敏
    单位：区应急管理局值班室
    电话：139…

Nothing is guessed: what cannot be a name is none, and what cannot be seen is no part of one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from plans.cells import plain
from plans.directory.numbers import number_of, personal, taken_apart
from plans.roster.people import name_key, stands_for_nobody

LONGEST = 120
"""Characters of what is read as a whole."""

OFFICES = tuple(
    "局 科 室 处 办 所 校 院 委 部 站 园 馆 厂 村 队 镇 乡 街道 中心 公司 集团 社区 支队 大队 政府 小学 中学 "
    "学校 幼儿园 医院 协会 管委会 委员会 办公室 指挥部 总队 银行 商场 酒店 厅 部门 单位 企业 机构 工会 联合会 红十字会 "
    "海关 军分区 班子 负责人 市 县 区".split()
)
"""Endings of what offices are called."""

_WHOLE = re.compile(
    r".*(?:局|委|政府|校|院|部|站|园|馆|厂|所|镇|乡|街道|公司|集团|[支大总]队|小学|中学|协会|联合会|红十字会|工会|银行|商场|酒店|厅|"
    r"军分区|海关|村|社区)"
)
"""The part of an office's name that is a body of its own: 区教育局 of 区教育局值班室."""
_PART = re.compile(r".+(?:科|室|处|股|办|中心)\Z")

Fault = Literal["long", "name", "office", "phone"]

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f"
_NAME = re.compile(rf"[{_HAN}](?:[{_HAN}·]{{0,18}}[{_HAN}])|[A-Za-zÀ-ÿ](?:[A-Za-zÀ-ÿ.'’\- ]{{0,38}}[A-Za-zÀ-ÿ.])")
_OFFICE = re.compile(rf"[{_HAN}A-Za-z0-9][{_HAN}A-Za-z0-9()（）·\-—/&.、 ]{{1,39}}")
_DOTS = re.compile(r"[•‧・･∙⋅]")
_LABEL = re.compile(r"(?:^|(?<=[\s,，、;；]))(姓名|名字|单位|科室|部门|职务|电话|手机号?|联系电话|联系方式)\s*[:：]\s*")
_FIELD = {"姓名": "name", "名字": "name", "单位": "office", "科室": "office", "部门": "office", "职务": "office"}
_TURNED = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""What turns letters round: a name is shown otherwise than it is read."""
_LATIN = re.compile(r"[A-Za-zÀ-ÿ.'’\-]+")
_FIGURES = re.compile(r"[\d+()（）\-—转]{3,}")
_APART = re.compile(r"[\s,，、;；]+")


NO_PHONE = "无"
"""In the place of a telephone: there is none any more."""
_NO_PHONE = frozenset({"无", "没有", "无电话", "电话无"})


_TITLES = ("校长", "园长", "院长", "主任", "书记", "老师", "经理", "所长", "站长", "局长", "负责人", "同志", "总")
"""What ends so is how somebody is called, and no real name."""
_SOME_OFFICE = "单位"


class Who(NamedTuple):
    """Who somebody is: real name, office (单位、科室), telephone; the last two may be empty."""

    name: str
    office: str = ""
    phone: str = ""

    def keeping(self, phone: str) -> Who:
        """Return the same with the telephone that is known where none is said, and without any where that is said."""
        return self._replace(phone="" if self.phone == NO_PHONE else self.phone or phone)


class NotSaid(ValueError):
    """It cannot be read who somebody is.

    Args:
        fault: what is wrong, or missing.
    """

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault: Fault = fault


def read_who(text: str, area_code: str = "", *, office: str = "") -> Who:
    """Read who somebody is.

    Args:
        area_code: of the place, for telephone numbers without theirs.
        office: what counts where none is written; without one it must be written.

    Returns:
        who it is; the telephone is ``NO_PHONE`` where it is said that there is none.

    Raises:
        NotSaid: the name, or the office, is missing or none; a telephone is none; it is too long.
    """
    bare = _DOTS.sub("·", plain(text))
    if len(bare) > LONGEST:
        raise NotSaid("long")
    if _TURNED.search(text):
        raise NotSaid("name")
    fields = _labelled(bare, area_code) if is_labelled(bare) else _in_a_row(bare, area_code)
    name = " ".join(fields["name"].split())
    joined = re.sub(rf"(?<=[{_HAN}·]) (?=[{_HAN}·])", "", name)
    if not _NAME.fullmatch(joined):
        raise NotSaid("name")
    place = " ".join(fields["office"].split()) or office
    if not place or not _OFFICE.fullmatch(place):
        raise NotSaid("office")
    number = number_of(fields["phone"], area_code)
    if number is not None and number.kind == "short":
        raise NotSaid("phone")  # 110, 12345: everybody's, nobody's own
    return Who(joined, place, fields["phone"])


def listed_head(cell: str, body: str, phones: Sequence[str] = ()) -> Who | None:
    """Return the head of a body as a list of bodies names him; None where no real name stands there, or several do.

    Args:
        cell: of the list. body: its name, which is his office. phones: its numbers; the one mobile number is his.
    """
    own = [number for number in phones if personal(number)]
    try:
        who = read_who(cell, office=body)
    except NotSaid as problem:
        if problem.fault != "office":
            return None
        try:
            who = read_who(cell, office=_SOME_OFFICE)
        except NotSaid:
            return None
    if (
        stands_for_nobody(who.name)
        or who.name.endswith(_TITLES)
        or who.phone == NO_PHONE
        or who.office not in (body, _SOME_OFFICE)
    ):
        return None
    return Who(who.name, "" if who.office != body else body, who.phone or (own[0] if len(own) == 1 else ""))


def is_labelled(text: str) -> bool:
    """Return whether a text names its parts (姓名：…), so that it can be nothing else."""
    return any(_FIELD.get(match[1]) == "name" for match in _LABEL.finditer(plain(text)))


def is_office(words: str) -> bool:
    """Return whether words are an office, as offices are called: what it does there is no event."""
    return bool(words) and words.split()[-1].rstrip("）)").endswith(OFFICES)


def contradict(one: str, other: str) -> bool:
    """Return whether two words for an office are certainly two offices: 区教育局 and 区卫健局, 安全科 and 应急科.

    What is left out of a name contradicts nothing (区应急管理局, 应急局), nor does a part of an office beside the whole
    (应急科, 区应急管理局), an area, a team, or what is no office.
    """
    names = [name_key(one), name_key(other)]
    wholes = [match[0] if (match := _WHOLE.match(name)) is not None else "" for name in names]
    if all(wholes):
        return not _abbreviates(*wholes)
    return not any(wholes) and all(map(_PART.match, names)) and not _abbreviates(*names)


def _abbreviates(one: str, other: str) -> bool:
    """Return whether one of two names is the other with signs left out."""
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    return all(sign in rest for sign in short)


def _labelled(text: str, area_code: str) -> dict[str, str]:
    fields = {"name": "", "office": "", "phone": ""}
    labels = list(_LABEL.finditer(text))
    if text[: labels[0].start()].strip():
        raise NotSaid("name")
    ends = [item.start() for item in labels[1:]] + [len(text)]
    for label, end in zip(labels, ends, strict=True):
        value = text[label.end() : end].strip(" \n\t,，、;；")
        field = _FIELD.get(label[1], "phone")
        if field == "phone":
            numbers, others = taken_apart(value.split(), area_code)
            if value in _NO_PHONE:
                numbers, others = [NO_PHONE], []
            if others or len(numbers) > 1:
                raise NotSaid("phone")
            value = numbers[0] if numbers else ""
        fields[field] = f"{fields[field]} {value}".strip()
    return fields


def _in_a_row(text: str, area_code: str) -> dict[str, str]:
    words = [word for word in _APART.split(text.strip()) if word]
    numbers, others = taken_apart(words, area_code)
    if len(numbers) > 1:
        raise NotSaid("phone")
    if not others:
        raise NotSaid("name")
    if len(others) > 2 and others[-1] in _NO_PHONE and not numbers:
        numbers, others = [NO_PHONE], others[:-1]
    if any(_FIGURES.fullmatch(word) for word in others):
        raise NotSaid("phone")
    size = 1
    while size < len(others) and _goes_on(others[size - 1], others[size]):
        size += 1
    return {"name": " ".join(others[:size]), "office": " ".join(others[size:]), "phone": numbers[0] if numbers else ""}


def _goes_on(one: str, other: str) -> bool:
    """Return whether two words are parts of one name: 王 伟, John Smith."""
    return (len(one) == len(other) == 1) or bool(_LATIN.fullmatch(one) and _LATIN.fullmatch(other))
