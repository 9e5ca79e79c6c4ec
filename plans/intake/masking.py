"""Telephone numbers, other marks of persons and names are masked before a text goes to another reader.

What looks like a name is masked: one that is left standing has left the office, a word too many that is masked costs
the other reader a word. Names without a surname and without a word that says they are one (狗蛋来了) are not told from
the rest of the language; the office's own people are masked by their names, whatever those are.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType

from plans.cells import visible
from plans.intake.engine import compiled
from plans.intake.lexicon import rows
from plans.intake.numerals import normalise
from plans.intake.patterns import lazy

PHONE, MARK, NAME = "〔号码〕", "〔标识〕", "〔姓名〕"
"""What stands in the place of a number, of another mark (address on the net, plate), of a name."""

_HAN = "\u3400-\u9fff\U00020000-\U0003ffff"
_DIGIT = r"[\d零〇一二三四五六七八九幺两拐洞]"
_APART = r"[ \t\-—()._·*/+]{0,2}"
_NUMBERS = lazy(rf"[+(]?{_DIGIT}(?:{_APART}{_DIGIT}){{6,}}[xX]?(?:转(?:分机)?\d{{1,6}})?")
_CALLED = lazy(
    r"(?:电话|手机号?|短号|号码|联系方式|热线|座机|微信号?|[Qq][Qq]号?|身份证号?|工号|学号|拨打?|打)"
    r"(?:是|为|[::])?[ ]?(?P<number>[A-Za-z0-9][A-Za-z0-9_\-]{3,})"
)
_LINKS = lazy(r"https?:\S+|www\.\S+|[\w.+\-]+@[\w.\-]+|@\w+", re.A | re.I)
_PLATES = lazy(r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·• ]?[A-Z0-9]{4,6}[挂学警]?")
_LATIN = lazy(r"(?<![A-Za-z0-9])[A-Za-z]{2,}(?:[ .'\-]+[A-Za-z]{2,})*(?![A-Za-z0-9])")
_KEPT = frozenset("ICU CT CO KV KW MW PM AM LNG LPG CNG KTV ATM LED GPS APP PVC KM CM MM OK EV SUV".split())
_DOTTED = lazy(rf"[{_HAN}]{{1,6}}(?:[·•‧・][{_HAN}]{{1,6}})+")

_ROLES = (
    "司机|驾驶员|老师|教师|学生|同学|患者|病人|死者|伤者|伤员|逝者|遇难者|失踪者|被困者|溺水者|落水者|病例|确诊者|工人|民工|村民|居民|业主|住户|户主|"
    "乘客|旅客|老板|负责人|联系人|报告人|报警人|报案人|目击者|值班员|值班人|保安|门卫|嫌疑人|肇事者|主任|书记|局长|县长|镇长|乡长|村长|院长|校长|"
    "队长|所长|站长|科长|处长|经理|厂长|矿长|班长|组长|医生|大夫|护士|护士长|民警|警官|消防员|队员|矿工|电工|焊工|员工|职工|保洁|厨师|家属|家长|"
    "父亲|母亲|爸爸|妈妈|爷爷|奶奶|丈夫|妻子|儿子|女儿|孙子|孙女|弟弟|妹妹|哥哥|姐姐|媳妇|老公|老婆|邻居|男子|女子|男孩|女孩|男生|女生|小孩|老人|"
    "记者|通讯员|市长|区长|省长|专员|姓名|名字|我是|我叫|他叫|她叫|名叫|叫做|叫|找|致电|通知|转告"
)
_TITLED = (
    "老师|主任|书记|局长|县长|镇长|乡长|村长|院长|校长|队长|所长|站长|科长|处长|经理|厂长|矿长|班长|组长|总|工|师傅|医生|大夫|护士|警官|同学|某|"
    "女士|先生|阿姨|叔|伯|婶|哥|姐|嫂|爷|奶|婆|氏|家(?=[着的老小大一二三四五六])"
)
_AFTER_ROLE = lazy(rf"(?:{_ROLES})(?:的?(?:名字|姓名))?[ ]?(?:是|叫|为|有|[::])?[ ]?")
_NICKNAME = lazy(rf"(?:名叫|叫做|我叫|[他她]叫|外号叫?|绰号叫?|小名叫?|人称)[“\"「]?(?P<name>[{_HAN}]{{2,3}})")
_LABELLED = lazy(
    rf"(?:姓名|联系人|报告人|报警人|报案人|负责人|值班员|值班人)[ ]?[::][ ]?(?P<name>[{_HAN}]{{2,4}})(?![{_HAN}])"
)
_NUMERALS = frozenset("零〇一二三四五六七八九十百千万几两俩仨数")
_COUNTED = frozenset("人名个位例户死伤口岁号")
_NO_GIVEN = frozenset("死亡伤困埋砸撞烧烫摔淹溺毒晕某")
"""Characters that no parents choose: a harm begins there."""

_WORDS_OF_HARM = tuple(
    (
        "受伤 受困 失踪 失联 中毒 送医 送往 送到 送去 送县 送市 被困 被埋 倒塌 落水 坠落 触电 抢救 没了 走失 "
        "住院 骨折 昏迷 呕吐 腹泻 发烧 发热 确诊 轻伤 重伤 伤亡 获救 脱险"
    ).split()
)
_FUNCTION = frozenset(
    "的了是在和与及跟被把将也都已又还就从到往去说称讲打报受送让给对等有没不着过则因而且但或即拉抬扶带救叫见找住喊请来说家,"
)


@cache
def _surnames() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {"often": set(), "seldom": set(), "double": set()}
    for row in rows("surnames", 2, 2):
        kind, names = row.cells
        found[kind].update(names.split() if kind == "double" else names)
    return MappingProxyType({kind: frozenset(names) for kind, names in found.items()})


@cache
def _any_surname() -> re.Pattern[str]:
    known = _surnames()
    singles = "".join(sorted(known["often"] | known["seldom"]))
    return compiled(rf"(?:{'|'.join(sorted(known['double']))}|[{singles}])")


@cache
def _words() -> tuple[Mapping[str, tuple[str, ...]], int]:
    """Words that hide a surname, by it, and the length of the longest."""
    found: dict[str, set[str]] = {}
    for row in rows("not_names", 2, 2):
        for word in row.cells[1].split():
            for character in word:
                found.setdefault(character, set()).add(word)
    longest = max(len(word) for words in found.values() for word in words)
    return MappingProxyType({key: tuple(sorted(words)) for key, words in found.items()}), longest


def looks_like_a_name(word: str) -> bool:
    """Return whether a word of a text is most likely a Chinese name: two to four characters, a surname first."""
    hidden, _ = _words()
    return (
        2 <= len(word) <= 4
        and all("\u3400" <= character <= "\u9fff" for character in word)
        and _any_surname().match(word) is not None
        and not any(word.startswith(other) for other in hidden.get(word[0], ()))
    )


def foldable(text: str) -> str:
    """The text as it is read and masked: nothing invisible, full width folded, simplified."""
    return normalise(visible(text))


def masked(text: str, names: Collection[str] = ()) -> str:
    """The text, folded, without telephone numbers, other marks and names of persons.

    Args:
        names: of people who are known; masked wherever they stand, and their given names too.
    """
    plain = foldable(text)
    marks = bytearray(len(plain))
    for kind, spans in enumerate((_numbers(plain), _marks(plain)), 1):
        for low, high in spans:
            marks[low:high] = bytes([kind]) * (high - low)
    found = list(_known(plain, names)) + list(_names(plain))
    found += _listed(plain, found)
    for given in _given(plain, found):
        found += [match.span() for match in re.finditer(re.escape(given), plain)]
    for low, high in found:
        for at in range(low, high):
            marks[at] = marks[at] or 3
    return _written(plain, marks)


def _written(plain: str, marks: bytearray) -> str:
    parts: list[str] = []
    labels = ("", PHONE, MARK, NAME)
    for at, character in enumerate(plain):
        if not marks[at]:
            parts.append(character)
        elif at == 0 or marks[at - 1] != marks[at]:
            parts.append(labels[marks[at]])
    return "".join(parts)


def _numbers(plain: str) -> Iterator[tuple[int, int]]:
    yield from (match.span() for match in _NUMBERS.finditer(plain))
    yield from (match.span("number") for match in _CALLED.finditer(plain))


def _marks(plain: str) -> Iterator[tuple[int, int]]:
    for pattern in (_LINKS, _PLATES):
        yield from (match.span() for match in pattern.finditer(plain))
    for match in _LATIN.finditer(plain):
        if not all(word.upper() in _KEPT for word in re.split(r"[ .'\-]+", match[0])):
            yield match.span()


def _known(plain: str, names: Collection[str]) -> Iterator[tuple[int, int]]:
    for name in names:
        wanted = foldable(name).strip()
        shapes = {wanted, wanted[1:]} if re.fullmatch(rf"[{_HAN}]{{3,4}}", wanted) else {wanted}
        for shape in shapes:
            if len(shape) > 1:
                yield from (match.span() for match in re.finditer(re.escape(shape), plain))


def _listed(plain: str, found: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Names that follow another one in a list, whatever words they may also be."""
    surname = _any_surname()
    more: list[tuple[int, int]] = []
    ends = sorted({high for _, high in found})
    while ends:
        at = ends.pop()
        name = surname.match(plain, at + 1) if plain[at : at + 1] in _JOINS else None
        if name is None or (stop := _end(plain, name.end())) == name.end():
            continue
        if (name.start(), stop) not in more:
            more.append((name.start(), stop))
            ends.append(stop)
    return more


