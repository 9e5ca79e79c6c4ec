"""What a reading tells a case: figures that count, figures that a person chooses first, sayings, numbers not read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from plans.intake.following import after
from plans.intake.kinds import category as kind_of
from plans.intake.mending import mend
from plans.intake.numerals import normalise
from plans.intake.reading import CORE_FACTS, After, Claim, Found, Option, Reading, Span, UtteranceKind
from plans.intake.with_plan import facts_of, increments_of

MOST_OPTIONS = 3

KEEP: dict[str, Any] = {"keep": True}
"""The choice that nothing was said: it stays as it was."""

_IDLE: frozenset[UtteranceKind] = frozenset(("asked", "supposed", "header"))
_HELP = ("怎么办", "咋办", "怎么救", "救命", "快来", "求助", "帮")
"""A cry for help is no mere question, however it ends."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Telling:
    """What a text tells of a case.

    Attributes:
        facts: plain values that count.
        increments: those of them that are to be added to what is known.
        raised: facts that it speaks of without a number.
        unsure: by a name of its own, what does not count before a person has chosen: ``fact``, ``why`` (``read``: not
            sure; ``fall``: fewer than before, a contradiction or a figure taken back; ``said``: hearsay), ``options``
            (``{"value": plain}``, None = not known; or ``{"keep": True}``: it stays as it was), ``over`` (the plain
            bounds of all readings) and ``span`` of the words.
        unread: numbers that no reading used.
    """

    facts: dict[str, Any] = field(default_factory=dict)
    increments: frozenset[str] = frozenset()
    raised: frozenset[str] = frozenset()
    unsure: dict[str, Any] = field(default_factory=dict)
    unread: tuple[str, ...] = ()


def first_telling(reading: Reading) -> Telling:
    """Return what the first text of a case tells."""
    facts, raised = facts_of(reading)
    unsure: dict[str, Any] = dict(_sayings(reading))
    for name, found in reading.facts.items():
        if _is_asked(found):
            del facts[name]
            unsure[name] = _entry(name, "read", found.readings, _plain(found.at_least, found.at_most), found.span)
    return Telling(
        facts=facts,
        raised=raised - facts.keys(),
        unsure=unsure,
        unread=tuple(item.text for item in reading.unread),
    )


def later_telling(reading: Reading, known: Mapping[str, Any], category: str | None) -> Telling:
    """Return what a later text tells of a case.

    Args:
        known: what counts so far, plain; facts of which nothing is known may be left out.
        category: the kind of event as the case has it.
    """
    reading = reading.later
    numbers = {name: value for name, value in known.items() if _is_number(value)}
    read, raised = facts_of(reading)
    facts = {name: value for name, value in read.items() if not _is_number(value)}
    increments = set[str]()
    unsure: dict[str, Any] = dict(_sayings(reading))
    for fact, item in after(reading, numbers, category).items():
        found = reading.facts.get(fact)
        if item.change == "same":
            if found is not None and not found.unknown and fact not in increments_of(reading):
                if _bounds(numbers.get(fact)) == (found.at_least, found.at_most):
                    facts[fact] = read[fact]  # said again, perhaps by somebody whose word weighs more
        elif item.change == "fall" and fact not in CORE_FACTS and fact in read:
            facts[fact] = read[fact]  # stocks and hours fall as things go on; only people do not become fewer
        elif item.asks or (item.unknown and item.readings):
            unsure[fact] = _asked(fact, item)
        elif item.change == "add" and (more := _difference(numbers.get(fact), item)) is not None:
            facts[fact] = more
            increments.add(fact)
        else:
            facts[fact] = _plain(item.at_least, item.at_most)
    unsure |= _left_out(reading, numbers, {*facts, *(data["fact"] for data in unsure.values())})
    return Telling(
        facts=facts,
        increments=frozenset(increments),
        raised=raised - facts.keys(),
        unsure=unsure,
        unread=tuple(item.text for item in reading.unread),
    )


_ONE_OF = ({"injuries", "ill"}, {"missing", "trapped"})
"""Of two of which a text tells, what is known says which of them is meant."""


def _left_out(reading: Reading, known: Mapping[str, Any], told: set[str]) -> dict[str, Any]:
    """Return figures that were read and of which nothing came: they are asked, so that none is lost in silence."""
    left = {}
    for name, found in reading.facts.items():
        if isinstance(found.at_least, bool) or name in told or any(name in pair and pair & told for pair in _ONE_OF):
            continue
        low, high = _bounds(known.get(name))
        least, most = found.at_least or 0, found.at_most
        if name in known and (low or 0) >= least and (most is None or (high is not None and high <= most)):
            continue  # it says no more than is known
        readings = found.readings or (Option(at_least=found.at_least, at_most=found.at_most), _NOTHING)
        left[name] = _entry(name, "read", readings, _plain(found.at_least, found.at_most), found.span)
    return left


