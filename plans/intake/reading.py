"""What a reading of a text consists of: values with the span of text that says them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from types import MappingProxyType
from typing import Any, Literal

Span = tuple[int, int]
"""Half-open character offsets into the text as it was given."""

Mode = Literal["total", "increment"]
Odd = Literal["future", "long_past"]

UtteranceKind = Literal[
    "asserted",
    "asked",
    "supposed",
    "ordered",
    "reported",
    "corrected",
    "quoted",
    "past",
    "rumour",
    "withdrawn",
    "header",
]
"""What somebody does with a sentence. Only what is asserted, corrected or quoted from a log gives values; what is
reported gives claims; the others give nothing. ``withdrawn``: a later correction takes it back; ``past``: it tells of
another event; ``rumour``: it is said to be false; ``header``: name and time of a message in a log."""

GIVES_VALUES: frozenset[UtteranceKind] = frozenset(("asserted", "corrected", "quoted"))

SURE = 0.8
"""A value below this confidence is not shown as known: it is asked, with its readings."""

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
class Utterance:
    """A stretch of the text and what its writer does with it; the utterances of a text do not overlap.

    Args:
        kind: see `UtteranceKind`.
        span: where it stands.
        source: whose words are reported (听司机说: 司机); empty where it is not said.
        speaker: who said it in a forwarded log.
        cue: the words that tell the kind, empty for what is simply asserted.
    """

    kind: UtteranceKind
    span: Span
    source: str = ""
    speaker: str = ""
    cue: str = ""

    def as_json(self) -> dict[str, Any]:
        """All of it, the span as a list."""
        return {
            "kind": self.kind,
            "span": list(self.span),
            "source": self.source,
            "speaker": self.speaker,
            "cue": self.cue,
        }


@dataclass(frozen=True, kw_only=True)
class Option:
    """One way to read a fact, offered where the reader is not sure; both bounds None: the text says nothing of it."""

    at_least: int | float | None
    at_most: int | float | None
    text: str = ""
    span: Span | None = None

    @property
    def value(self) -> int | float | None:
        """The exact value, or None where it is an interval or nothing."""
        return self.at_least if self.at_least is not None and self.at_least == self.at_most else None

    def as_json(self) -> dict[str, Any]:
        """``value``, or ``at_least`` and ``at_most``, or ``none``; with the words."""
        bounds = {"at_least": self.at_least, "at_most": self.at_most}
        nothing = self.at_least is None and self.at_most is None
        shape: dict[str, Any] = {"none": True} if nothing else bounds if self.value is None else {"value": self.value}
        return shape | {"text": self.text, "span": list(self.span) if self.span else None}


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
        unknown: known to exist but uncounted (多人受伤), at_least is 1 and at_most None; or not sure, then the bounds
            are those of all `readings`.
        confidence: from what stands around it, 0 to 1; below `SURE` it is unknown.
        readings: where it is not sure, two or three ways to read it, the likeliest first.
    """

    at_least: int | float | None
    at_most: int | float | None
    stated: int | float | None = None
    text: str
    span: Span
    mode: Mode = "total"
    approx: bool = False
    unknown: bool = False
    confidence: float = 1.0
    readings: tuple[Option, ...] = ()

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
            "confidence": round(self.confidence, 2),
            "readings": [option.as_json() for option in self.readings],
        }


@dataclass(frozen=True, kw_only=True)
class Circumstance:
    """What a text says of a plan's flag or choice; what it only suspects, asks or passes on is not said, but raised.

    So there is no confidence as figures have it: a phrase stands there and is asserted, or the circumstance is open.

    Args:
        values: what it may be after these words: one value where it is said, several where only others are ruled out.
        text: the words that say it.
        span: where they stand.
    """

    values: tuple[bool | str, ...]
    text: str
    span: Span

    @property
    def data(self) -> Any:
        """The value as plain data (`plans.values.parse`)."""
        return self.values[0] if len(self.values) == 1 else list(self.values)

    def as_json(self) -> dict[str, Any]:
        """The shape of a fact: ``value`` or ``one_of``, with the words."""
        shape = {"value": self.values[0]} if len(self.values) == 1 else {"one_of": list(self.values)}
        return shape | {
            "text": self.text,
            "span": list(self.span),
            "mode": "total",
            "approx": False,
            "unknown": False,
            "readings": [],
        }


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A figure that somebody else is said to tell: shown as 说法, never taken as a value.

    Args:
        fact: which fact it speaks of.
        found: the figure with its words.
        source: whose words they are, as the text names them; empty = nobody is named.
    """

    fact: str
    found: Found
    source: str = ""

    def as_json(self) -> dict[str, Any]:
        """The figure's shape with ``fact`` and ``source``."""
        return {"fact": self.fact, "source": self.source} | self.found.as_json()


@dataclass(frozen=True, kw_only=True)
class Unread:
    """A number of the text that no reading used; shown to the duty seat, never shown as a fact."""

    text: str
    span: Span

    def as_json(self) -> dict[str, Any]:
        """``text`` and ``span``."""
        return {"text": self.text, "span": list(self.span)}