def _given(plain: str, found: Sequence[tuple[int, int]]) -> set[str]:
    """Given names of two characters, which people go on to use alone."""
    names = {plain[low:high] for low, high in found if high - low == 3}
    return {name[1:] for name in names if not (set(name[1:]) & (_NUMERALS | _FUNCTION))}


def _names(plain: str) -> Iterator[tuple[int, int]]:
    yield from (match.span() for match in _DOTTED.finditer(plain))
    for pattern in (_NICKNAME, _LABELLED):
        yield from (match.span("name") for match in pattern.finditer(plain))
    surname = _any_surname()
    for match in _AFTER_ROLE.finditer(plain):
        if (name := surname.match(plain, match.end())) is not None:
            yield name.start(), _end(plain, name.end())
    for match in _TITLES().finditer(plain):
        if match.start() == 0 or not (plain[match.start() - 1].isdigit() or plain[match.start() - 1] in _NUMERALS):
            yield match.start(), match.end("given") if match["given"] else match.end("surname")
    for match in _ALONE.finditer(plain):
        name = surname.match(plain, match.start())
        if name is None or name.end() >= match.end() or plain[name.end()] in _NO_GIVEN or _counts(plain, name.end()):
            continue
        listed = plain[match.start() - 1 : match.start()] in _COMMAS or plain[match.end() : match.end() + 1] in _COMMAS
        if listed or not _is_word(plain, name.start(), name.end()):
            yield match.span()
    yield from _within(plain)


