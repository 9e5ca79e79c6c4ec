"""Two linear models learnt by small steps, in a fixed order, so that the same messages give the same tables."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from random import Random

from plans.intake import Found
from plans.intake.lexicon import FOLDER as LEXICON
from plans.intake.opinion.models import CLASSES, chance, likelihoods, signs_of_meaning
from plans.intake.opinion.signs import Scene, Signs, of_figure, of_number
from tests.plans.intake.opinion.messages import FOLDER, Message

FOLDS = 5
RARE = 4
"""A sign that fewer numbers or figures have is not learnt."""
_LITTLE = 10
"""Weights below so many hundredths are left out of the table of the first model."""
_STEPS_OF_MEANING, _STEPS_OF_TRUST = 8, 40
_PULL_OF_MEANING, _PULL_OF_TRUST = 0.005, 0.01
"""How strongly weights are drawn to nothing."""

PROMISED = 3
"""So much weighs a message of the tests' own tables: what they show is promised."""

Weights = dict[str, list[float]]


@dataclass(frozen=True)
class Learnt:
    """The weights of both models."""

    meaning: Weights
    trust: dict[str, float]


@dataclass(frozen=True)
class Figure:
    """A figure of a reading, with its own signs, and whether it is right."""

    scene: Scene
    name: str
    signs: Signs
    right: bool


class Seen:
    """A message with all its signs, which are looked for once."""

    def __init__(self, item: Message) -> None:
        scene = item.scene({})
        self.promised = not item.batch
        self.numbers = [list(of_number(scene, at)) for at in range(len(scene.numbers))]
        told = [item.meant(number.low) for number in scene.numbers]
        self.meant = [None if name is None else CLASSES.index(name) for name in told]
        self.newest = list(self._figures(item, item.readings[:1]))
        self.figures = list(self._figures(item, item.readings))

    @staticmethod
    def _figures(item: Message, readings: Iterable[Mapping[str, Found]]) -> Iterator[Figure]:
        """The same figure of several readings once."""
        told = set()
        for reading in readings:
            scene = item.scene(reading)
            for name in sorted(set(scene.figures) - item.asked):
                found = scene.known[name]
                key = name, found.at_least, found.at_most
                if key not in told:
                    told.add(key)
                    yield Figure(scene, name, of_figure(scene, name), item.is_right(name, found))

    def judged(self, model: Weights, figures: Iterable[Figure]) -> Iterator[tuple[Signs, bool]]:
        """All signs of figures, those by the first model's opinion too, and whether each is right."""
        meant = [likelihoods(model, dict.fromkeys(signs, 1.0)) for signs in self.numbers]
        for one in figures:
            yield one.signs | signs_of_meaning(one.scene, one.name, meant), one.right


def learn(every: Iterable[Message]) -> Learnt:
    """Learn both; the second from the first's opinion of messages that the first did not see."""
    seen = [Seen(item) for item in every]
    examples: list[tuple[Signs, bool]] = []
    for fold in range(FOLDS):
        model = _meaning([item for at, item in enumerate(seen) if at % FOLDS != fold])
        for item in seen[fold::FOLDS]:
            told = [(signs, not right) for signs, right in item.judged(model, item.figures)]
            examples += told * (PROMISED if item.promised else 1)
    return Learnt(_meaning(seen), _trust(examples))


def rates(learnt: Learnt, held: Iterable[Message]) -> list[tuple[float, bool]]:
    """Of each figure of the first reading how likely it is wrong, and whether it is right."""
    return [
        (chance(learnt.trust, signs), right)
        for item in map(Seen, held)
        for signs, right in item.judged(learnt.meaning, item.newest)
    ]


def _meaning(every: Sequence[Seen]) -> Weights:
    examples = [
        (signs, meant)
        for item in every
        for signs, meant in zip(item.numbers, item.meant, strict=True)
        if meant is not None
    ]
    often = set(_often(signs for signs, _ in examples))
    examples = [([sign for sign in signs if sign in often], meant) for signs, meant in examples]
    weights: Weights = {sign: [0.0] * len(CLASSES) for sign in sorted(often)}
    slopes: Weights = {sign: [0.01] * len(CLASSES) for sign in weights}
    random = Random(1)
    for _ in range(_STEPS_OF_MEANING):
        random.shuffle(examples)
        for signs, meant in examples:
            told = list(likelihoods(weights, dict.fromkeys(signs, 1.0)).values())
            told[meant] -= 1
            off = [at for at, error in enumerate(told) if abs(error) > 0.02]
            for sign in signs:
                own, slope = weights[sign], slopes[sign]
                for at in off:
                    step = told[at] + _PULL_OF_MEANING * own[at]
                    slope[at] += step * step
                    own[at] -= 0.2 * step / math.sqrt(slope[at])
    return weights


def _trust(examples: Sequence[tuple[Signs, bool]]) -> dict[str, float]:
    often = set(_often(signs for signs, _ in examples))
    rows = [({sign: strength for sign, strength in signs.items() if sign in often}, wrong) for signs, wrong in examples]
    weights = dict.fromkeys(("", *sorted(often)), 0.0)
    slopes = dict.fromkeys(weights, 0.01)
    random = Random(2)
    for _ in range(_STEPS_OF_TRUST):
        random.shuffle(rows)
        for signs, wrong in rows:
            error = chance(weights, signs) - wrong
            for sign, strength in (*signs.items(), ("", 1.0)):
                step = error * strength + (_PULL_OF_TRUST * weights[sign] if sign else 0)
                slopes[sign] += step * step
                weights[sign] -= 0.1 * step / math.sqrt(slopes[sign])
    return weights


def _often(examples: Iterable[Iterable[str]]) -> list[str]:
    seen = Counter(sign for signs in examples for sign in signs)
    return sorted(sign for sign, many in seen.items() if many >= RARE)


def digest() -> str:
    """Of the messages and the table of cues that the tables were learnt from."""
    parts = ((FOLDER / "messages.jsonl"), (LEXICON / "cues.tsv"))
    return sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()[:12]


def written(learnt: Learnt) -> dict[str, str]:
    """The tables, in hundredths; what weighs nothing is left out."""
    head = f"# Learnt by `make opinion` from {digest()}, in hundredths; not to be edited. "
    lines = [head + "A sign, its weight for " + ", ".join(CLASSES) + "."]
    for sign, weights in sorted(learnt.meaning.items()):
        cells = [str(round(100 * weight)) for weight in weights]
        if any(abs(int(cell)) >= _LITTLE for cell in cells):
            lines.append("\t".join((sign, *("" if cell in ("0", "-0") else cell for cell in cells))))
    trust = [head + "A sign, its weight for a figure being wrong."]
    trust += [f"{sign or 'bias'}\t{round(100 * weight)}" for sign, weight in sorted(learnt.trust.items())]
    return {"meaning.tsv": "\n".join(lines) + "\n", "trust.tsv": "\n".join(trust) + "\n"}
