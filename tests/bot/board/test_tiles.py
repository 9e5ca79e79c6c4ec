"""Words on a page: no number whatever somebody wrote, what does not fit is counted, all stands out from its ground."""

from __future__ import annotations

import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render.pages.names import shown, some
from bot.web.board.layout import STATIC

CSS = (STATIC / "board.css").read_text(encoding="utf-8")
PALETTES = {
    "day": re.search(r":root \{(.*?)\n\}", CSS, re.S),
    "night": re.search(r':root\[data-light="night"\] \{(.*?)\n\}', CSS, re.S),
    "dark": re.search(r":root:not\(\[data-light\]\) \{(.*?)\n  \}", CSS, re.S),
}
ON_GROUND = ("fg", "dim", "link", "soon", "due", "bad", "good")
PAIRS = [
    *product(ON_GROUND, ("bg", "panel")), *product(("fg", "dim", "drill-fg", "bad"), ("drill-bg", "hatch")),
    ("late-fg", "late-bg"), ("now-fg", "now-bg"), ("lost-fg", "lost-bg"),
]  # fmt: skip


def colours(name: str) -> dict[str, str]:
    found = PALETTES[name]
    assert found is not None
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", found[1]))


def light(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("name", PALETTES)
def test_every_word_stands_out_from_its_ground(name: str) -> None:
    palette, weak = colours(name), []
    for front, back in PAIRS:
        high, low = sorted((light(palette[front]), light(palette[back])), reverse=True)
        ratio = (high + 0.05) / (low + 0.05)
        if ratio < 4.5:
            weak.append(f"{front} on {back}: {ratio:.2f}")
    assert weak == []


def test_the_dark_of_a_wall_at_night_is_that_of_a_telephone() -> None:
    assert colours("night") == colours("dark")
    assert colours("day").keys() == colours("night").keys()


NUMBERS = st.from_regex(
    r"(?:1[3-9]\d{9}|0356-\d{7}|\+86 ?1[3-9]\d{9}|\d{17}[\dX]|０３５６２０２２４９２)", fullmatch=True
)


@given(st.text("实验小学楼（）、 张三", max_size=12), NUMBERS, st.text("食堂二楼东侧 。", max_size=12))
def test_no_number_of_a_person_is_left_in_what_somebody_wrote(before: str, number: str, after: str) -> None:
    text = shown(before + number + after, 80)
    assert not re.search(r"\d[\d\- ]{5,}\d", text), text


@given(st.lists(st.text("甲乙丙", min_size=1, max_size=4), max_size=9), st.integers(1, 4))
def test_names_that_do_not_fit_are_counted(names: list[str], most: int) -> None:
    text = some(names, most)
    assert text.endswith(f"等{len(names)}个") == (len(names) > most)
