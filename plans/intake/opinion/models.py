"""The two models: a table of weights for each, and how they are put together."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from plans.intake.opinion.signs import FACTS, UNWELL, Scene, Signs, of_figure, of_number

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


def readings_of(model: Meaning, scene: Scene) -> list[Mapping[str, float]]:
    """How likely each number of a text is meant for each of `CLASSES`."""
    return [likelihoods(model, of_number(scene, at)) for at in range(len(scene.numbers))]


def signs_of_meaning(scene: Scene, name: str, readings: Sequence[Mapping[str, float]]) -> Signs:
    """What the first model thinks of a figure's own number, and of the numbers that the figure leaves out."""
    found = scene.known[name]
    low, high = found.span
    own: list[float] = []
    others = [0.0]
    unwell = [0.0]
    for number, likely in zip(scene.numbers, readings, strict=True):
        if not number.low:
            continue
        if number.low != found.at_least:
            others.append(likely[name])
            unwell.append(sum(likely[one] for one in UNWELL))
        elif low <= number.start < high:
            own.append(likely[name])
    signs: Signs = {"another": max(others), "all others": min(3.0, sum(others))}
    signs |= {f"another over {cut}": 1.0 for cut in (0.1, 0.3, 0.5, 0.7, 0.9) if max(others) > cut}
    if name in UNWELL:
        signs |= {f"another unwell over {cut}": 1.0 for cut in (0.3, 0.6, 0.9) if max(unwell) > cut}
    if not own:
        return signs | {"no number": 1.0}
    signs["unlike"] = -math.log(max(*own, 1e-3)) / 3
    return signs | {f"likely {'under' if max(own) < cut else 'over'} {cut}": 1.0 for cut in (0.1, 0.3, 0.7)}


def chance(model: Trust, signs: Signs) -> float:
    """How likely a figure with these signs is wrong."""
    total = sum(model.get(sign, 0.0) * strength for sign, strength in signs.items()) + model.get("", 0.0)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


class _Learnt(Mapping[str, Sequence[float]]):
    """The first model; a row of weights is read when its sign is first seen, since a message shows few of them."""

    def __init__(self, lines: Iterable[str]) -> None:
        rows = [line.partition("\t") for line in lines]
        self._written = {sign: weights for sign, tab, weights in rows if tab}
        self._weights: dict[str, tuple[float, ...]] = {}

    def __getitem__(self, sign: str) -> Sequence[float]:
        if (weights := self._weights.get(sign)) is None:
            weights = tuple(int(weight or "0") / 100 for weight in self._written[sign].split("\t"))
            self._weights[sign] = weights
        return weights

    def __iter__(self) -> Iterator[str]:
        return iter(self._written)

    def __len__(self) -> int:
        return len(self._written)


@cache
def meanings() -> Meaning:
    """The first model as it was learnt."""
    lines = (FOLDER / "meaning.tsv").read_text("utf-8").split("\n")
    return _Learnt(lines)


@cache
def trust() -> Trust:
    """The second model as it was learnt."""
    told = {}
    for line in (FOLDER / "trust.tsv").read_text("utf-8").split("\n"):
        if line and not line.startswith("#"):
            sign, weight = line.split("\t")
            told[sign.removeprefix("bias")] = int(weight) / 100
    return told


def falsehoods(scene: Scene) -> dict[str, float]:
    """How likely each figure is wrong, by what was learnt."""
    if not scene.figures:
        return {}
    readings = readings_of(meanings(), scene)
    return {
        name: chance(trust(), of_figure(scene, name) | signs_of_meaning(scene, name, readings))
        for name in scene.figures
    }
