"""What a reading of a text consists of: values with the span of text that says them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from types import MappingProxyType
from typing import Any, Literal

Span = tuple[int, int]
"""Half-open character offsets into the text as it was given."""

Mode = Literal["total", "increment"]
Odd = Literal["future", "long_past"]

CORE_FACTS = ("deaths", "missing", "trapped", "injuries", "serious_injuries", "ill", "endangered")
"""Core fact names, the same in every plan (docs/contract.md: `tocsin read`)."""

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
"""China has kept one offset since 1991, so the core needs no time zone database."""


@dataclass(frozen=True, kw_only=True)
class Quantity:
    """How a plan's own quantity is said in a report.

    Args:
        words: what the number stands for, e.g. ``("减供负荷",)``; empty when the unit alone identifies it.
        unit: the unit that follows the number, e.g. ``%``, ``小时``, ``天``, ``人``, ``户``, ``米``, ``例``.
        raised_by: words that raise the quantity without giving a number, e.g. ``("大面积停电",)``.
        said_by: words that say of a flag that it is so, e.g. ``("主要线路停运",)``.
        of: names of those whose number it is, e.g. ``("晋城", "全市")``.
        not_of: names of others, e.g. ``("高平",)``; the last name before or beside the number decides.
        named_only: whether one of ``of`` must be named.
        whole: it counts whole things; else what lies between two figures is possible too (over 2 days is not 3).
    """

    words: tuple[str, ...] = ()
    unit: str = ""
    raised_by: tuple[str, ...] = ()
    said_by: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    not_of: tuple[str, ...] = ()
    named_only: bool = False
    whole: bool = False


@dataclass(frozen=True, kw_only=True)
class Found:
    """A fact that the text states, as an interval; of a flag both bounds are True.

    Args:
        at_least: lower bound, inclusive; None = no lower bound.
        at_most: upper bound, inclusive; None = no upper bound.
        stated: the number as written, without its hedge (30 in 三十余人); None where none was written (多人).
        text: the words that say it.
        span: where they stand.
        mode: ``increment`` adds to what was known before (又发现2名伤员), ``total`` replaces it.
        approx: the text hedges the number.
        unknown: known to exist but uncounted (多人受伤); then at_least is 1 and at_most None.
    """

    at_least: int | float | None
    at_most: int | float | None
    stated: int | float | None = None
    text: str
    span: Span
    mode: Mode = "total"
    approx: bool = False
    unknown: bool = False

    @property
    def value(self) -> int | float | None:
        """The exact value, or None where the text leaves an interval."""
        return self.at_least if self.at_least is not None and self.at_least == self.at_most else None

    def as_json(self) -> dict[str, Any]:
        """The shape of docs/contract.md: ``value`` or ``at_least``/``at_most``, ``text``, ``span``."""
        shape: dict[str, Any] = (
            {"value": self.value}
            if self.value is not None
            else {"at_least": self.at_least, "at_most": self.at_most, "stated": self.stated}
        )
        return shape | {
            "text": self.text,
            "span": list(self.span),
            "mode": self.mode,
            "approx": self.approx,
            "unknown": self.unknown,
        }


@dataclass(frozen=True, kw_only=True)
class TimeFound:
    """When it happened, as an interval in UTC.

    Args:
        from_: earliest instant.
        to: latest instant.
        at: the best single instant; the earliest of a vague interval, because a clock that starts early is safe.
        text: the words that say it.
        span: where they stand.
        vague: the words leave an interval or a choice.
        odd: ``future`` or ``long_past`` (more than a week ago): to be asked about.
    """

    from_: datetime
    to: datetime
    at: datetime
    text: str
    span: Span
    vague: bool = False
    odd: Odd | None = None

    def as_json(self) -> dict[str, Any]:
        """``from``, ``to``, ``text``, ``span``, ``vague``, ``odd``; times in ISO 8601 at +08:00."""
        return {
            "from": iso(self.from_),
            "to": iso(self.to),
            "text": self.text,
            "span": list(self.span),
            "vague": self.vague,
            "odd": self.odd,
        }


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A possible event class with the words that speak for it.

    Args:
        name: the class name of the plan.
        score: sum of the weights of its words; comparable within one reading only.
        words: each word with its span.
    """

    name: str
    score: float
    words: tuple[tuple[str, Span], ...]

    def as_json(self) -> dict[str, Any]:
        """``name``, ``score``, ``words`` as ``{"text", "span"}``."""
        words = [{"text": word, "span": list(span)} for word, span in self.words]
        return {"name": self.name, "score": self.score, "words": words}


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What intake understood of one text; silence gives nothing.

    Args:
        facts: core fact names and the plan's quantity ids.
        occurred: time of occurrence, None when the text states none.
        place: the most specific place, with a known name in full; None when none is said.
        place_text: the words of the text.
        place_span: where they stand.
        category: kind of event, None when nothing speaks for one.
        class_candidates: best first; two close ones are both here.
        flags: ``drill`` (演练), ``suspected`` (疑似).
        raised: facts that the text mentions without a number.
    """

    facts: Mapping[str, Found] = field(default_factory=lambda: MappingProxyType({}))
    occurred: TimeFound | None = None
    place: str | None = None
    place_text: str | None = None
    place_span: Span | None = None
    category: str | None = None
    class_candidates: tuple[Candidate, ...] = ()
    flags: frozenset[str] = frozenset()
    raised: Mapping[str, Span] = field(default_factory=lambda: MappingProxyType({}))

    def as_json(self) -> dict[str, Any]:
        """The shape of docs/contract.md `tocsin read`."""
        return {
            "facts": {name: found.as_json() for name, found in self.facts.items()},
            "occurred_at": iso(self.occurred.at) if self.occurred else None,
            "occurred": self.occurred.as_json() if self.occurred else None,
            "place": self.place,
            "place_text": self.place_text,
            "place_span": list(self.place_span) if self.place_span else None,
            "category": self.category,
            "class_candidates": [candidate.as_json() for candidate in self.class_candidates],
            "flags": sorted(self.flags),
            "raised": {name: list(span) for name, span in self.raised.items()},
        }


def iso(moment: datetime) -> str:
    """ISO 8601 at +08:00, whole seconds."""
    return moment.astimezone(SHANGHAI).isoformat(timespec="seconds")
