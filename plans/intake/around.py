"""What stands around a figure: the text, its head counts and what was read of it, as the doubting rules look at it."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from plans.intake.reading import Found, Span
from plans.intake.tokens import Token

STOPS = "。;!?\n"
MARKS = STOPS + ","
_MOST = 8
"""Numbers of a text whose sums are tried."""


@dataclass(frozen=True)
class Around:
    """What the rules look at.

    Args:
        text: normalised and masked.
        tokens: of the text, in order.
        facts: all that was read, each as it would be shown.
        spare: head counts that no reading used and that nothing explains.
        summed: facts that were added up over units.
        kind: of event.
    """

    text: str
    tokens: Sequence[Token]
    facts: Mapping[str, Found]
    spare: Sequence[Span]
    summed: Container[str]
    kind: str | None

    @cached_property
    def counts(self) -> list[Token]:
        """The head counts, in order."""
        return [token for token in self.tokens if token.kind == "count" and token.number is not None]

    @cached_property
    def over(self) -> list[Token]:
        """Those of them that are left over and say one number."""
        starts = {low for low, _ in self.spare}
        return [token for token in self.counts if token.start in starts and exact_number(token)]

    @cached_property
    def figures(self) -> list[int | float]:
        """What was read of people; the gravely hurt are among the hurt."""
        return [found.at_least for name, found in self.facts.items() if found.at_least and name != "serious_injuries"]

    def within(self, found: Found) -> list[Token]:
        """The head counts inside a figure's words."""
        return [token for token in self.counts if found.span[0] <= token.start < found.span[1]]

    def sentence(self, span: Span) -> Span:
        """The sentence in which a span stands."""
        return self._between(span, STOPS)

    def clause(self, span: Span) -> Span:
        """The clause in which a span stands."""
        return self._between(span, MARKS + " ")

    def is_read(self, low: int, high: int) -> bool:
        """Whether the words of a figure stand there."""
        return any(found.span[0] < high and low < found.span[1] for found in self.facts.values())

    def _between(self, span: Span, marks: str) -> Span:
        low = max(self.text.rfind(mark, 0, span[0]) for mark in marks) + 1
        ends = [at for mark in marks if (at := self.text.find(mark, span[1])) >= 0]
        return low, min(ends, default=len(self.text))


Rule = Callable[[Around, str, Found], bool]


def exact_number(token: Token) -> int | float:
    """The one number that a head count says; else 0."""
    number = token.number
    return number.low if number is not None and number.low == number.high and not number.hedged else 0


def sums(numbers: Sequence[int | float]) -> set[int | float]:
    """All that some of them come to."""
    reached: set[int | float] = {0}
    for number in numbers[:_MOST]:
        reached |= {other + number for other in reached}
    return reached - {0}


def counted_harms(around: Around, kinds: Container[str], low: int, high: int) -> Iterator[tuple[Token, Token]]:
    """Yield harms of these kinds with the head count that stands right beside each, in a stretch of the text."""
    for one, other in pairwise(around.tokens):
        if other.start >= high:
            return
        harm, count = (other, one) if one.kind == "count" else (one, other)
        if one.start >= low and other.start - one.end <= 1 and count.kind == "count" and harm.kind in kinds:
            yield harm, count
