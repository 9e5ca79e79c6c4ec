"""Telephone numbers: the one place that decides what one is, how it is read, how it is tapped, whose it is.

A table, an address book, a plan file, a command in the chat and the log ask here. The shapes of the country's numbers
are the library's (``phonenumbers``, loaded when a number is not already written as we write it); short numbers, numbers
without their area and extensions are ours.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from plans.cells import visible

EXAMPLE = "0356-2250777、0356-2250777转801 或 12345"

Kind = Literal["landline", "mobile", "short", "service", "foreign"]

_USUAL = re.compile(r"0\d{3}-[2-9]\d{6}\Z")
"""As the plans print nearly all: shown as it is, without asking the library."""
_LONG = re.compile(r"0[3-9]\d{2}-[2-9]\d{7}\Z")
"""The same with eight digits: whether there are so many in that city or not, it is read as it is printed."""
LOCAL = 8
"""Figures of the longest number without an area code."""
_SUBSCRIBER = re.compile(r"[2-9]\d{6,7}\Z")
_SHORT = re.compile(r"(?:1[12]\d|999|1[02]\d{3}|11[68]\d{2,3}|9[56]\d{3,4})\Z")
"""Emergency numbers, 12345 and its like, operators, 95xxx and 96xxx: dialled as they are, in no library's table."""
_AREA_SHORT = re.compile(r"(0(?:10|2\d|[3-9]\d{2}))-?(?P<short>1[12]\d|1[02]\d{3}|9[56]\d{3,4})\Z")
_MOBILE = re.compile(r"1[3-9]\d{9}\Z")
_SHOWN = re.compile(r"[+\d(][+\d()\-./ ]*\d\Z")
_EXTENSION = re.compile(
    r"(?:转(?:分机)?|分机(?:号)?|(?:;|,|\s)*(?:ext(?:ension)?|x|#)[.=:]?)\s*[:：]?\s*(\d{1,6})\Z", re.I
)
_SIGNED_EXTENSION = re.compile(r"(.*\d)\s*(?:-|[,;p]+)\s*(?!1[12]\d\Z)(\d{3,5})\Z")
"""2250777-801; but 2250777-8 and 2250777/8 are two lines, and 2250777,110 two numbers."""
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[Ee]\+?(?:0?[5-9]|1[0-4])")
"""What a spreadsheet makes of a long number and saves as text: 1.38E+10."""
_DATE = re.compile(
    r"(?:19|20)\d{2}(?:([-/. ])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])|(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))\Z"
)
"""A day, which where numbers have eight digits would be one."""
_CONTEXT = re.compile(r";phone-context=(\+[\d-]+)", re.I)
_PARAMETER = re.compile(r";(?!ext=)[a-z-]+(?:=[^;]*)?", re.I)
_DASHES = re.compile(r"[‐-―−﹘﹣－ー]")
_APART = re.compile(r"[、，,;；\n]|(?<=\d{7})\s*/\s*(?=[+\d(]{5})")
_SHORTEST, _LONGEST = 3, 40
_PIECES = 5
_IN_A_LINE = re.compile(r"(?<!\d)(?:(?:\+|00|００)?[8８][6６][- ]?|[0０])?[1１][ -]?[3-9３-９](?:[ -]?\d){9}(?!\d)")

_AS_WRITTEN = re.compile(r"(?<!\d)(?:(?:\+|00)?86[- ]?)?([1１][3-9３-９]\d)([- ]?)\d{4}\2\d{4}(?!\d)")


@dataclass(frozen=True, slots=True)
class Number:
    """A telephone number.

    Attributes:
        main: as it is read: ``0356-2250777``, ``13800000001``, ``12345``, ``400-000-0001``; a foreign one with its +.
        extension: digits that are asked for after it, perhaps empty.
        tap: ``+863562250777``; empty for short numbers and those whose area is not known.
    """

    main: str
    kind: Kind
    extension: str = ""
    tap: str = ""

    @property
    def text(self) -> str:
        """The number to read: ``0356-2250777转801``."""
        return f"{self.main}转{self.extension}" if self.extension else self.main

    @property
    def personal(self) -> bool:
        """Whether it is a mobile telephone: somebody's own, not an office's; no group may see it."""
        return self.kind == "mobile"


