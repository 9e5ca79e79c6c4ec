"""What an automatic telephone says: a message's words made fit for a speech synthesiser, with what the keys mean.

A synthesiser reads ``03:02`` as a fraction and ``0356-2022492`` as millions, so that no figure is left to it: times,
telephone numbers, levels and counts are spelled out. Clauses, links and numbers to tap are for the eye and not said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.render import naming
from bot.render.registry import renders
from bot.render.text import Text, fill, written
from bot.render.times import at
from bot.render.view import View
from bot.texts import voice as t
from bot.texts import words as w
from plans.cells import visible
from plans.core.notice import Notice
from plans.directory.numbers import without_mobiles

Kind = Literal["answer", "heard", "told", "decide", "test"]

LONGEST = 240
"""Characters that are said of one thing: about a minute. What is longer loses its last lines, never a part of one."""
MOST = 3
"""Things that are said in one call; of the rest it is said that there are more."""


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a call tells.

    Attributes:
        kind: what a key means for it.
    """

    text: str
    kind: Kind


def speech(things: Sequence[Said], office: str, *, drill: bool) -> str:
    """Return all that is said in a call, in words that any synthesiser reads right.

    Args:
        office: who calls.
    """
    kinds = [item.kind for item in things]
    testing = all(kind == "test" for kind in kinds)
    parts = [t.DRILL] if drill else []
    parts.append(t.OPENING_TEST if testing else t.OPENING.format(office=office))
    bodies = list(dict.fromkeys(_body(item.text) for item in things))
    if testing:
        bodies = [t.TEST]
    if len(bodies) > 1:
        parts.append(t.SEVERAL.format(count=len(bodies)))
        bodies = [t.ORDINAL.format(number=number) + body for number, body in enumerate(bodies, 1)]
    parts += bodies[:MOST]
    if len(bodies) > MOST:
        parts.append(t.LEFT_OUT)
    order: tuple[Kind, ...] = ("answer", "decide", "heard", "told", "test")
    first = next(kind for kind in order if kind in kinds)
    parts.append(t.KEYS[first])
    if first != "decide" and "decide" in kinds:
        parts.append(t.ALSO_DECIDE)
    if first in ("answer", "decide") and "heard" in kinds:
        parts.append(t.ALSO_HEARD)
    return spelled("".join(parts))


def keys_of(things: Sequence[Said]) -> dict[str, str]:
    """Return the keys that count in a call, with what each means."""
    kinds = {item.kind for item in things}
    meant = next((kind for kind in ("answer", "heard", "told", "test") if kind in kinds), "")
    keys = {"1": t.MEANINGS[meant]} if meant else {}
    return keys | ({"2": t.MEANINGS["call_back"]} if kinds & {"answer", "decide"} else {})


def _body(text: str) -> str:
    """Return the lines of a message that are said, as sentences, up to a length."""
    said, length = list[str](), 0
    for line in visible(text).replace(w.DRILL, "").split("\n"):
        sentence = _sentence(line)
        length += len(sentence)
        if said and length > LONGEST:
            break
        said.append(sentence)
    return "".join(said)


_UNSAID = (
    re.compile(r"https?://\S+"),
    re.compile(r"/[a-z_]+(?![a-z_/])"),  # commands
    re.compile(r"^\s*\+?\d[\d\- ]{5,}\s*$"),  # a number of its own line is there to be tapped
    re.compile(t.CLAUSES),
)
_PAUSES = re.compile(r"[【】［］\[\]*|｜·•→…—–~～（(\s]+")
_SILENT = re.compile(r"[“”‘’\"'《》〈〉「」『』〔〕）)#☑☐📒]+")


def _sentence(line: str) -> str:
    """Return a line as it is said; nobody's own words and no mobile number are: who picks up is not known."""
    if line.strip().startswith(t.OWN_WORDS):
        return ""
    line = without_mobiles(line, t.MOBILE)
    for pattern in _UNSAID:
        line = pattern.sub("", line)
    line = line.strip()
    if not line:
        return ""
    return line if line[-1] in t.ENDS else line + t.SENTENCE_END


# --- figures

_PHONE = re.compile(
    r"(?<![\d.])(?:\+?86[- ]?)?(0\d{2,3}-\d{7,8}|1[3-9]\d{9}|[48]00-?\d{3}-?\d{4}|(?<=6)\d{10})"
    rf"(?:{t.EXTENSION}(\d{{1,6}}))?(?!\d)"
)
_LINE = re.compile(rf"(?<![\d.:])(1[12]\d|12[3]\d\d|9[56]\d{{3}})(?![\d.:{t.BEHIND_AMOUNTS}%])")
"""Short numbers that are rung: 110, 120, 12345."""
_TIME = r"(?<!\d)([01]?\d|2[0-4]):([0-5]\d)(?::[0-5]\d)?(?!\d)"
_SPAN = re.compile(rf"{_TIME}\s*[-–—~～{t.UNTIL_WRITTEN}]+\s*{_TIME}")
_CLOCK = re.compile(_TIME)
_CLOCK_IN_WORDS = re.compile(rf"(?<!\d)([01]?\d|2[0-4])[{t.HOURS}]([0-5]?\d){t.MINUTES}")
_DAY = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_YEAR = re.compile(rf"(?<!\d)(\d{{4}}){t.YEAR}")
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)[%％]")
_DOTTED = re.compile(r"(?<!\d)\d+(?:\.\d+)+(?!\d)")
_COUNT = re.compile(r"\d+")
_MINUS = re.compile(r"(?<![\d\w])[-−](?=\d)")
_RANGE = re.compile(r"(?<=\d)\s*[-–—~～]\s*(?=\d)")


