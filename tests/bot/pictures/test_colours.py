"""Words can be read by day and by night, and a status is told apart without its colour."""

from __future__ import annotations

import pytest

from bot.pictures.clocks import LOOKS
from bot.pictures.duties import LOOKS as CELLS
from bot.pictures.sheet import DAY, NIGHT
from bot.texts import pictures as t

pytestmark = pytest.mark.draws


def light(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


GROUNDS = [("paper", name) for name in ("ink", "faint", "good", "late", "open", "neutral", "drill")]
GROUNDS += [
    ("drill", "paper"),
    ("good", "paper"),
    ("late", "paper"),
    ("open", "paper"),
    ("neutral", "paper"),
    ("ink", "paper"),
]
GROUNDS += list(dict.fromkeys(CELLS.values()))


@pytest.mark.parametrize("palette", [DAY, NIGHT], ids=["day", "night"])
@pytest.mark.parametrize(("ground", "words"), GROUNDS)
def test_words_stand_out_from_their_ground(palette, ground, words):
    assert contrast(palette[ground], palette[words]) >= 4.5


def test_each_status_has_a_word_of_its_own_and_what_is_late_a_shape_of_its_own():
    assert LOOKS.keys() == t.STATUS.keys()
    assert len(set(t.STATUS.values())) == len(t.STATUS)
    shapes = {shape for shape, colour in LOOKS.values() if colour == "late"}
    assert not shapes & {shape for shape, colour in LOOKS.values() if colour != "late"}
    assert len(set(t.DUTY_SIGN.values())) == len(t.DUTY_SIGN) == len(CELLS)