def category_of(text: str) -> str | None:
    """Return the kind of event that the first words of a case speak of."""
    return kind_of(mend(normalise(text)))


def is_idle(reading: Reading) -> bool:
    """Whether a text only asks or supposes something, so that it tells of no event.

    Where anything is asserted, reported or cried out for, it is not.
    """
    spoken = reading.utterances
    if not spoken or reading.facts or reading.claims or any(word in reading.plain for word in _HELP):
        return False
    return all(item.kind in _IDLE for item in spoken)


def tells_of_event(reading: Reading) -> bool:
    """Whether a text may tell of an event: it says of what kind, has a figure of people, or cries for help."""
    cries = any(word in reading.plain for word in _HELP)
    return bool(reading.facts or reading.claims or reading.category or cries)


def tells_of_harm(reading: Reading) -> bool:
    """Whether a text tells of anybody hurt, also without a number, or cries for help; 无人受伤 does not."""
    figures = [*reading.facts.values(), *(claim.found for claim in reading.claims)]
    harmed = any(found.unknown or found.at_least != 0 or found.at_most != 0 for found in figures)
    return harmed or any(name in reading.raised for name in CORE_FACTS) or any(word in reading.plain for word in _HELP)


def _sayings(reading: Reading) -> Iterator[tuple[str, dict[str, Any]]]:
    for claim in reading.claims:
        found = claim.found
        if found.unknown or isinstance(found.at_least, bool):
            continue
        value = _plain(found.at_least, found.at_most)
        yield (
            f"{claim.fact}@{found.span[0]}",
            {"fact": claim.fact, "why": "said", "options": [{"value": value}, KEEP], "over": value,
             "span": list(_spoken(reading, claim))},
        )  # fmt: skip


def _spoken(reading: Reading, claim: Claim) -> Span:
    """The utterance up to the end of the figure: whose words they are stands before it."""
    span = claim.found.span
    return next(
        (
            (item.span[0], max(span[1], item.span[0]))
            for item in reading.utterances
            if item.span[0] <= span[0] < item.span[1]
        ),
        span,
    )


def _asked(fact: str, item: After) -> dict[str, Any]:
    """A reading that is asked about: new figures to choose from, and to leave it as it was."""
    span = item.span or (0, 0)
    told = [option for option in item.readings if option.span is not None]
    if not item.asks:
        return _entry(fact, "read", (*told, _NOTHING), _plain(item.at_least, item.at_most), span)
    if item.change == "withdrawn":
        return {"fact": fact, "why": "fall", "options": [{"value": None}, KEEP], "over": None, "span": list(span)}
    new = told or [Option(at_least=item.at_least, at_most=item.at_most)]
    return _entry(fact, "fall", (*new, _NOTHING), _over(new), span)


_NOTHING = Option(at_least=None, at_most=None)


def _entry(fact: str, why: str, readings: tuple[Option, ...], over: Any, span: Span) -> dict[str, Any]:
    """Two or three ways to choose; where one of them is that the text says nothing of it, that stands last."""
    options: list[dict[str, Any]] = []
    for option in readings:
        if option.at_least is None and option.at_most is None:
            continue
        value = {"value": _plain(option.at_least, option.at_most)}
        if value not in options:
            options.append(value)
    options = (
        [*options[: MOST_OPTIONS - 1], KEEP]
        if any(option.at_least is None and option.at_most is None for option in readings)
        else options[:MOST_OPTIONS]
    )
    return {"fact": fact, "why": why, "options": options, "over": over, "span": list(span)}


def _over(options: Sequence[Option]) -> Any:
    """The bounds of all that may be chosen: a contradiction may also be worse than what counts."""
    lows = [option.at_least or 0 for option in options]
    highs = [option.at_most for option in options]
    return _plain(min(lows), None if None in highs else max(high for high in highs if high is not None))


def _is_asked(found: Found) -> bool:
    return found.unknown and bool(found.readings)


def _plain(low: Any, high: Any) -> Any:
    return low if low is not None and low == high else {"at_least": low, "at_most": high}


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | dict) and not isinstance(value, bool)


def _bounds(value: Any) -> tuple[Any, Any]:
    return (value.get("at_least"), value.get("at_most")) if isinstance(value, dict) else (value, value)


def _difference(known: Any, item: After) -> Any:
    """How many more, so that two who tell of more at a time both count; None where only the total is known."""
    low, high = _bounds(known)
    if None in (low, high, item.at_least, item.at_most):
        return None
    more = (item.at_least - low, item.at_most - high)
    return _plain(*more) if 0 <= more[0] <= more[1] else None