def spelled(text: str) -> str:
    """Return words without a figure in them: what is left to a synthesiser it may read in its own way."""
    text = _PHONE.sub(_phone, text)
    text = _LINE.sub(lambda match: _by_digits(match[1], t.ON_THE_TELEPHONE), text)
    text = _SPAN.sub(lambda match: f"{_clock(match[1], match[2])}{t.UNTIL}{_clock(match[3], match[4])}", text)
    text = _CLOCK.sub(lambda match: _clock(match[1], match[2]), text)
    text = _CLOCK_IN_WORDS.sub(lambda match: _clock(match[1], match[2].zfill(2)), text)
    text = _DAY.sub(lambda match: t.DAY.format(year=match[1], month=int(match[2]), day=int(match[3])), text)
    text = _YEAR.sub(lambda match: _by_digits(match[1], t.DIGITS) + t.YEAR, text)
    text = _PERCENT.sub(lambda match: t.PERCENT.format(number=_number(match[1])), text)
    text = _RANGE.sub(t.UNTIL, text)
    text = _MINUS.sub(t.MINUS, text)
    text = _DOTTED.sub(lambda match: _number(match[0]), text)
    text = _COUNT.sub(_counted, text)
    for numeral, read in t.ROMAN.items():
        text = text.replace(numeral, read)
    text = re.sub("[×✕]+", t.SOMEBODY, text)
    text = _SILENT.sub("", _PAUSES.sub(t.PAUSE, text))
    text = re.sub("，+(?=[。；！？：、])|(?<=[。；！？：、，])[，、]+|^[，。、；]+", "", text)
    return re.sub("。{2,}", t.SENTENCE_END, text)


def _phone(match: re.Match[str]) -> str:
    groups = [_by_digits(part, t.ON_THE_TELEPHONE) for part in match[1].split("-")]
    extension = t.EXTENSION + _by_digits(match[2], t.ON_THE_TELEPHONE) if match[2] else ""
    return t.PAUSE.join(groups) + extension


def _by_digits(digits: str, table: str) -> str:
    return "".join(table[int(digit)] for digit in digits)


def _clock(hour: str, minute: str) -> str:
    said = t.HOUR.format(hour=_whole(int(hour)))
    if minute == "00":
        return said + t.SHARP
    below_ten = t.DIGITS[0] if minute[0] == "0" else ""
    return said + t.MINUTE.format(minute=below_ten + _whole(int(minute)))


def _counted(match: re.Match[str]) -> str:
    following, before = match.string[match.end() : match.end() + 1], match.string[: match.start()]
    if match[0] == "2" and following and following in t.COUNTED and not before.endswith(t.IN_ORDER):
        return t.TWO
    return _number(match[0])


def _number(digits: str) -> str:
    """Return a number as it is counted; one with a leading zero, or too long to be counted, digit by digit."""
    whole, *parts = digits.split(".")
    long = len(whole) > 8 or (len(whole) > 1 and whole.startswith("0"))
    said = _by_digits(whole, t.DIGITS) if long else _whole(int(whole))
    if len(parts) > 1:  # a clause or a version
        return t.POINT.join([said, *(_whole(int(part)) for part in parts)])
    return said + "".join(t.POINT + _by_digits(part, t.DIGITS) for part in parts)


def _whole(number: int) -> str:
    """Return a number below a hundred million as it is read: 十七, 一百零三, 一万零二十."""
    if number == 0:
        return t.DIGITS[0]
    said = ""
    for index in range(len(t.GROUPS) - 1, -1, -1):
        group = number // 10000**index % 10000
        if group == 0:
            if said and not said.endswith(t.DIGITS[0]) and number % 10000**index:
                said += t.DIGITS[0]
            continue
        if said and group < 1000 and not said.endswith(t.DIGITS[0]):
            said += t.DIGITS[0]
        said += _below_ten_thousand(group) + t.GROUPS[index]
    return said[1:] if said.startswith(t.DIGITS[1] + t.TENS[1]) else said


def _below_ten_thousand(number: int) -> str:
    said = ""
    for power in range(3, -1, -1):
        digit = number // 10**power % 10
        if digit:
            said += t.DIGITS[digit] + t.TENS[power]
        elif said and not said.endswith(t.DIGITS[0]) and number % 10**power:
            said += t.DIGITS[0]
    return said


# --- what is written of it


@renders("ring_heard")
def ring_heard(notice: Notice, view: View) -> Text:
    """Somebody of the seat has heard of a report on the telephone: the chat says that nobody has taken it."""
    return fill(
        t.RING_HEARD, number=naming.number(view), name=written(str(notice.params["name"]), 16) or w.NAME_UNKNOWN,
        voice=str(notice.params["voice"]), time=at(view.now, view.now),
    )  # fmt: skip


@renders("call_back")
def call_back(notice: Notice, view: View) -> Text:
    """Somebody who is to decide wants to be rung."""
    return fill(
        t.CALL_BACK, number=naming.number(view), name=written(str(notice.params["name"]), 16) or w.NAME_UNKNOWN,
        voice=str(notice.params["voice"]),
    )  # fmt: skip
