"""The messages that the second opinion is learnt from, each with what it says and what readers read in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from plans.intake import Found
from plans.intake.casualties import casualties
from plans.intake.kinds import category
from plans.intake.mending import mend
from plans.intake.numerals import normalise
from plans.intake.opinion.signs import FACTS, Scene
from plans.intake.utterances import masked, utterances
from tests.plans.intake.composed.composing import compose
from tests.plans.intake.saying import SHORT

FOLDER = Path(__file__).parent
_SAID = re.compile(r"(\w+)=(?:(\d+)(?:\.\.(\d*))?|\.\.(\d+))\+?$")
_ASKED = re.compile(r"(\w+)=\?")
Bounds = tuple[float | None, float | None]


@dataclass(frozen=True)
class Message:
    """A message.

    Args:
        batch: messages that one hand wrote at one time; 0 for those of other tests.
        says: what it says of each fact, all that may be held for right.
        readings: what readers read; a fact that was asked is unknown.
        asked: facts of which the table says only that they are asked; nothing is learnt of their figures.
    """

    batch: int
    text: str
    says: Mapping[str, tuple[Bounds, ...]]
    readings: tuple[Mapping[str, Found], ...]
    asked: frozenset[str] = frozenset()

    def scene(self, facts: Mapping[str, Found]) -> Scene:
        """The text with the figures of one reading."""
        plain = mend(normalise(self.text))
        spoken = utterances(plain)
        return Scene(plain, masked(plain, spoken), spoken, category(plain), facts)

    def is_right(self, name: str, found: Found) -> bool:
        """Whether the message says this figure."""
        return (found.at_least, found.at_most) in self.says.get(name, ())

    def meant(self, number: float) -> str | None:
        """What a number of it is meant for, ``none``, or None where that is not told by the number alone."""
        facts = [name for name, bounds in self.says.items() if any(number == low for low, _ in bounds)]
        if "serious_injuries" in facts and "injuries" in facts:
            facts.remove("injuries")
        return "none" if not facts else facts[0] if len(facts) == 1 else None


def messages() -> Iterator[Message]:
    """All of them."""
    for line in (FOLDER / "messages.jsonl").read_text("utf-8").splitlines():
        item = json.loads(line)
        says = {name: (_bounds(value), *map(_bounds, item.get("also", {}).get(name, ()))) for name, value in _all(item)}
        readings = tuple(
            {name: _found(item["text"], *cells) for name, cells in one.items()} for one in item["readings"]
        )
        yield Message(item["batch"], item["text"], says, readings)
    for table, column in (("reports", 2), ("few_words", 1)):
        for line in (FOLDER.parent / f"{table}.tsv").read_text("utf-8").splitlines():
            cells = line.split("\t")
            if line.startswith("#") or len(cells) <= column:
                continue
            text = cells[column - 1].replace("\\n", "\n")
            asked = frozenset(SHORT[name] for name in _ASKED.findall(cells[column]) if name in SHORT)
            yield Message(0, text, dict(_said(cells[column])), (grammar(text),), asked)
    yield from _composed()


COMPOSED = 400
"""Messages that are composed from a known truth."""


def _composed() -> Iterator[Message]:
    random = Random(14)
    for _ in range(COMPOSED):
        message = compose(random)
        facts, says = grammar(message.text), dict[str, tuple[Bounds, ...]]()
        for name, known in message.truth().items():
            told = [amount for amount in (known.said, *known.also) if amount is not None]
            bounds: list[Bounds] = [(amount.least[1], amount.most[0]) for amount in told]
            found = facts.get(name)
            if found is not None and any(amount.told_by(found.at_least, found.at_most) for amount in told):
                bounds.append((found.at_least, found.at_most))
            if name in FACTS and bounds:
                says[name] = tuple(bounds)
        yield Message(0, message.text, says, (facts,))


def grammar(text: str) -> dict[str, Found]:
    """As the grammar alone reads it."""
    plain = mend(normalise(text))
    return casualties(masked(plain, utterances(plain)), category(plain), lambda at: False)[0]


def _all(item: dict[str, Any]) -> list[tuple[str, Any]]:
    return [(name, item["facts"].get(name)) for name in FACTS]


def _bounds(value: Any) -> Bounds:
    if isinstance(value, dict):
        return value.get("at_least"), value.get("at_most")
    return value, value


def _found(text: str, low: float | None, high: float | None, start: int, end: int, unknown: bool) -> Found:
    return Found(at_least=low, at_most=high, text=text[start:end], span=(start, end), unknown=unknown)


def _said(cell: str) -> Iterator[tuple[str, tuple[Bounds, ...]]]:
    for word in cell.split():
        match = _SAID.match(word)
        if match is None or SHORT.get(match[1]) not in FACTS:
            continue
        low: float | None = int(match[2]) if match[2] else None
        high: float | None = low if match[3] is None and match[4] is None else int(match[3] or match[4] or 0) or None
        yield SHORT[match[1]], ((low, high),)