def plain(text: str) -> str:
    """Return text without what cannot be seen, in ordinary widths."""
    return unicodedata.normalize("NFKC", visible(text))


@lru_cache(maxsize=4096)
def number_of(text: str, area_code: str = "") -> Number | None:
    """Return the telephone number that a text is, None where it is none: nothing is guessed.

    Args:
        text: as people write one: ``0356-2022492``, ``(0356)2022492转801``, ``+86 (0)356 …``, ``tel:…;ext=8``,
            ``013800000001``, ``3562022492`` (a spreadsheet took the 0).
        area_code: of the place (``0356``), which its numbers of seven or eight digits leave out.
    """
    text = _DASHES.sub("-", plain(text)).strip()
    if not _SHORTEST <= len(text) <= _LONGEST:
        return None
    if text.lower().startswith("tel:"):
        context = _CONTEXT.search(text)
        text = _PARAMETER.sub("", text[4:]).strip()
        text = f"{context[1]}{text}" if context and not text.startswith("+") else text
    extension = _EXTENSION.search(text)
    if extension is not None:
        return _national(text[: extension.start()].strip(), extension[1], area_code)
    number = _national(text, "", area_code)
    signed = _SIGNED_EXTENSION.match(text)
    if number is None and signed is not None:  # 0356-2250777-801
        return _national(signed[1], signed[2], area_code)
    return number


def _national(text: str, extension: str, area: str) -> Number | None:
    """Return the number that digits and signs are; only an office's line has an extension."""
    if _DATE.match(text) or not _SHOWN.match(text) or text.count("+") > 1 or "+" in text[2:]:
        return None
    bare = re.sub(r"[^\d]", "", text)
    number = _known(text, bare, area)
    if number is None or not extension:
        return number
    return Number(number.main, number.kind, extension, number.tap) if number.kind in ("landline", "service") else None


def _known(text: str, bare: str, area: str) -> Number | None:
    signed = "+" in text or text.startswith("00")
    if not signed:
        if _SHORT.match(bare):
            return Number(bare, "short")
        if (short := _AREA_SHORT.match(bare)) is not None:
            return Number(f"{short[1]}-{short['short']}", "short")
        if _SUBSCRIBER.match(bare):
            return _library(f"{area}{bare}") if area else Number(bare, "landline")
    mobile = re.sub(r"^(?:0086|86|0)(?:\(?0\)?)?(?=1)", "", bare)
    if _MOBILE.match(mobile) and not re.match(r"\+(?!86)", text.replace("(", "")):
        # The ranges that are given out grow; eleven digits from 13 to 19 are somebody's own whatever a table says.
        return Number(mobile, "mobile", "", f"+86{mobile}")
    return None if _is_misgrouped(text, bare) else _library(text)


def _is_misgrouped(text: str, bare: str) -> bool:
    """Whether signs forbid that an area code without its 0 stands in front: 2250777-801 is not 022-50777801."""
    groups = re.findall(r"\d+", text)
    leads = bare[0] in "23456789" and not bare.startswith(("400", "800")) and "+" not in text
    return leads and len(groups) > 1 and len(groups[0]) not in (2, 3)


def _library(text: str) -> Number | None:
    import phonenumbers

    try:
        number: Any = phonenumbers.parse(text, "CN")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    national = phonenumbers.national_significant_number(number)
    kind = phonenumbers.number_type(number)
    own = phonenumbers.PhoneNumberType
    if number.country_code != 86:
        written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
        tap = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        return Number(written, "mobile" if kind == own.MOBILE else "foreign", "", tap)
    if kind == own.MOBILE:
        return Number(national, "mobile", "", f"+86{national}")
    if re.fullmatch(r"[48]00\d{7}", national):
        return Number(f"{national[:3]}-{national[3:6]}-{national[6:]}", "service", "", f"+86{national}")
    if kind != own.FIXED_LINE:
        return None
    size = phonenumbers.length_of_geographical_area_code(number)
    if not size or not _SUBSCRIBER.match(national[size:]):
        return None
    return Number(f"0{national[:size]}-{national[size:]}", "landline", "", f"+86{national}")


