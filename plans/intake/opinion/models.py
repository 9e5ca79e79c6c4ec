"""The two models: a table of weights for each, and how they are put together."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from plans.intake.opinion.signs import FACTS, Scene, Signs, of_figure, of_number

FOLDER = Path(__file__).parent
CLASSES = ("none", *FACTS)
"""What a number is meant for."""

Meaning = Mapping[str, Sequence[float]]
"""Sign -> its weight for each of `CLASSES`."""
Trust = Mapping[str, float]
"""Sign -> its weight for a figure being wrong."""


def likelihoods(model: Meaning, signs: Signs) -> dict[str, float]:
    """How likely a number is meant for each."""
    sums = [0.0] * len(CLASSES)
    for sign, strength in signs.items():
        for at, weight in enumerate(model.get(sign, ())):
            sums[at] += weight * strength
    most = max(sums)
    parts = [math.exp(one - most) for one in sums]
    whole = sum(parts)
    return {name: part / whole for name, part in zip(CLASSES, parts, strict=True)}


def numbers_of(scene: Scene, name: str) -> list[int]:
    """The numbers that a figure may have been read from, by index: they stand in its words and say what it says."""
    found = scene.known[name]
    low, high = found.span
    return [
        at
        for at, number in enumerate(scene.numbers)
        if low <= number.start < high and number.low == found.at_least and number.low
    ]


def meaning(model: Meaning, scene: Scene, name: str) -> float | None:
    """How likely a figure's number is meant for it; None where it has no number of its own."""
    told = [likelihoods(model, of_number(scene, at))[name] for at in numbers_of(scene, name)]
    return max(told, default=None)


def signs_of_meaning(likely: float | None) -> Signs:
    """The first model's opinion as signs for the second."""
    if likely is None:
        return {"no number": 1.0}
    signs = {"unlike": -math.log(max(likely, 1e-3)) / 3}
    return signs | {f"likely {'under' if likely < cut else 'over'} {cut}": 1.0 for cut in (0.1, 0.3, 0.7)}


def chance(model: Trust, signs: Signs) -> float:
    """How likely a figure with these signs is wrong."""
    total = sum(model.get(sign, 0.0) * strength for sign, strength in signs.items()) + model.get("", 0.0)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@cache
def meanings() -> Meaning:
    """The first model as it was learnt."""
    told = {}
    for line in (FOLDER / "meaning.tsv").read_text("utf-8").split("\n"):
        if line and not line.startswith("#"):
            sign, *weights = line.split("\t")
            told[sign] = tuple(int(weight or "0") / 100 for weight in weights)
    return told


@cache
def trust() -> Trust:
    """The second model as it was learnt."""
    told = {}
    for line in (FOLDER / "trust.tsv").read_text("utf-8").split("\n"):
        if line and not line.startswith("#"):
            sign, weight = line.split("\t")
            told[sign.removeprefix("bias")] = int(weight) / 100
    return told


def meant(scene: Scene, name: str) -> float | None:
    """As `meaning`, by what was learnt."""
    return meaning(meanings(), scene, name)


def falsehood(scene: Scene, name: str, likely: float | None) -> float:
    """How likely a figure is wrong, by what was learnt."""
    return chance(trust(), of_figure(scene, name) | signs_of_meaning(likely))
