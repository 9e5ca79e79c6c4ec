"""Which listed bodies a text names: by their names and short names, the longest first, whatever their number.

What may be another body is never taken for sure: 城关中学 in 城关中学附属小学, 实验小学 in 东方实验小学, 一小 of which
there are two. A text costs the same with ten bodies and with ten thousand: names are found by how they begin.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from plans.areas.body import Body
from plans.areas.townships import Townships, area_of
from plans.intake.numerals import normalise

MOST = 8
"""Bodies of one name among which somebody can choose by buttons; a name of more (中心小学) names none."""

HEAD = 2
"""Characters by which names are looked up; no name is shorter."""

_SUFFIX = re.compile(r"(?:街道|[镇乡])$")
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_ENDS = (
    "小学", "中学", "学校", "大学", "学院", "高中", "初中", "幼儿园", "医院", "卫生院", "公司", "集团", "煤矿", "厂",
    "村委会", "社区", "村",
)  # fmt: skip
_COMMON = re.compile(
    r"^(?:第?[一二三四五六七八九十\d]+|中心|实验|希望|育才|育英|育红|光明|新华|文化|外国语|职业|双语|艺术|特殊教育|"
    r"附属|人民|中医|妇幼|开发区|城关|新区|高级|示范|红旗|友谊|和平|胜利|团结|向阳)?(?:中|小|校|中心校|小学|中学|学校|高中|初中|"
    r"幼儿园|医院|卫生院|职高|技校)?$"
)
"""Names that many bodies have a part of: 实验小学 behind another word is another school."""

_ABBREVIATED = re.compile(r".[小中幼高]$")
_OTHER_WORD = re.compile(
    r"[时学孩部车型区镇组队块段片男女朋店路巷山河桥心午年旬间毒国央断途暑风弹枪水层等介撮半群些批伙名个辆台考考旬]"
)
"""Behind an abbreviated name of two characters: 一小时, 三中心, 二中毒 are no schools."""

_OF_A_SCHOOL = re.compile(
    r"的?(?:操场|食堂|教学楼|实验楼|宿舍|门口|校门|学生|老师|校长|教室|校车|校园|院长|病房|厂区|车间)"
)
"""Behind a common word that is a short name (实验): it may be meant as one; elsewhere it is only a word."""

_NUMERAL = re.compile(r"[一二三四五六七八九十百\d第初高]$")
_ANOTHER = re.compile(
    r"附属|附小|附中|附幼|附设|分校|分园|教学点|家属[院楼区]|小区|宿舍区|站(?!立|着|在)|路(?!面|边|上|过)|公交站"
)
_KINDERGARTEN = re.compile(r"(?:附属)?幼儿园")
_BESIDE = re.compile(
    r"(?:的|校门|校园|门口|大门)?(?:附近|旁|对面|隔壁|周边|一带|以[东西南北]|[东西南北]侧(?!楼|门|教))"
)
_MOVED = re.compile(r"(?:送|转院|转入|转至|赴|前往|通知|联系|告知|上报|抄送)(?:往|至|到|去|了|给)?[^,，。；;、]{0,2}$")
_TREATED = re.compile(
    r"[内里]?(?:接受|进行|正在)?(?:全力|奋力|紧急)?(?:抢救|救治|治疗|就诊|就医|收治|接诊|检查|观察|输液|住院|留观)"
)
_LAST = frozenset("小中幼高校园院厂村庄屯社区所站局矿司店场队部楼馆")
"""How a name of three characters ends that is no other word; 新世纪, a short name too, is one."""

_EDGE = frozenset(
    '在于到从去往是说称报告和与及、，,。；;：: \n（(“"《【—-午晨晚夜点分时日号'
    "天刚今昨现校我们位为由向让对给等某个得据经接市县区镇乡村街道路州省前后边处了"
)
"""In front of a name that stands for itself."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a text that name a body.

    Attributes:
        words: as the text has them.
        bodies: which they may mean, none of them twice.
        sure: there is one, and nothing speaks against it.
    """

    words: str
    bodies: tuple[Body, ...]
    sure: bool
    start: int = 0


@dataclass(frozen=True, slots=True)
class _Name:
    bodies: tuple[int, ...]
    common: bool
    area: bool
    village: bool


class BodyNames:
    """The names of listed bodies, made once for a list and then looked up in texts.

    Args:
        bodies: of one place.
        jurisdiction: its name, which may be left out at the beginning of a name: 晋城市城区东街小学 is 东街小学 too.
        townships: of the place, where they were made before.
    """

    def __init__(self, bodies: Sequence[Body], jurisdiction: str = "", townships: Townships | None = None) -> None:
        self.bodies = tuple(bodies)
        self.townships = townships or Townships(self.bodies)
        self._prefixes = _prefixes(normalise(jurisdiction))
        owners: dict[str, dict[int, None]] = defaultdict(dict)
        derived: dict[str, dict[int, None]] = defaultdict(dict)
        areas: set[str] = set()
        for number, body in enumerate(self.bodies):
            written = [_plain(name) for name in body.names]
            for name in written:
                owners[name][number] = None
            office = "镇街" in body.families
            for name in self._derived(body, written, office):
                derived[name][number] = None
            if office:
                areas |= {area_of(body.name), written[0]}
        for name, numbers in derived.items():
            if name not in owners:  # a name that an office wrote down is not that of somebody else
                owners[name] = numbers
        self._names = {
            name: _Name(
                tuple(numbers),
                _COMMON.match(name) is not None,
                name in areas,
                len(name) == HEAD and all("村居" in self.bodies[number].families for number in numbers),
            )
            for name, numbers in owners.items()
            if len(name) >= HEAD
        }
        sizes: dict[str, set[int]] = defaultdict(set)
        for name in self._names:
            sizes[name[:HEAD]].add(len(name))
        self._sizes = {head: tuple(sorted(own, reverse=True)) for head, own in sizes.items()}

    def _derived(self, body: Body, written: Sequence[str], office: bool) -> Iterator[str]:
        """Yield what a body is called without its being written down: without jurisdiction, with its township."""
        township = "" if office else self.townships.of(body)
        short = _SUFFIX.sub("", township)
        for name in written:
            bare = _BRACKETS.sub("", name) if "(" in name or "（" in name else name
            for own in dict.fromkeys((name, bare)):
                for prefix in self._prefixes:
                    if own.startswith(prefix) and len(own) - len(prefix) > HEAD:
                        yield own.removeprefix(prefix)
                        break
            if bare != name:
                yield bare
            if township:
                if bare.startswith(township):
                    if len(bare) - len(township) > HEAD:
                        yield bare.removeprefix(township)
                elif not (len(short) >= HEAD and bare.startswith(short)):
                    yield township + bare
                    if len(short) >= HEAD:
                        yield short + bare
        if office:
            yield area_of(body.name)

    def called(self, name: str) -> tuple[Body, ...]:
        """Return the bodies that have this very name."""
        known = self._names.get(_plain(name))
        return tuple(self.bodies[number] for number in known.bodies) if known is not None else ()

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """Return the bodies that a text names, in its order; a body that is only sent to, or told, is none of them."""
        plain = normalise(text)
        hits = list(self._hits(plain))
        if not hits:
            return ()
        sure = {name.bodies[0] for _, _, name, clear in hits if clear and len(name.bodies) == 1}
        towns = self._towns(plain)
        mentions: dict[tuple[int, ...], Mention] = {}
        for start, end, name, clear in hits:
            numbers = name.bodies
            if len(numbers) > 1:
                near = [number for number in numbers if number in sure] or [
                    number for number in numbers if self.townships.of(self.bodies[number]) in towns
                ]
                numbers = tuple(near) or numbers
            if len(numbers) > MOST:
                continue
            known = mentions.get(numbers)
            if known is None or not known.sure:
                bodies = tuple(self.bodies[number] for number in numbers)
                mentions[numbers] = Mention(text[start:end], bodies, clear and len(numbers) == 1, start)
        return tuple(sorted(mentions.values(), key=lambda item: item.start))

    def _hits(self, text: str) -> Iterator[tuple[int, int, _Name, bool]]:
        """Yield where names stand, the longest at each place, and whether nothing speaks against each."""
        at, last = 0, len(text) - HEAD
        sizes, names = self._sizes, self._names
        while at <= last:
            for size in sizes.get(text[at : at + HEAD], ()):
                name = names.get(text[at : at + size])
                if name is None or (clear := self._clear(text, at, at + size, name)) is None:
                    continue
                if not (_MOVED.search(text, max(0, at - 8), at) or self._treats(text, at + size, name)):
                    yield at, at + size, name, clear
                at += size
                break
            else:
                at += 1

    def _treats(self, text: str, end: int, name: _Name) -> bool:
        """Return whether people are only treated at a hospital: it happened elsewhere."""
        return _TREATED.match(text, end) is not None and any(
            "医院" in self.bodies[number].families for number in name.bodies
        )

    def _clear(self, text: str, start: int, end: int, name: _Name) -> bool | None:
        """Return whether a name stands for its body; None where it is no name but other words."""
        words = text[start:end]
        if len(words) <= HEAD and not name.area:
            if _ABBREVIATED.fullmatch(words):
                counted = _NUMERAL.search(words[0]) and _NUMERAL.search(text, 0, start)  # 十一小, 第一小
                if _OTHER_WORD.match(text, end) or counted:
                    return None
            elif name.village:
                return None if _OTHER_WORD.match(text, end) else not self._attached(text, start)
            elif not any(text.startswith(own, end) for own in self._ends(name)):
                return False if _OF_A_SCHOOL.match(text, end) else None
        if name.area:
            return True
        if len(words) == HEAD + 1 and words[-1] not in _LAST and not any(map(text[end:].startswith, self._ends(name))):
            return False if _OF_A_SCHOOL.match(text, end) else None
        another = _ANOTHER.match(text, end) or (_KINDERGARTEN.match(text, end) and not words.endswith("幼儿园"))
        if another or _BESIDE.match(text, end):
            return False
        return not (name.common and self._attached(text, start))

    def _ends(self, name: _Name) -> set[str]:
        """Return how the full names of a name's bodies end: 实验 before 小学 is 实验小学."""
        return {end for number in name.bodies for end in _ENDS if _plain(self.bodies[number].name).endswith(end)}

    def _attached(self, text: str, start: int) -> bool:
        """Return whether other words stand right before a name as a part of it: 东方 before 实验小学."""
        if start == 0 or text[start - 1] in _EDGE or not "\u4e00" <= text[start - 1] <= "\u9fff":
            return False
        before = text[max(0, start - 12) : start]
        return not (
            any(before.endswith(prefix) for prefix in self._prefixes)
            or any(self.townships.called(before[-size:]) for size in range(2, 7) if size <= len(before))
        )

    def _towns(self, text: str) -> frozenset[str]:
        """Return the townships whose whole names stand in a text, to tell bodies of one name apart."""
        return frozenset(
            name
            for name in self.townships.names
            if len(name) > 1 and (at := text.find(name)) >= 0 and not _MOVED.search(text, max(0, at - 8), at)
        )


def _plain(name: str) -> str:
    return normalise("".join(name.split()))


def _prefixes(jurisdiction: str) -> tuple[str, ...]:
    """Return with what a name may begin that says only where it is: 晋城市城区, 晋城市, 城区; the longest first."""
    if not jurisdiction:
        return ()
    parts = re.findall(r".+?[省市县区旗州](?=.|$)", jurisdiction) or [jurisdiction]
    starts: Iterable[str] = (
        "".join(parts[first:last]) for first in range(len(parts)) for last in range(first + 1, len(parts) + 1)
    )
    return tuple(sorted({*starts, *(part[:-1] for part in parts if len(part) > 2)}, key=lambda name: -len(name)))
