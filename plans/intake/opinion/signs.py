"""What can be seen around a number and around a figure, as names of signs; the models weigh them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, cached_property

from plans.intake.engine import compiled
from plans.intake.lexicon import rows
from plans.intake.numerals import Number, numbers
from plans.intake.patterns import lazy
from plans.intake.reading import Found, Span, Utterance
from plans.intake.replacing import FILL
from plans.intake.tokens import Token, tokenise

Signs = dict[str, float]
"""Sign -> how strongly it is there."""

FACTS = ("deaths", "injuries", "serious_injuries", "missing", "trapped", "ill")
_FACT_OF = {
    "dead": "deaths",
    "missing": "missing",
    "trapped": "trapped",
    "ill": "ill",
    **dict.fromkeys(("serious", "critical", "grave"), "serious_injuries"),
    **dict.fromkeys(("hurt", "light", "wound", "faint"), "injuries"),
}
_BESIDE = frozenset(
    (
        *_FACT_OF,
        "hospital",
        "safe",
        "harm",
        "deny",
        "sum",
        "sub",
        "other",
        "update",
        "rescuer",
        "work",
        "new",
        "included",
    )
)
"""Kinds of tokens whose distance to a number is a sign of what it counts."""
UNWELL = frozenset(("injuries", "serious_injuries", "ill"))
_STOPS = "。;!?\n"
_MARKS = _STOPS + ",:"
_NUMERALS = frozenset("0123456789一二三四五六七八九十两")


@cache
def cues() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The table of cues: sorts of words that are a sign wherever they stand."""
    return tuple((row.cells[0], compiled(row.cells[1])) for row in rows("cues", 3, 3))


class Scene:
    """A text with its figures, and what was found in it."""

    def __init__(
        self,
        plain: str,
        heard: str,
        spoken: Sequence[Utterance],
        category: str | None,
        facts: Mapping[str, Found],
    ) -> None:
        self.plain, self.heard, self.spoken, self.category = plain, heard, spoken, category
        self.known = {name: found for name, found in facts.items() if name in FACTS}
        self.figures = [name for name, found in self.known.items() if not found.unknown]

    @cached_property
    def tokens(self) -> list[Token]:
        """Of what is heard."""
        return tokenise(self.heard)

    @cached_property
    def numbers(self) -> list[Number]:
        """Of the whole text."""
        return list(numbers(self.plain))

    @cached_property
    def counts(self) -> list[Token]:
        """The head counts."""
        return [token for token in self.tokens if token.kind == "count" and token.number is not None]

    @cached_property
    def harms(self) -> list[Token]:
        """The words of harm."""
        return [token for token in self.tokens if token.kind in _FACT_OF]

    @cached_property
    def beside(self) -> list[Token]:
        """What tells a number's meaning."""
        return [token for token in self.tokens if token.kind in _BESIDE]

    @cached_property
    def spans(self) -> list[Span]:
        """Where the figures stand."""
        return [found.span for found in self.known.values()]

    @cached_property
    def everywhere(self) -> list[str]:
        """The cues of the text."""
        return [name for name, words in cues() if words.search(self.plain)]

    @cached_property
    def within(self) -> Callable[[int, int], list[str]]:
        """The cues of a stretch."""
        return cache(self._within)

    def _within(self, low: int, high: int) -> list[str]:
        return [name for name, words in cues() if name in self.everywhere and words.search(self.plain, low, high)]

    def between(self, span: Span, marks: str) -> Span:
        """The sentence or the clause of a span."""
        low = max(self.plain.rfind(mark, 0, span[0]) for mark in marks) + 1
        ends = [at for mark in marks if (at := self.plain.find(mark, span[1])) >= 0]
        return low, min(ends, default=len(self.plain))

    def is_free(self, at: int) -> bool:
        """No figure stands there."""
        return not any(low <= at < high for low, high in self.spans)


def _step(number: float, cuts: Sequence[float]) -> str:
    return next((f"<={cut}" for cut in cuts if number <= cut), ">")


def _apart(words: str) -> str:
    if any(mark in words for mark in _STOPS):
        return "stop"
    return "comma" if any(mark in words for mark in ",:、 ") else "-"


# ------------------------------------------------------------------------------------------------------ around a number


def of_number(scene: Scene, at: int) -> Signs:
    """The signs of what the number with this index counts."""
    return dict.fromkeys(_of_number(scene, at), 1.0)


def _of_number(scene: Scene, at: int) -> Iterator[str]:
    number, plain = scene.numbers[at], scene.plain
    low, high = number.start, number.end
    yield "many:" + _step(number.low, (0, 1, 2, 9, 29))
    yield "masked" if scene.heard[low] == FILL else "heard"
    yield "count" if any(token.start <= low < token.end for token in scene.counts) else "no count"
    yield from _letters("before", plain[max(0, low - 5) : low][::-1])
    yield from _letters("behind", plain[high : high + 5])
    before = [token for token in scene.beside if token.end <= low][-2:][::-1]
    behind = [token for token in scene.beside if token.start >= high][:2]
    for side, tokens in (("<", before), (">", behind)):
        for rank, token in enumerate(tokens):
            span = (token.end, low) if side == "<" else (high, token.start)
            apart = plain[span[0] : span[1]]
            yield f"{side}{rank} {token.kind} {_apart(apart)}"
            yield f"{side}{rank} {token.kind} {_step(len(apart), (0, 1, 3, 6, 12, 25))}"
            if rank == 0:
                taken = any(span[0] <= other.start < span[1] for other in scene.numbers)
                yield f"{side} {token.kind} {'taken' if taken else 'free'}"
        if not tokens:
            yield side + " nothing"
    for name in scene.within(*scene.between((low, high), _MARKS)):
        yield "clause " + name
    for name in scene.within(*scene.between((low, high), _STOPS)):
        yield "sentence " + name
    yield f"kind {scene.category}"
    for step in (-1, 1):
        if 0 <= at + step < len(scene.numbers):
            other = scene.numbers[at + step].low
            yield f"{step:+d} " + ("less" if other < number.low else "same" if other == number.low else "more")
    yield f"number {min(3, at)}"