def numbers_in(text: str, area_code: str = "") -> tuple[list[Number], list[str]]:
    """Return the numbers of a cell that lists some, ``2250777、2250778转2``, and the parts of it that are none."""
    parts = [part.strip() for part in _APART.split(_DASHES.sub("-", plain(text))) if part.strip()]
    pairs = [(part, number_of(part, area_code)) for part in parts]
    return [item for _, item in pairs if item is not None], [part for part, item in pairs if item is None]


def why_not(text: str, area_code: str = "", *, office: bool = False) -> str:
    """Return what is wrong with a text where a number belongs, in words; empty where nothing is.

    Args:
        office: a line of an office, which no mobile telephone is.
    """
    number = number_of(text, area_code)
    if number is not None:
        return f"“{text[:20]}”是手机号码，这里只能写单位的固定电话" if office and number.personal else ""
    if len(numbers_in(text, area_code)[0]) > 1:
        return f"“{text[:40]}”写了几个号码，请一格一个"
    if _SCIENTIFIC.fullmatch(plain(text).strip()):
        return f"“{text[:20]}”被表格软件改成了科学记数，后几位可能已经丢失；请把这一列设成文本，照原来的号码重填"
    return f"“{text[:20]}”不是电话号码，应写作 {EXAMPLE}"


def digits(number: str) -> str:
    """Return a number's digits alone: by these two ways of writing one are the same."""
    return re.sub(r"[^0-9]", "", number)


def dialled(number: str, area_code: str) -> str:
    """Return a number to read, with the area code that the plan leaves out: ``0356-2022492``; short ones as they are.

    Args:
        area_code: of the plan's city (``0356``), empty where it is not known.
    """
    usual = f"{area_code}-{number}" if len(number) == 7 else number
    if _USUAL.match(usual) or _LONG.match(number):
        return usual
    telephone = number_of(number, area_code)
    return telephone.text if telephone is not None else number


def tapped(number: str, area_code: str) -> str:
    """Return a number to tap, ``+863562022492``; short numbers such as 12369 have none."""
    text = dialled(number, area_code)
    if _USUAL.match(text):
        return f"+86{digits(text)[1:]}"
    telephone = number_of(text, area_code)
    return telephone.tap if telephone is not None else ""


def personal(number: str) -> bool:
    """Return whether a number is, or holds, a mobile telephone: somebody's own, not an office's."""
    if _USUAL.match(number) or _SUBSCRIBER.match(number):
        return False
    telephone = number_of(number)
    return telephone.personal if telephone is not None else bool(_IN_A_LINE.search(plain(number)))


def is_number(text: str, area_code: str = "") -> bool:
    """Return whether a text is a telephone number as people write one: ``0356-2022492``, ``12345``, ``+86 …``."""
    return number_of(text.strip(), area_code) is not None


def taken_apart(words: Sequence[str], area_code: str = "") -> tuple[list[str], list[str]]:
    """Return the numbers among the words of a command, each to read, and the other words.

    A number may be written with spaces: ``0356 2250777``, ``139 0000 0001``, ``2250777 转 801``.
    """
    numbers, others, at = [], [], 0
    while at < len(words):
        for size in range(min(_PIECES, len(words) - at), 0, -1):
            number = number_of(" ".join(words[at : at + size]), area_code)
            if number is not None:
                numbers.append(number.text)
                at += size
                break
        else:
            others.append(words[at])
            at += 1
    return numbers, others


def without_mobiles(text: str, instead: str) -> str:
    """Return a line of a log, or another text, with ``instead`` for every mobile number, however it is spaced."""
    return _IN_A_LINE.sub(instead, text)


def masked_number(number: str) -> str:
    """Return a telephone number as a log may hold it, ``139××××0012``; empty where there is none."""
    figures = digits(number)
    if not figures:
        return ""
    return f"{figures[:3]}××××{figures[-4:]}" if len(figures) > LOCAL else f"××××{figures[-2:]}"


def masked_mobiles(text: str) -> str:
    """Return words for many readers: of a mobile number, as people write one, the first digits; of the same length.

    Fewer spellings than ``without_mobiles`` knows, so that no figures of a case are taken for one.
    """

    def mask(match: re.Match[str]) -> str:
        before = match.end(1) - match.start()
        return match[0][:before] + re.sub(r"\d", "*", match[0][before:])

    return _AS_WRITTEN.sub(mask, text)
