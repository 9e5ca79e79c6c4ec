"""What an entry of the duty log says: who called, from where, which number, when, what is wanted, by when.

Nothing is read that was not said: 市政府值班室张 来电 names an office and a surname, 巡查正常 names nobody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from plans.directory.numbers import number_of
from plans.intake.due import CLOCKED, Due, dues, point_named
from plans.intake.numerals import normalise
from plans.intake.patterns import lazy
from plans.intake.reading import SHANGHAI
from plans.intake.warning.points import midnight

LONGEST = 4096
"""Characters that are read: those of one message."""

CALL, PAPER, FAX, VISIT, MESSAGE, OUT = "来电", "来文", "传真", "来访", "短信", "去电"
WAYS = (CALL, PAPER, FAX, VISIT, MESSAGE, OUT)
"""How it came, or that the desk itself called."""

WEATHER, LEADER, OFFICER, HAND_OVER = "天气", "带班领导", "值班员", "交接"
HEADS = (WEATHER, OFFICER, LEADER, HAND_OVER)
"""Heads of a page of the paper book that an entry can fill in for its day."""

_HEAD = lazy(rf"^(?P<head>{'|'.join(HEADS)})(?:情况|记录)?[ :,]\s*(?=\S)")
_WAY = lazy(
    r"(?P<call>来电话?|打来电话|打电话[来到]?|电话(?:通知|告知|询问|反映|称|要求|报告|传达)?|致电(?:我[局委办室区县]|值班室)?)"
    r"|(?P<paper>来文|来函|发来(?:通知|文件|明电|函)|明电|下发(?:通知|文件))|(?P<fax>传真|发来传真)|(?P<visit>来访|来人)"
    r"|(?P<message>(?:发来)?(?:短信|微信))"
)
_OUT = lazy(
    r"^(?:致电|去电|电告|电话通知|回电(?:给|至)?|打电话给|拨打)"
    r"(?P<who>[^,。;:!?\n]{2,30}?)(?:[,:。;!?\n]|要求|告知|通知|反馈|报告|$)"
)
_LEAD = lazy(r"^(?:\s|刚才?|今[天日]?|接到?|收到|[,、])*")
_TIME = lazy(rf"^(?P<day>昨[天日]?|前[天日])?(?P<point>{CLOCKED})(?!之?前|以前|后|[-~至到])[,许左右 ]*")
_TIME_LAST = lazy(
    rf"[,、 ]*(?:今(?:[天日]|(?=[早晚])))?(?P<time>(?:昨[天日]?|前[天日]?)?{CLOCKED}(?: {CLOCKED})?)[,、许左右 ]*$"
)
_FIRST = lazy(r"^(?:来电|来文|传真|来访)[单位人]*[: ]\s*(?P<who>[^,。;:!?\n]{2,30})(?=[,。;:!?\n])")
_BREAK = lazy(r"[,。;!?\n]")
_TELEPHONE = re.compile(
    r"(?<!\d)(?:1[3-9]\d[ -]?\d{4}[ -]?\d{4}|0\d{2,3}[- ]?\d{7,8}(?:转\d{1,5})?|400-?\d{3}-?\d{4}|[2-8]\d{6,7})(?!\d)"
)
_NUMBER_IS = lazy(r"(?:电话|手机|号码|联系|回电|来电)[^,。;\d]{0,6}$")
_ORGANISATION = lazy(
    r"值班室|办公室|指挥部|指挥中心|调度室|办事处|管委会|居委会|村委会|委员会|(?:[一二三四五六七八九十]|\d)中(?:学(?!生))?(?![心队])|中学|小学|幼儿园|学院|大学|学校|"
    r"医院|卫生院|公司|集团|支队|大队|中队|中心|气象台|供电所|派出所|街道|社区|[局办委府台站所队镇乡村校厂矿部处科股园厅会组馆院]"
)
_TITLE = (
    r"局长|主任|科长|处长|部长|区长|县长|市长|镇长|乡长|村长|书记|支书|校长|园长|院长|所长|队长|站长|台长|秘书长|秘书|股长|组长|经理|"
    r"干事|科员|老师|医生|师傅|女士|先生|同志|值班员|负责人|班长|总|工"
)
_PERSON = lazy(rf"^(?:的)?(?:副?(?:{_TITLE}))?(?P<name>[\u4e00-\u9fff]{{1,3}}(?:某+)?)?(?:副?(?:{_TITLE}))?$")
_SAYS = lazy(r"(?<=.)(?:报告|报送|来报|报称|上报|报|称|说|讲|反映|通知|告知|转告|转发|要求|询问|问)[ :]*$")
"""What whoever is named does there; no part of a name: 区教育局报."""
_BRACKETS = lazy(r"\((?P<in>[^()]{1,24})\)$")
_SOON = (
    r"尽快|尽早|立即|立刻|马上|即刻|即日(?!起)|抓紧|及时|火速|从速|第一时间|随时|稍后|过?一会儿?|"
    r"(?<![高车时急快风流迅加减限提])速(?=[报回反办])"
)
_ASKED = lazy(
    rf"(?:(?:请|务必|须|需)?(?:{_SOON})|请|要求|务必|须|需|望)[^,。;!?\n]{{0,14}}?"
    r"(?:反馈|回复|回电|回个?电话|回话|答复|上报|报送|报告|报回|报结果|报情况|"
    r"报(?![警案刊纸道废销价考名到告称说社站载批表头亭关]))"
    r"|(?:请|务必)?(?:尽快|尽早|抓紧|马上|立即)(?=[,。;!?\n]|$)"
)
_WHERE_NEEDED = lazy(r"(?:有(?:新?情况|异常|变化|问题|险情)|如有|如遇|遇有|遇到|一旦|若|发现)[^。;!?\n]{0,8}$")
"""Before what is asked: it is asked for only if something happens."""
_HAPPENED = lazy(
    r"(?<!防)(?<!防止)(?:发生(?!率)|着火|起火|失火|爆炸|爆燃|踩踏|落水|溺(?:水|亡)|坍塌|垮塌|倒塌|塌方|决口|溃坝|中毒|打架|斗殴|"
    r"被困|失联|失踪|车祸|相撞|追尾|侧翻|泄漏|坠(?:楼|落|亡)|触电|晕倒|砍人|持刀|伤人|山洪|滑坡|走失|自杀|轻生)"
)
_PLANNED = lazy(
    r"演练|演习|模拟|假设|培训|讲座|预防|防范|防止|严防|谨防|应对|检查|排查|隐患|预案|知识|教育活动|宣传|如(?:有|遇|发生)|一旦"
)
_DONE = lazy(r"[已曾]")
_JOINTS = " ,，:：、;；。"
_UNIT_UNKNOWN = 6
"""Characters of a caller that names neither office nor person (群众, 三中门卫); longer words are no caller."""


class Caller(NamedTuple):
    """Who called: unit, and name with title; what was not said is empty."""

    unit: str = ""
    name: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class EntryRead:
    """What was read of an entry; what was not said is empty or None.

    Attributes:
        head: of ``HEADS``, where the entry fills in a head of the day's page. way: of ``WAYS``.
        number: a telephone number as it is read out. called_at: aware.
        called_options: moments of the call among which the words leave the choice.
        what: what was said, without who said it.
        dues: what is wanted by when. asked: what is wanted, where no time was said for it.
    """

    head: str = ""
    way: str = ""
    unit: str = ""
    name: str = ""
    number: str = ""
    called_at: datetime | None = None
    called_options: tuple[datetime, ...] = ()
    what: str = ""
    dues: tuple[Due, ...] = ()
    asked: str = ""


def read_entry(text: str, now: datetime, area_code: str = "") -> EntryRead:
    """Return what an entry says.

    Args:
        now: aware; when it was written. area_code: of the place, for numbers without one.
    """
    text = text[:LONGEST]
    plain, now = normalise(text), now.astimezone(SHANGHAI)
    if (head := _HEAD.match(plain)) is not None:
        return EntryRead(head=head["head"], what=text[head.end() :].strip())
    at = _end(_LEAD, plain, 0)
    called, options, at = _called(plain, at, now)
    at = _end(_LEAD, plain, at)
    way, who, behind = _who(text, plain, at)
    caller = Caller()
    number = ""
    if who is not None and way and (last := _time_last(plain, who)) is not None:
        who = (who[0], last.start())
        if called is None and not options:
            called, options, _ = _called(last["time"].replace(" ", ""), 0, now)
    if who is not None:
        number, rest = _number(text[who[0] : who[1]], area_code)
        caller = caller_of(rest)
        if not caller.name and len(caller.unit) > _UNIT_UNKNOWN and not _is_organisation(caller.unit):
            caller = Caller()  # 今天校门口又有家长来电 names nobody
        if called is None and not options and way:
            called, options, behind = _called(plain, behind, now)
    number = number or _number_elsewhere(text, plain, area_code)
    found = dues(text, called if called is not None else now)
    return EntryRead(
        way=way, unit=caller.unit, name=caller.name, number=number, called_at=called, called_options=options,
        what=text[behind if who is not None else at :].strip(_JOINTS + "\n") or text.strip(),
        dues=found, asked="" if found else _asked(text, plain),
    )  # fmt: skip


def tells_of_happening(text: str) -> bool:
    """Return whether words tell that something happened which may have to be reported, not what is planned for it."""
    plain = normalise(text[:LONGEST])
    return any(
        _HAPPENED.search(sentence) and not _PLANNED.search(sentence) for sentence in re.split(r"[。;!?\n,]", plain)
    )


def caller_of(words: str) -> Caller:
    """Return unit and person that words name: 市政府值班室张, 区应急局李主任, 市政府值班室（张）, 王校长."""
    plain = normalise(words).strip(_JOINTS + "的")
    words = words.strip(_JOINTS + "的")
    if len(plain) != len(words):
        words = plain
    if (says := _SAYS.search(plain)) is not None and len(words[: says.start()].strip(_JOINTS)) > 1:
        plain, words = plain[: says.start()].strip(_JOINTS), words[: says.start()].strip(_JOINTS)
    if (inside := _BRACKETS.search(plain)) is not None:
        unit, name = words[: inside.start()].strip(), words[inside.start("in") : inside.end("in")].strip()
        if _ORGANISATION.search(name) and not _ORGANISATION.search(unit):
            unit, name = name, unit
        return Caller(unit, name)
    parted = re.match(r"^(\S+?)[ 、]+(\S{1,8})$", words)
    if parted is not None and _PERSON.match(normalise(parted[2])) and not _ORGANISATION.search(parted[2][-1:]):
        return Caller(parted[1], parted[2])
    for match in reversed(list(_ORGANISATION.finditer(plain))):
        rest = plain[match.end() :]
        if rest.startswith("长"):  # 局长 is no 局
            continue
        if not rest or (_PERSON.match(rest) and len(rest) <= 8):
            return Caller(words[: match.end()], words[match.end() :].removeprefix("的").strip())
    if 1 <= len(plain) <= 8 and _PERSON.match(plain):
        return Caller("", words)
    return Caller(words, "")


def _is_organisation(words: str) -> bool:
    """Return whether words end as the name of an office does."""
    return any(match.end() == len(words) for match in _ORGANISATION.finditer(normalise(words)))


def _called(plain: str, at: int, now: datetime) -> tuple[datetime | None, tuple[datetime, ...], int]:
    """Return when the call came, where that stands at an offset; the moments it may mean; where the words go on."""
    match = _TIME.match(plain[at:])
    point = point_named(match["point"], now) if match is not None else None
    if match is None or point is None or point.hour is None:
        return None, (), at
    back = {"": 0, "昨": 1, "前": 2}[(match["day"] or "")[:1]]
    day = (point.day or midnight(now)) - timedelta(days=back)
    first = day + timedelta(hours=point.hour, minutes=point.minute)
    either = [first]
    if "点" in match["point"] and not point.part and 1 <= point.said < 12:
        either.append(first + timedelta(hours=12))
    passed = tuple(moment for moment in either if moment <= now + timedelta(minutes=5))
    if not passed:  # no call came then; the words are no part of who called
        return None, (), at + match.end()
    return (passed[0] if len(passed) == 1 else None), (passed if len(passed) > 1 else ()), at + match.end()


def _time_last(plain: str, span: tuple[int, int]) -> re.Match[str] | None:
    """Return the time behind who called: 市教育局今早8点来电, 李主任20时许来电."""
    return _TIME_LAST.search(plain[: span[1]].replace("时许", "时 "), span[0])


def _who(text: str, plain: str, at: int) -> tuple[str, tuple[int, int] | None, int]:
    """Return how it came, the span of the words that say from whom, and where they end."""
    if (out := _OUT.match(plain[at:])) is not None:
        return OUT, (at + out.start("who"), at + out.end("who")), at + out.end("who")
    if (first := _FIRST.match(plain[at:])) is not None:
        return _way_named(plain[at : at + 2]), (at + first.start("who"), at + first.end("who")), at + first.end()
    stop = _BREAK.search(plain, at)
    end = min(stop.start() if stop else len(plain), at + 60)
    way = _WAY.search(plain, at, end)
    if way is not None and 1 <= way.start() - at <= 40 and plain[at : way.start()].strip(_JOINTS + "的"):
        kind = next(name for name, value in way.groupdict().items() if value)
        named = {"call": CALL, "paper": PAPER, "fax": FAX, "visit": VISIT, "message": MESSAGE}[kind]
        return named, (at, way.start()), way.end()
    colon = plain.find(":", at, end)
    if 2 <= colon - at <= 24:
        caller = caller_of(text[at:colon])
        if caller.unit and _ORGANISATION.search(normalise(caller.unit)):
            return "", (at, colon), colon + 1
    return "", None, at


def _way_named(words: str) -> str:
    return next((way for way in WAYS if way == words), CALL)


def _number(words: str, area_code: str) -> tuple[str, str]:
    """Return the telephone number among the words that say who called, and those words without it."""
    match = _TELEPHONE.search(normalise(words))
    found = number_of(match[0], area_code) if match is not None else None
    if match is None or found is None:
        return "", words
    return found.text, f"{words[: match.start()]} {words[match.end() :]}".replace("电话", " ").strip(_JOINTS)


def _number_elsewhere(text: str, plain: str, area_code: str) -> str:
    for match in _TELEPHONE.finditer(plain):
        if _NUMBER_IS.search(plain[max(0, match.start() - 12) : match.start()]):
            found = number_of(text[match.start() : match.end()], area_code)
            if found is not None:
                return found.text
    return ""


def _asked(text: str, plain: str) -> str:
    """Return the words that ask for an answer without a time."""
    for match in _ASKED.finditer(plain):
        if not _DONE.search(plain[max(0, match.start() - 2) : match.end()]) and not _WHERE_NEEDED.search(
            plain[: match.start()]
        ):
            return text[match.start() : match.end()]
    return ""


def _end(pattern: re.Pattern[str], plain: str, at: int) -> int:
    match = pattern.match(plain[at:])
    return at + match.end() if match is not None else at