Change = Literal["same", "set", "add", "fall", "withdrawn"]


@dataclass(frozen=True, kw_only=True)
class After:
    """What is known of one fact once a later text is taken in.

    Args:
        at_least, at_most: the new bounds; both None = nothing is known any more.
        change: ``same`` = the text leaves it, ``set`` = a total or a first figure, ``add`` = more came,
            ``fall`` = fewer than before, ``withdrawn`` = the figure is taken back.
        asks: it must be confirmed before it counts (a fall, a contradiction, a part beside its total).
        unknown: not sure; the bounds are those of all readings.
        confidence: 0 to 1.
        text, span: the words that say it; empty and None where the text leaves it as it was.
        readings: where it asks or is not sure, the ways to read it, the likeliest first.
    """

    at_least: int | float | None
    at_most: int | float | None
    change: Change = "same"
    asks: bool = False
    unknown: bool = False
    confidence: float = 1.0
    text: str = ""
    span: Span | None = None
    readings: tuple[Option, ...] = ()

    @property
    def value(self) -> int | float | None:
        """The exact value, or None where it is an interval or unknown."""
        return self.at_least if self.at_least is not None and self.at_least == self.at_most else None

    def as_json(self) -> dict[str, Any]:
        """``value`` or ``at_least`` and ``at_most``, ``change``, ``asks``, ``unknown``, the words, ``readings``."""
        shape: dict[str, Any] = (
            {"value": self.value} if self.value is not None else {"at_least": self.at_least, "at_most": self.at_most}
        )
        return shape | {
            "change": self.change,
            "asks": self.asks,
            "unknown": self.unknown or (self.at_least is None and self.at_most is None),
            "confidence": round(self.confidence, 2),
            "text": self.text,
            "span": list(self.span) if self.span else None,
            "readings": [option.as_json() for option in self.readings],
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
        by_grammar: facts as the grammar alone has them, without the reading of few words (`plans.intake.brief`): what a
            later text tells is taken from them.
        occurred: time of occurrence, None when the text states none.
        place: the most specific place, with a known name in full; None when none is said.
        place_text: the words of the text.
        place_span: where they stand.
        category: kind of event, None when nothing speaks for one.
        class_candidates: best first; two close ones are both here.
        flags: ``drill`` (演练), ``suspected`` (疑似).
        raised: facts that the text mentions without a number.
        circumstances: the plan's flags and choices that the text states.
        utterances: the text cut by what its writer does with each stretch, in order.
        claims: figures of hearsay, with their source.
        unread: numbers that no reading used and that may count people.
        plain: the text with full-width characters folded, offsets as they were.
    """

    facts: Mapping[str, Found] = field(default_factory=lambda: MappingProxyType({}))
    by_grammar: Mapping[str, Found] | None = None
    occurred: TimeFound | None = None
    place: str | None = None
    place_text: str | None = None
    place_span: Span | None = None
    category: str | None = None
    class_candidates: tuple[Candidate, ...] = ()
    flags: frozenset[str] = frozenset()
    raised: Mapping[str, Span] = field(default_factory=lambda: MappingProxyType({}))
    circumstances: Mapping[str, Circumstance] = field(default_factory=lambda: MappingProxyType({}))
    utterances: tuple[Utterance, ...] = ()
    claims: tuple[Claim, ...] = ()
    unread: tuple[Unread, ...] = ()
    plain: str = ""

    @property
    def later(self) -> Reading:
        """The same as the text of somebody who reports again."""
        return self if self.by_grammar is None else replace(self, facts=self.by_grammar, by_grammar=None)

    @property
    def nothing(self) -> bool:
        """Nothing at all was read of the event: no figure, no claim, no kind, nothing raised."""
        return not (self.facts or self.circumstances or self.claims or self.raised or self.category)

    def as_json(self) -> dict[str, Any]:
        """The shape of docs/contract.md `tocsin read`."""
        return {
            "facts": {name: found.as_json() for name, found in self.facts.items()}
            | {name: found.as_json() for name, found in self.circumstances.items()},
            "occurred_at": iso(self.occurred.at) if self.occurred else None,
            "occurred": self.occurred.as_json() if self.occurred else None,
            "place": self.place,
            "place_text": self.place_text,
            "place_span": list(self.place_span) if self.place_span else None,
            "category": self.category,
            "class_candidates": [candidate.as_json() for candidate in self.class_candidates],
            "flags": sorted(self.flags),
            "raised": {name: list(span) for name, span in self.raised.items()},
            "utterances": [utterance.as_json() for utterance in self.utterances],
            "claims": [claim.as_json() for claim in self.claims],
            "unread": [number.as_json() for number in self.unread],
        }


def iso(moment: datetime) -> str:
    """ISO 8601 at +08:00, whole seconds."""
    return moment.astimezone(SHANGHAI).isoformat(timespec="seconds")
