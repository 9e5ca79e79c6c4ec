"""Two linear models learnt by small steps, in a fixed order, so that the same messages give the same tables."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from random import Random

from plans.intake.lexicon import FOLDER as LEXICON
from plans.intake.opinion.models import CLASSES, chance, likelihoods, meaning, signs_of_meaning
from plans.intake.opinion.signs import Signs, of_figure, of_number
from tests.plans.intake.opinion.messages import FOLDER, Message

FOLDS = 5
RARE = 3
"""A sign that fewer numbers or figures have is not learnt."""
_STEPS_OF_MEANING, _STEPS_OF_TRUST = 8, 40
_PULL_OF_MEANING, _PULL_OF_TRUST = 0.005, 0.01
"""How strongly weights are drawn to nothing."""

Weights = dict[str, list[float]]


@dataclass(frozen=True)
class Learnt:
    """The weights of both models."""

    meaning: Weights
    trust: dict[str, float]


def learn(every: Sequence[Message]) -> Learnt:
    """Learn both; the second from the first's opinion of messages that the first did not see."""
    examples: list[tuple[Signs, bool]] = []
    for fold in range(FOLDS):
        seen = [item for at, item in enumerate(every) if at % FOLDS != fold]
        model = _meaning(seen)
        for item in (item for at, item in enumerate(every) if at % FOLDS == fold):
            examples += [(signs, not right) for signs, right in _figures(model, item)]
    return Learnt(_meaning(every), _trust(examples))


def rates(learnt: Learnt, held: Iterable[Message]) -> list[tuple[float, bool]]:
    """Of each figure of the first reading how likely it is wrong, and whether it is right."""
    return [
        (chance(learnt.trust, signs), right)
        for item in held
        for signs, right in _figures(learnt.meaning, item, newest=True)
    ]


def _figures(model: Weights, item: Message, *, newest: bool = False) -> list[tuple[Signs, bool]]:
    """The figures of a message with their signs; the same figure of several readings once."""
    told: dict[tuple[object, ...], tuple[Signs, bool]] = {}
    for reading in item.readings[:1] if newest else item.readings:
        scene = item.scene(reading)
        for name in scene.figures:
            found = scene.known[name]
            key = name, found.at_least, found.at_most
            if key not in told:
                signs = of_figure(scene, name) | signs_of_meaning(meaning(model, scene, name))
                told[key] = signs, item.is_right(name, found)
    return list(told.values())


def _meaning(every: Sequence[Message]) -> Weights:
    examples: list[tuple[list[str], int]] = []
    for item in every:
        scene = item.scene({})
        for at, number in enumerate(scene.numbers):
            name = item.meant(number.low)
            if name is not None:
                examples.append((list(of_number(scene, at)), CLASSES.index(name)))
    often = _often(signs for signs, _ in examples)
    examples = [([sign for sign in signs if sign in often], meant) for signs, meant in examples]
    weights: Weights = {sign: [0.0] * len(CLASSES) for sign in often}
    slopes: Weights = {sign: [0.01] * len(CLASSES) for sign in often}
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
    often = _often(signs for signs, _ in examples)
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
        if any(abs(int(cell)) >= 5 for cell in cells):
            lines.append("\t".join((sign, *("" if cell in ("0", "-0") else cell for cell in cells))))
    trust = [head + "A sign, its weight for a figure being wrong."]
    trust += [f"{sign or 'bias'}\t{round(100 * weight)}" for sign, weight in sorted(learnt.trust.items())]
    return {"meaning.tsv": "\n".join(lines) + "\n", "trust.tsv": "\n".join(trust) + "\n"}
