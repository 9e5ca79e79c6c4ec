"""A warning as a text message: at most 70 characters, the length at which a message in Chinese costs a second one.

Parts are put in by their weight: what and since when and where, what to do first, whom to call, who issued it, then
further areas and measures. A part that does not fit beside the weightier ones is left out whole; no number, name or
word is ever cut. That it is a drill is never left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from bot.clock import SHANGHAI
from bot.render.message import units
from bot.texts import sms as w
from plans.cells import visible

LIMIT = 70
"""UTF-16 code units, as telephones count."""

Stage = Literal["issued", "passed_on", "updated", "raised", "lowered", "continued", "extended", "lifted"]
Part = Literal["times", "areas", "measures", "call", "issuer"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Warned:
    """What a text message can say of a warning; empty and None is what is not known.

    Attributes:
        colour: 红 …; `level` is used where there is none (Ⅰ级, 重大).
        areas: names, the most concerned first.
        measures: what to do, the most urgent first, a phrase each.
        call: whom to call, with the number.
    """

    kind: str = ""
    colour: str = ""
    level: str = ""
    stage: Stage = "issued"
    begins: datetime | None = None
    ends: datetime | None = None
    areas: Sequence[str] = ()
    measures: Sequence[str] = ()
    call: str = ""
    issuer: str = ""
    drill: bool = False


@dataclass(frozen=True, slots=True)
class ShortText:
    """The message, and which parts of the warning are not wholly in it, for whoever looks before it goes out."""

    text: str
    left_out: tuple[Part, ...] = ()


@dataclass(slots=True)
class _Draft:
    drill: str
    signal: str
    total: int
    times: str = ""
    areas: list[str] = field(default_factory=list)
    measures: list[str] = field(default_factory=list)
    call: str = ""
    issuer: str = ""

    def text(self) -> str:
        areas = w.AREA_JOINER.join(self.areas)
        if self.areas and len(self.areas) < self.total:
            areas = w.AREAS_MORE.format(areas=areas, total=self.total)
        head = w.PART_JOINER.join(part for part in (self.signal, self.times, areas) if part)
        parts = (self.drill + self.issuer + head, w.MEASURE_JOINER.join(self.measures), self.call)
        return "".join(part + w.SENTENCE_END for part in parts if part)


def short(warned: Warned, limit: int = LIMIT) -> ShortText:
    """Return the message of at most so many characters.

    Raises:
        ValueError: not even the barest words fit.
    """
    areas, measures = _phrases(warned.areas), _phrases(warned.measures)
    call, issuer = _plain(warned.call), _plain(warned.issuer)
    drill = w.DRILL if warned.drill else ""
    draft = _Draft(drill, _signal(warned, limit - units(drill)), len(areas))
    if units(draft.text()) > limit:
        raise ValueError(f"{limit} characters hold no warning")
    times = _times(warned.begins, warned.ends)
    left_out: dict[Part, None] = {}

    def put(part: Part, value: str | list[str]) -> bool:
        """Take a part in unless there is no room for it."""
        before = getattr(draft, part)
        setattr(draft, part, value)
        if units(draft.text()) <= limit:
            left_out.pop(part, None)
            return True
        setattr(draft, part, before)
        left_out[part] = None
        return False

    def lengthen(part: Part, values: list[str]) -> None:
        """Take in as many of a list as there is room for; one more can be shorter, where 等3处 falls away."""
        for count in range(len(values), 1, -1):
            if put(part, values[:count]):
                break
        if len(getattr(draft, part)) < len(values):
            left_out[part] = None

    put("times", times)
    put("areas", areas[:1])
    put("measures", measures[:1])
    put("call", call)
    put("issuer", w.ISSUER.format(issuer=issuer) if issuer else "")
    if draft.areas:
        lengthen("areas", areas)
    if draft.measures:
        lengthen("measures", measures)
    return ShortText(draft.text(), tuple(left_out))


def _signal(warned: Warned, limit: int) -> str:
    """What it is about, with what is done; of a kind or level too long for the message only the rest."""
    kind, level = _plain(warned.kind), _plain(warned.level)
    grade = w.COLOUR.format(colour=warned.colour) if warned.colour else level
    choices = [(kind, grade), ("", grade), ("", "")]
    for name, graded in choices:
        warning = w.WARNING.format(kind=name, grade=graded) if name or graded else w.NO_KIND
        signal = w.STAGES[warned.stage].format(warning=warning)
        if units(signal + w.SENTENCE_END) <= limit:
            return signal
    return signal


def _phrases(texts: Sequence[str]) -> list[str]:
    """The texts on one line each, none twice."""
    return list(dict.fromkeys(plain for text in texts if (plain := _plain(text))))


def _plain(text: str) -> str:
    return "".join(visible(text).split()).strip("。；，、;,.")


def _times(begins: datetime | None, ends: datetime | None) -> str:
    if begins is None and ends is None:
        return ""
    if begins is None:
        return w.TO.format(ends=_end(ends, None))
    if ends is None:
        return w.FROM.format(begins=_moment(begins))
    return w.FROM_TO.format(begins=_moment(begins), ends=_end(ends, begins))


def _moment(at: datetime) -> str:
    local = at.astimezone(SHANGHAI)
    return w.DAY.format(day=local.day) + _clock(local.hour, local.minute)


def _end(ends: datetime | None, begins: datetime | None) -> str:
    """An end: midnight is 24时 of the day that ends, and of the day on which it begins only the hour is said."""
    if ends is None:
        return ""
    local = ends.astimezone(SHANGHAI)
    hour, day = local.hour, local.date()
    if not (local.hour or local.minute):
        hour, day = 24, (local - timedelta(days=1)).date()
    same = begins is not None and begins.astimezone(SHANGHAI).date() == day
    return ("" if same else w.DAY.format(day=day.day)) + _clock(hour, local.minute)


def _clock(hour: int, minute: int) -> str:
    return w.MINUTE.format(hour=hour, minute=minute) if minute else w.HOUR.format(hour=hour)