def _letters(side: str, words: str) -> Iterator[str]:
    """Its next letters, alone and together; a line's end is a blank."""
    words = _BLANK.sub(" ", words)
    for at, letter in enumerate(words[:3]):
        yield f"{side} {at}{letter}"
    for at in (0, 1):
        for many in (2, 3):
            if len(words[at : at + many]) == many:
                yield f"{side} {words[at : at + many]}"


# ------------------------------------------------------------------------------------------------------ around a figure


def of_figure(scene: Scene, name: str) -> Signs:
    """The signs of whether a figure is right."""
    found, plain = scene.known[name], scene.plain
    signs = dict.fromkeys(_of_figure(scene, name, found), 1.0)
    signs["masked"] = scene.heard.count(FILL) / max(1, len(plain))
    return signs


def _of_figure(scene: Scene, name: str, found: Found) -> Iterator[str]:
    low, high = found.span
    plain = scene.plain
    value = found.at_least or 0
    yield "fact " + name
    yield "many:" + _step(value, (0, 1, 2, 9))
    if found.at_least != found.at_most:
        yield "interval"
    inside = [token for token in scene.counts if low <= token.start < high]
    yield f"inside {min(3, len(inside))}"
    if value and not any(token.number is not None and token.number.low == value for token in inside):
        yield "not said"
    yield from _left_over(scene, name, found)
    words = [token for token in scene.harms if low <= token.start < high]
    yield f"words {min(3, len(words))}"
    if not any(_FACT_OF[token.kind] == name for token in words):
        yield "no word"
    gaps = [max(0, max(one.start, two.start) - min(one.end, two.end)) for one in inside for two in words]
    if gaps:
        yield "gap" + _step(min(gaps), (0, 2, 5, 10))
    yield f"commas {min(3, sum(plain.count(mark, low, high) for mark in _MARKS))}"
    if any(mark in plain[low:high] for mark in _STOPS):
        yield "over sentences"
    yield "long" + _step(high - low, (3, 6, 10, 20, 40))
    yield f"figures {min(4, len(scene.known))}"
    if len(scene.figures) < len(scene.known):
        yield "another unsure"
    yield from (f"utterance {kind}" for kind in sorted({item.kind for item in scene.spoken} - {"asserted"}))
    if scene.category is None:
        yield "no kind"
    yield "text" + _step(len(plain), (25, 40, 60, 90, 140))
    yield f"lines {min(3, plain.count(chr(10)))}"
    yield f"sentences {min(4, sum(plain.count(mark) for mark in '。;!?'))}"
    yield "breath" + _step(max((len(run) for run in _RUN.findall(plain)), default=0), (12, 18, 25, 40))
    yield from (f"text {cue}" for cue in scene.everywhere)
    sentence = scene.between(found.span, _STOPS)
    explained = sum(token.end - token.start for token in scene.tokens if sentence[0] <= token.start < sentence[1])
    yield "explained" + _step(explained / max(1, sentence[1] - sentence[0]), (0.15, 0.3, 0.45, 0.6))
    near = (("before", (max(0, low - 8), low)), ("behind", (high, min(len(plain), high + 8))), ("inside", (low, high)))
    for place, span in (("sentence", sentence), *near):
        yield from (f"{place} {cue}" for cue in scene.within(*span))


_RUN = lazy(r"\w+")
_BLANK = lazy(r"\s")


def _left_over(scene: Scene, name: str, found: Found) -> Iterator[str]:
    """Head counts, other numbers and words of harm that no figure holds."""
    low, high = found.span
    sentence, clause = scene.between(found.span, _STOPS), scene.between(found.span, _MARKS)
    free = [token for token in scene.counts if scene.is_free(token.start)]
    yield f"free {min(4, len(free))}"
    near = [token for token in free if sentence[0] <= token.start < sentence[1]]
    yield f"free near {min(3, len(near))}"
    if any(token.start >= high for token in near):
        yield "free behind"
    if any(token.end <= low for token in near):
        yield "free before"
    if any(clause[0] <= token.start < clause[1] for token in free):
        yield "free beside"
    many = [token.number.low for token in free if token.number is not None]
    if found.at_least and any(number > found.at_least for number in many):
        yield "free more"
    if found.at_least and any(number < found.at_least for number in many):
        yield "free less"
    words = [token for token in scene.harms if scene.is_free(token.start)]
    yield f"words over {min(3, len(words))}"
    yield f"own words over {min(2, sum(_FACT_OF[token.kind] == name for token in words))}"
    yield f"like words over {min(2, sum({_FACT_OF[token.kind], name} <= UNWELL for token in words))}"
    if any(sentence[0] <= token.start < sentence[1] for token in words):
        yield "words over near"
    if any(token.kind == "dead" for token in words):
        yield "dead over"
    counted = [token.start for token in scene.counts]
    bare = [number for number in scene.numbers if number.start not in counted and scene.is_free(number.start)]
    yield f"bare {min(4, len(bare))}"