@cache
def _TITLES() -> re.Pattern[str]:
    return compiled(
        rf"(?P<surname>{_any_surname().pattern})(?P<given>[{_HAN}]{{0,2}}?)(?P<title>某{{1,2}}[甲乙丙丁]?|{_TITLED})"
    )


_ALONE = lazy(rf"(?<![{_HAN}\d])[{_HAN}]{{2,4}}(?![{_HAN}\d])")
"""Two to four characters between marks, as names stand in a list."""
_COMMAS = frozenset("、,和")
_JOINS = frozenset("、和与及跟")


def _within(plain: str) -> Iterator[tuple[int, int]]:
    """Names in running text: a frequent surname that is in no word."""
    known = _surnames()
    at = 0
    while at < len(plain):
        size = 2 if plain[at : at + 2] in known["double"] else 1 if plain[at] in known["often"] else 0
        first = at + size
        if size and at and plain[at - 1] in "老小阿" and not _is_word(plain, at, first):
            stop = first if plain[first : first + 1] in _FUNCTION else _end(plain, first)
            yield at, stop
            at = stop
        elif size and _may_begin(plain, at, first):
            stop = _end(plain, first)
            yield at, stop
            at = stop
        else:
            at += 1


def _may_begin(plain: str, at: int, first: int) -> bool:
    if first >= len(plain) or not re.match(rf"[{_HAN}]", plain[first]) or plain[first] in _NO_GIVEN:
        return False
    if at and (plain[at - 1] in _NUMERALS or plain[at - 1].isdigit()):
        return False
    return not (_counts(plain, first) or _is_word(plain, at, first) or plain.startswith(_WORDS_OF_HARM, first))


def _counts(plain: str, at: int) -> bool:
    """A numeral with what it counts stands here: 高三人 is no name."""
    stop = at
    while stop < len(plain) and plain[stop] in _NUMERALS:
        stop += 1
    return stop > at and plain[stop : stop + 1] in _COUNTED and bool(plain[stop : stop + 1])


def _is_word(plain: str, low: int, high: int) -> bool:
    """Whether what stands here is within a word of the table."""
    words, longest = _words()
    if high - low > 1:
        return False  # 东方 and 司马 are surnames first
    for at in range(low, high):
        for word in words.get(plain[at], ()):
            start = plain.find(word, max(0, at - longest + 1), at + longest)
            while 0 <= start <= at:
                if start + len(word) > at:
                    return True
                start = plain.find(word, start + 1, at + longest)
    return False


def _end(plain: str, first: int) -> int:
    """The end of a given name that begins here: one character, or two where the second begins nothing else."""
    if first >= len(plain) or not re.match(rf"[{_HAN}]", plain[first]) or plain[first] in _NO_GIVEN:
        return first
    if _counts(plain, first) or plain.startswith(_WORDS_OF_HARM, first):
        return first
    second = first + 1
    if second >= len(plain) or not re.match(rf"[{_HAN}]", plain[second]) or plain[second] in _NO_GIVEN:
        return second
    if _counts(plain, second) or plain.startswith(_WORDS_OF_HARM, second):
        return second
    last = not re.match(rf"[{_HAN}\d]", plain[second + 1 : second + 2])
    return second if plain[second] in _FUNCTION and not last else second + 1
