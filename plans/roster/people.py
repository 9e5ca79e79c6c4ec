"""The people in a cell of a duty roster: names, perhaps each with a telephone and as what.

王　伟 is one person and 张三、李四 are two; a piece of one character is nobody; what could be either is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from plans.cells import Fault, plain
from plans.directory.numbers import number_of, why_not
from plans.roster.duty import FIRST, LEADER, SECOND
from plans.times.hours import shift_named

LONGEST = 30
MOST = 20
"""People in a cell."""

LABELS = {
    LEADER: ("带班领导", "值班领导", "带班人员", "带班", "领导"),
    FIRST: ("值班人员", "值班员", "主班", "值班"),
    SECOND: ("副值班员", "副班", "备班"),
}
_MARKS = {
    "主": FIRST,
    "主班": FIRST,
    "副": SECOND,
    "副班": SECOND,
    "备": SECOND,
    "备班": SECOND,
    "带班": LEADER,
    "领导": LEADER,
}
_LABEL = re.compile(
    r"(?:^|(?<=[\s、，,;；/）)]))\s*("
    + "|".join(sorted((word for words in LABELS.values() for word in words), key=len, reverse=True))
    + r")(?=[\s:：,，]|[^\W\d_])\s*[:：,，]?\s*"
)
_PHONE = re.compile(r"[（(]?\+?[（(]?\d[\d\-–— ()（）]{4,}\d(?:\s*转\s*\d+)?[）)]?")
_BEFORE_PHONE = re.compile(r"(?:联系)?(?:电话|手机号?|座机|[Tt][Ee][Ll])[:：.]?\s*(?=\x1f)")
_APART = re.compile(r"[、，,;；\n\t/|]+")
_BRACKETS = re.compile(r"[（(]([^（）()]*)[）)]")
_POST = re.compile(r"(?:长|任|书记|员|师|主席|司机|经理)\Z")
"""What ends in these is what somebody is, and no office: 赵值班（组长）."""
_NAME = re.compile(r"[^\W\d_][\w·•・‧.'’-]*\Z")
_SINGLE = frozenset("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥")
"""Signs that stand for a person or a team: the only names of one character."""
_NOBODY = frozenset(
    ("", "无", "休", "空", "略", "休息", "放假", "轮休", "待定", "空缺", "暂缺", "×", "X", "x", "○", "\\")
)
_LABEL_WORDS = frozenset(word for words in LABELS.values() for word in words)
_NO_NAME = _LABEL_WORDS | frozenset(
    ("同上", "同前", "如上", "以上", "值班", "电话", "合计", "总计", "小计", "备注", "调休", "换班", "全体", "全体人员")
)
_NO_PERSON = re.compile(
    r"全体|今[日天]|当[日天]|每[日天]|节日|假日|会议|例会|办公会|视频会|培训|检查|演练|放假|假期|国庆|春节|元旦|中秋|端午|清明|劳动节|生日|活动|调研|出差|休假|值班表|安排|通知"
)
_ON_DUTY = re.compile(r"(?<=[^\W\d_]{2})\s*(?:值班|带班)\Z")
"""What a title says behind a name: 李四四值班. A single character before it is no name, so that it stays."""
_STANDS_IN = re.compile(r"替|代|换|请假|病|休|改")
_COMPOUND = frozenset(
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 "
    "皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 "
    "子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 "
    "段干 百里 呼延 东郭 南门 羊舌 微生 公户 公玉 公仪 梁丘 公仲 公上 公门 公山 公坚 "
    "左丘 公伯 西门 公祖 第五 公乘 贯丘 公皙 南荣 东里 东宫 仲长 子书 子桑 即墨 达奚 "
    "褚师 完颜 纳兰".split()
)
EXPECTED = "几个人之间用顿号，例如 张三、李四"


class Named(NamedTuple):
    """Somebody in a cell; ``kind`` is empty where only the column says it, ``office`` where it is not in brackets."""

    name: str
    phone: str = ""
    kind: str = ""
    office: str = ""


def name_key(name: str) -> str:
    """Return what two ways of writing one name have in common."""
    return re.sub(r"\s+", "", plain(name))


def stands_for_nobody(name: str) -> bool:
    """Return whether what stands in the place of a name says that nobody is named there: 待定, 空缺, 全体."""
    return name in _NOBODY or name in _NO_NAME or bool(_NO_PERSON.search(name))


def people_of(cell: str, area_code: str = "") -> list[Named]:
    """Return who stands in a cell.

    Raises:
        ValueError: it is not sure who; with what was expected.
    """
    if isinstance(cell, Fault):
        raise ValueError(f"有一格{cell}")
    text = plain(cell).strip()
    if re.sub(r"[\s\-—–_.。/]+", "", text) in _NOBODY:
        return []
    text, phones = _without_phones(text, area_code)
    people: list[Named] = []
    for kind, part in _labelled(text):
        people += _of_part(part, kind, phones, cell)
    if len(people) > MOST:
        raise ValueError(f"“{_shown(cell)}”有{len(people)}个人，一格最多{MOST}个")
    if not people:
        raise ValueError(f"“{_shown(cell)}”没有写值班的人")
    return people


def _without_phones(text: str, area: str) -> tuple[str, Iterator[str]]:
    """Return a text with a mark in the place of each telephone, and the telephones."""
    phones: list[str] = []

    def mark(match: re.Match[str]) -> str:
        parts = match[0].split(" ")
        for at in range(len(parts)):  # the first figures may end a name: 甲08 0356-2250777
            candidate = " ".join(parts[at:])
            number = number_of(candidate, area) or number_of(candidate.strip("（()） -—"), area)
            if number is not None:
                phones.append(number.text)
                return " ".join([*parts[:at], "\x1f"])
        raise ValueError(why_not(match[0].strip(), area))

    text = _PHONE.sub(mark, text)
    return _BEFORE_PHONE.sub("", text), iter(phones)


def _labelled(text: str) -> list[tuple[str, str]]:
    """Return the parts of a text, each with what its people are: 带班：孙主任 值班：赵值班."""
    labels = list(_LABEL.finditer(text))
    if not labels:
        return [("", text)]
    ends = [item.start() for item in labels[1:]] + [len(text)]
    parts = [
        (next(kind for kind, words in LABELS.items() if item[1] in words), text[item.end() : end])
        for item, end in zip(labels, ends, strict=True)
    ]
    before = text[: labels[0].start()]
    return [("", before), *parts] if before.strip() else parts


def _of_part(part: str, kind: str, phones: Iterator[str], cell: str) -> list[Named]:
    people: list[Named] = []
    waiting = ""
    for piece in _APART.split(part):
        for words in re.split(r"(\x1f)", piece):
            if words == "\x1f":
                number = next(phones)
                if not people:
                    if waiting:
                        raise ValueError(f"“{_shown(cell)}”的电话在姓名前面，不知道是谁的；请写在姓名后面")
                    waiting = number
                else:
                    last = people[-1]
                    people[-1] = last._replace(phone=f"{last.phone}、{number}" if last.phone else number)
            elif words.strip(" \u3000:：-"):
                people += _named(words.strip(" \u3000:：-"), kind, cell)
    if waiting:
        if len(people) != 1 or people[0].phone:
            raise ValueError(f"“{_shown(cell)}”只有电话，或不知道电话是谁的；应写作 赵值班 0356-2250777")
        people[0] = people[0]._replace(phone=waiting)
    return people


def _named(text: str, kind: str, cell: str) -> list[Named]:
    marks = [mark.strip() for mark in _BRACKETS.findall(text) if mark.strip()]
    if any(_STANDS_IN.search(mark) for mark in marks):
        raise ValueError(f"“{_shown(cell)}”括号里说有变动，请只写实际值班的人")
    if any(shift_named(mark) or re.search(r"\d", mark) for mark in marks):
        raise ValueError(f"“{_shown(cell)}”括号里是班次或时间，请写在“班次”一列")
    bare = _ON_DUTY.sub("", _BRACKETS.sub(" ", text).strip(" \u3000"))
    kind = next((_MARKS[mark] for mark in marks if mark in _MARKS), kind)
    if not bare:
        raise ValueError(f"“{_shown(cell)}”不像姓名，{EXPECTED}")
    if bare in _NOBODY:
        return []
    names = _apart(bare, cell)
    offices = [mark for mark in marks if mark not in _MARKS and len(mark) > 1 and not _POST.search(mark)]
    office = offices[0] if offices and len(names) == 1 else ""
    return [Named(_checked(name, cell), "", kind, office[:LONGEST]) for name in names]


def _apart(text: str, cell: str) -> list[str]:
    """Return the names in a text without other signs than spaces."""
    parts = re.split(r"[ \u3000]+", text)
    if len(parts) == 1:
        return parts
    single = [len(part) == 1 for part in parts]
    if all(single) and len(parts) <= 3:
        return ["".join(parts)]
    if len(parts) == 2 and (any(single) or parts[0] in _COMPOUND):
        return ["".join(parts)]
    if any(single) or "\u3000" in text:
        raise ValueError(f"“{_shown(cell)}”中间有空格，不知道是几个人；{EXPECTED}")
    return parts


def _checked(name: str, cell: str) -> str:
    alone = len(name) == 1 and name not in _SINGLE
    if (
        alone
        or (len(name) > 1 and shift_named(name))
        or name in _NO_NAME
        or len(name) > LONGEST
        or not _NAME.match(name)
        or _NO_PERSON.search(name)
    ):
        raise ValueError(f"“{_shown(cell)}”不像姓名，{EXPECTED}")
    return name


def _shown(cell: str) -> str:
    text = " ".join(cell.split())
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
